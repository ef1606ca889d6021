import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { sweepInstallation, sweepRepository } from "../../../src/app/repair/sweeps.ts";
import type { Participant } from "../../../src/signoff/snapshot.ts";
import type { Conclusion } from "../../../src/signoff/verdict.ts";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite.ts";
import type { Store } from "../../../src/store/store.ts";
import type { Task } from "../../../src/store/task.ts";
import { publication } from "../../store/passes-contract.ts";
import { FakeGitHub } from "../fake-github.ts";
import { ManualClock } from "../manual-clock.ts";

const HOUR_MS = 3_600_000;
const at = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };
const routine = { kind: "repository", routine: true, ...at } as const;
const pull = (number: number, hour = "10", headSha = `head-${number}`) => {
  return { number, headSha, baseRef: "main", updatedAt: `2025-12-01T${hour}:00:00Z` };
};

let store: Store;
let clock: ManualClock;
let github: FakeGitHub;
beforeEach(() => {
  store = openSqliteStore(":memory:");
  clock = new ManualClock();
  github = new FakeGitHub();
});
afterEach(() => store.close());

/** The pull requests that a sweep has judged, in the order in which they are taken. */
async function judgedBy(task: Extract<Task, { kind: "repository" }> = routine): Promise<readonly number[]> {
  await sweepRepository({ store, github, clock }, task);
  const judged: number[] = [];
  for (let job = await store.claim(clock.now(), 1); job; job = await store.claim(clock.now(), 1)) {
    if (job.task.kind === "head") judged.push(...job.task.pulls);
    await store.finish(job);
  }
  return judged;
}

const published = async (headSha: string, conclusion: Conclusion) => {
  const one = publication(headSha, { conclusion, passing: conclusion !== "action_required" });
  await store.intend(one, clock.now(), clock.now());
  await store.published(one, { id: 1, nodeId: null }, clock.now());
};

test("everything is judged the first time, what was untouched for the longest time first", async () => {
  github.open = [pull(1, "12"), pull(2, "11"), pull(3, "11")];
  expect(await judgedBy()).toEqual([2, 3, 1]);
});

test.each<{ readonly why: string; readonly happens: () => unknown; readonly judged: readonly number[] }>([
  { why: "nothing happened", happens: () => {}, judged: [] },
  {
    why: "one was reviewed, commented or labelled",
    happens: () => github.open.splice(0, 1, pull(1, "11")),
    judged: [1],
  },
  {
    why: "one has another head",
    happens: () => github.open.splice(1, 1, pull(2, "10", "pushed")),
    judged: [2],
  },
  { why: "one was opened", happens: () => github.open.push(pull(4)), judged: [4] },
  { why: "one passes: that may be over", happens: () => published("head-3", "success"), judged: [3] },
  {
    why: "a neutral check lets a merge through too",
    happens: () => published("head-3", "neutral"),
    judged: [3],
  },
  { why: "one waits for a signature", happens: () => published("head-3", "action_required"), judged: [] },
  {
    why: "a day went by: rules and people may have changed unheard",
    happens: () => clock.advance(24 * HOUR_MS),
    judged: [1, 2, 3],
  },
])("a routine sweep later, where $why", async ({ happens, judged }) => {
  github.open = [pull(1), pull(2), pull(3)];
  await judgedBy();
  await clock.advance(HOUR_MS);
  await happens();
  expect(await judgedBy()).toEqual(judged);
});

test("what changed just before a look is looked at once more: GitHub tells whole seconds", async () => {
  github.open = [{ ...pull(1), updatedAt: clock.now().toISOString() }, pull(2)];
  await judgedBy();
  await clock.advance(HOUR_MS);
  expect(await judgedBy()).toEqual([1]);
  await clock.advance(HOUR_MS);
  expect(await judgedBy()).toEqual([]);
});

test("after a change of the rules everything is judged, however quiet it was", async () => {
  github.open = [pull(1), pull(2)];
  await judgedBy();
  expect(await judgedBy({ kind: "repository", ...at })).toEqual([1, 2]);
});

test("a change of one branch's rules leaves the looks at the others as they were", async () => {
  github.open = [pull(1), { ...pull(2), baseRef: "release" }];
  await judgedBy();
  await judgedBy({ kind: "repository", base: "release", ...at });
  expect(await judgedBy()).toEqual([]);
});

test("what was closed is forgotten", async () => {
  github.open = [pull(1), pull(2)];
  await judgedBy();
  github.open = [pull(2)];
  await judgedBy();
  expect((await store.sweepRecords(at))?.map(({ pull }) => pull)).toEqual([2]);
});

describe("the rules of branches", () => {
  const DAY_MS = 24 * HOUR_MS;
  const rules = { ...at, kind: "repository", rules: true } as const;
  const LOOK = { kind: "protection", ...at };

  /** Whether a sweep has them looked at. */
  async function asks(task: Extract<Task, { kind: "repository" }>): Promise<boolean> {
    await sweepRepository({ store, github, clock }, task);
    const tasks: Task[] = [];
    for (let job = await store.claim(clock.now(), 1); job; job = await store.claim(clock.now(), 1)) {
      if (job.task.kind === "protection") expect(job).toMatchObject({ task: LOOK, priority: "sweep" });
      tasks.push(job.task);
      await store.finish(job);
    }
    return tasks.some(({ kind }) => kind === "protection");
  }

  const lookedAt = (ago: number) =>
    store.recordProtection(at, { at: clock.now().getTime() - ago, branches: [WRONG], findings: [] });
  const WRONG = { branch: "main", code: "check-required", fix: "mend it" } as const;

  test.each<{
    readonly why: string;
    readonly task: Extract<Task, { kind: "repository" }>;
    readonly ago?: number;
    readonly governed?: false;
    readonly asked: boolean;
  }>([
    { why: "never looked at", task: routine, asked: true },
    { why: "never looked at, and nothing is governed", task: routine, governed: false, asked: false },
    { why: "looked at within a day", task: routine, ago: DAY_MS - 1, asked: false },
    { why: "looked at a day ago", task: routine, ago: DAY_MS, asked: true },
    {
      why: "looked at a day ago, nothing governed",
      task: routine,
      ago: DAY_MS,
      governed: false,
      asked: false,
    },
    { why: "something else changed", task: { kind: "repository", ...at }, asked: false },
    { why: "the repository is new to the App", task: rules, governed: false, asked: true },
    { why: "rules of many changed", task: { ...rules, routine: true }, ago: 0, asked: true },
    {
      why: "rules of many changed, nothing governed",
      task: { ...rules, routine: true },
      governed: false,
      asked: false,
    },
  ])("are looked at or not where $why: $asked", async ({ task, ago, governed, asked }) => {
    github.open = [pull(1), pull(2)];
    if (governed !== false) await published("head-2", "action_required");
    if (ago !== undefined) await lookedAt(ago);
    expect(await asks(task)).toBe(asked);
  });

  test("are looked at before the pull requests are judged, whose checks tell of it", async () => {
    github.open = [pull(1), pull(2)];
    await sweepRepository({ store, github, clock }, rules);
    const kinds = [];
    for (let job = await store.claim(clock.now(), 1); job; job = await store.claim(clock.now(), 1)) {
      kinds.push(job.task.kind);
      await store.finish(job);
    }
    expect(kinds).toEqual(["protection", "head", "head", "watch"]);
  });

  test("of many changed where nobody reads of it: what was known of the branches is not any more", async () => {
    await lookedAt(0);
    expect(await asks({ ...rules, routine: true })).toBe(false);
    expect(await store.protection(at)).toEqual({ at: 0, branches: [], findings: [] });
    github.open = [pull(1)];
    await published("head-1", "success");
    expect(await asks(routine)).toBe(true);
  });

  test("a sweep of an installation forgets those of repositories that it has no longer, and passes on what is asked", async () => {
    await store.seeRepositories([{ ...at, nodeId: null, createdAt: null }]);
    await lookedAt(0);
    const pay = { ...at, repositoryId: 71, repo: "pay" };
    github.installed = [{ ...pay, nodeId: null, createdAt: null }];
    await sweepInstallation(
      { store, github, clock },
      { kind: "installation", installationId: 7, routine: true, rules: true },
    );
    expect(await store.protection(at)).toBeNull();
    expect((await store.claim(clock.now(), 1))?.task).toEqual({
      ...{ kind: "repository", routine: true, rules: true },
      ...pay,
    });
  });
});

test.each([
  ["main", ["group", "head-1"]],
  ["release", []],
])("merge groups that pass are judged too: one may be over (into %s)", async (base, heads) => {
  github.open = [pull(1)];
  const group = { base: "main", baseSha: "main" };
  for (const [headSha, passing] of [
    ["group", true],
    ["blocked", false],
  ] as const) {
    const task = { kind: "head", headSha, pulls: [1], group, ...at } as const;
    const one = publication(headSha, { passing, task });
    await store.intend(one, clock.now(), clock.now());
    await store.published(one, { id: 1, nodeId: null }, clock.now());
  }
  await sweepRepository({ store, github, clock }, { ...routine, base });
  const judged: string[] = [];
  for (let job = await store.claim(clock.now(), 1); job; job = await store.claim(clock.now(), 1)) {
    if (job.task.kind === "head") judged.push(job.task.headSha);
    await store.finish(job);
  }
  expect(judged).toEqual(heads);
});

describe("pull requests that were merged", () => {
  const mergedAt = "2025-12-01T09:00:00Z";
  const merged = (number: number, updatedAt = mergedAt) => {
    const isOnDefault = true;
    return {
      number,
      headSha: `head-${number}`,
      mergedAs: `squash-${number}`,
      isOnDefault,
      mergedAt,
      updatedAt,
    };
  };
  const ago = (hours: number) => new Date(clock.now().getTime() - hours * HOUR_MS).toISOString();
  const by = { headSha: "", asOf: 0, at: new Date(mergedAt) };
  const seen = { approvals: [], refusals: [], accounts: [], change: null, by };
  const account = { id: 5, login: "wes", type: "User" } as const;
  const pushed = { account, role: "pusher", because: "pushed head-1" } as const;

  async function judgedBefore(number: number): Promise<void> {
    await store.recordHead(at, number, `head-${number}`, clock.now());
    await store.record(at, number, { ...seen, evidence: [], participants: [pushed], commits: [] });
  }

  test("of which nothing was remembered of what they became are read once", async () => {
    await judgedBefore(1);
    github.merged = [merged(1)];
    expect(await judgedBy()).toEqual([1]);
    expect(await judgedBy()).toEqual([]);
    github.merged = [merged(1, "2025-12-01T09:30:00Z")];
    expect(await judgedBy()).toEqual([1]);
  });

  async function becameKnown(participant: Omit<Participant, "account" | "because">): Promise<void> {
    const participants = [{ account, because: "pushed head-1", ...participant }];
    const commits = [{ sha: "squash-1", evidence: [], participants }];
    await store.record(at, 1, { ...seen, evidence: [], participants: [], commits });
  }

  test("and are remembered as what they became are left alone", async () => {
    await judgedBefore(1);
    await becameKnown({ role: "opener", mergedIn: 1 });
    github.merged = [merged(1)];
    expect(await judgedBy()).toEqual([]);
  });

  test.each<Omit<Participant, "account" | "because">>([{ role: "opener" }, { role: "opener", mergedIn: 2 }])(
    "and became what is known by something else ($role of $mergedIn) are read",
    async (known) => {
      await judgedBefore(1);
      await becameKnown(known);
      github.merged = [merged(1)];
      expect(await judgedBy()).toEqual([1]);
    },
  );

  test("by nobody who is known, and became what somebody pushed, are read", async () => {
    await store.recordHead(at, 1, "head-1", clock.now());
    await becameKnown({ role: "pusher" });
    github.merged = [merged(1)];
    expect(await judgedBy()).toEqual([1]);
  });

  test("before the App was there are left alone, and those of which nothing was heard since are read", async () => {
    github.merged = [merged(1)];
    expect(await judgedBy()).toEqual([]);
    await clock.advance(HOUR_MS);
    const lately = { mergedAt: clock.now().toISOString() };
    github.merged = [{ ...merged(2), ...lately }, merged(1)];
    expect(await judgedBy()).toEqual([2]);
  });

  test("as the first ones of a repository, of which nothing was heard, are read", async () => {
    expect(await judgedBy()).toEqual([]);
    await clock.advance(HOUR_MS);
    github.merged = [{ ...merged(1), mergedAt: clock.now().toISOString() }];
    expect(await judgedBy()).toEqual([1]);
  });

  test.each<{ readonly why: string; readonly open: readonly number[] }>([
    { why: "an open pull request was looked at", open: [9] },
    { why: "nothing was there to be looked at", open: [] },
  ])("while the app was away for weeks are read: $why before", async ({ open }) => {
    github.open = open.map((number) => pull(number));
    await judgedBy();
    await clock.advance(24 * 20 * HOUR_MS);
    github.merged = [{ ...merged(1), mergedAt: ago(24 * 15) }];
    github.open = [];
    expect(await judgedBy()).toEqual([1]);
    await clock.advance(HOUR_MS);
    expect(await judgedBy()).toEqual([]);
  });

  test("into other branches than the default one are read, though it was before the App was there", async () => {
    const elsewhere = { isOnDefault: false, mergedAt: ago(24 * 29) };
    github.merged = [
      merged(1),
      { ...merged(2), ...elsewhere },
      { ...merged(3), ...elsewhere, mergedAt: ago(24 * 31) },
    ];
    expect(await judgedBy()).toEqual([2]);
    expect(await judgedBy()).toEqual([]);
  });

  test("long ago and were never heard of are left alone", async () => {
    github.open = [pull(9)];
    await judgedBy();
    github.merged = [{ ...merged(2), mergedAt: "2024-01-01T09:00:00Z" }];
    expect(await judgedBy()).toEqual([]);
  });
});
