import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { headFact } from "../../../src/store/fact.ts";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite.ts";
import type { Store } from "../../../src/store/store.ts";
import type { Asker, Task } from "../../../src/store/task.ts";
import { plain } from "../../gate/plain.ts";
import { HEAD, humanChange, OLD_HEAD } from "../../signoff/build.ts";
import { FakeGitHub, pullRequest } from "../fake-github.ts";
import { ManualClock } from "../manual-clock.ts";
import { notes } from "../notes.ts";
import { working } from "../working.ts";

const at = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };
const eve: Asker = { account: 66, login: "eve", bot: false };
const wes: Asker = { account: 5, login: "wes", bot: false };
const helper: Asker = { account: 77, login: "helper[bot]", bot: true };
const asked = (askedBy?: readonly Asker[], headSha = HEAD): Task => {
  return { kind: "head", headSha, pulls: [7], ...at, ...(askedBy && { askedBy }) };
};

let store: Store;
let clock: ManualClock;
let github: FakeGitHub;
let worked: ReturnType<typeof working>;
beforeEach(() => {
  store = openSqliteStore(":memory:");
  clock = new ManualClock();
  github = new FakeGitHub();
  github.writers = [wes.account];
  github.pulls[7] = pullRequest(7);
  worked = working({ store, github, clock, log: notes() });
});
afterEach(() => store.close());

const useUp = () => {
  for (const share of ["strangers", "bots of 70"] as const)
    worked.shares.drew(7, share, { by: "somebody", requests: 1_000_000 });
};
const reads = () => github.calls.filter((call) => call.startsWith("read")).length;
const later = async (ms: number) => {
  await clock.advance(ms);
  await worked.settle();
};

describe("E25 when the share of strangers is used up, what a stranger asks for", () => {
  test("waits for the next hour, and the check says so once", async () => {
    useUp();
    await worked.run(asked([eve]));
    await worked.run(asked([eve]));
    expect(github.calls).toEqual(["permission of eve", "publish failure"]);
    const [check] = github.written;
    const goesOn = new Date(clock.now().getTime() + 3_600_000).toISOString().slice(11, 16);
    const said = plain(check?.explanation.summary ?? "");
    expect(said).toContain("Accounts without write permission");
    expect(said).toContain(`${goesOn} UTC`);

    await later(3_600_000);
    expect(github.written.at(-1)).toMatchObject({ conclusion: "action_required" });
  });

  test.each([
    ["somebody with write permission asks too", [wes]],
    ["nobody in particular asks too", undefined],
  ] as const)("is done at once where %s", async (_, askedBy) => {
    useUp();
    await worked.run(asked([eve]));
    await worked.run(asked(askedBy));
    expect(reads()).toBe(1);
  });

  test("leaves a pass that was withdrawn to be judged at once", async () => {
    github.pulls[7] = humanChange();
    await worked.run(asked([eve]));
    useUp();
    await store.invalidate({ facts: [headFact(at, HEAD)] }, clock.now());
    await worked.run(asked([eve]));
    expect(reads()).toBe(2);
  });

  test("is looked at once a minute where the commit has passed", async () => {
    github.pulls[7] = humanChange();
    await worked.run(asked([eve]));
    useUp();
    for (let event = 0; event < 3; event++) await worked.run(asked([eve]));
    expect(reads()).toBe(2);
    await later(60_000);
    expect(reads()).toBe(3);
    expect(github.written).toHaveLength(1);
  });

  test("is not done for the commit that came after it either", async () => {
    github.pulls[7] = { status: "moved", headSha: HEAD };
    github.before.read = useUp;
    await worked.run(asked([eve], OLD_HEAD));
    expect(reads()).toBe(1);
  });

  test("does not hold up a bot, nor the other way round", async () => {
    worked.shares.drew(7, "strangers", { by: "somebody", requests: 1_000_000 });
    await worked.run(asked([eve]));
    expect(reads()).toBe(0);
    await worked.run(asked([helper]));
    expect(reads()).toBe(1);
    worked.shares.drew(7, "bots of 70", { by: "somebody", requests: 1_000_000 });
    await worked.run(asked([helper]));
    expect(reads()).toBe(1);
  });

  test("is done where GitHub does not tell who may write", async () => {
    useUp();
    github.writers = null;
    await worked.run(asked([eve]));
    expect(reads()).toBe(1);
  });
});
