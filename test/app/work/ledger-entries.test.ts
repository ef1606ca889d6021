import { expect, test } from "@jest/globals";
import { ledgerEntries } from "../../../src/app/work/ledger-entries.ts";
import { approval, olga } from "../../signoff/build.ts";
import { at, lastOf, lines, timed, when } from "../../signoff/time/build.ts";

test("nothing in the ledger tells how fast somebody approved, nor that somebody was fast", () => {
  const files = [lines("infra/a.tf", 200)];
  const verdict = lastOf(timed({ fastApprovals: "show" }), [
    when(at("10:00"), { files }),
    when(at("10:02"), { files, reviews: [approval(olga, { submittedAt: at("10:00:30") })] }),
  ]);
  expect(verdict.requirements.map(({ fast }) => fast)).toEqual([1]);

  const occasion = { repository: "acme/shop", headSha: "b".repeat(40), at: new Date(at("10:02")) };
  const judged = { pull: 7, verdict, snapshot: null, policy: null, ids: null };
  const { evidence, verdicts } = ledgerEntries(occasion, [judged]);
  const kept = JSON.stringify([...evidence, ...verdicts]);
  expect(kept).toContain('"signedBy":["olga"]');
  expect(kept).not.toMatch(/fast|pace|took|sooner/i);
});
