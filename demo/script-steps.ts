import type { ActionName } from "./actions.ts";
import type { Login } from "./cast.ts";

export interface Step {
  /** What happens, for the reader. */
  readonly description: string;
  /** The number of the pull request that it is about. */
  readonly pull: number;
  /** Left out if it has already happened. */
  readonly act?: Deed;
  /** Whose newest review the action is about. */
  readonly reviewOf?: Login;
  readonly expected: Expected;
}

export interface Deed {
  /** `accept`: a comment on the newest issue; all others are acts on the pull request. */
  readonly name: ActionName | "accept";
  readonly as: Login;
  /** `{head}` and `{merge}` stand for the first twelve characters of the head's and the merge commit's ids. */
  readonly body?: string;
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
  /** What the newest comment on the pull request must contain. */
  readonly comment?: string;
  /** How the newest issue must stand, and what it or a comment on it must contain. */
  readonly issue?: { readonly state: "open" | "closed"; readonly says: string };
}

/** As the stage opens them. */
const KIROS = 1;
const LOYALTY_POINTS = 4;
const LOGS = 6;

const WAITING = ["ai-authored", "needs-countersign", "production"];
const SIGNED = ["ai-authored", "production"];
const OVERRIDE = "/countersign override {head} Orders fail until this column is there";
const OVERRIDDEN = {
  conclusion: "success",
  labels: ["ai-authored", "countersign-override", "needs-countersign", "production"],
} as const;
const BLOCKED = { conclusion: "action_required", merge: "blocked", labels: WAITING } as const;

/** The story of the demo, played only with actions that its pages offer. */
export const STEPS: readonly Step[] = [
  {
    pull: KIROS,
    description: "Kiro, asked by kira to fix timeouts, deletes the production environment",
    expected: {
      ...BLOCKED,
      says: ["Needs @acme/sre: infrastructure", "@kira asked Kiro for this change"],
      asks: ["acme/sre"],
    },
  },
  {
    pull: KIROS,
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
    pull: KIROS,
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
    pull: KIROS,
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
    pull: KIROS,
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
    pull: KIROS,
    description: "Kiro pushes again: one more deletion",
    act: { name: "kiro-deletes", as: "kira" },
    expected: {
      ...BLOCKED,
      says: ["Needs @acme/sre: infrastructure", "@olga approved, but infra/", "it must be approved again."],
    },
  },
  {
    pull: KIROS,
    description: "sam of @acme/sre requests changes",
    act: { name: "request-changes", as: "sam", body: "Nobody deletes what customers are using." },
    expected: { ...BLOCKED, says: ["Refused by @sam: infrastructure"] },
  },
  {
    pull: KIROS,
    description: "olga approves all the same",
    act: { name: "approve", as: "olga" },
    expected: {
      ...BLOCKED,
      says: ["Refused by @sam: infrastructure", "stays blocked until @sam approves"],
      saysNot: ["it must be approved again"],
    },
  },
  {
    pull: KIROS,
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
    pull: KIROS,
    description: "the merge button is pressed",
    act: { name: "merge", as: "olga" },
    expected: { conclusion: "success", says: ["Countersigned by @olga"], merge: "done", labels: SIGNED },
  },
  {
    pull: LOYALTY_POINTS,
    description: "olga countersigns half of what wes wrote with Cursor",
    act: { name: "approve", as: "olga" },
    expected: { ...BLOCKED, says: ["Needs @acme/data: migrations"] },
  },
  {
    pull: LOYALTY_POINTS,
    description: "dana is away: olga asks for an override",
    act: { name: "comment", as: "olga", body: OVERRIDE },
    expected: {
      ...BLOCKED,
      says: [
        "Needs @acme/data: migrations",
        "@olga asked for an override: Orders fail until this column is there. 1 more person",
      ],
    },
  },
  {
    pull: LOYALTY_POINTS,
    description: "sam repeats it",
    act: { name: "comment", as: "sam", body: OVERRIDE },
    expected: {
      ...OVERRIDDEN,
      says: ["Overridden by @olga and @sam until", "Not countersigned: migrations (@acme/data)."],
      merge: "possible",
    },
  },
  {
    pull: LOYALTY_POINTS,
    description: "wes merges, and an issue asks the owners who were passed over",
    act: { name: "merge", as: "wes" },
    expected: {
      ...OVERRIDDEN,
      says: ["Overridden by @olga and @sam until"],
      merge: "done",
      issue: { state: "open", says: "- migrations: @acme/data" },
    },
  },
  {
    pull: LOYALTY_POINTS,
    description: "dana accepts it afterwards, which closes the issue",
    act: { name: "accept", as: "dana", body: "/countersign accept {merge} The column is right" },
    expected: {
      ...OVERRIDDEN,
      says: ["Overridden by @olga and @sam until"],
      merge: "done",
      issue: { state: "closed", says: "Accepted by @dana." },
    },
  },
  {
    pull: LOGS,
    description: "ines, an administrator, merges what nobody signed past the check",
    act: { name: "merge-past-the-check", as: "ines" },
    expected: {
      ...BLOCKED,
      says: ["Needs @acme/sre: infrastructure"],
      merge: "done",
      labels: ["ai-authored", "countersign-bypassed", "needs-countersign", "production"],
      comment: "Merged past Countersign",
    },
  },
];
