import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { judgePullsOnHead } from "../../../src/app/work/judge-head.ts";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite.ts";
import type { Store } from "../../../src/store/store.ts";
import { HEAD, humanChange } from "../../signoff/build.ts";
import { FakeGitHub } from "../fake-github.ts";
import { passkeysIn } from "../passkeys/reader.ts";

const repository = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };
const problem = { code: "evidence/not-judged", message: "It takes too long.", remedy: "Split it." } as const;

let store: Store;
beforeEach(() => {
  store = openSqliteStore(":memory:");
});
afterEach(() => store.close());

async function findings(read: FakeGitHub["pulls"][number]) {
  const github = new FakeGitHub();
  github.pulls[7] = read;
  const moment = await store.moment(repository.installationId);
  const judge = async () => ({ status: "refused", problem, retryAfterMs: 1000 }) as const;
  const head = { repository, headSha: HEAD, hints: [7], moment, priority: "direct" } as const;
  return judgePullsOnHead(head, { store, github, judge, passkeys: passkeysIn(store) });
}

test("A17 what cannot be judged any more once it is merged is known to be merged, and blocks nothing", async () => {
  const read = { status: "merged", snapshot: humanChange(), mergedAs: "5" } as const;
  expect(await findings(read)).toMatchObject({
    judged: [],
    ended: [],
    merged: [{ pull: 7, sha: "5" }],
    retryAfterMs: null,
  });
});
