import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { headFact } from "../../../src/store/fact.ts";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite.ts";
import type { Store } from "../../../src/store/store.ts";
import type { Asker, HeadTask } from "../../../src/store/task.ts";
import { HEAD, humanChange } from "../../signoff/build.ts";
import { FakeGitHub, pullRequest } from "../fake-github.ts";
import { ManualClock } from "../manual-clock.ts";
import { notes } from "../notes.ts";
import { working } from "../working.ts";

const at = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };
const eve: Asker = { account: 66, login: "eve", bot: false };
const wes: Asker = { account: 5, login: "wes", bot: false };
const kiro: Asker = { account: 77, login: "kiro[bot]", bot: true };

const PULLS = 12;
/** The one that a test lets pass. */
const PASSED = 2;
/** A head commit for each pull request. */
const shaOf = (pull: number) => (pull === PASSED ? HEAD : pull.toString(16).padStart(40, "0"));
const asked = (pull: number, ...askedBy: readonly Asker[]): HeadTask => {
  const task = { headSha: shaOf(pull), pulls: [pull], ...at };
  return { kind: "head", ...task, ...(askedBy.length > 0 && { askedBy }) };
};

let store: Store;
let clock: ManualClock;
let github: FakeGitHub;
let worked: ReturnType<typeof working>;
const open = (parallel = 1) => {
  worked = working({ store, github, clock, log: notes(), parallel });
};
beforeEach(() => {
  store = openSqliteStore(":memory:");
  clock = new ManualClock();
  github = new FakeGitHub();
  github.writers = [wes.account];
  for (let pull = 1; pull <= PULLS; pull++) github.pulls[pull] = pullRequest(pull);
  open();
});
afterEach(() => store.close());

const reads = () => github.calls.filter((call) => call.startsWith("read")).map((call) => call.slice(5));
const asks = () => github.calls.filter((call) => call.startsWith("permission"));
/** Eve's 1, 2 and 4, and another one as given. */
const beside = (...askedBy: readonly Asker[]) =>
  worked.run(asked(1, eve), asked(2, eve), asked(3, ...askedBy), asked(4, eve));

describe("E25 what only strangers ask for", () => {
  test.each([
    ["somebody with write permission", [wes]],
    ["a bot", [kiro]],
    ["nobody in particular", []],
    ["strangers and somebody with write permission", [eve, wes]],
  ] as const)("lets what %s asks for go first", async (_, askedBy) => {
    await beside(...askedBy);
    expect(reads()).toEqual(["#3", "#1", "#2", "#4"]);
  });

  test("lets the sweeps go first", async () => {
    await store.enqueue([asked(5)], "sweep", clock.now());
    await beside(wes);
    expect(reads()).toEqual(["#3", "#5", "#1", "#2", "#4"]);
  });

  test("is asked of GitHub once, and for one that is alone not at all", async () => {
    open(4);
    await worked.run(asked(1, eve));
    expect(asks()).toEqual([]);
    await beside(wes);
    expect(asks()).toEqual(["permission of eve", "permission of wes"]);
  });

  test("goes on as before where GitHub does not tell who may write", async () => {
    github.writers = null;
    await beside(wes);
    expect(reads()).toEqual(["#1", "#2", "#3", "#4"]);
  });

  test("is judged at once where a pass was withdrawn", async () => {
    github.pulls[PASSED] = humanChange();
    await worked.run(asked(2, eve));
    // Its turn of this minute is used up.
    await beside(wes);
    await store.invalidate({ facts: [headFact(at, shaOf(2))] }, clock.now());
    github.calls.length = 0;
    await beside(wes);
    expect(reads().slice(0, 4)).toEqual(["#2", "#3", "#1", "#4"]);
  });

  test("is judged in its usual turn once a minute where the commit has passed", async () => {
    github.pulls[PASSED] = humanChange();
    await worked.run(asked(2, eve));
    const second = async () => {
      github.calls.length = 0;
      await beside(wes);
      return reads().slice(0, 4);
    };
    // It has passed, so it is taken before the others.
    expect(await second()).toEqual(["#2", "#3", "#1", "#4"]);
    expect(await second()).toEqual(["#3", "#2", "#1", "#4"]);
    await clock.advance(60_000);
    expect((await second())[0]).toBe("#2");
  });

  test("is one at a time in work, however many there are", async () => {
    open(4);
    let atOnce = 0;
    let most = 0;
    github.before.read = async () => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await Promise.resolve();
      await new Promise((resolve) => setImmediate(resolve));
      atOnce -= 1;
    };
    github.writers = [];
    await worked.run(asked(1, eve));
    await beside(eve);
    most = 0;
    await worked.run(...Array.from({ length: PULLS }, (_, index) => asked(index + 1, eve)));
    expect(reads()).toHaveLength(1 + 4 + PULLS);
    expect(most).toBe(1);
  });

  test("becomes the work of who has write permission and asks for it too", async () => {
    github.before.read = async () => {
      github.before = {};
      await store.enqueue([asked(4, wes)], "direct", clock.now());
    };
    await beside(wes);
    expect(reads()).toEqual(["#3", "#4", "#1", "#2"]);
  });

  test("is strangers' again once those with write permission were served", async () => {
    await worked.run(asked(1, eve), asked(3, wes, eve));
    await store.enqueue([asked(3, wes)], "direct", clock.now());
    await clock.advance(1);
    github.before.read = async () => {
      github.before = {};
      await clock.advance(1);
      await store.enqueue([asked(3, eve), asked(2, wes)], "direct", clock.now());
    };
    github.calls.length = 0;
    await worked.settle();
    expect(reads()).toEqual(["#3", "#2", "#3"]);
  });
});
