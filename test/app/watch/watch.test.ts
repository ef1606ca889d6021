import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { WatchTask } from "../../../src/app/watch/watch.ts";
import { GitHubProblem, GitHubUnavailable } from "../../../src/github/client/errors.ts";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite.ts";
import type { Store } from "../../../src/store/store.ts";
import type { MovedBranch } from "../../../src/store/task.ts";
import { type BranchMove, NOWHERE } from "../../../src/watch/moves.ts";
import { file, humanChange, kira, snapshot } from "../../signoff/build.ts";
import { publication } from "../../store/passes-contract.ts";
import { FakeGitHub } from "../fake-github.ts";
import { ManualClock } from "../manual-clock.ts";
import { type Notes, notes } from "../notes.ts";
import { working } from "../working.ts";
import { SHOP } from "./shop.ts";

const HOUR = 3_600_000;

let store: Store;
let github: FakeGitHub;
let clock: ManualClock;
let log: Notes;
let run: ReturnType<typeof working>["run"];
let settle: ReturnType<typeof working>["settle"];

beforeEach(async () => {
  store = openSqliteStore(":memory:");
  await store.seeRepositories([{ ...SHOP, nodeId: null, createdAt: null }]);
  [github, clock, log] = [new FakeGitHub(), new ManualClock(), notes()];
  ({ run, settle } = working({ store, github, clock, log }));
});
afterEach(() => store.close());

const task = (moved: readonly MovedBranch[], given: Partial<WatchTask> = {}): WatchTask => ({
  ...{ kind: "watch", ...SHOP, moved, ...given },
});
const SWEEP = task([], { all: true });
const hint = (to: string | null, branch = "main") => task([{ branch, to }]);

let ids = 0;
function moved(given: Partial<BranchMove>): void {
  ids += 1;
  const [before, after] = ["a", "b"];
  const at = clock.now().toISOString();
  const move = { id: `${ids}`, branch: "main", before, after, kind: "push", at, by: kira } as const;
  github.moved.unshift({ ...move, ...given });
}

/** What was asked of GitHub meanwhile. */
async function asked(...tasks: readonly WatchTask[]): Promise<readonly string[]> {
  github.calls.length = 0;
  await run(...tasks);
  return github.calls;
}

const outcomes = async () =>
  Object.fromEntries((await store.outcomes()).map(({ outcome, count }) => [outcome, count]));
const tips = async () =>
  Object.fromEntries(((await store.watched(SHOP))?.branches ?? []).map(({ branch, tip }) => [branch, tip]));

describe("the first look", () => {
  test("begins where the branches are, whatever brought them there", async () => {
    moved({ after: "a", before: "z" });
    expect(await asked(hint("a"))).toEqual(["rules of branches", "moves of all branches"]);
    expect(await outcomes()).toEqual({});
    expect(await tips()).toEqual({ main: "a" });
  });

  test("begins with the last move that is told, and not behind it", async () => {
    moved({ after: "a", before: "z" });
    github.before.moves = () => {
      github.before = {};
      github.governed.tips = [{ branch: "main", tip: "b" }];
    };
    await run(SWEEP);
    expect(await tips()).toEqual({ main: "a" });
    moved({});
    await run(hint("b"));
    expect(await outcomes()).toEqual({ "no-pull-request": 1 });
  });

  test("lists branches where the config names others, and nothing of an empty repository", async () => {
    github.governed = { config: "", tips: [] };
    expect(await asked(SWEEP)).toEqual(["rules of branches"]);
    expect(await store.watched(SHOP)).toBeNull();

    const all = ["main", "release/1", "work"].map((branch) => ({ branch, tip: `${branch}-tip` }));
    github.governed = { config: "branches: [main, 'release/*']\n", tips: all };
    expect(await asked(SWEEP)).toEqual(["rules of branches", "branches", "moves of all branches"]);
    expect(await tips()).toEqual({ main: "main-tip", "release/1": "release/1-tip" });
  });
});

describe("after it", () => {
  beforeEach(() => run(SWEEP));

  test.each<{ why: string; task: WatchTask }>([
    { why: "a branch that is not governed", task: hint("x", "work") },
    { why: "a commit that it is at already", task: hint("a") },
  ])("nothing is asked about $why", async ({ task: told }) => {
    expect(await asked(told)).toEqual([]);
  });

  test("a push is judged once, whoever tells of it", async () => {
    moved({});
    expect(await asked(hint("b"))).toEqual(["moves of main", "range a...b", "pulls of b"]);
    expect(await asked(hint("b"))).toEqual([]);
    expect(await asked(SWEEP)).toEqual(["moves of all branches"]);
    expect(await outcomes()).toEqual({ "no-pull-request": 1 });
  });

  test("what is told together is looked for together", async () => {
    moved({});
    moved({ before: "b", after: "c" });
    await store.enqueue([hint("b"), hint("c")], "direct", clock.now());
    github.calls.length = 0;
    await settle();
    expect(github.calls.filter((call) => call.startsWith("moves"))).toEqual(["moves of main"]);
    expect(await outcomes()).toEqual({ "no-pull-request": 2 });
  });

  test("GitHub tells of a move later than of its event: it is waited for, and not for ever", async () => {
    expect(await asked(hint("b"))).toEqual(["moves of main"]);
    moved({});
    clock.pass(10_000);
    await settle();
    expect(await tips()).toEqual({ main: "b" });

    github.calls.length = 0;
    await run(hint("never"));
    for (let minute = 0; minute < 60; minute += 1) {
      clock.pass(60_000);
      await settle();
    }
    expect(github.calls.length).toBeLessThanOrEqual(5);
    expect(await store.depth()).toBe(0);
  });

  test("a merge that GitHub does not show yet is waited for, and then judged by what came", async () => {
    moved({ kind: "pr_merge" });
    expect(await asked(hint("b"))).toEqual(["moves of main", "pulls of b"]);
    expect(await outcomes()).toEqual({});
    for (let minute = 0; minute < 60; minute += 1) {
      clock.pass(60_000);
      await settle();
    }
    expect(await outcomes()).toEqual({ "no-pull-request": 1 });
  });

  test("a sweep reads the moves of all branches, those of a branch with news, and the rules every six hours", async () => {
    expect(await asked(SWEEP)).toEqual(["moves of all branches"]);
    moved({});
    clock.pass(HOUR);
    expect(await asked(SWEEP)).toEqual([
      "moves of all branches",
      "moves of main",
      "range a...b",
      "pulls of b",
    ]);
    clock.pass(5 * HOUR);
    expect(await asked(SWEEP)).toEqual(["moves of all branches", "rules of branches"]);
    expect(await asked(SWEEP)).toEqual(["moves of all branches"]);
    expect(await store.oldestWatchSweep()).toBe(clock.now().getTime());
  });

  test("a branch that is governed from now on is judged from what the default branch held", async () => {
    const develop = { branch: "develop", tip: "d" };
    github.governed = {
      config: "branches: [main, develop]\n",
      tips: [{ branch: "main", tip: "a" }, develop],
    };
    expect(await asked(task([], { rules: true }))).toEqual([
      ...["rules of branches", "branches", "moves of develop", "range a...d", "pulls of d"],
    ]);
    expect(await outcomes()).toEqual({ "no-pull-request": 1 });
    expect(await asked(task([], { rules: true }))).toEqual(["rules of branches", "branches"]);
  });

  test("a branch that is made is judged by it as well, and nothing is judged when it goes", async () => {
    github.governed.config = "branches: [main, 'release/*']\n";
    await run(task([], { rules: true }));
    moved({ branch: "release/1", before: NOWHERE, after: "r", kind: "branch_creation" });
    expect(await asked(hint("r", "release/1"))).toEqual(["moves of release/1", "range a...r", "pulls of r"]);
    moved({ branch: "release/1", before: "r", after: NOWHERE, kind: "branch_deletion" });
    expect(await asked(hint(null, "release/1"))).toEqual(["moves of release/1"]);
    expect(await outcomes()).toEqual({ "no-pull-request": 1 });
    expect(await tips()).toEqual({ main: "a", "release/1": "r" });
  });

  test.each([{ first: "main" }, { first: "release/1" }])(
    "a merge and the branch made of it are heard of at once, $first first: it is judged once",
    async ({ first }) => {
      github.governed.config = "branches: [main, 'release/*']\n";
      await run(task([], { rules: true }));
      moved({});
      moved({ branch: "release/1", before: NOWHERE, after: "b", kind: "branch_creation" });
      const hints = [
        { branch: "main", to: "b" },
        { branch: "release/1", to: "b" },
      ];
      await run(task(first === "main" ? hints : hints.toReversed()));
      expect(await outcomes()).toEqual({ "no-pull-request": 1 });
    },
  );

  test("GitHub knows of no moves of a branch that is gone: those of all branches tell of it, and of the others", async () => {
    github.governed.config = "branches: [main, 'release/*']\n";
    await run(task([], { rules: true }));
    moved({ branch: "release/1", before: NOWHERE, after: "r", kind: "branch_creation" });
    moved({ branch: "release/1", before: "r", after: NOWHERE, kind: "branch_deletion" });
    moved({ branch: "release/2", before: NOWHERE, after: "s", kind: "branch_creation" });
    github.gone = ["release/1"];
    await run(SWEEP);
    expect(await outcomes()).toEqual({ "no-pull-request": 2 });
    expect(await store.oldestWatchSweep()).toBe(clock.now().getTime());
  });

  test("where the default branch is not governed, a new branch is judged from where that is now", async () => {
    github.governed = { config: "branches: ['release/*']\n", tips: [{ branch: "main", tip: "a2" }] };
    await run(task([], { rules: true }));
    moved({ branch: "release/1", before: NOWHERE, after: "r", kind: "branch_creation" });
    expect(await asked(hint("r", "release/1"))).toEqual([
      ...["moves of release/1", "rules of branches", "range a2...r", "pulls of r"],
    ]);
    expect(await outcomes()).toEqual({ "no-pull-request": 1 });
  });

  test.each<{ why: string; above: string; says: object }>([
    { why: "which is built on what the branch was at", above: "a", says: { "let-through": 1 } },
    { why: "which is built on another group", above: "x", says: { "no-pull-request": 1 } },
  ])("somebody pushes the commit of a merge group: $why", async ({ above, says }) => {
    const into = [{ branch: "main", content: null, above }];
    const group = publication("b", { into, facts: [] });
    const now = clock.now();
    await store.intend(group, now, now);
    moved({});
    await run(hint("b"));
    expect(await outcomes()).toEqual(says);
  });

  test.each([{ kind: "push" }, { kind: "merge_queue_merge" }] as const)(
    "a merge group lands, is taken back and comes again by a $kind: it counts once",
    async ({ kind }) => {
      const now = clock.now();
      await store.intend(
        publication("b", { into: [{ branch: "main", content: null, above: "a" }], facts: [] }),
        ...([now, now] as const),
      );
      for (const [before, after] of [
        ["a", "b"],
        ["b", "a"],
        ["a", "b"],
      ] as const) {
        moved({ before, after, kind: after === "a" ? "force_push" : kind });
        await run(hint(after));
      }
      expect(await outcomes()).toEqual({ "let-through": 1, "no-pull-request": 2 });
    },
  );

  test.each<{ why: string; above: string; says: object }>([
    { why: "which is built on what the branch was at", above: "a", says: { "let-through": 1 } },
    { why: "which is built on another group", above: "x", says: { "no-check": 1 } },
  ])(
    "the commit of a merge group is the head of a pull request that is merged: $why",
    async ({ above, says }) => {
      const now = clock.now();
      const into = [{ branch: "main", content: null, above }];
      await store.intend(publication("h", { into, facts: [] }), now, now);
      github.mergedBy = { b: [{ number: 7, headSha: "h", branch: "main", mergedAs: "b" }] };
      github.pulls = { 7: { status: "merged", snapshot: snapshot(), mergedAs: "b" } };
      moved({ kind: "pr_merge" });
      await run(hint("b"));
      expect(await outcomes()).toEqual(says);
    },
  );

  test.each<{ why: string; kind: BranchMove["kind"]; says: object }>([
    { why: "a push", kind: "push", says: { "no-pull-request": 1 } },
    { why: "a merge", kind: "pr_merge", says: { "no-check": 1 } },
  ])(
    "$why is judged by the time at which it came, also when a freeze is over since",
    async ({ kind, says }) => {
      const day = clock.now().toISOString().slice(0, "2026-01-01".length);
      const window = `{ areas: [all], starts: ${day}, ends: ${day}, reason: Stop, applies-to: everyone }`;
      const persons = humanChange({
        now: new Date(clock.now().getTime() + 48 * HOUR).toISOString(),
        files: [file("README.md")],
        policySources: {
          organization: { status: "absent" },
          repository: { status: "found", path: ".github/countersign.yml", text: `freeze: [${window}]\n` },
        },
      });
      github.ranges = { b: { status: "complete", snapshot: persons } };
      github.mergedBy =
        kind === "push" ? {} : { b: [{ number: 7, headSha: "h", branch: "main", mergedAs: "b" }] };
      github.pulls = { 7: { status: "merged", snapshot: persons, mergedAs: "b" } };
      moved({ kind });
      clock.pass(48 * HOUR);
      await run(hint("b"));
      expect(await outcomes()).toEqual(says);
    },
  );

  test("nothing that was not there came: there is no change", async () => {
    github.ranges = { b: { status: "nothing" } };
    moved({});
    await run(hint("b"));
    expect(await outcomes()).toEqual({});
    expect(await tips()).toEqual({ main: "b" });
  });

  test("what cannot be judged is a bypass, with the reason", async () => {
    const problem = {
      code: "evidence/range-too-long",
      severity: "error",
      message: "m",
      remedy: "r",
    } as const;
    github.ranges = { b: { status: "refused", problem } };
    moved({});
    await run(hint("b"));
    expect(await outcomes()).toEqual({ "no-pull-request": 1 });
    expect(log.lines.find(({ message }) => message === "a change came past the check")).toMatchObject({
      level: "warn",
      fields: { problem: "evidence/range-too-long", by: "kira", branch: "main" },
    });
  });

  describe("a bypass is told on its pull request", () => {
    beforeEach(() => {
      github.mergedBy = { b: [{ number: 7, headSha: "h", branch: "main", mergedAs: "b" }] };
      github.pulls = { 7: { status: "merged", snapshot: snapshot(), mergedAs: "b" } };
      moved({ kind: "pr_merge" });
    });

    test("before it is in the ledger", async () => {
      expect(await asked(hint("b"))).toEqual(["moves of main", "pulls of b", "read #7", "mark #7"]);
      expect(await outcomes()).toEqual({ "no-check": 1 });
    });

    test("as long as GitHub refuses it, it is in the ledger alone", async () => {
      github.before.markBypassed = () => {
        throw new GitHubProblem({ code: "github/permission", message: "no", remedy: "" });
      };
      await run(hint("b"));
      expect(await outcomes()).toEqual({ "no-check": 1 });
      expect(log.lines.map(({ message }) => message)).toContain("could not mark a bypass");
    });

    test("when GitHub does not answer, both are done later", async () => {
      github.before.markBypassed = () => {
        throw new GitHubUnavailable("down", 1000);
      };
      await run(hint("b"));
      expect(await outcomes()).toEqual({});
      github.before = {};
      clock.pass(HOUR);
      await settle();
      expect(await outcomes()).toEqual({ "no-check": 1 });
    });
  });
});
