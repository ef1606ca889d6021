import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { GitHubUnavailable } from "../../../src/github/client/errors.ts";
import type { Account, OverrideRecord, Snapshot } from "../../../src/signoff/snapshot.ts";
import {
  freezeFact,
  overrideFact,
  pullSignerFact,
  refuserFact,
  repositoryTeamsFact,
  signerFact,
  teamsFact,
  timedFact,
} from "../../../src/store/fact.ts";
import type { LedgerEntry } from "../../../src/store/ledger.ts";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite.ts";
import type { Store } from "../../../src/store/store.ts";
import type { Task } from "../../../src/store/task.ts";
import { approval, HEAD, olga, permissions, recorded, snapshot, user } from "../../signoff/build.ts";
import { FakeGitHub, pullRequest } from "../fake-github.ts";
import { ManualClock } from "../manual-clock.ts";
import { notes } from "../notes.ts";
import { working } from "../working.ts";

const shop = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };
const ann = user("ann", 11);
const ben = user("ben", 12);
const CONFIG = {
  organization: { status: "absent" },
  repository: {
    status: "found",
    path: ".github/countersign.yml",
    text: 'override: { by: ["@ann", "@ben"] }\nfreeze: []\n',
  },
} as const;

let store: Store;
let clock: ManualClock;
let github: FakeGitHub;
let ledger: LedgerEntry[];
let worked: ReturnType<typeof working>;

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
  worked = working({ store, github, clock, log: notes() });
});
afterEach(() => store.close());

const line = (commentId: number, by: Account): OverrideRecord => ({
  ...{ commentId, by, at: "2026-01-01T00:00:00Z", headSha: HEAD, named: HEAD.slice(0, 12) },
  ...{ baseRef: "main", reason: "It burns", lasts: 3_600_000 },
});

/** Kiro's change, which Ann and Ben let through an hour long. */
function overridden(more: Partial<Snapshot> = {}): Snapshot {
  const { authority } = snapshot();
  return pullRequest(
    7,
    {},
    {
      now: clock.now().toISOString(),
      policySources: CONFIG,
      authority: {
        ...authority,
        permissions: { ...authority.permissions, ...permissions("write", ann, ben) },
        users: { ann, ben },
      },
      recorded: recorded({ overrides: [line(1, ann), line(2, ben)], heads: [HEAD] }),
      ...more,
    },
  );
}

const judge: Task = { kind: "head", headSha: HEAD, pulls: [7], ...shop };
const hear = async (...commentIds: readonly number[]) => {
  for (const commentId of commentIds) {
    const delivery = { id: `comment ${commentId}`, event: "issue_comment", action: "created" };
    const heard = { pull: 7, commentId, account: commentId, login: `u${commentId}` };
    await store.accept(delivery, { tasks: [], about: shop, commands: [heard] }, clock.now());
  }
};

test("an override's pass is withdrawn at its time, even where nothing can be judged then", async () => {
  github.pulls[7] = overridden();
  await worked.run(judge);
  expect(github.conclusions).toEqual(["success"]);
  github.pulls[7] = () => {
    throw new GitHubUnavailable("no answer", 60_000);
  };
  await clock.advance(3_599_000);
  await worked.settle();
  expect(github.calls).not.toContain("withdraw");
  await clock.advance(1_000);
  await worked.settle();
  expect(github.calls).toContain("withdraw");
});

test.each([
  { why: "what one of them may do", fact: signerFact(shop, ann.id) },
  { why: "what the other may do", fact: signerFact(shop, ben.id) },
  { why: "what one of them did on the pull request", fact: pullSignerFact(shop, 7, ben.id) },
  { why: "who is in which team", fact: teamsFact(shop) },
  { why: "which teams are let into the repository", fact: repositoryTeamsFact(shop) },
  { why: "that nobody withdrew it", fact: overrideFact(shop, 7) },
  { why: "its time", fact: timedFact(shop, HEAD) },
  { why: "that its area is not frozen", fact: freezeFact(shop, "infrastructure") },
  { why: "that nothing at all is frozen", fact: freezeFact(shop, "all") },
  { why: "that no owner refuses it", fact: refuserFact(shop, 7, olga.id) },
])("an override's pass rests on $why", async ({ fact }) => {
  github.pulls[7] = overridden();
  await worked.run(judge);
  github.calls = [];
  await store.invalidate({ facts: [fact] }, clock.now());
  await worked.settle();
  expect(github.calls[0]).toBe("withdraw");
});

test("its end is noted before it is published, so that a crash in between leaves none without", async () => {
  github.pulls[7] = overridden();
  github.before.publish = () => {
    throw new GitHubUnavailable("no answer", 60_000);
  };
  await worked.run(judge);
  const waiting: Task[] = [];
  for (let job = await claimed(); job !== null; job = await claimed()) waiting.push(job.task);
  expect(waiting.map(({ kind }) => kind)).toContain("expiry");
});

const claimed = () => store.claim(new Date(clock.now().getTime() + 7_200_000), 86_400_000);

test("the ledger says who let it through, for how long and why", async () => {
  github.pulls[7] = overridden();
  await worked.run(judge);
  expect(ledger.find(({ kind }) => kind === "verdict")?.data).toMatchObject({
    conclusion: "success",
    override: { status: "granted", by: [{ login: "ann" }, { login: "ben" }], reason: "It burns" },
  });
});

test("what was merged by it is followed up, once, without whoever merged it", async () => {
  github.pulls[7] = overridden();
  await worked.run(judge);
  github.merger = async () => ({ id: 99, login: "wes" });
  github.pulls[7] = { status: "closed", mergedAs: "m".repeat(40) };
  await worked.run(judge);
  await worked.run(judge);
  const { followUp } = (await store.followUpAt(shop, 7)) ?? {};
  expect(followUp).toMatchObject({ commitSha: "m".repeat(40), reason: "override", pull: 7 });
  expect(followUp?.involved).toEqual(expect.arrayContaining([ann.id, ben.id, 99]));
  expect(ledger.filter(({ kind }) => kind === "follow-up")).toHaveLength(1);
});

test("what owners signed in time needs no follow-up", async () => {
  github.pulls[7] = overridden();
  await worked.run(judge);
  github.pulls[7] = overridden({ reviews: [approval(olga)] });
  await worked.run(judge);
  github.pulls[7] = { status: "closed", mergedAs: "m".repeat(40) };
  await worked.run(judge);
  expect(await store.followUpAt(shop, 7)).toBeNull();
});

test("a command has the head judged that is known, and asks for the head of one that is not", async () => {
  const command: Task = { kind: "command", pull: 7, ...shop };
  github.pulls[7] = overridden();
  await worked.run(command);
  expect(github.calls).toEqual([]);
  await hear(31);
  await worked.run(command);
  expect(github.calls.slice(0, 2)).toEqual(["head #7", "read #7"]);
});

test("nothing is asked about a command on an issue that follows nothing up, and it is forgotten", async () => {
  await hear(31);
  await worked.run({ kind: "command", pull: 7, issue: true, ...shop });
  expect(github.calls).toEqual([]);
  expect((await store.remember(shop, 7)).commands).toBeUndefined();
});

test("commands that were not read yet are read next, whoever wrote the others", async () => {
  const ids = [31, 32, 33];
  await hear(...ids);
  // Each time two are read, as if no more went at once.
  let left = ids;
  const read = () => {
    const commands = left
      .slice(0, 2)
      .map((id) => ({ id, by: user(`u${id}`, id), at: "2026-01-01T00:00:00Z", body: "" }));
    left = left.slice(2);
    return overridden({ commands });
  };
  Object.defineProperty(github.pulls, "7", { get: read, configurable: true });
  await worked.run(judge);
  expect(left).toEqual([]);
  expect((await store.remember(shop, 7)).commands?.heard).toBeUndefined();
});
