import { judge } from "../../src/signoff/evaluate.ts";
import type {
  Account,
  ChangedFile,
  CommitFacts,
  Review,
  Snapshot,
  Team,
} from "../../src/signoff/snapshot.ts";

export const FILES = 3_000;
export const COMMITS = 500;
export const AREAS = 50;
const TEAMS = 40;
const RULES = 400;
const REVIEWS = 40;

const HEAD = sha(COMMITS - 1);
const OLD_HEAD = sha(COMMITS - 2);
const BASE = "c".repeat(40);

/** A pull request as large as GitHub shows whole: an AI and people wrote it, most of it is production. */
export function largeSnapshot(): Snapshot {
  const files = numbers(FILES).map(fileOf).toSorted(byPath);
  const snapshot = snapshotOf(files, numbers(REVIEWS).map(reviewOf));
  // Half of the approvals were given before the last push, which changed a few files.
  const earlier = files.map((file, index) => (index % 500 === 0 ? { ...file, contentId: sha(0) } : file));
  const { approvals } = judge(snapshotOf(earlier, snapshot.reviews.slice(0, REVIEWS / 2))).toRecord;
  const records = approvals.map((record) => ({ ...record, headSha: OLD_HEAD }));
  return { ...snapshot, recorded: { ...snapshot.recorded, approvals: records } };
}

function snapshotOf(files: readonly ChangedFile[], reviews: readonly Review[]): Snapshot {
  return {
    version: 1,
    now: "2026-11-20T13:00:00Z",
    repository: { owner: "acme", name: "shop", defaultBranch: "main" },
    pullRequest: {
      number: 1,
      title: "Move every service to the new platform",
      body: paragraphs(20),
      author: person(0),
      state: "open",
      draft: false,
      fork: false,
      head: { sha: HEAD, ref: "new-platform" },
      base: { sha: BASE, ref: "main" },
      governedBy: { sha: BASE, ref: "main" },
      labels: ["large"],
      requestedReviewers: { users: [], teams: [] },
    },
    commits: numbers(COMMITS).map(commitOf),
    files,
    reviews,
    participants: [{ account: person(1), role: "requester", because: "assigned Copilot (2026-11-20)" }],
    policySources: {
      organization: { status: "absent" },
      repository: { status: "found", path: ".github/countersign.yml", text: config() },
    },
    codeowners: { path: ".github/CODEOWNERS", text: numbers(RULES).map(ruleOf).join("\n") },
    authority: {
      permissions: Object.fromEntries(numbers(400).map((index) => [person(index).id, "write"])),
      teams: Object.fromEntries(numbers(TEAMS).map((index) => [`acme/team-${index}`, teamOf(index)])),
    },
    recorded: {
      approvals: [],
      evidence: [],
      headMovedAt: "2026-11-20T10:00:00Z",
      baseChangedAt: null,
      refusals: [],
      commits: [],
      accounts: [],
    },
  };
}

function byPath({ path: one }: ChangedFile, { path: other }: ChangedFile): number {
  return one < other ? -1 : 1;
}

function fileOf(index: number): ChangedFile {
  const path = `services/service-${index % 60}/src/module-${index % 7}/part-${index}.ts`;
  const base = { contentId: sha(FILES + index), mode: "100644", kind: "blob" } as const;
  const at = { path, contentId: sha(index), mode: "100644", base, additions: 3, deletions: 1, patch: PATCH };
  if (index % 20 !== 0) return { ...at, status: "modified" };
  return { ...at, status: "renamed", previousPath: `old/service-${index % 60}/part-${index}.ts` };
}

const PATCH = [
  "@@ -7,2 +7,4 @@",
  " const kept = 1;",
  "-const old = 2;",
  "+// What was done here, and why it had to be done in this way.",
  "+const replacement = await loadService(configuration.services.next, { retries: 3 });",
  "+await replacement.start();",
].join("\n");

function commitOf(index: number): CommitFacts {
  const author = person(index % 30);
  const identity = { name: author.login, email: `${author.login}@acme.example`, account: author };
  const ai = { name: "Claude", email: "noreply@anthropic.com", account: null };
  return {
    sha: sha(index),
    message: `Move part ${index}\n\n${paragraphs(3)}\n\nReviewed-by: Somebody <somebody@acme.example>`,
    author: identity,
    committer: identity,
    coAuthors: index % 3 === 0 ? [ai] : [],
    committedViaWeb: false,
  };
}

function reviewOf(index: number): Review {
  return {
    id: index + 1,
    reviewer: person(100 + index),
    state: index % 8 === 7 ? "changes_requested" : "approved",
    submittedAt: `2026-11-20T12:${String(index).padStart(2, "0")}:00Z`,
    commitSha: HEAD,
    body: "",
  };
}

function config(): string {
  const areas = numbers(AREAS).map(
    (index) =>
      `  - name: service-${index}\n    paths: ["/services/service-${index}/", "/old/service-${index}/", "**/service-${index}/**/*.tf", "*-${index}.sql"]\n    countersignatures: 2`,
  );
  return `production:\n${areas.join("\n")}\n`;
}

function ruleOf(index: number): string {
  return `/services/service-${index % 60}/src/${index < 60 ? "" : `module-${index % 7}/part-${index}*`} @acme/team-${index % TEAMS} @person-${100 + (index % 50)}`;
}

function teamOf(index: number): Team {
  return { status: "known", members: numbers(12).map((member) => person(90 + ((index * 3 + member) % 120))) };
}

function person(index: number): Account {
  return { id: 1_000 + index, login: `person-${index}`, type: "User" };
}

function paragraphs(lines: number): string {
  return numbers(lines)
    .map((index) => `Line ${index} tells what was done here and why it had to be done in this way.`)
    .join("\n");
}

function sha(index: number): string {
  return index.toString(16).padStart(40, "0");
}

function numbers(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}
