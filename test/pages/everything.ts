import { configPage } from "../../src/pages/config.ts";
import { overviewPage } from "../../src/pages/overview.ts";
import { actPage } from "../../src/pages/pull/act.ts";
import { pullPage } from "../../src/pages/pull/page.ts";
import { whatIfPage } from "../../src/pages/pull/what-if.ts";
import { repositoryPage } from "../../src/pages/repository.ts";
import { type ShownPull, summaryOf } from "../../src/pages/shown-pull.ts";
import { signPage } from "../../src/pages/sign.ts";
import type { JudgedHazard, ToldVerdict } from "../../src/signoff/verdict.ts";
import { approval, dora, HEAD, kira, olga, SITE, verdict } from "../signoff/build.ts";

export const visitor = { login: "olga", token: "t0ken" };
const docs = SITE.docs;

/** What ends an attribute, an element, a style and a comment. */
const EVIL = `"'><img src=x onerror=alert(1)></style></textarea><script>alert(1)</script><!--`;

const WORDS: ReadonlySet<string> = new Set(
  // What is one of a few words in our own types, and decides how something is shown.
  [
    "kind",
    "status",
    "severity",
    "conclusion",
    "mode",
    "writer",
    "role",
    "code",
    "holds",
    "on",
    "side",
    "need",
    "reason",
    "standing",
  ],
);

/** The same with something evil in every text that is no word of ours. */
export function poisoned<T>(value: T, key = ""): T {
  if (typeof value === "string") return (WORDS.has(key) ? value : poisonOf(key, value)) as T;
  if (Array.isArray(value)) return value.map((entry) => poisoned(entry, key)) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, poisoned(entry, name)])) as T;
}

/** Times are GitHub's own or our clock's, and are not read where they are none. */
function poisonOf(key: string, text: string): string {
  return /^\d{4}-\d{2}-\d{2}T/.test(text) || key === "changesAt" ? text : `${text}${EVIL}`;
}

export const hazard: JudgedHazard = {
  ...{ id: "sql/drop-table", kind: "destructive", asks: "block", what: "`orders`", file: "db/1.sql" },
  ...{ line: 3, side: "after", why: "drops `orders`", by: "diff", shownAt: 3, before: "a", after: "b" },
  status: { kind: "answered", by: olga, reviewId: 1, reason: "it was moved", others: [] },
};

/** A verdict in which everything is told that can be. */
export function everything(): ToldVerdict {
  const { toRecord: _, ...told } = verdict({ reviews: [approval(kira), approval(dora)] });
  const at = "2026-01-01T00:00:00.000Z";
  const [outcome] = told.requirements;
  if (outcome === undefined) throw new Error("nothing is required");
  const refusal = {
    reviewId: 2,
    by: olga,
    at,
    commitSha: HEAD,
    as: { kind: "user", login: "olga" },
  } as const;
  const signature = { reviewId: 3, by: olga, at, headSha: HEAD, kept: true, as: refusal.as };
  return {
    ...told,
    requirements: [
      {
        ...outcome,
        status: "refused",
        refusals: [refusal],
        countersignatures: [signature],
        remedy: "Name another.",
      },
      outcome,
    ],
    optionalReviews: [
      { owners: [{ kind: "user", login: "wes" }], paths: ["app/a.ts"], source: "CODEOWNERS:1" },
    ],
    problems: (["error", "warning"] as const).map((severity) => {
      return {
        code: "config/unknown-key",
        severity,
        file: "a.yml",
        line: 1,
        message: "Odd.",
        remedy: "Mend it.",
      };
    }),
    hazards: [hazard, { ...hazard, status: { kind: "off", reason: "no", origin: "a.yml:4" } }],
    rejectedFalseAlarms: [{ reviewId: 1, by: olga, rule: "sql/drop-table", sentence: "“x” is none." }],
    liftedMarks: [{ writer: { id: 9, login: "eve" }, by: olga, reviewId: 1, reason: "not hers" }],
    override: { status: "asked", by: [olga], reason: "It burns", missing: 1, until: at, passedOver: [] },
    freezes: [{ area: "infra", by: olga, since: at, until: at, reason: "Year's end" }],
    changesAt: at,
  };
}

export function shown(told: ToldVerdict): ShownPull {
  return {
    facts: { title: "Fix checkout", author: "kiro", base: "main", draft: true, rulesSha: HEAD },
    ...{ verdict: told, check: { conclusion: told.conclusion, title: "Needs @acme/sre", pulls: [7, 8] } },
    isCut: true,
  };
}

const history = (change: <T>(value: T) => T) =>
  [
    { kind: "verdict", data: { conclusion: "failure", problems: ["config/unknown-key"], requirements: [] } },
    {
      kind: "verdict",
      data: { conclusion: "action_required", requirements: [{ id: "infra", status: "waiting" }] },
    },
    { kind: "countersignature", data: { requirement: "infra", by: { login: "olga" } } },
    { kind: "evidence", data: { tool: "Kiro", strength: "strong", text: "made by Kiro" } },
    {
      kind: "override",
      data: { event: "asked", by: { login: "olga" }, reason: "It burns", because: "expired" },
    },
    { kind: "freeze", data: { event: "frozen", by: { login: "olga" }, area: "infra" } },
    { kind: "follow-up", data: { event: "accepted", by: { login: "olga" }, area: "infra" } },
    { kind: "change", data: { outcome: "red", branch: "main", after: HEAD, by: { login: "olga" } } },
  ].map(({ kind, data }) => ({ ...told, kind, data: change(data) }));

type Change = <T>(value: T) => T;

const ANSWER = {
  ...{ id: "sql/drop-table", file: "db/1.sql", line: 3, what: "`orders`", by: { id: 1, login: "olga" } },
  ...{ reviewId: 1, reason: "it was moved" },
};
const told = { at: "2026-01-01T00:00:00Z", pull: 7, headSha: HEAD };

/** Each page with whatever others can write changed. */
export const PAGES: Readonly<Record<string, (change: Change) => string>> = {
  "a pull request": (change) =>
    pullPage({
      ...{ site: SITE, visitor, repository: "acme/shop", pull: 7, history: history(change), mayWrite: true },
      judged: { shown: change(shown(everything())), headSha: HEAD, judgedAt: 0, since: 0, inDoubt: false },
    }),
  "what if": (change) =>
    whatIfPage({
      ...{ site: SITE, visitor, repository: "acme/shop", pull: 7, asked: change("olga sven") },
      answer: {
        ...{ headSha: HEAD, known: change(["olga"]), unknown: change(["sven"]) },
        verdict: change({ ...verdict(), ...everything() }),
        isGiven: () => true,
      },
    }),
  "an acting person": (change) => {
    const { override = null, freezes = [] } = change(everything());
    const owners = [{ kind: "user", login: "olga" }] as const;
    return actPage({
      ...{ site: SITE, visitor, repository: "acme/shop", pull: 7 },
      notice: { text: change("Nothing came of it: “x” is no area."), awaitsPasskey: true },
      now: { headSha: HEAD, isBlocked: true, override, freezes, freezable: change(["infrastructure"]) },
      followUp: {
        ...{ reason: "bypass", commitSha: HEAD, pull: 7, openedAt: "2026-01-01T00:00:00Z" },
        ...{ areas: change([{ area: "infra", owners }]), hasIssue: true },
      },
    });
  },
  "a repository": (change) =>
    repositoryPage({
      ...{ site: SITE, visitor, repository: "acme/shop", hasMore: true, exceptions: history(change) },
      waits: [0, 7_200_000],
      answers: [{ ...told, kind: "answer", data: { ...change(ANSWER), reason: change(ANSWER.reason) } }],
      pulls: (["failure", "success"] as const).map((conclusion) => {
        const summary = change(summaryOf(shown(everything())));
        return { pull: 7, conclusion, summary, since: 0, inDoubt: false };
      }),
      followUps: change([
        {
          ...{ reason: "bypass", commitSha: HEAD, pull: 7, openedAt: "2026-01-01T00:00:00Z" },
          areas: [{ area: "infra", owners: [{ kind: "user", login: "olga" }] }],
        } as const,
      ]),
      gate: {
        at: 0,
        findings: change([
          {
            code: "check-required",
            severity: "error",
            says: "It is.",
            where: ["main"],
            holds: "no",
            fix: "do",
          },
          {
            code: "check-pinned",
            severity: "error",
            says: "It is.",
            where: [],
            holds: "no",
            fix: "https://github.com/x",
          },
        ] as never),
      },
    }),
  "the first page": (change) =>
    overviewPage({
      ...{ docs, visitor, most: 40 },
      repositories: change([{ name: "acme/shop", waiting: 1, followUps: 1, gate: { no: 1, unknown: 1 } }]),
    }),
  "a signing person": (change) => {
    const key = { id: "a2V5", owner: "olga", enrolledAt: "2026-01-01T00:00:00Z", words: ["You vouch."] };
    return signPage({
      ...{ docs, visitor, repository: "acme/shop", pull: 7, scriptPath: "/sign.js" },
      notice: "It is not open.",
      decisions: change([
        { digest: "ZGlnZXN0", words: ["You countersign “infra”."], obstacle: null },
        { digest: "ZGlnZXN0", words: ["You call false alarms."], obstacle: "You have no key." },
      ]),
      own: change([{ ...key, standing: "by-code" }] as const),
      others: change([{ ...key, standing: "waits", removal: key.words }] as const),
    });
  },
  "a config": (change) =>
    configPage({
      ...{ docs, visitor, text: change("version: 1\n") },
      checked: {
        valid: false,
        problems: change([
          {
            code: "config/unknown-key",
            severity: "error",
            file: "a.yml",
            line: 1,
            message: "Odd.",
            remedy: "Mend.",
          },
        ] as const),
      },
    }),
};
