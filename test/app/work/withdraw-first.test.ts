import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { Budgets } from "../../../src/app/github/budgets.ts";
import { performer } from "../../../src/app/perform.ts";
import { Worker } from "../../../src/app/work/worker.ts";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite.ts";
import type { Invalidation, Store, Task } from "../../../src/store/store.ts";
import { approval, HEAD, humanChange, OLD_HEAD, olga } from "../../signoff/build.ts";
import { FakeGitHub, pullRequest } from "../fake-github.ts";
import { notes } from "../notes.ts";
import { TurnedClock } from "../turned-clock.ts";

const at = { installationId: 7, owner: "acme", repo: "shop" };
const head: Task = { kind: "head", headSha: HEAD, pulls: [7], ...at };
const everywhere: Task = { kind: "repository", ...at };
const invalidated = (task: Task, of: Invalidation["of"], since = 1): Task => ({
  ...task,
  invalidation: { of, since },
});
const signed = () => pullRequest(7, {}, { reviews: [approval(olga)] });
const unsigned = () => humanChange({ pullRequest: { ...humanChange().pullRequest, number: 7 } });

let store: Store;
let clock: TurnedClock;
let github: FakeGitHub;
let worker: Worker;

beforeEach(() => {
  store = openSqliteStore(":memory:");
  clock = new TurnedClock();
  github = new FakeGitHub();
  github.open = [{ number: 7, headSha: HEAD, baseRef: "main" }];
  const log = notes();
  const budgets = new Budgets({ now: clock.now, writesPerSecond: null });
  const upkeep = async () => clock.now();
  const ports = { store, github, clock, log, budgets, upkeep, evaluated: () => {}, spent: () => {} };
  worker = new Worker({ store, clock, log, budgets, perform: performer(ports) });
});
afterEach(() => store.close());

/** What was asked of GitHub for a task. */
async function callsFor(task: Task): Promise<readonly string[]> {
  github.calls = [];
  await store.enqueue([task], "direct", clock.now());
  await worker.runDue();
  return github.calls.filter((call) => /^(withdraw|read|publish)/.test(call));
}

describe("a pass that may be over", () => {
  test("is taken back before anything is read, and given again when it holds", async () => {
    github.pulls[7] = signed();
    await callsFor(head);
    expect(await callsFor(invalidated(head, "signed"))).toEqual(["withdraw", "read #7", "publish success"]);
  });

  test.each<[string, Invalidation["of"], readonly string[]]>([
    ["one that rests on nobody's signature outlives a change of people", "signed", ["read #7"]],
    ["no pass outlives a change of the rules", "all", ["withdraw", "read #7", "publish success"]],
  ])("%s", async (_, of, calls) => {
    github.pulls[7] = unsigned();
    await callsFor(head);
    expect(await callsFor(invalidated(head, of))).toEqual(calls);
  });

  test("costs nothing where no pass stands", async () => {
    github.pulls[7] = pullRequest(7);
    await callsFor(head);
    expect(await callsFor(invalidated(head, "all"))).toEqual(["read #7"]);
  });
});

describe("a change that may end many passes", () => {
  test("takes all of them back before the first is judged again", async () => {
    github.pulls[7] = signed();
    await callsFor(head);
    github.open.unshift({ number: 8, headSha: OLD_HEAD, baseRef: "main" });
    github.pulls[8] = { status: "closed" };
    const calls = await callsFor(invalidated(everywhere, "signed"));
    expect(calls).toEqual(["withdraw", "read #8", "read #7", "publish success"]);
  });

  test("leaves those into other branches", async () => {
    github.pulls[7] = signed();
    await callsFor(head);
    expect(await callsFor(invalidated({ ...everywhere, base: "release/1" }, "all"))).toEqual([]);
  });

  test("reaches them through the installation", async () => {
    github.pulls[7] = signed();
    github.installed = [at];
    await callsFor(head);
    const calls = await callsFor(invalidated({ kind: "installation", installationId: 7 }, "signed"));
    expect(calls).toEqual(["withdraw", "read #7", "publish success"]);
  });
});

test("what another process heard makes this one ask about people anew, once", async () => {
  github.pulls[7] = signed();
  const forgotten = async (task: Task) => {
    await callsFor(task);
    return github.calls.includes("forget authority");
  };
  expect(await forgotten(head)).toBe(false);
  expect(await forgotten(invalidated(head, "signed", 5))).toBe(true);
  expect(await forgotten(invalidated(head, "signed", 5))).toBe(false);
  expect(await forgotten(invalidated(head, "signed", 4))).toBe(true);
});
