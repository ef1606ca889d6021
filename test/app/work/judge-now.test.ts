import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { judgeNow } from "../../../src/app/work/judge-now.ts";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite.ts";
import type { Store } from "../../../src/store/store.ts";
import { HEAD } from "../../signoff/build.ts";
import { FakeGitHub, pullRequest, UNGOVERNED } from "../fake-github.ts";
import { judgeHere } from "../judge-here.ts";
import { passkeysIn } from "../passkeys/reader.ts";

const repository = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };
const problem = {
  code: "evidence/not-judged",
  severity: "error",
  message: "It cannot be read.",
  remedy: "Wait.",
} as const;

let store: Store;
beforeEach(() => {
  store = openSqliteStore(":memory:");
});
afterEach(() => store.close());

async function judged(read: FakeGitHub["pulls"][number] | undefined) {
  const github = new FakeGitHub();
  if (read !== undefined) github.pulls[7] = read;
  const ports = { store, github, judge: judgeHere, passkeys: passkeysIn(store) };
  return { now: await judgeNow(ports, repository, 7), github };
}

test("one pull request is read and judged as it is now, and nothing is written", async () => {
  const { now, github } = await judged(pullRequest(7));
  expect(now?.snapshot.pullRequest.number).toBe(7);
  expect(now?.verdict.conclusion).toBe("action_required");
  expect(github.calls).toEqual(["head #7", "read #7"]);
});

test("a push that came since its head was last heard of is followed once", async () => {
  const old = "f".repeat(40);
  await store.recordHead(repository, 7, old, new Date(0));
  let reads = 0;
  const github = new FakeGitHub();
  const read: FakeGitHub["read"] = async (where, asked) => {
    reads += 1;
    return asked.headSha === HEAD ? github.read(where, asked) : { status: "moved", headSha: HEAD };
  };
  github.pulls[7] = pullRequest(7);
  const ports = {
    ...{ store, judge: judgeHere, passkeys: passkeysIn(store) },
    github: { read, headOf: github.headOf, pullsWithHead: github.pullsWithHead, mayWrite: github.mayWrite },
  };
  expect((await judgeNow(ports, repository, 7))?.snapshot.pullRequest.head.sha).toBe(HEAD);
  expect(reads).toBe(2);
});

interface Row {
  readonly why: string;
  readonly read: FakeGitHub["pulls"][number] | undefined;
}
test.each<Row>([
  { why: "is not there", read: undefined },
  { why: "is closed", read: { status: "closed" } },
  { why: "goes into a branch that nobody governs", read: pullRequest(7, UNGOVERNED) },
  { why: "cannot be read", read: { status: "refused", problem, retryAfterMs: 1000 } },
])("nothing can be signed on one that $why", async ({ read }) => {
  expect((await judged(read)).now).toBeNull();
});
