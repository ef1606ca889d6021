import { expect, test } from "@jest/globals";
import { ledgerEntries } from "../../../src/app/work/ledger-entries.ts";
import { approval, olga } from "../../signoff/build.ts";
import { at, lastOf, lines, timed, when } from "../../signoff/time/build.ts";

const repository = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };

test("nothing in the ledger tells how fast somebody approved, nor that somebody was fast", () => {
  const files = [lines("infra/a.tf", 200)];
  const verdict = lastOf(timed({ fastApprovals: "show" }), [
    when(at("10:00"), { files }),
    when(at("10:02"), { files, reviews: [approval(olga, { submittedAt: at("10:00:30") })] }),
  ]);
  expect(verdict.requirements.map(({ fast }) => fast)).toEqual([1]);

  const occasion = { repository, headSha: "b".repeat(40), at: new Date(at("10:02")) };
  const judged = { pull: 7, verdict, snapshot: null, policy: null, ids: null };
  const { evidence, verdicts } = ledgerEntries(occasion, [judged]);
  const kept = JSON.stringify([...evidence, ...verdicts]);
  expect(kept).toContain(`"signedBy":[{"id":${olga.id},"login":"olga"}]`);
  expect(kept).not.toMatch(/fast|pace|took|sooner/i);
});

const SIGNED = at("10:30");
const review = (given: Parameters<typeof approval>[1]) => approval(olga, { body: "", ...given });

test.each([
  ["nothing", [review({ submittedAt: SIGNED })], {}, false],
  ["the text of the approval", [review({ submittedAt: SIGNED, body: "Looks fine." })], {}, true],
  ["a comment on a line, with the approval", [review({ submittedAt: SIGNED, remarked: true })], {}, true],
  [
    "an earlier review",
    [
      review({ id: 1, state: "commented", submittedAt: at("10:10"), body: "Why?" }),
      review({ submittedAt: SIGNED }),
    ],
    {},
    true,
  ],
  [
    "a later review",
    [
      review({ submittedAt: SIGNED }),
      review({ id: 901, state: "commented", submittedAt: at("10:40"), body: "Why?" }),
    ],
    {},
    false,
  ],
  ["a comment on the pull request", [review({ submittedAt: SIGNED })], { [olga.id]: at("10:05") }, true],
])("the ledger tells whether whoever signed had written: %s", (_, reviews, firstComments, remarked) => {
  const snapshot = when(at("11:00"), { files: [lines("infra/a.tf", 2)], reviews }, { firstComments });
  const verdict = lastOf(timed({}), [snapshot]);
  const occasion = { repository, headSha: "b".repeat(40), at: new Date(at("11:00")) };
  const judged = { pull: 7, verdict, snapshot, policy: null, ids: null };
  const { verdicts } = ledgerEntries(occasion, [judged]);
  const signatures = verdicts.filter(({ kind }) => kind === "countersignature");
  expect(signatures.map(({ data }) => data)).toMatchObject([{ by: { login: "olga" }, remarked }]);
});
