import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { performGroup } from "../../../src/app/work/group-job.ts";
import type { LedgerEntry } from "../../../src/store/ledger.ts";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite.ts";
import type { Store } from "../../../src/store/store.ts";
import { type HeadTask, type Job, taskKey } from "../../../src/store/task.ts";
import { approval, HEAD, humanChange, olga, SITE } from "../../signoff/build.ts";
import { mainCheck } from "../../store/main-check.ts";
import { addressesNamed } from "../addresses.ts";
import { FakeGitHub, pullRequest, UNGOVERNED } from "../fake-github.ts";
import { judgeHere } from "../judge-here.ts";
import { ManualClock } from "../manual-clock.ts";
import { notes } from "../notes.ts";
import { passkeysIn } from "../passkeys/reader.ts";

const GROUP = "9".repeat(40);
const group = { base: "main", baseSha: "c".repeat(40) };
const task: HeadTask = {
  kind: "head",
  headSha: GROUP,
  pulls: [],
  group,
  installationId: 7,
  repositoryId: 70,
  owner: "acme",
  repo: "shop",
};
const JOB: Job = {
  ...{ key: taskKey(task), task, priority: "direct" },
  ...{ hasPassed: false, attempts: 0, generation: 1, lease: "one" },
};
const refused = (retryAfterMs: number | null) => {
  const problem = {
    code: "github/rejected",
    severity: "error",
    message: "No answer.",
    remedy: "Wait.",
  } as const;
  return { status: "refused", problem, retryAfterMs } as const;
};

let store: Store;
let clock: ManualClock;
let github: FakeGitHub;
let ledger: LedgerEntry[];

beforeEach(() => {
  const sqlite = openSqliteStore(":memory:");
  ledger = [];
  store = {
    ...sqlite,
    append: async (entries) => {
      ledger.push(...entries);
    },
  };
  clock = new ManualClock();
  github = new FakeGitHub();
});
afterEach(() => store.close());

async function perform(stillMine = true): Promise<Date | null> {
  const told = { evaluated: () => {}, doubted: () => {}, addresses: addressesNamed() };
  const ports = {
    store,
    github,
    clock,
    log: notes(),
    judge: judgeHere,
    site: SITE,
    ...told,
    passkeys: passkeysIn(store),
  };
  const hold = { stillMine: async () => stillMine };
  const outcome = await performGroup(ports, { task, job: JOB, group, hold });
  return outcome.status === "again" ? outcome.at : null;
}

const queued = (...pulls: readonly number[]) => pulls.map((pull) => ({ pull, headSha: HEAD }));
const human = (number: number) => {
  const { pullRequest: facts } = humanChange();
  return humanChange({ pullRequest: { ...facts, number } });
};
const signed = (number: number) => pullRequest(number, {}, { reviews: [approval(olga)] });

describe("E11 the commit of a merge group", () => {
  test("gets the strictest verdict of its pull requests, each judged again", async () => {
    github.queued = queued(7, 8);
    github.pulls = { 7: human(7), 8: pullRequest(8) };

    expect(await perform()).toBeNull();
    expect(github.written).toMatchObject([
      {
        headSha: GROUP,
        conclusion: "action_required",
        explanation: {
          title: "Pull request 8: Needs @olga or @acme/sre: infrastructure",
          text: expect.stringContaining(
            "Evaluated: merge group 9999999 of `acme/shop` of pull requests 7 and 8, each evaluated again; the strictest verdict is shown.",
          ),
        },
      },
    ]);
  });

  test("passes when all of them pass, and the ledger names each", async () => {
    github.queued = queued(7, 8);
    github.pulls = { 7: human(7), 8: signed(8) };
    await perform();

    expect(github.conclusions).toEqual(["success"]);
    const verdicts = ledger.filter(({ kind }) => kind === "verdict");
    expect(verdicts).toMatchObject([
      { pull: 7, headSha: GROUP },
      { pull: 8, headSha: GROUP },
    ]);
    expect(await mainCheck(store, task, GROUP)).toMatchObject({
      conclusion: "success",
      state: "standing",
    });
    expect(await store.remember(task, 8)).toMatchObject({ approvals: [{ reviewerId: olga.id }] });
  });

  test("needs no name of its own with a single pull request", async () => {
    github.queued = queued(8);
    github.pulls = { 8: pullRequest(8) };
    await perform();
    expect(github.written[0]?.explanation.title).toMatch(/^Needs /);
  });

  test.each<{ why: string; queue: FakeGitHub["queued"]; pulls: FakeGitHub["pulls"] }>([
    { why: "the queue does not know the commit", queue: null, pulls: { 7: human(7) } },
    { why: "one of them is closed", queue: queued(7, 8), pulls: { 7: human(7), 8: { status: "closed" } } },
    { why: "one of them is gone", queue: queued(7, 8), pulls: { 7: human(7) } },
    {
      why: "one of them has another head by now",
      queue: queued(7, 8),
      pulls: { 7: human(7), 8: { status: "moved", headSha: "e".repeat(40) } },
    },
  ])("fails closed when $why", async ({ queue, pulls }) => {
    github.queued = queue;
    github.pulls = pulls;
    await perform();

    expect(github.written).toMatchObject([
      {
        headSha: GROUP,
        conclusion: "failure",
        explanation: {
          title: "Could not be evaluated: Could not determine which pull requests are in this merge group.",
        },
      },
    ]);
  });

  test("fails closed when one of them cannot be read and that will stay so", async () => {
    github.queued = queued(7, 8);
    github.pulls = { 7: human(7), 8: refused(null) };
    await perform();
    expect(github.conclusions).toEqual(["failure"]);
  });

  test("waits unpublished while one of them cannot be read yet", async () => {
    github.queued = queued(7, 8);
    github.pulls = { 7: refused(60_000), 8: refused(5_000) };
    const again = await perform();

    expect(again?.getTime()).toBe(clock.now().getTime() + 5_000);
    expect(github.written).toEqual([]);
  });

  test("gets no check where the branch is not governed", async () => {
    github.queued = queued(7);
    github.pulls = { 7: pullRequest(7, UNGOVERNED) };
    await perform();
    expect(github.written).toEqual([]);
  });

  test("is not written by who lost the job meanwhile", async () => {
    github.queued = queued(7);
    github.pulls = { 7: human(7) };
    await perform(false);
    expect(github.written).toEqual([]);
  });

  test("has nothing to do with what else stands on the same head", async () => {
    github.queued = queued(7);
    github.pulls = { 7: human(7), 9: pullRequest(9) };
    github.open = [{ number: 9, headSha: HEAD, baseRef: "main" }];
    await perform();
    expect(github.conclusions).toEqual(["success"]);
  });
});
