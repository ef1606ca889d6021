import { createHash } from "node:crypto";
import { DEFAULT_POLICY } from "../../src/policy/merge.ts";
import type { AreaRule, HazardKindRule, Policy } from "../../src/policy/policy.ts";
import { evaluate } from "../../src/signoff/evaluate.ts";
import type { Judged, Site } from "../../src/signoff/report/site.ts";
import type {
  Account,
  ApprovalRecord,
  ChangedFile,
  CommitFacts,
  GitIdentity,
  Participant,
  Permission,
  Recorded,
  Review,
  Snapshot,
} from "../../src/signoff/snapshot.ts";
import type { Verdict } from "../../src/signoff/verdict.ts";

/** Where the links of the tests' checks lead. */
export const SITE: Site = {
  github: "https://github.com",
  docs: "https://docs.example/v1",
  diffName: (path) => createHash("sha256").update(path).digest("hex"),
};

/** The people of the tests. Their ids are their order. */
export const user = (login: string, id: number): Account => ({ id, login, type: "User" });
export const bot = (login: string, id: number): Account => ({ id, login, type: "Bot" });

/** Asked Kiro for the change. */
export const kira = user("kira", 1);
/** Owners of infra/, together with the team @acme/sre. */
export const olga = user("olga", 2);
export const sven = user("sven", 3);
/** Owns db/. */
export const dora = user("dora", 4);
/** Owns nothing. */
export const nils = user("nils", 5);
export const kiro = bot("kiro-agent[bot]", 245_459_735);
export const reviewBot = bot("coderabbitai[bot]", 136_622_811);

export const OLD_HEAD = "a".repeat(40);
export const HEAD = "b".repeat(40);
/** Where the config and CODEOWNERS stand. */
export const RULES_SHA = "c".repeat(40);

/** What is judged in most tests. */
export const JUDGED: Judged = {
  site: SITE,
  repository: "acme/shop",
  pulls: [7],
  headSha: HEAD,
  rulesSha: RULES_SHA,
};

export const identity = (account: Account): GitIdentity => ({
  name: account.login,
  email: `${account.id}+${account.login}@users.noreply.github.com`,
  account,
});

export function commit(by: Account, more: Partial<CommitFacts> = {}): CommitFacts {
  return {
    sha: HEAD,
    message: "Rebuild the environment",
    author: identity(by),
    committer: identity(by),
    coAuthors: [],
    committedViaWeb: false,
    ...more,
  };
}

export function file(path: string, more: Partial<ChangedFile> = {}): ChangedFile {
  const texts = { before: "# before\n", after: "# after\n" };
  const base = { contentId: `former content of ${path}`, mode: "100644", kind: "blob" } as const;
  const known = {
    contentId: `content of ${path}`,
    mode: "100644",
    base,
    additions: 1,
    deletions: 1,
    ...texts,
  };
  return { path, status: "modified", ...known, ...more };
}

let reviews = 100;

/** A review given now, for the head. */
export function review(reviewer: Account | null, state: Review["state"], more: Partial<Review> = {}): Review {
  reviews += 1;
  const submittedAt = new Date(Date.UTC(2026, 10, 20, 12, 0, reviews)).toISOString();
  return { id: reviews, reviewer, state, submittedAt, commitSha: HEAD, body: "", ...more };
}

export const approval = (reviewer: Account | null, more: Partial<Review> = {}) =>
  review(reviewer, "approved", more);
export const refusal = (reviewer: Account, more: Partial<Review> = {}) =>
  review(reviewer, "changes_requested", more);

export const requester = (account: Account): Participant => ({
  account,
  role: "requester",
  because: "asked Kiro to start (2026-11-20)",
});

/** GitHub's word that somebody pushed a commit. */
export const pushed = (account: Account, sha = HEAD): Participant => ({
  account,
  role: "pusher",
  because: `pushed ${sha.slice(0, 7)}`,
  sha,
});

const CODEOWNERS = `
/infra/  @olga @acme/sre
/db/     @dora
/web/    @nils
/.github/ @olga
`;

/** Kiro deletes the environment's Terraform, as Kira asked. */
export function snapshot(more: Partial<Snapshot> = {}): Snapshot {
  return {
    version: 1,
    now: "2026-11-20T13:00:00Z",
    repository: { owner: "acme", name: "shop", defaultBranch: "main" },
    pullRequest: {
      number: 7,
      title: "Rebuild the environment",
      body: "",
      author: kiro,
      state: "open",
      draft: false,
      fork: false,
      head: { sha: HEAD, ref: "rebuild" },
      base: { sha: "c".repeat(40), ref: "main" },
      governedBy: { sha: "c".repeat(40), ref: "main" },
      labels: [],
      requestedReviewers: { users: [], teams: [] },
    },
    commits: [commit(kiro)],
    files: [file("infra/main.tf", { status: "removed", contentId: null })],
    reviews: [],
    participants: [requester(kira)],
    policySources: { organization: { status: "absent" }, repository: { status: "absent" } },
    codeowners: { path: ".github/CODEOWNERS", text: CODEOWNERS },
    authority: {
      permissions: { ...permissions("write", kira, olga, sven, dora, nils) },
      teams: { "acme/sre": { status: "known", members: [olga, sven] } },
    },
    recorded: recorded(),
    ...more,
  };
}

export function permissions(
  permission: Permission,
  ...accounts: readonly Account[]
): Record<number, Permission> {
  return Object.fromEntries(accounts.map(({ id }) => [id, permission]));
}

/** Nothing, with these differences. */
export function recorded(more: Partial<Recorded> = {}): Recorded {
  return {
    approvals: [],
    evidence: [],
    headMovedAt: null,
    baseChangedAt: null,
    refusals: [],
    commits: [],
    accounts: [],
    ...more,
  };
}

/** A human change: Kira's own. */
export function humanChange(more: Partial<Snapshot> = {}): Snapshot {
  const base = snapshot();
  const pullRequest = { ...base.pullRequest, author: kira };
  return snapshot({ pullRequest, commits: [commit(kira)], participants: [], ...more });
}

export function record(
  review: Review,
  files: readonly ChangedFile[],
  more: Partial<ApprovalRecord> = {},
): ApprovalRecord {
  const before = evaluate(snapshot({ files, reviews: [{ ...review, commitSha: HEAD }] }), policy());
  const [seen] = before.toRecord.approvals;
  if (seen === undefined) throw new Error("the approval does not hold, so there is nothing to record");
  return { ...seen, headSha: OLD_HEAD, ...more };
}

export const INFRASTRUCTURE: AreaRule = {
  name: "infrastructure",
  paths: ["/infra/"],
  countersignatures: 1,
  from: "owners",
  senior: [],
  appliesTo: "ai",
  mode: "enforce",
  keep: "untouched",
  when: "always",
  origin: "built-in",
};
export const DATABASE: AreaRule = { ...INFRASTRUCTURE, name: "database", paths: ["/db/"] };
export const CONTROL: AreaRule = { ...INFRASTRUCTURE, name: "control-files", paths: ["/.github/"] };

export const HAZARDS: HazardKindRule = {
  countersignatures: 1,
  senior: [],
  appliesTo: "ai",
  origin: "built-in",
};

export function policy(more: Partial<Policy> = {}): Policy {
  return {
    ...DEFAULT_POLICY,
    areas: [INFRASTRUCTURE, DATABASE, CONTROL],
    ...more,
  };
}

/** The verdict on the story with these differences. */
export function verdict(more: Partial<Snapshot> = {}, rules: Partial<Policy> = {}): Verdict {
  return evaluate(snapshot(more), policy(rules));
}
