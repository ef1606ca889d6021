import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { GitHubUnavailable, NotFound } from "../../../src/github/client/errors.ts";
import { NOT_JUDGED } from "../../../src/signoff/failed.ts";
import type { Participant } from "../../../src/signoff/snapshot.ts";
import {
  type Fact,
  headFact,
  pullFact,
  repositoryFact,
  reviewFact,
  signerFact,
} from "../../../src/store/fact.ts";
import type { Invalidation } from "../../../src/store/passes.ts";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite.ts";
import type { Store } from "../../../src/store/store.ts";
import type { Task } from "../../../src/store/task.ts";
import { approval, HEAD, humanChange, kira, olga, pushed, user } from "../../signoff/build.ts";
import { FakeGitHub, pullRequest } from "../fake-github.ts";
import { ManualClock } from "../manual-clock.ts";
import { notes } from "../notes.ts";
import { working } from "../working.ts";

const at = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };
const head: Task = { kind: "head", headSha: HEAD, pulls: [7], ...at };
const review = approval(olga);
const signed = () => pullRequest(7, {}, { reviews: [review] });
const unsigned = () => humanChange({ pullRequest: { ...humanChange().pullRequest, number: 7 } });

let store: Store;
let clock: ManualClock;
let github: FakeGitHub;
let worked: ReturnType<typeof working>;

beforeEach(async () => {
  store = openSqliteStore(":memory:");
  clock = new ManualClock();
  github = new FakeGitHub();
  github.open = [{ number: 7, headSha: HEAD, baseRef: "main" }];
  worked = working({ store, github, clock, log: notes() });
  await store.seeRepositories([{ ...at, nodeId: "R_70", createdAt: null }]);
});
afterEach(() => store.close());

let deliveries = 0;

/** What is asked of GitHub after an event that puts facts in doubt. */
async function callsAfter(invalidation: Invalidation): Promise<readonly string[]> {
  github.calls = [];
  deliveries += 1;
  const delivery = { id: `d${deliveries}`, event: "x", action: null };
  await store.accept(delivery, { tasks: [], invalidation }, clock.now());
  await worked.settle();
  return github.calls.filter((call) => /^(withdraw|read|publish|permission|whereabouts)/.test(call));
}

const AGAIN = ["withdraw", "read #7", "publish success"];

describe("a pass in doubt", () => {
  test.each<readonly [string, Fact, readonly string[]]>([
    ["its pull request", pullFact(at, 7), AGAIN],
    ["the rules", repositoryFact(at), AGAIN],
    ["somebody who signed", signerFact(at, olga.id), AGAIN],
    ["the review that signed", reviewFact(at, review.id), AGAIN],
    ["somebody who did not sign", signerFact(at, 99), []],
    ["another pull request", pullFact(at, 8), []],
  ])("of %s is withdrawn before anything is read, and given again when it holds", async (_, fact, calls) => {
    github.pulls[7] = signed();
    await worked.run(head);
    expect(await callsAfter({ facts: [fact] })).toEqual(calls);
  });

  test("outlives a change of people where it rests on nobody's signature", async () => {
    github.pulls[7] = unsigned();
    await worked.run(head);
    expect(await callsAfter({ facts: [signerFact(at, olga.id)] })).toEqual([]);
  });

  test("costs nothing where no pass stands", async () => {
    github.pulls[7] = pullRequest(7);
    await worked.run(head);
    expect(await callsAfter({ facts: [pullFact(at, 7)] })).toEqual([]);
  });
});

describe("E35 a refusal by somebody", () => {
  const refusal = { facts: [pullFact(at, 7)], onlyIf: { account: 66, login: "mallory" } };

  test.each<readonly [string, readonly number[] | null, readonly string[]]>([
    ["who may not write withdraws nothing", [], ["permission of mallory"]],
    ["who may write withdraws", [66], ["permission of mallory", ...AGAIN]],
    ["of whom GitHub tells nothing withdraws", null, ["permission of mallory", ...AGAIN]],
  ])("%s", async (_, writers, calls) => {
    github.pulls[7] = signed();
    await worked.run(head);
    github.writers = writers;
    expect(await callsAfter(refusal)).toEqual(calls);
  });
});

describe("E35 a head that passed is opened once more", () => {
  const opened = (into: string) => ({
    facts: [headFact(at, HEAD)],
    onlyIf: { account: 66, login: "mallory", opened: { pull: 8, into } },
  });
  const hear = async (...pushers: readonly Participant[]) => {
    const commits = [{ sha: HEAD, evidence: [], participants: pushers }];
    const news = { tasks: [], about: at, commits };
    await store.accept({ id: "pushed", event: "push", action: null }, news, clock.now());
  };

  test.each<readonly [string, string, readonly Participant[], readonly number[], readonly string[]]>([
    ["where it passed, by an outsider", "main", [pushed(kira)], [], ["permission of mallory"]],
    ["where it passed, by an insider", "main", [pushed(kira)], [66], ["permission of mallory", ...AGAIN]],
    ["into another branch", "release", [pushed(kira)], [], AGAIN],
    ["by whoever pushed it", "main", [pushed(user("mallory", 66))], [], AGAIN],
    ["and nobody is known to have pushed it", "main", [], [], AGAIN],
  ])("%s", async (_, branch, pushers, writers, calls) => {
    github.pulls[7] = signed();
    await hear(...pushers);
    await worked.run(head);
    github.writers = writers;
    expect(await callsAfter(opened(branch))).toEqual(calls);
  });

  test("where an owner refused it before, by an outsider", async () => {
    github.pulls[7] = signed();
    await hear(pushed(kira));
    await worked.run(head);
    github.writers = [];
    await store.record(at, 8, {
      ...NOT_JUDGED.toRecord,
      by: { headSha: HEAD, asOf: 0, at: clock.now() },
      refusals: [
        {
          ...{ reviewId: 1, by: olga, at: clock.now().toISOString(), commitSha: HEAD },
          ...{ as: { kind: "user", login: "olga" }, area: "infrastructure", paths: [] },
        },
      ],
    });
    expect(await callsAfter(opened("main"))).toEqual(AGAIN);
  });
});

describe("a withdrawal that fails", () => {
  test("E19 is tried again within seconds, for as long as it takes", async () => {
    github.pulls[7] = signed();
    await worked.run(head);
    github.before.withdraw = () => {
      throw new GitHubUnavailable("GitHub could not answer (502)", 60_000);
    };
    expect(await callsAfter({ facts: [pullFact(at, 7)] })).toEqual(["withdraw"]);
    github.before = {};
    await clock.advance(1_000);
    await worked.settle();
    expect(github.calls).toEqual([
      "withdraw",
      "withdraw",
      "read #7",
      "publish success",
      expect.anything(),
      expect.anything(),
    ]);
  });

  test("E32 of a renamed repository is made under the new name", async () => {
    github.pulls[7] = signed();
    await worked.run(head);
    github.movedTo = { owner: "acme", repo: "store" };
    github.before.withdraw = () => {
      github.before = {};
      throw new NotFound("Not Found");
    };
    const calls = await callsAfter({ facts: [pullFact(at, 7)] });
    expect(calls).toEqual(["withdraw", "whereabouts", ...AGAIN]);
  });

  test("E32 of what is gone ends", async () => {
    github.pulls[7] = signed();
    await worked.run(head);
    github.before.withdraw = () => {
      throw new NotFound("Not Found");
    };
    github.pulls = {};
    expect(await callsAfter({ facts: [pullFact(at, 7)] })).toEqual([
      "withdraw",
      "whereabouts",
      "read #7",
      "whereabouts",
    ]);
    expect(await store.nextWithdrawalAt()).toBeNull();
    expect(await store.depth()).toBe(0);
  });
});

test("E21 a verdict made of answers from before a doubt is not published", async () => {
  github.pulls[7] = signed();
  github.before.read = async () => {
    github.before = {};
    await store.invalidate({ facts: [signerFact(at, olga.id)] }, clock.now());
  };
  await worked.run(head);
  expect(github.calls.filter((call) => /^(read|publish)/.test(call))).toEqual([
    "read #7",
    "read #7",
    "publish success",
  ]);
});

test("E20 a write whose answer is lost counts as a pass that stands", async () => {
  github.pulls[7] = signed();
  github.before.publish = () => {
    throw new GitHubUnavailable("the connection was cut", 10_000);
  };
  await worked.run(head);
  github.before = {};
  expect(github.calls).toContain("withdraw");
});
