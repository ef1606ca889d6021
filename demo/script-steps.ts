import type { ActionName } from "./actions.ts";
import type { Login } from "./cast.ts";

export interface Step {
  /** What happens, for the reader. */
  readonly description: string;
  /** Left out if it has already happened. */
  readonly act?: { readonly name: ActionName; readonly as: Login; readonly body?: string };
  /** Whose newest review the action is about. */
  readonly reviewOf?: Login;
  readonly expected: Expected;
}

export interface Expected {
  readonly conclusion: "success" | "action_required";
  /** What the check's title and text must contain, as a reader sees them. */
  readonly says: readonly string[];
  /** What they must not contain. */
  readonly saysNot?: readonly string[];
  readonly merge: "blocked" | "possible" | "done";
  readonly labels: readonly string[];
  /** Requested reviewers: logins, and teams as `org/slug`. */
  readonly asks?: readonly string[];
}

const WAITING = ["ai-authored", "needs-countersign", "production"];
const SIGNED = ["ai-authored", "production"];
const BLOCKED = { conclusion: "action_required", merge: "blocked", labels: WAITING } as const;

/** The story of the demo, played only with actions that its pages offer. */
export const STEPS: readonly Step[] = [
  {
    description: "Kiro, asked by kira to fix timeouts, deletes the production environment",
    expected: {
      ...BLOCKED,
      says: ["Needs @acme/sre: infrastructure", "@kira asked Kiro for this change"],
      asks: ["acme/sre"],
    },
  },
  {
    description: "kira, who asked Kiro, approves",
    act: { name: "approve", as: "kira", body: "Just what I asked for." },
    expected: {
      ...BLOCKED,
      says: [
        "Needs @acme/sre: infrastructure",
        "@kira approved, but asked Kiro for this change, and contributors cannot countersign.",
      ],
    },
  },
  {
    description: "an AI reviewer approves",
    act: { name: "approve", as: "coderabbitai[bot]", body: "No issues found." },
    expected: {
      ...BLOCKED,
      says: [
        "Needs @acme/sre: infrastructure",
        "@coderabbitai[bot] approved, but is an AI account; only humans can countersign.",
      ],
    },
  },
  {
    description: "dana, who owns another area, approves",
    act: { name: "approve", as: "dana" },
    expected: {
      ...BLOCKED,
      says: [
        "Needs @acme/sre: infrastructure",
        "@dana approved, but does not own anything that needs a countersignature.",
      ],
    },
  },
  {
    description: "olga of @acme/sre countersigns",
    act: { name: "approve", as: "olga", body: "I have read the plan." },
    expected: {
      conclusion: "success",
      says: ["Countersigned by @olga", "infrastructure ✅ @olga countersigned"],
      merge: "possible",
      labels: SIGNED,
    },
  },
  {
    description: "Kiro pushes again: one more deletion",
    act: { name: "kiro-deletes", as: "kira" },
    expected: {
      ...BLOCKED,
      says: ["Needs @acme/sre: infrastructure", "@olga approved, but infra/", "it must be approved again."],
    },
  },
  {
    description: "sam of @acme/sre requests changes",
    act: { name: "request-changes", as: "sam", body: "Nobody deletes what customers are using." },
    expected: { ...BLOCKED, says: ["Refused by @sam: infrastructure"] },
  },
  {
    description: "olga approves all the same",
    act: { name: "approve", as: "olga" },
    expected: {
      ...BLOCKED,
      says: ["Refused by @sam: infrastructure", "stays blocked until @sam approves"],
      saysNot: ["it must be approved again"],
    },
  },
  {
    description: "sam dismisses their own refusal",
    act: { name: "dismiss", as: "sam" },
    reviewOf: "sam",
    expected: {
      conclusion: "success",
      says: ["Countersigned by @olga"],
      merge: "possible",
      labels: SIGNED,
    },
  },
  {
    description: "the merge button is pressed",
    act: { name: "merge", as: "olga" },
    expected: { conclusion: "success", says: ["Countersigned by @olga"], merge: "done", labels: SIGNED },
  },
];
