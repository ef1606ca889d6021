import { describe, expect, test } from "@jest/globals";
import type { HazardPolicy, Policy } from "../../../src/policy/policy.ts";
import type { ChangedFile, Review, Snapshot } from "../../../src/signoff/snapshot.ts";
import type { Verdict } from "../../../src/signoff/verdict.ts";
import { approval, CONTROL, dora, file, HAZARDS, nils, OLD_HEAD, olga, verdict } from "../build.ts";

const RULE = "terraform/resource-removed";
const ANSWER = `False alarm: ${RULE}: moved`;
const DATABASE = 'resource "aws_db_instance" "main" {\n  size = 1\n}\n';

/** `web/` lies in no area; Nils owns it. */
const deleted = (path: string): ChangedFile =>
  file(path, { status: "removed", contentId: null, before: DATABASE });
const two = (more: Partial<HazardPolicy> = {}): Partial<Policy> => ({
  hazards: {
    destructive: { ...HAZARDS, countersignatures: 2 },
    widening: HAZARDS,
    rules: new Map(),
    ...more,
  },
});
const judged = (given: Partial<Snapshot>, rules: Partial<Policy> = {}) =>
  verdict({ files: [deleted("web/db.tf")], ...given }, rules);
const standings = ({ hazards }: Verdict) => hazards.map(({ file, status }) => `${file} ${status.kind}`);
const rejectedFalseAlarms = ({ rejectedFalseAlarms }: Verdict) =>
  rejectedFalseAlarms.map(({ sentence }) => sentence);
const says = (body: string, more: Partial<Review> = {}) => ({ body, ...more });
const everybody = (text: string) => ({ codeowners: { path: ".github/CODEOWNERS", text } });

describe("a false alarm is written as", () => {
  test.each<{ why: string; body: string; reason: string }>([
    { why: "plainly", body: `False alarm: ${RULE}: moved by hand`, reason: "moved by hand" },
    {
      why: "with blanks wherever they may stand",
      body: ` false alarm:  ${RULE}  in  web/db.tf  :  moved  `,
      reason: "moved",
    },
    {
      why: "with colons in its reason",
      body: `False alarm: ${RULE}: it moved: see #7`,
      reason: "it moved: see #7",
    },
    {
      why: "with a reason of which the first 500 characters are kept",
      body: `False alarm: ${RULE}: ${"a".repeat(499)}bc`,
      reason: `${"a".repeat(499)}b`,
    },
  ])("$why", ({ body, reason }) => {
    const { hazards } = judged({ reviews: [approval(nils, { body })] });
    expect(hazards).toMatchObject([{ status: { kind: "answered", by: nils, reason } }]);
  });

  test.each<{ why: string; body: string; says: string }>([
    {
      why: "without a colon behind the rule",
      body: `False alarm: ${RULE}`,
      says: `@nils called “${RULE}” a false alarm, but gave no reason.`,
    },
    {
      why: "with nothing but blanks for a reason",
      body: `False alarm: ${RULE}:   `,
      says: `@nils called “${RULE}” a false alarm, but gave no reason.`,
    },
    {
      why: "for a file that has no such hazard",
      body: `False alarm: ${RULE} in web/other.tf: moved`,
      says: `@nils called “${RULE}” a false alarm, but it found nothing in “web/other.tf” that needs a countersignature.`,
    },
    {
      why: "without a rule",
      body: "False alarm: in web/db.tf: moved",
      says: "@nils called “in web/db.tf” a false alarm, but it found nothing here that needs a countersignature.",
    },
  ])("not $why", ({ body, says: sentence }) => {
    const found = judged({ reviews: [approval(nils, { body })] });
    expect(standings(found)).toEqual(["web/db.tf asks"]);
    expect(rejectedFalseAlarms(found)).toEqual([sentence]);
  });

  test("a hundred in a review, and no more", () => {
    const body = Array.from({ length: 101 }, (_, index) => `False alarm: rule-${index}: so`).join("\n");
    const { rejectedFalseAlarms } = judged({ reviews: [approval(nils, { body })] });
    expect(rejectedFalseAlarms).toHaveLength(100);
    expect(rejectedFalseAlarms.at(-1)).toMatchObject({ rule: "rule-99" });
  });
});

describe("an answer", () => {
  test("is about what asks, and not about what the policy has switched off", () => {
    const off = two({ rules: new Map([[RULE, { off: "a playground", origin: "x:1" }]]) });
    const found = judged({ reviews: [approval(nils, says(ANSWER))] }, off);

    expect(standings(found)).toEqual(["web/db.tf off"]);
    expect(rejectedFalseAlarms(found)).toEqual([
      `@nils called “${RULE}” a false alarm, but it found nothing here that needs a countersignature.`,
    ]);
  });

  test.each<{
    why: string;
    files: readonly ChangedFile[];
    stand: readonly string[];
    rejectedFalseAlarms: readonly string[];
  }>([
    {
      why: "is no longer reported once others have settled everything it concerns",
      files: [deleted("web/db.tf"), deleted("web/other.tf")],
      stand: ["web/db.tf answered", "web/other.tf answered"],
      rejectedFalseAlarms: [],
    },
    {
      why: "is reported while some of it is still required",
      files: [deleted("db/db.tf"), deleted("web/db.tf")],
      stand: ["db/db.tf asks", "web/db.tf answered"],
      rejectedFalseAlarms: [
        `@olga called “${RULE}” a false alarm, but does not own anything that needs a countersignature.`,
      ],
    },
  ])("that is rejected $why", ({ files, stand, rejectedFalseAlarms: told }) => {
    const reviews = [approval(olga, says(ANSWER)), approval(nils, says(ANSWER))];
    const found = judged({ files, reviews });

    expect(standings(found)).toEqual(stand);
    expect(rejectedFalseAlarms(found)).toEqual(told);
  });

  test("counts next to a requirement without hazards", () => {
    const files = [deleted("web/db.tf"), file("infra/main.tf")];
    expect(standings(judged({ files, reviews: [approval(nils, says(ANSWER))] }))).toEqual([
      "web/db.tf answered",
    ]);
  });

  test("does not count through somebody else's approval", () => {
    const reviews = [approval(nils, says(ANSWER, { commitSha: OLD_HEAD })), approval(dora)];
    const found = judged({ ...everybody("* @nils @dora"), reviews });

    expect(standings(found)).toEqual(["web/db.tf asks"]);
    expect(rejectedFalseAlarms(found)).toEqual([
      `@nils called “${RULE}” a false alarm, but that approval does not count.`,
    ]);
  });

  test.each([
    { owner: dora, of: "before" },
    { owner: nils, of: "after" },
  ])("does not count by the owner of only the place $of a move", ({ owner }) => {
    const moved = file("web/db.tf", {
      status: "renamed",
      previousPath: "db/db.tf",
      before: DATABASE,
      after: "locals {}\n",
    });
    const found = judged(
      { files: [moved], reviews: [approval(owner, says(ANSWER))] },
      { ...two(), areas: [CONTROL] },
    );

    expect(standings(found)).toEqual(["web/db.tf asks"]);
    expect(rejectedFalseAlarms(found)).toEqual([
      `@${owner.login} called “${RULE}” a false alarm, but does not own anything that needs a countersignature.`,
    ]);
  });
});

describe("B17 where two signatures are needed, two people have to say so", () => {
  const codeowners = everybody("/web/ @nils @dora @olga");
  const files = [deleted("web/db.tf")];
  const given = (reviews: readonly Review[]) => judged({ files, reviews, ...codeowners }, two());

  test.each<{ why: string; reviews: readonly Review[]; stand: string; told: readonly string[] }>([
    {
      why: "one says so",
      reviews: [approval(nils, says(ANSWER))],
      stand: "web/db.tf asks",
      told: [
        `@nils called “${RULE}” a false alarm, but 2 people who can countersign it have to dismiss it, and 1 did.`,
      ],
    },
    {
      why: "one says so twice",
      reviews: [approval(nils, says(`${ANSWER}\n${ANSWER}`))],
      stand: "web/db.tf asks",
      told: [
        `@nils called “${RULE}” a false alarm, but 2 people who can countersign it have to dismiss it, and 1 did.`,
        `@nils called “${RULE}” a false alarm, but 2 people who can countersign it have to dismiss it, and 1 did.`,
      ],
    },
    {
      why: "one says so and another only approves",
      reviews: [approval(nils, says(ANSWER)), approval(dora)],
      stand: "web/db.tf asks",
      told: [
        `@nils called “${RULE}” a false alarm, but 2 people who can countersign it have to dismiss it, and 1 did.`,
      ],
    },
    {
      why: "both say so",
      reviews: [approval(nils, says(ANSWER)), approval(dora, says(ANSWER))],
      stand: "web/db.tf answered",
      told: [],
    },
  ])("$why: $stand", ({ reviews, stand, told }) => {
    const found = given(reviews);
    expect(standings(found)).toEqual([stand]);
    expect(rejectedFalseAlarms(found)).toEqual(told);
  });

  test("and the check names both", () => {
    const { hazards } = given([approval(nils, says(ANSWER)), approval(dora, says(ANSWER))]);
    expect(hazards).toMatchObject([{ status: { by: nils, others: [{ by: dora }] } }]);
  });
});

describe("B18 only what the reviewer says in their own words is an answer", () => {
  test.each<{ why: string; body: string }>([
    { why: "in a fence", body: `\`\`\`\n${ANSWER}\n\`\`\`` },
    { why: "in a fence of tildes that is never closed", body: `~~~\n${ANSWER}` },
    { why: "in indented code", body: `As the log says:\n\n    ${ANSWER}` },
    { why: "in a quotation", body: `> ${ANSWER}` },
    { why: "on the lazy line of a quotation", body: `> They say\n${ANSWER}` },
    { why: "in a quotation within a list", body: `- > ${ANSWER}` },
    { why: "in an HTML comment", body: `<!--\n${ANSWER}\n-->` },
    { why: "in an HTML comment within a paragraph", body: `Fine.\nSee <!--\n${ANSWER}\n--> below.` },
    { why: "in HTML", body: `<pre>\n${ANSWER}\n</pre>` },
    { why: "behind other words", body: `No ${ANSWER}` },
  ])("not $why", ({ body }) => {
    expect(standings(judged({ reviews: [approval(nils, { body })] }))).toEqual(["web/db.tf asks"]);
  });

  test.each<{ why: string; body: string }>([
    { why: "below a fence", body: `\`\`\`\nlog\n\`\`\`\n${ANSWER}` },
    { why: "below a quotation", body: `> is it?\n\n${ANSWER}` },
    { why: "in a list", body: `- ${ANSWER}` },
    { why: "with emphasis", body: ANSWER.replace("False alarm:", "**False alarm:**") },
    { why: "with the rule as code", body: ANSWER.replace(RULE, `\`${RULE}\``) },
    { why: "with line breaks of Windows", body: `Fine.\r\n${ANSWER}\r\n` },
  ])("but $why", ({ body }) => {
    expect(standings(judged({ reviews: [approval(nils, { body })] }))).toEqual(["web/db.tf answered"]);
  });
});
