import { describe, expect, test } from "@jest/globals";
import { replay } from "../../src/backtest/replay.ts";
import { wouldHaveWaited } from "../../src/backtest/replayed.ts";
import type { PastPull } from "../../src/signoff/past.ts";
import type { Review, Snapshot } from "../../src/signoff/snapshot.ts";
import {
  approval,
  commit,
  file,
  humanChange,
  kira,
  kiro,
  nils,
  OLD_HEAD,
  olga,
  permissions,
  policy,
  recorded,
  refusal,
  snapshot,
  sven,
} from "../signoff/build.ts";

const OPENED = "2026-11-20T09:00:00Z";
const COMMITTED = "2026-11-20T08:59:00Z";
const MERGED = "2026-11-20T18:00:00Z";
const at = (time: string) => ({ submittedAt: `2026-11-20T${time}:00Z` });
const NEXT_DAY = { submittedAt: "2026-11-21T18:00:00Z" };

/** Kiro's change to infra/, which @olga and @acme/sre (olga, sven) own. */
function past(more: Partial<Snapshot> = {}, about: Partial<Omit<PastPull, "snapshot">> = {}): PastPull {
  const commits = [commit(kiro, { committedAt: COMMITTED })];
  return {
    snapshot: snapshot({ files: [file("infra/main.tf")], commits, ...more }),
    openedAt: OPENED,
    mergedAt: MERGED,
    mergedBy: kira,
    spoke: [],
    ...about,
  };
}

const resolved = { policy: policy(), problems: [] };
const doneIn = (pull: PastPull) => replay(pull, resolved).asks.map(({ done }) => done);

const UNLISTED = {
  permissions: permissions("write", kira, olga, sven, nils),
  teams: { "acme/sre": { status: "unlisted", reason: "cannot be read with this token" } },
} as const;

const HOUR = 3_600_000;

describe("what was done about what would have been asked", () => {
  const dismissed = (review: Review, when: string): Review => ({
    ...review,
    state: "dismissed",
    dismissal: { previously: "approved", by: kira, at: when },
  });

  test.each<[string, readonly Review[], object]>([
    ["nobody reviewed", [], { kind: "nobody" }],
    [
      "an owner approved the head",
      [approval(olga, at("12:00"))],
      { kind: "signed", by: ["olga"], waitedMs: 3 * HOUR, silent: true },
    ],
    ["in the very second of the merge", [approval(olga, { submittedAt: MERGED })], { kind: "signed" }],
    [
      "a second after the merge",
      [approval(olga, { submittedAt: "2026-11-20T18:00:01Z" })],
      { kind: "late", afterMergeMs: 1000 },
    ],
    [
      "an owner approved a day after the merge",
      [approval(sven, NEXT_DAY)],
      { kind: "late", by: ["sven"], afterMergeMs: 24 * HOUR },
    ],
    [
      "a member of the team signed before, another after",
      [approval(sven, at("10:00")), approval(olga, NEXT_DAY)],
      { kind: "signed", by: ["sven"], waitedMs: HOUR },
    ],
    [
      "an owner approved an earlier commit",
      [approval(olga, { ...at("12:00"), commitSha: OLD_HEAD })],
      { kind: "earlier", by: ["olga"] },
    ],
    ["somebody else approved", [approval(nils, at("12:00"))], { kind: "nobody" }],
    ["whoever asked the agent approved", [approval(kira, at("12:00"))], { kind: "nobody" }],
    ["an owner only commented", [{ ...approval(olga, at("12:00")), state: "commented" }], { kind: "nobody" }],
    ["an owner asked for changes", [refusal(olga, at("12:00"))], { kind: "refused", by: ["olga"] }],
    ["an owner asked for changes after the merge", [refusal(olga, NEXT_DAY)], { kind: "nobody" }],
    [
      "an owner asked for changes and then approved",
      [refusal(olga, at("11:00")), approval(olga, at("12:00"))],
      { kind: "signed", waitedMs: 3 * HOUR },
    ],
    [
      "an approval that was dismissed before the merge",
      [dismissed(approval(olga, at("12:00")), "2026-11-20T13:00:00Z")],
      { kind: "nobody" },
    ],
    [
      "an approval that was dismissed after the merge",
      [dismissed(approval(olga, at("12:00")), "2026-11-20T19:00:00Z")],
      { kind: "signed" },
    ],
  ])("%s", (_, reviews, done) => {
    expect(doneIn(past({ reviews }))).toEqual([expect.objectContaining(done)]);
  });
});

describe("what nobody can know is not called wrong", () => {
  test("somebody approved, and who is in the team cannot be read", () => {
    const pull = past({ reviews: [approval(nils, at("12:00"))], authority: UNLISTED });
    expect(doneIn(pull)).toEqual([{ kind: "unknown", about: ["@acme/sre"] }]);
    expect(wouldHaveWaited(replay(pull, resolved))).toBeNull();
  });

  test("an owner who is named signs whatever is known of the team", () => {
    const pull = past({ reviews: [approval(olga, at("12:00"))], authority: UNLISTED });
    expect(doneIn(pull)).toMatchObject([{ kind: "signed", by: ["olga"] }]);
  });

  test("nobody approved: whoever is in the team did not", () => {
    expect(doneIn(past({ authority: UNLISTED }))).toEqual([{ kind: "nobody" }]);
  });

  test("an owner approved who may not write today", () => {
    const authority = {
      ...UNLISTED,
      permissions: { ...UNLISTED.permissions, ...permissions("read", olga) },
    };
    const pull = past({ reviews: [approval(olga, at("12:00"))], authority });
    expect(doneIn(pull)).toEqual([{ kind: "unknown", about: ["@olga"] }]);
  });

  test("an owner of a team that is known approved and may not write today", () => {
    const { authority } = snapshot();
    const permitted = { ...authority.permissions, ...permissions("read", olga) };
    const pull = past({
      reviews: [approval(olga, at("12:00"))],
      authority: { ...authority, permissions: permitted },
    });
    expect(doneIn(pull)).toEqual([{ kind: "unknown", about: ["@olga"] }]);
  });

  test("an owner who merged the base into the branch and then approved", () => {
    const merge = commit(olga, { sha: "d".repeat(40), committedAt: COMMITTED, parents: ["1", "2"] });
    const commits = [merge, commit(kiro, { committedAt: COMMITTED, parents: ["d".repeat(40)] })];
    const pull = past({ commits, reviews: [approval(olga, at("12:00"))] });
    expect(doneIn(pull)).toEqual([{ kind: "unknown", about: ["@olga"] }]);
  });

  test("an owner who wrote a commit of it signs nothing, and that is known", () => {
    const own = commit(olga, { sha: "d".repeat(40), committedAt: COMMITTED, parents: ["1"] });
    const commits = [own, commit(kiro, { committedAt: COMMITTED, parents: ["d".repeat(40)] })];
    expect(doneIn(past({ commits, reviews: [approval(olga, at("12:00"))] }))).toEqual([{ kind: "nobody" }]);
  });
});

describe("how long it took", () => {
  test.each<[string, Partial<Snapshot>, number]>([
    ["from the opening", {}, 5],
    ["from the last commit", { commits: [commit(kiro, { committedAt: "2026-11-20T13:00:00Z" })] }, 1],
    ["from a force-push", { recorded: recorded({ headMovedAt: "2026-11-20T12:00:00Z" }) }, 2],
    [
      "a commit of a clock that is ahead does not count",
      { commits: [commit(kiro, { committedAt: "2027-01-01T00:00:00Z" })] },
      5,
    ],
    [
      "signed before the clock of the commit says it was there",
      { commits: [commit(kiro, { committedAt: "2026-11-20T15:00:00Z" })] },
      0,
    ],
  ])("%s", (_, more, hours) => {
    const pull = past({ ...more, reviews: [approval(olga, at("14:00"))] });
    expect(doneIn(pull)).toMatchObject([{ kind: "signed", waitedMs: hours * HOUR }]);
  });
});

describe("answered without a word or a change", () => {
  const signed = { reviews: [approval(olga, at("12:00"))] };
  test.each<[string, PastPull, boolean]>([
    ["a bare approval of what was opened", past(signed), true],
    ["the signer wrote something", past(signed, { spoke: [olga.id] }), false],
    ["somebody else wrote something", past(signed, { spoke: [kira.id] }), true],
    [
      "it was changed after it was opened",
      past({ ...signed, commits: [commit(kiro, { committedAt: "2026-11-20T10:00:00Z" })] }),
      false,
    ],
    ["when it was made is not known", past({ ...signed, commits: [commit(kiro)] }), false],
  ])("%s: %#", (_, pull, silent) => {
    expect(doneIn(pull)).toMatchObject([{ kind: "signed", silent }]);
  });
});

describe("what there is nothing to say of", () => {
  test("a person's change asks nobody", () => {
    const replayed = replay(
      { ...past(), snapshot: humanChange({ files: [file("infra/main.tf")] }) },
      resolved,
    );
    expect(replayed).toMatchObject({ writer: "human", asks: [], areas: ["infrastructure"] });
    expect(wouldHaveWaited(replayed)).toBe(false);
  });

  test("a branch that the policy leaves out", () => {
    const { pullRequest } = snapshot();
    const governedBy = { ...pullRequest.governedBy, ref: "topic" };
    const replayed = replay(past({ pullRequest: { ...pullRequest, governedBy } }), resolved);
    expect(replayed).toMatchObject({ unjudged: { kind: "not-governed" }, asks: [] });
  });

  test("a policy that cannot be read", () => {
    const problem = {
      code: "config/syntax",
      severity: "error",
      message: "It is broken.",
      remedy: "",
    } as const;
    const replayed = replay(past(), { policy: null, problems: [problem] });
    expect(replayed.unjudged).toEqual({ kind: "not-evaluated", because: "It is broken." });
  });

  test("an observing policy asks nobody to wait, and would have asked the same", () => {
    const observing = { policy: policy({ mode: "observe" }), problems: [] };
    expect(replay(past(), observing).asks).toEqual(replay(past(), resolved).asks);
  });
});

test("of several things asked, one that is missing holds it, whatever is unclear beside it", () => {
  const files = [file("infra/main.tf"), file("db/1.sql")];
  const { authority } = snapshot();
  const replayed = replay(
    past({
      files,
      reviews: [approval(nils, at("12:00"))],
      authority: { ...authority, teams: UNLISTED.teams },
    }),
    resolved,
  );
  expect(replayed.asks.map(({ done }) => done.kind)).toEqual(["unknown", "nobody"]);
  expect(wouldHaveWaited(replayed)).toBe(true);
});
