import { rememberPolicies } from "../../policy/remembered.ts";
import type { Account, ChangedFile, Snapshot } from "../../signoff/snapshot.ts";
import { type Judgement, judgementOf } from "./judgement.ts";

/**
 * Judges a small change of nobody's: the first judgement of a process compiles what all others use, for a tenth of a
 * second, and is to be over before anybody waits.
 */
export function warmUp(): Judgement {
  return judgementOf(CHANGE, rememberPolicies());
}

const HEAD = "a".repeat(40);
const BASE = "b".repeat(40);
const NOON = "2026-01-01T12:00:00Z";
const author: Account = { id: 1, login: "author", type: "User" };
const owner: Account = { id: 2, login: "owner", type: "User" };

const CHANGE: Snapshot = {
  version: 1,
  now: NOON,
  repository: { owner: "org", name: "repository", defaultBranch: "main" },
  pullRequest: {
    number: 1,
    title: "Change",
    body: "Co-authored-by: Claude <noreply@anthropic.com>",
    author,
    state: "open",
    draft: false,
    fork: false,
    head: { sha: HEAD, ref: "change" },
    base: { sha: BASE, ref: "main" },
    governedBy: { sha: BASE, ref: "main" },
    labels: [],
    requestedReviewers: { users: [], teams: [] },
  },
  commits: [
    {
      sha: HEAD,
      message: "Change",
      author: { name: author.login, email: "author@org.example", account: author },
      committer: { name: author.login, email: "author@org.example", account: author },
      coAuthors: [],
      committedViaWeb: false,
    },
  ],
  files: [
    added("infra/main.tf", 'resource "aws_sqs_queue" "a" {\n  name = "a"\n}\n'),
    added("k8s/a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n"),
    added(".github/workflows/a.yml", "on: push\njobs:\n  a:\n    steps:\n      - run: make\n"),
    added("db/migrations/1_a.sql", "CREATE TABLE a (id int);\n"),
    added("Dockerfile", "FROM scratch\n"),
    added("a.sh", "make\n"),
    added("src/a.ts", "export const a = 1;\n"),
    added("src/a.py", "a = 1\n"),
  ],
  reviews: [{ id: 1, reviewer: owner, state: "approved", submittedAt: NOON, commitSha: HEAD, body: "" }],
  participants: [],
  policySources: {
    organization: { status: "absent" },
    repository: {
      status: "found",
      path: ".github/countersign.yml",
      text: "production:\n  - name: a\n    paths: [/infra/]\n",
    },
  },
  codeowners: { path: ".github/CODEOWNERS", text: "* @owner\n" },
  authority: { permissions: { [owner.id]: "write" }, teams: {} },
  recorded: {
    approvals: [],
    evidence: [],
    headMovedAt: null,
    baseChangedAt: null,
    refusals: [],
    commits: [],
    accounts: [],
  },
};

function added(path: string, after: string): ChangedFile {
  const additions = after.split("\n").length - 1;
  return {
    path,
    status: "added",
    contentId: HEAD,
    mode: "100644",
    base: null,
    additions,
    deletions: 0,
    before: null,
    after,
  };
}
