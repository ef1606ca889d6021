import { describe, expect, test } from "@jest/globals";
import type { Account, Participant, PullRequestFacts, Snapshot } from "../../../src/signoff/snapshot.ts";
import {
  commit,
  HEAD,
  kira,
  kiro,
  nils,
  OLD_HEAD,
  olga,
  policy,
  pushed,
  recorded,
  snapshot,
  verdict,
} from "../build.ts";

const BOX = "- [x] This change was written without AI";
const WRITTEN = "2026-11-20T12:00:00Z";
const BEFORE = "2026-11-20T11:59:59Z";
const AFTER = "2026-11-20T12:00:01Z";
const SILENCE_IS_AI = { detect: { ...policy().detect, undeclared: "ai" as const } };

/** A push of the head. */
const at = (time: string | undefined, account: Account, more: Partial<Participant> = {}): Participant => ({
  ...pushed(account),
  ...(time !== undefined && { at: time }),
  ...more,
});

/** Of a fork GitHub tells no more. */
const ownerOf = (account: Account): Participant => {
  return { account, role: "pusher", because: "owns the fork", presumed: true, toFork: true };
};

/** Kira declares of a pull request of one commit that no AI took part. */
const declaredOf = (given: Partial<Snapshot>, pull: Partial<PullRequestFacts> = {}) =>
  verdict(
    {
      pullRequest: { ...snapshot().pullRequest, author: kira, body: BOX, ...pull },
      commits: [commit(kira)],
      participants: [],
      ...given,
    },
    SILENCE_IS_AI,
  ).provenance;

interface Row {
  readonly why: string;
  readonly by?: readonly Participant[];
  readonly onRecord?: readonly Participant[];
  /** When another base was chosen. */
  readonly moved?: string;
  /** `null` where nobody knows when the text was written. */
  readonly written?: string | null;
}

const provenanceOf = ({ by = [], onRecord = [], moved, written = WRITTEN }: Row) => {
  const commits = [{ sha: HEAD, evidence: [], participants: onRecord }];
  return declaredOf(
    { participants: by, recorded: recorded({ commits, baseChangedAt: moved ?? null }) },
    written === null ? {} : { writtenAt: written },
  );
};

describe("D09 a text that declares a pull request free of AI", () => {
  test.each<Row>([
    { why: "nobody is known to have pushed" },
    { why: "nobody is known to have pushed to its writer's fork", by: [ownerOf(kira)] },
    {
      why: "nobody is known to have pushed to its writer's fork, and another person opened before from theirs",
      by: [ownerOf(kira)],
      onRecord: [at(undefined, nils, { presumed: true, toFork: true })],
    },
    {
      why: "its writer pushed to another person's fork",
      by: [ownerOf(nils), at(AFTER, kira, { toFork: true })],
    },
    { why: "its writer pushed after it", by: [at(AFTER, kira)] },
    { why: "its writer pushed, before another base was chosen", by: [at(BEFORE, kira)], moved: AFTER },
    { why: "another person had pushed", by: [at(BEFORE, nils)] },
    { why: "another person had pushed, as is known from elsewhere", onRecord: [at(BEFORE, nils)] },
    { why: "two others had pushed", by: [at(BEFORE, nils)], onRecord: [at(BEFORE, olga)] },
    { why: "its writer pushed again what another had pushed", by: [at(BEFORE, nils), at(AFTER, kira)] },
    {
      why: "another person had pushed, at a moment that is known from one report of it",
      by: [at(undefined, nils)],
      onRecord: [at(BEFORE, nils)],
    },
    {
      why: "another person had pushed, and the fork belongs to a third",
      by: [at(BEFORE, nils), at(undefined, olga, { presumed: true })],
    },
    { why: "was there when another base was chosen before", moved: BEFORE },
    {
      why: "another person had pushed, and another base was chosen, before",
      by: [at(BEFORE, nils)],
      moved: BEFORE,
    },
  ])("speaks for what $why", (row) => {
    const { commits, declarations } = provenanceOf(row);
    expect(commits).toMatchObject([{ provenance: { writer: "human" } }]);
    expect(declarations).toEqual([{ by: "kira", sha: null, text: BOX }]);
  });

  test.each<Row>([
    { why: "another person pushed after it", by: [at(AFTER, nils)] },
    { why: "another person pushed in the second in which it was written", by: [at(WRITTEN, nils)] },
    { why: "another person pushed after it, as its writer had", by: [at(BEFORE, kira), at(AFTER, nils)] },
    { why: "another person pushed after it too", by: [at(BEFORE, nils), at(AFTER, nils)] },
    { why: "one of two others pushed after it", by: [at(BEFORE, nils), at(AFTER, olga)] },
    { why: "another person pushed after it, as is known from elsewhere", onRecord: [at(AFTER, nils)] },
    { why: "another person pushed, nobody knows when", by: [at(undefined, nils)] },
    { why: "one of two others pushed, nobody knows when", by: [at(BEFORE, nils), at(undefined, olga)] },
    {
      why: "another person pushed before it was written, nobody knows when that was",
      by: [at(BEFORE, nils)],
      written: null,
    },
    { why: "came when another base was chosen after it", moved: AFTER },
    { why: "came when another base was chosen in the second in which it was written", moved: WRITTEN },
    {
      why: "may have come when another base was chosen, where nobody knows when it was written",
      moved: BEFORE,
      written: null,
    },
    {
      why: "another person had pushed, where another base was chosen after it",
      by: [at(BEFORE, nils)],
      moved: AFTER,
    },
  ])("does not speak for what $why, and the check says so", (row) => {
    const { commits, declarations } = provenanceOf(row);
    expect(commits).toMatchObject([{ provenance: { writer: "ai" } }]);
    expect(declarations).toEqual([{ by: "kira", sha: null, text: BOX, notOf: [HEAD] }]);
  });

  test.each<Row>([
    { why: "another person's fork", by: [ownerOf(nils)] },
    { why: "the fork of an organization", by: [ownerOf({ ...nils, type: "Organization" })] },
  ])("does not speak for what nobody is known to have pushed to $why, and the check says so", (row) => {
    const { commits, declarations } = provenanceOf(row);
    expect(commits).toMatchObject([{ provenance: { writer: "ai" } }]);
    expect(declarations).toEqual([{ by: "kira", sha: null, text: BOX, unseen: [HEAD] }]);
  });

  test.each<Row>([
    { why: "had pushed", by: [at(BEFORE, kiro)] },
    { why: "had pushed beside its writer", by: [at(BEFORE, kira), at(BEFORE, kiro)] },
    { why: "pushed after it, and another base was chosen", by: [at(AFTER, kiro)], moved: AFTER },
  ])("does not speak for what a machine $why, which needs no word of those who brought more", (row) => {
    const { commits, declarations } = provenanceOf(row);
    expect(commits).toMatchObject([{ provenance: { writer: "ai" } }]);
    expect(declarations).toEqual([{ by: "kira", sha: null, text: BOX }]);
  });

  test("names each commit that came later, and none that its own message declares", () => {
    const [one, two] = ["1".repeat(40), "2".repeat(40)];
    const { declarations, commits } = declaredOf({
      commits: [
        commit(kira, { sha: OLD_HEAD }),
        commit(nils, { sha: one, message: "Resize\n\nAI-assisted: no" }),
        commit(nils, { sha: two }),
        commit(nils),
      ],
      participants: [
        { ...pushed(kira, OLD_HEAD), at: BEFORE },
        { ...pushed(nils, one), at: AFTER, introduced: true },
        { ...pushed(nils, two), at: AFTER },
        at(AFTER, nils),
      ],
    });
    expect(declarations).toEqual([
      { by: "kira", sha: null, text: BOX, notOf: [two, HEAD] },
      { by: "nils", sha: one, text: "AI-assisted: no" },
    ]);
    expect(commits.map(({ provenance }) => provenance.writer)).toEqual(["human", "human", "ai", "ai"]);
  });

  test("is no word about any commit where it declares nothing", () => {
    const { declarations, commits } = declaredOf({ participants: [at(BEFORE, nils)] }, { body: "" });
    expect(declarations).toEqual([]);
    expect(commits).toMatchObject([{ provenance: { writer: "ai" } }]);
  });
});
