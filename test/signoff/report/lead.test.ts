import { expect, test } from "@jest/globals";
import type { Problem } from "../../../src/policy/problem.ts";
import { leadLine } from "../../../src/signoff/report/lead.ts";
import { linksOf } from "../../../src/signoff/report/links.ts";
import type { Judged } from "../../../src/signoff/report/site.ts";
import type { Verdict } from "../../../src/signoff/verdict.ts";
import { approval, file, humanChange, JUDGED, olga, refusal, verdict } from "../build.ts";

const PULL = "https://github.com/acme/shop/pull/7";
const DOCS = "https://docs.example/v1";
const problem = (code: Problem["code"], severity: Problem["severity"] = "error"): Problem => ({
  code,
  severity,
  message: "m",
  remedy: "r",
});

const led = (title: string, given: Verdict, judged: Judged = JUDGED) =>
  leadLine(title, given, linksOf(given, judged));

const failed = (...problems: readonly Problem[]): Verdict => ({
  ...verdict(),
  conclusion: "failure",
  problems,
});
const unable = (): Verdict => {
  const found = verdict({ files: [file("infra/main.tf"), file("db/1.sql")] });
  const requirements = found.requirements.map((outcome, index) =>
    index === 0 ? { ...outcome, status: "impossible" as const } : outcome,
  );
  return { ...found, requirements };
};
const signed = () => verdict({ reviews: [approval(olga, { id: 11 })] });
const refused = () => verdict({ reviews: [refusal(olga, { id: 12 })] });
const neutral = (optionalReviews: Verdict["optionalReviews"]): Verdict => ({
  ...verdict(humanChange()),
  conclusion: "neutral",
  optionalReviews,
});
const WEB = { owners: [], paths: ["web/a.css"], source: "CODEOWNERS:4" };

test.each<{ why: string; of: () => Verdict; next: string }>([
  {
    why: "what a problem means",
    of: () =>
      failed(problem("config/syntax", "warning"), problem("config/unknown-key"), problem("config/syntax")),
    next: ` [What this means](${DOCS}/problems.md#config-unknown-key).`,
  },
  {
    why: "what a problem of the proposed config means",
    of: () => failed({ ...problem("config/syntax"), code: "proposed/config/syntax" }),
    next: ` [What this means](${DOCS}/problems.md#config-syntax).`,
  },
  { why: "nothing where no problem blocks", of: () => failed(problem("config/syntax", "warning")), next: "" },
  { why: "the refusal", of: refused, next: ` [Read the refusal](${PULL}#pullrequestreview-12).` },
  {
    why: "what can be done where nobody can sign one part",
    of: unable,
    next: ` [What can be done](${DOCS}/check.md#when-nobody-can-countersign).`,
  },
  {
    why: "the change, to be approved",
    of: () => verdict(),
    next: ` [Read the change](${PULL}/files) and approve it.`,
  },
  {
    why: "the change, where somebody may look at it",
    of: () => neutral([WEB]),
    next: ` [Read the change](${PULL}/files).`,
  },
  { why: "nothing where nobody has to look", of: () => neutral([]), next: "" },
  { why: "the approval", of: signed, next: ` [Read the approval](${PULL}#pullrequestreview-11).` },
  { why: "nothing where nothing was asked", of: () => verdict(humanChange()), next: "" },
  {
    why: "what would block, where nothing is enforced",
    of: () => ({ ...refused(), conclusion: "neutral", wouldBe: "action_required" }),
    next: ` [Read the refusal](${PULL}#pullrequestreview-12).`,
  },
])("the first line leads to $why", ({ of, next }) => {
  expect(led("Title", of())).toBe(`**Title.**${next}`);
});

test("of a commit of several pull requests there is no page of the change", () => {
  expect(led("Title", verdict(), { ...JUDGED, pulls: [7, 8] })).toBe("**Title.**");
});

test.each([
  { title: "Waits", says: "**Waits.**" },
  { title: "Waits.", says: "**Waits.**" },
  { title: "Waits…", says: "**Waits…**" },
  { title: "Waits (2)", says: "**Waits (2)**" },
  { title: "v1.2 waits", says: "**v1.2 waits.**" },
])("it ends like a sentence: $title", ({ title, says }) => {
  expect(led(title, verdict(humanChange()))).toBe(says);
});
