import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Conclusion } from "../../../src/signoff/verdict.ts";
import type { ProtectionLook } from "../../../src/store/protection.ts";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite.ts";
import type { Store } from "../../../src/store/store.ts";
import type { Task } from "../../../src/store/task.ts";
import { approval, HEAD, olga } from "../../signoff/build.ts";
import { FakeGitHub, pullRequest } from "../fake-github.ts";
import { ManualClock } from "../manual-clock.ts";
import { notes } from "../notes.ts";
import { working } from "../working.ts";

const at = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };
const head: Task = { kind: "head", headSha: HEAD, pulls: [7], ...at };
const sha = "c".repeat(40);

const open = (...branches: readonly string[]): ProtectionLook => ({
  at: 0,
  findings: [],
  branches: branches.map((branch) => ({ branch, code: "check-required", fix: "mend it" })),
});

let store: Store;
let github: FakeGitHub;
let worked: ReturnType<typeof working>;

beforeEach(() => {
  store = openSqliteStore(":memory:");
  github = new FakeGitHub();
  github.pulls[7] = pullRequest(7);
  worked = working({ store, github, clock: new ManualClock(), log: notes() });
});
afterEach(() => store.close());

/** Each write: its conclusion, and the branches that it says something of. */
const written = () =>
  github.written.map(({ conclusion, explanation }): [Conclusion, string] => {
    const [, branches = ""] = /not required on (.*?)\*\*/.exec(explanation.summary) ?? [];
    return [conclusion, branches];
  });

describe("the check says of its branches that it is not required there", () => {
  test("from when it is known until it is no longer so, once, and concludes the same", async () => {
    await worked.run(head);
    await store.recordProtection(at, open("main"));
    await worked.run(head);
    await store.recordProtection(at, { ...open("main"), at: 1 });
    await worked.run(head);
    await store.recordProtection(at, open());
    await worked.run(head);
    expect(written()).toEqual([
      ["action_required", ""],
      ["action_required", "`main`"],
      ["action_required", ""],
    ]);
  });

  test("on a check that passes, which passes all the same", async () => {
    github.pulls[7] = pullRequest(7, {}, { reviews: [approval(olga)] });
    await worked.run(head);
    await store.recordProtection(at, open("main"));
    await worked.run(head);
    expect(written()).toEqual([
      ["success", ""],
      ["success", "`main`"],
    ]);
    expect(await store.publishedChecks(at, HEAD)).toMatchObject([
      { conclusion: "success", state: "standing" },
    ]);
  });

  test("and of no other branch", async () => {
    await store.recordProtection(at, open("release", "hotfix"));
    await worked.run(head);
    expect(written()).toEqual([["action_required", ""]]);
  });

  test("of a stacked pull request by the branch whose rules GitHub applies", async () => {
    github.pulls[7] = pullRequest(7, { base: { sha, ref: "topic" }, governedBy: { sha, ref: "main" } });
    await store.recordProtection(at, open("main", "topic"));
    await worked.run(head);
    expect(written()).toEqual([["action_required", "`main`"]]);
  });

  test("in a merge queue, of the branch that the queue merges into", async () => {
    const group = { base: "main", baseSha: sha };
    github.queued = [{ pull: 7, headSha: HEAD }];
    await store.recordProtection(at, open("main", "release"));
    await worked.run({ ...head, headSha: "9".repeat(40), pulls: [], group });
    expect(written()).toEqual([["action_required", "`main`"]]);
  });

  test("not where the pull request could not be read, and its branch is not known", async () => {
    const problem = { code: "github/rejected", severity: "error", message: "No.", remedy: "Wait." } as const;
    github.pulls[7] = { status: "refused", problem, retryAfterMs: null };
    await store.recordProtection(at, open("main"));
    await worked.run(head);
    expect(written()).toEqual([["failure", ""]]);
  });
});
