import { describe, expect, test } from "@jest/globals";
import { ledgerEntries } from "../../../src/app/work/ledger-entries.ts";
import { passFacts } from "../../../src/app/work/pass-facts.ts";
import type { Policy } from "../../../src/policy/policy.ts";
import type { Evidence } from "../../../src/provenance/evidence.ts";
import { explain } from "../../../src/signoff/report/explain.ts";
import type { Review, Snapshot } from "../../../src/signoff/snapshot.ts";
import { unlinked } from "../../gate/plain.ts";
import {
  approval,
  commit,
  dora,
  file,
  HEAD,
  humanChange,
  INFRASTRUCTURE,
  identity,
  JUDGED,
  kira,
  nils,
  OLD_HEAD,
  olga,
  pushed,
  recorded,
  refusal,
  review,
  snapshot,
  sven,
  user,
  verdict,
} from "../build.ts";

const eve = user("eve", 66);
const LINE = "False alarm: mark by @eve: she copied it";
const mark = (more: Partial<Evidence> = {}): Evidence => ({
  tool: "Claude Code",
  kind: "body-line",
  strength: "strong",
  where: { on: "pull-request", field: "body" },
  text: "Generated with Claude Code",
  writtenBy: { id: eve.id, login: eve.login, outsider: true },
  ...more,
});
const { writtenBy: _, ...MACHINES } = mark();
const marked = (evidence: readonly Evidence[], more: Partial<Snapshot> = {}): Partial<Snapshot> =>
  humanChange({
    participants: [pushed(kira)],
    recorded: recorded({ commits: [{ sha: "content 1", evidence, participants: [] }] }),
    ...more,
  });
const signed = (body: string, more: Partial<Review> = {}) => ({
  reviews: [approval(olga, { body, ...more })],
});
const says = (given: Partial<Snapshot>) => verdict(given).rejectedFalseAlarms.map(({ sentence }) => sentence);

describe("A25 an uninvolved owner lifts an outsider's mark", () => {
  test("so that it does not count, which the check, the ledger and the pass tell", () => {
    const before = verdict(marked([mark()]));
    expect(before).toMatchObject({ conclusion: "action_required", provenance: { writer: "ai" } });

    const lifted = verdict(marked([mark()], signed(LINE)));

    const { writer, ...lift } = { writer: { id: 66, login: "eve" }, reviewId: 1, reason: "she copied it" };
    expect(lifted).toMatchObject({ conclusion: "success", provenance: { writer: "human", evidence: [] } });
    expect(lifted.liftedMarks).toMatchObject([{ writer, by: olga, reason: lift.reason }]);
    expect(lifted.rejectedFalseAlarms).toEqual([]);
    const { text } = explain(lifted, JUDGED);
    expect(unlinked(text)).toContain("does not count: `@olga` lifted it (`she copied it`)");
    const judged = { pull: 7, verdict: lifted, snapshot: null, ids: null, policy: null };
    const place = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };
    const occasion = { repository: place, headSha: HEAD, at: new Date(0) };
    expect(ledgerEntries(occasion, [judged]).verdicts).toMatchObject([
      {
        data: {
          liftedMarks: [{ writtenBy: writer, by: { id: olga.id, login: "olga" }, reason: "she copied it" }],
        },
      },
    ]);
    expect(passFacts(place, HEAD, { deciding: [judged], idle: [] })).toEqual(
      expect.arrayContaining(["signer/7/2", "pull-signer/70/7/2", "teams/7"]),
    );
  });

  test.each<{ why: string; given: Partial<Snapshot> }>([
    { why: "who edited the review", given: marked([mark()], signed(LINE, { editedBy: olga })) },
    {
      why: "where the mark is on record of the pull request itself",
      given: { ...marked([], signed(LINE)), recorded: recorded({ evidence: [mark()] }) },
    },
    {
      why: "where the account that opened the pull request is gone",
      given: marked([mark()], {
        ...signed(LINE),
        pullRequest: { ...snapshot().pullRequest, author: null },
      }),
    },
  ])("by an owner $why", ({ given }) => {
    const lifted = verdict(given);
    expect(lifted.liftedMarks).toMatchObject([{ by: olga }]);
    expect(lifted.provenance.writer).toBe("human");
  });

  test("and says whose word does not", () => {
    const body = "False alarm: mark by @eve";
    expect(
      says(marked([mark()], { reviews: [approval(null, { body: LINE }), approval(olga, { body })] })),
    ).toEqual([
      "Somebody called the “mark by @eve” a false alarm, but that account is deleted.",
      "@olga called the “mark by @eve” a false alarm, but gave no reason.",
    ]);
  });

  test.each<{ why: string; given: Partial<Snapshot>; sentence: string }>([
    {
      why: "an owner of one part, where another has to be signed too",
      given: marked([mark()], { files: [file("infra/main.tf"), file("db/1.sql")], ...signed(LINE) }),
      sentence: "that approval does not count for all that has to be countersigned",
    },
    {
      why: "an owner of one part, where the owner of another refuses",
      given: marked([mark()], {
        files: [file("infra/main.tf"), file("db/1.sql")],
        reviews: [approval(olga, { body: LINE }), refusal(dora)],
      }),
      sentence: "an owner requested changes",
    },
    {
      why: "an owner whose approval is for something else by now, although another signed",
      given: marked([mark()], {
        reviews: [approval(olga, { body: LINE, commitSha: OLD_HEAD }), approval(sven)],
      }),
      sentence: "that approval does not count for all that has to be countersigned",
    },
    {
      why: "anybody where nothing has to be countersigned",
      given: marked([mark()], { files: [file("web/a.css")], ...signed(LINE) }),
      sentence: "that approval does not count for all that has to be countersigned",
    },
    {
      why: "a text that an account edited which is gone",
      given: marked([mark()], signed(LINE, { editedBy: null })),
      sentence: "somebody else has edited the review since",
    },
    {
      why: "a comment",
      given: marked([mark()], { reviews: [review(olga, "commented", { body: LINE })] }),
      sentence: "only an approving review can lift a mark",
    },
    {
      why: "a dismissed approval",
      given: marked([mark()], { reviews: [review(olga, "dismissed", { body: LINE })] }),
      sentence: "only an approving review can lift a mark",
    },
    {
      why: "an account that is gone",
      given: marked([mark()], { reviews: [approval(null, { body: LINE })] }),
      sentence: "that account is deleted",
    },
    {
      why: "no reason",
      given: marked([mark()], signed("False alarm: mark by @eve")),
      sentence: "gave no reason",
    },
    {
      why: "a text that somebody else edited",
      given: marked([mark()], signed(LINE, { editedBy: kira })),
      sentence: "somebody else has edited the review since",
    },
    {
      why: "a contributor",
      given: marked([mark()], {
        commits: [commit(olga)],
        participants: [pushed(olga)],
        ...signed(LINE),
      }),
      sentence: "that approval does not count for all that has to be countersigned",
    },
    {
      why: "somebody who owns nothing of it",
      given: marked([mark()], { reviews: [approval(nils, { body: LINE })] }),
      sentence: "that approval does not count for all that has to be countersigned",
    },
    {
      why: "an owner, while another refuses",
      given: marked([mark()], { reviews: [approval(olga, { body: LINE }), refusal(sven)] }),
      sentence: "an owner requested changes",
    },
    {
      why: "who names somebody else",
      given: marked([mark()], signed("False alarm: mark by @nils: no")),
      sentence: "nobody of that name left one on what others wrote and pushed",
    },
    {
      why: "an insider's mark",
      given: marked([mark({ writtenBy: { id: 66, login: "eve", outsider: false } })], signed(LINE)),
      sentence: "nobody of that name left one on what others wrote and pushed",
    },
    {
      why: "the mark of whoever git names",
      given: marked([mark()], { commits: [commit(kira, { coAuthors: [identity(eve)] })], ...signed(LINE) }),
      sentence: "nobody of that name left one on what others wrote and pushed",
    },
    {
      why: "the mark of whoever pushed",
      given: marked([mark()], { participants: [pushed(eve)], ...signed(LINE) }),
      sentence: "nobody of that name left one on what others wrote and pushed",
    },
  ])("not by $why", ({ given, sentence }) => {
    const told = verdict(given);
    expect(told.liftedMarks).toBeUndefined();
    expect(told.provenance.writer).toBe("ai");
    expect(says(given).join("\n")).toContain(`a false alarm, but ${sentence}.`);
  });

  const two = { areas: [{ ...INFRASTRUCTURE, countersignatures: 2 }] };
  const senior: Partial<Policy> = {
    areas: [{ ...INFRASTRUCTURE, senior: [{ kind: "user", login: "sven" }] }],
  };
  const both = (his: string, marks: readonly Evidence[] = [mark()]) =>
    marked(marks, { reviews: [approval(olga, { body: LINE }), approval(sven, { body: his })] });
  const mallory = mark({ text: "Made by Codex", writtenBy: { id: 67, login: "mallory", outsider: true } });

  test.each<{ why: string; given: Partial<Snapshot>; rules: Partial<Policy>; sentence: string }>([
    {
      why: "one of two who have to sign, alone",
      given: marked([mark()], signed(LINE)),
      rules: two,
      sentence: "it takes as many to lift it as to countersign everything that it asks for",
    },
    {
      why: "one of two who signed, alone",
      given: both(""),
      rules: two,
      sentence: "it takes as many to lift it as to countersign everything that it asks for",
    },
    {
      why: "an owner, without the senior who signed",
      given: both(""),
      rules: senior,
      sentence: "it takes as many to lift it as to countersign everything that it asks for",
    },
    {
      why: "one of two, with another who lifts somebody else's",
      given: both("False alarm: mark by @mallory: she copied it", [mark(), mallory]),
      rules: two,
      sentence: "it takes as many to lift it as to countersign everything that it asks for",
    },
    {
      why: "one of two, with another whose word does not count",
      given: both("False alarm: mark by @eve"),
      rules: two,
      sentence: "it takes as many to lift it as to countersign everything that it asks for",
    },
    {
      why: "as many as one area asks for, where another asks for more",
      given: both(""),
      rules: { areas: [INFRASTRUCTURE, { ...INFRASTRUCTURE, name: "network", countersignatures: 2 }] },
      sentence: "it takes as many to lift it as to countersign everything that it asks for",
    },
  ])("not by $why", ({ given, rules, sentence }) => {
    const told = verdict(given, rules);
    expect(told.liftedMarks).toBeUndefined();
    expect(told.provenance.writer).toBe("ai");
    expect(told.rejectedFalseAlarms.map((each) => each.sentence).join("\n")).toContain(sentence);
  });

  test.each([
    ["as many as have to sign", two],
    ["an owner and the senior", senior],
  ])("by %s", (_who, rules) => {
    const told = verdict(both(LINE), rules);
    expect(told).toMatchObject({ conclusion: "success", provenance: { writer: "human" } });
    expect(told.liftedMarks?.map(({ by }) => by.login)).toEqual(["olga", "sven"]);
  });

  test("and by an owner behind whatever number of strangers, of whom some are told why they may not", () => {
    const strangers = Array.from({ length: 25 }, (_, index) => user(`stranger-${index}`, 1_000 + index));
    const reviews = [
      ...strangers.map((stranger) => approval(stranger, { body: LINE })),
      approval(olga, { body: LINE }),
    ];
    const { liftedMarks, rejectedFalseAlarms } = verdict(marked([mark()], { reviews }));
    expect(liftedMarks).toMatchObject([{ by: olga }]);
    expect(rejectedFalseAlarms).toHaveLength(20);
  });

  test("and other evidence stays", () => {
    const other = mark({
      tool: "Kiro",
      text: "made by Kiro",
      writtenBy: { id: 5, login: "nils", outsider: false },
    });
    const lifted = verdict(marked([mark(), other], signed(LINE)));
    expect(lifted.provenance).toMatchObject({ writer: "ai", tools: ["Kiro"] });
    expect(lifted.liftedMarks).toHaveLength(1);
  });

  test.each<{ why: string; other: Evidence }>([
    {
      why: "another outsider's mark",
      other: mark({ tool: "Kiro", text: "x", writtenBy: { id: 67, login: "adam", outsider: true } }),
    },
    { why: "a machine's mark", other: { ...MACHINES, tool: "Kiro", text: "x" } },
  ])("and so does $why", ({ other }) => {
    const lifted = verdict(marked([mark(), other], signed(LINE)));
    expect(lifted.provenance).toMatchObject({ writer: "ai", tools: ["Kiro"] });
    expect(lifted.liftedMarks).toMatchObject([{ writer: { login: "eve" } }]);
  });
});
