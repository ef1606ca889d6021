import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { Budgets } from "../../../src/app/github/budgets.ts";
import { health } from "../../../src/app/operation/health.ts";
import { keepTrying } from "../../../src/app/repair/startup.ts";
import { retryAt } from "../../../src/app/work/backoff.ts";
import { type Perform, Worker } from "../../../src/app/work/worker.ts";
import { Contradiction, GitHubProblem, GitHubUnavailable } from "../../../src/github/client/errors.ts";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite.ts";
import type { Store } from "../../../src/store/store.ts";
import type { Job, Task } from "../../../src/store/task.ts";
import { ManualClock, settled } from "../manual-clock.ts";
import { notes } from "../notes.ts";

const head = (headSha: string, installationId = 7): Task => {
  return { kind: "head", headSha, pulls: [1], installationId, repositoryId: 70, owner: "acme", repo: "shop" };
};
const shaOf = ({ task }: Job) => (task.kind === "head" ? task.headSha : task.kind);

let store: Store;
let clock: ManualClock;
let log: ReturnType<typeof notes>;
beforeEach(() => {
  store = openSqliteStore(":memory:");
  clock = new ManualClock();
  log = notes();
});
afterEach(() => store.close());

/** Nobody has to let others go first. */
const turns = { isAside: async () => false, done: () => {} };
const enqueue = (...tasks: Task[]) => store.enqueue(tasks, "direct", clock.now());
const workerDoing = (perform: Perform, parallel = 4) => {
  const budgets = new Budgets({ now: clock.now, writesPerSecond: null });
  return new Worker({ store, clock, log, perform, parallel: () => parallel, budgets, turns });
};

/** A job that ends when the test says so. */
function held() {
  const started: string[] = [];
  const release = new Map<string, () => void>();
  const perform: Perform = (job) =>
    new Promise((resolve) => {
      started.push(shaOf(job));
      release.set(shaOf(job), () => resolve(null));
    });
  const finish = async (sha: string) => {
    release.get(sha)?.();
    await settled();
  };
  return { started, perform, finish };
}

describe("the worker", () => {
  test("works off what is due, and what that leads to", async () => {
    const seen: string[] = [];
    const worker = workerDoing(async (job) => {
      seen.push(shaOf(job));
      if (shaOf(job) === "a") await enqueue(head("b"));
      return null;
    });
    await enqueue(head("a"));
    expect(await worker.runDue()).toBe(2);
    expect(seen).toEqual(["a", "b"]);
    expect(await store.depth()).toBe(0);
  });

  test("a repository that has half of the places lets others go first, and has the rest as well where none wants it", async () => {
    const jobs = held();
    const worker = workerDoing(jobs.perform, 4);
    const flood = ["f1", "f2", "f3", "f4", "f5", "f6", "f7"];
    await enqueue(...flood.map((sha) => head(sha)));
    worker.start();
    await settled();
    expect(jobs.started).toEqual(["f1", "f2", "f3", "f4"]);
    await clock.advance(1_000);
    await enqueue({ ...head("other"), repositoryId: 71 } as Task);
    worker.wake();
    await settled();
    await jobs.finish("f1");
    expect(jobs.started.at(-1)).toBe("other");
    await jobs.finish("f2");
    expect(jobs.started.at(-1)).toBe("f5");
  });

  test("has no more jobs in work than it may", async () => {
    const jobs = held();
    const worker = workerDoing(jobs.perform, 2);
    await enqueue(head("a"), head("b"), head("c"));
    worker.start();
    await settled();
    expect(jobs.started).toHaveLength(2);
    await jobs.finish("a");
    expect(jobs.started).toHaveLength(3);
    await jobs.finish("b");
    await jobs.finish("c");
    await worker.stop(1000);
    expect(await store.depth()).toBe(0);
  });

  test("has one job in work while something more urgent goes on, and more when that is over", async () => {
    const jobs = held();
    let restrained = true;
    const budgets = new Budgets({ now: clock.now, writesPerSecond: null });
    const options = { store, clock, log, perform: jobs.perform, parallel: () => 4, budgets, turns };
    const worker = new Worker({ ...options, restrained: () => restrained });
    await enqueue(head("a"), head("b"), head("c"), head("d"));
    worker.start();
    await settled();
    expect(jobs.started).toEqual(["a"]);
    await jobs.finish("a");
    expect(jobs.started).toEqual(["a", "b"]);
    restrained = false;
    await jobs.finish("b");
    expect(jobs.started).toEqual(["a", "b", "c", "d"]);
    await jobs.finish("c");
    await jobs.finish("d");
    await worker.stop(1000);
    expect(await store.depth()).toBe(0);
  });

  test("sleeps until something is due, or is woken", async () => {
    const seen: string[] = [];
    const worker = workerDoing(async (job) => {
      seen.push(shaOf(job));
      return null;
    });
    worker.start();
    await settled();
    await enqueue(head("woken"));
    worker.wake();
    await settled();
    expect(seen).toEqual(["woken"]);

    await store.enqueue([head("later")], "direct", new Date(clock.now().getTime() + 30_000));
    worker.wake();
    await settled();
    await clock.advance(29_999);
    expect(seen).toEqual(["woken"]);
    await clock.advance(1);
    expect(seen).toEqual(["woken", "later"]);
    await worker.stop(1000);
  });

  test("is not deaf between looking and sleeping", async () => {
    const seen: string[] = [];
    const worker = workerDoing(async (job) => {
      seen.push(shaOf(job));
      return null;
    });
    worker.start();
    // Before the first look at the queue has ended.
    await enqueue(head("a"));
    worker.wake();
    await settled();
    expect(seen).toEqual(["a"]);
    await worker.stop(1000);
  });

  test("keeps its lease for as long as a job takes", async () => {
    const jobs = held();
    const worker = workerDoing(jobs.perform);
    await enqueue(head("long"));
    worker.start();
    await settled();
    for (let minute = 0; minute < 30; minute++) await clock.advance(20_000);
    expect(jobs.started).toEqual(["long"]);
    await jobs.finish("long");
    expect(await store.depth()).toBe(0);
    await worker.stop(1000);
  });

  test("tells a job that somebody else has it by now", async () => {
    const mine: boolean[] = [];
    const worker = workerDoing(async (_, hold) => {
      mine.push(await hold.stillMine());
      // The process stood still for longer than its lease, and another one took the job over.
      await store.claim(new Date(clock.now().getTime() + 61_000), 60_000);
      mine.push(await hold.stillMine());
      return null;
    });
    await enqueue(head("a"));
    await worker.runDue();
    expect(mine).toEqual([true, false]);
    expect(await store.depth()).toBe(1);
  });

  test("does again what asks for it", async () => {
    let times = 0;
    const worker = workerDoing(async () => (++times === 1 ? new Date(clock.now().getTime() + 5000) : null));
    await enqueue(head("a"));
    await worker.runDue();
    expect(await store.depth()).toBe(1);
    await clock.advance(5000);
    await worker.runDue();
    expect([times, await store.depth()]).toEqual([2, 0]);
  });
});

describe("a job that fails", () => {
  test("is tried again, ever more rarely, and never given up", async () => {
    const at: number[] = [];
    const started = clock.now().getTime();
    const worker = workerDoing(async () => {
      at.push((clock.now().getTime() - started) / 1000);
      throw new Error("defect");
    });
    await enqueue(head("a"));
    for (let second = 0; second < 3600; second += 5) {
      await worker.runDue();
      await clock.advance(5000);
    }
    expect(at).toEqual([0, 5, 15, 35, 75, 155, 315, 635, 1275, 2555]);
    expect(await store.depth()).toBe(1);
    expect(log.lines).toHaveLength(at.length);
  });

  test("does not hold up another one", async () => {
    const done: string[] = [];
    const worker = workerDoing(async (job) => {
      if (shaOf(job) === "bad") throw new Error("defect");
      done.push(shaOf(job));
      return null;
    }, 1);
    await enqueue(head("bad"), head("good"));
    await worker.runDue();
    expect(done).toEqual(["good"]);
  });

  test("E03 waits for as long as GitHub asks, with its whole installation, and no other", async () => {
    const asked: string[] = [];
    const worker = workerDoing(async (job) => {
      asked.push(shaOf(job));
      if (asked.length === 1) throw new GitHubUnavailable("secondary rate limit", 120_000);
      return null;
    }, 1);
    await enqueue(head("a"), head("b"), head("elsewhere", 8));
    await worker.runDue();
    expect(asked).toEqual(["a", "elsewhere"]);
    await clock.advance(119_000);
    await worker.runDue();
    expect(asked).toHaveLength(2);
    await clock.advance(1000);
    await worker.runDue();
    expect(asked.slice(2).sort()).toEqual(["a", "b"]);
  });

  test("E03 a hiccup of one answer holds up nothing else", async () => {
    const asked: string[] = [];
    const worker = workerDoing(async (job) => {
      asked.push(shaOf(job));
      if (shaOf(job) === "a") throw new GitHubUnavailable("502", 10_000);
      return null;
    }, 1);
    await enqueue(head("a"), head("b"));
    await worker.runDue();
    expect(asked).toEqual(["a", "b"]);
  });

  test("E09 leaves no token in the log or the store", async () => {
    const retry = reasonsGivenTo(store);
    const worker = workerDoing(async () => {
      throw new Error("asked with ghs_16C7e42F292c6912E7710c838347Ae178B4a");
    });
    await enqueue(head("a"));
    await worker.runDue();
    expect(retry.reasons).toEqual(["Error: asked with [redacted]"]);
  });
});

/** Notes the reasons that are written into the store. */
function reasonsGivenTo(of: Store): { readonly reasons: string[] } {
  const reasons: string[] = [];
  const { retry } = of;
  of.retry = (job, at, reason) => {
    reasons.push(reason);
    return retry(job, at, reason);
  };
  return { reasons };
}

describe("stopping", () => {
  test("takes nothing new and waits for what is in work", async () => {
    const jobs = held();
    const worker = workerDoing(jobs.perform, 1);
    await enqueue(head("a"), head("b"));
    worker.start();
    await settled();
    let stopped = false;
    const stop = worker.stop(20_000).then(() => {
      stopped = true;
    });
    await settled();
    expect(stopped).toBe(false);
    await jobs.finish("a");
    await stop;
    expect(jobs.started).toEqual(["a"]);
    expect(await store.depth()).toBe(1);
  });

  test("gives back what is not done in time, for the next process to take at once", async () => {
    const jobs = held();
    const worker = workerDoing(jobs.perform);
    await enqueue(head("a"));
    worker.start();
    await settled();
    const stop = worker.stop(20_000);
    await clock.advance(20_000);
    await stop;
    expect(await store.claim(clock.now(), 1000)).toMatchObject({ task: head("a") });
  });
});

describe("waiting", () => {
  const now = new Date("2026-01-01T00:00:00Z");
  const problem = { code: "github/rejected", message: "m", remedy: "r" } as const;
  test.each([
    ["a defect, at first", new Error("x"), 0, 5],
    ["a defect, for the fourth time", new Error("x"), 3, 40],
    ["a defect, for ever", new Error("x"), 1000, 3600],
    ["an outage, for ever", new GitHubUnavailable("x", 0), 1000, 600],
    ["answers that go on contradicting each other", new Contradiction("x", 10_000), 1000, 3600],
    ["GitHub asks for less than the pause that is due anyway", new GitHubUnavailable("x", 1000), 3, 40],
    ["GitHub asks for more", new GitHubUnavailable("x", 3_000_000), 0, 3000],
    ["a problem that may heal", new GitHubProblem(problem, 60_000), 0, 60],
    ["a problem that does not", new GitHubProblem(problem), 0, 5],
  ])("%s", (_, error, attempts, seconds) => {
    expect((retryAt(error, attempts, now).getTime() - now.getTime()) / 1000).toBe(seconds);
  });
});

describe("health", () => {
  test("tells how long the oldest job has been waiting", async () => {
    expect(await health(store, clock.now())).toEqual({ jobs: 0, active: 0, oldestSeconds: 0 });
    await enqueue(head("a"));
    await clock.advance(90_000);
    await enqueue(head("b"));
    expect(await health(store, clock.now())).toEqual({ jobs: 2, active: 2, oldestSeconds: 90 });
  });

  test("a job that is put off does not wait", async () => {
    await store.enqueue([head("a")], "direct", new Date(clock.now().getTime() + 1000));
    expect(await health(store, clock.now())).toEqual({ jobs: 1, active: 0, oldestSeconds: 0 });
  });
});

describe("what must be done at the start", () => {
  test("is tried until GitHub is there", async () => {
    let tries = 0;
    const trying = keepTrying({ clock, log, signal: new AbortController().signal }, async () => {
      tries += 1;
      if (tries < 3) throw new GitHubUnavailable("GitHub could not answer (502)", 10_000);
    });
    await settled();
    await clock.advance(10_000);
    await clock.advance(10_000);
    await trying;
    expect(tries).toBe(3);
    expect(log.lines.map(({ level }) => level)).toEqual(["error", "error"]);
  });

  test("ends when the app stops", async () => {
    const stopping = new AbortController();
    const trying = keepTrying({ clock, log, signal: stopping.signal }, async () => {
      throw new GitHubUnavailable("GitHub could not answer (502)", 10_000);
    });
    await settled();
    stopping.abort();
    await trying;
  });
});
