import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Account, OverrideRecord, Snapshot } from "../../../src/signoff/snapshot.ts";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite.ts";
import type { Store } from "../../../src/store/store.ts";
import { approval, HEAD, olga, permissions, recorded, snapshot, user } from "../../signoff/build.ts";
import { FakeGitHub, pullRequest, UNGOVERNED } from "../fake-github.ts";
import { ManualClock } from "../manual-clock.ts";
import { notes } from "../notes.ts";
import { working } from "../working.ts";

const at = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };
const MERGED_AS = "e".repeat(40);
const ann = user("ann", 11);
const ben = user("ben", 12);
const stranger = user("stranger", 66);
const CONFIG = 'version: 1\noverride: { by: ["@ann", "@ben"] }\n';

let store: Store;
let github: FakeGitHub;
let worked: ReturnType<typeof working>;

beforeEach(() => {
  store = openSqliteStore(":memory:");
  github = new FakeGitHub();
  worked = working({ store, github, clock: new ManualClock(), log: notes() });
});
afterEach(() => store.close());

const asked = (commentId: number, by: Account): OverrideRecord => ({
  ...{ commentId, by, at: new Date(Date.parse(snapshot().now) - 60_000).toISOString(), headSha: HEAD },
  ...{ named: HEAD.slice(0, 12), baseRef: "main", reason: "The shop is down", lasts: 3_600_000 },
});

/** A pull request with these lines for an override. */
function withLines(
  number: number,
  overrides: readonly OverrideRecord[],
  more: Partial<Snapshot> = {},
  facts: Partial<Snapshot["pullRequest"]> = {},
) {
  const { authority } = snapshot();
  return pullRequest(number, facts, {
    policySources: {
      organization: { status: "absent" },
      repository: { status: "found", path: ".github/countersign.yml", text: CONFIG },
    },
    authority: { ...authority, permissions: { ...authority.permissions, ...permissions("write", ann, ben) } },
    recorded: recorded({ overrides, heads: [HEAD] }),
    ...more,
  });
}

const BOTH = [asked(1, ann), asked(2, ben)];

async function judge(...pulls: readonly Snapshot[]): Promise<void> {
  for (const one of pulls) github.pulls[one.pullRequest.number] = one;
  const numbers = pulls.map(({ pullRequest: { number } }) => number);
  await worked.run({ kind: "head", headSha: HEAD, pulls: numbers, ...at });
}

async function merge(pull: number): Promise<void> {
  github.pulls[pull] = { status: "closed", mergedAs: MERGED_AS };
  await worked.run({ kind: "head", headSha: HEAD, pulls: [pull], ...at });
}

const followsUp = async () => (await store.followUp(at, MERGED_AS)) !== null;

describe("what was merged by an override is followed up", () => {
  test.each<{ why: string; before: readonly (readonly Snapshot[])[]; expected: boolean }>([
    { why: "where it passed by it", before: [[withLines(7, BOTH)]], expected: true },
    {
      why: "where it had ended when GitHub still showed it as passing",
      before: [[withLines(7, BOTH)], [withLines(7, [])]],
      expected: true,
    },
    {
      why: "where a stranger opened its head once more",
      before: [[withLines(8, BOTH), withLines(7, [], {}, { author: stranger, outsider: true, fork: true })]],
      expected: true,
    },
    {
      why: "not where a stranger opened its head once more into another branch, which passes",
      before: [
        [
          withLines(8, BOTH),
          withLines(
            7,
            [],
            { reviews: [approval(olga)] },
            { author: stranger, outsider: true, fork: true, base: { sha: "d".repeat(40), ref: "release" } },
          ),
        ],
      ],
      expected: false,
    },
    {
      why: "not where it went to a branch that nobody governs",
      before: [[withLines(7, BOTH)], [withLines(7, BOTH, {}, UNGOVERNED)]],
      expected: false,
    },
    { why: "not where nobody overrode", before: [[withLines(7, [])]], expected: false },
    {
      why: "not where an owner signed since",
      before: [[withLines(7, BOTH)], [withLines(7, BOTH, { reviews: [approval(olga)] })]],
      expected: false,
    },
  ])("$why", async ({ before, expected }) => {
    for (const pulls of before) await judge(...pulls);
    await merge(7);
    expect(await followsUp()).toBe(expected);
  });
});
