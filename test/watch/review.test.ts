import { describe, expect, test } from "@jest/globals";
import type { ChangeOutcome } from "../../src/watch/outcome.ts";
import { passedAs, type RecordedEntry, type RecordedReview, reviewIn } from "../../src/watch/review.ts";

const SRE = "infrastructure: @acme/sre";
const kira = { id: 1001, login: "kira" };
const sam = { id: 1003, login: "sam" };

const verdict = (given: object = {}): RecordedEntry => ({
  kind: "verdict",
  data: {
    ...{ conclusion: "success", writer: "ai", tools: ["kiro"], problems: [] },
    requirements: [{ id: SRE, count: 1, status: "signed", signedBy: [sam], refusedBy: [] }],
    ...given,
  },
});
const signature = (by = sam, requirement = SRE): RecordedEntry => ({
  kind: "countersignature",
  data: {
    ...{ requirement, reviewId: 501, by, at: "2026-11-30T11:50:00Z", headSha: "b", kept: false },
    as: { kind: "team", org: "acme", slug: "sre" },
  },
});
const evidence = (given: object = {}): RecordedEntry => ({
  kind: "evidence",
  data: {
    ...{ tool: "kiro", kind: "trailer", strength: "certain", text: "Co-authored-by: Kiro" },
    ...{ where: { on: "commit", sha: "b", field: "message" }, ...given },
  },
});

describe("What the ledger holds of a head becomes its review", () => {
  test("with the evidence, the areas, and who signed by which right", () => {
    expect(reviewIn([evidence(), verdict(), signature()])).toEqual({
      conclusion: "success",
      authorship: {
        writer: "ai",
        tools: ["kiro"],
        evidence: [{ tool: "kiro", kind: "trailer", strength: "certain", on: "b" }],
      },
      areas: [{ name: "infrastructure", requirement: SRE, count: 1, status: "signed", contentDigest: null }],
      signers: [
        {
          ...{ ...sam, requirement: SRE, as: { kind: "team", org: "acme", slug: "sre" } },
          ...{ at: "2026-11-30T11:50:00Z", review: 501, head: "b", kept: false },
        },
      ],
      policy: { commit: null, digest: null },
    });
  });

  test("with what was signed for, and by which rules", () => {
    const basis = {
      ...{ base: { ref: "main", sha: "a" }, policyDigest: "f", contentDigest: null },
      areas: [{ name: "infrastructure", contentDigest: "e" }],
    };
    expect(reviewIn([verdict({ basis }), signature()])).toMatchObject({
      policy: { commit: "a", digest: "f" },
      areas: [{ name: "infrastructure", contentDigest: "e" }],
    });
  });

  test("with a signature that was noted with an earlier verdict, as each is noted once", () => {
    const second = verdict({
      requirements: [{ id: SRE, count: 2, status: "signed", signedBy: [sam, kira] }],
    });
    const review = reviewIn([verdict(), signature(), second, signature(kira)]);
    expect(review?.signers.map(({ login }) => login)).toEqual(["sam", "kira"]);
  });

  test("with the last signature of somebody who signed twice", () => {
    const again = { kind: "countersignature", data: { ...(signature().data as object), reviewId: 502 } };
    expect(reviewIn([verdict(), signature(), again])?.signers.map(({ review }) => review)).toEqual([502]);
  });

  test("by logins alone, as earlier versions named who signed", () => {
    const old = verdict({ requirements: [{ id: SRE, count: 1, status: "signed", signedBy: ["sam"] }] });
    expect(reviewIn([old, signature()])?.signers.map(({ id }) => id)).toEqual([1003]);
  });

  test("by the last verdict, and not by signatures of one before", () => {
    const waiting = verdict({
      conclusion: "action_required",
      requirements: [{ id: SRE, count: 1, status: "waiting" }],
    });
    const review = reviewIn([verdict(), signature(), waiting]);
    expect(review).toMatchObject({ conclusion: "action_required", signers: [] });
  });

  test.each<[string, readonly RecordedEntry[]]>([
    ["where there is no verdict", [evidence(), signature()]],
    ["where there is nothing", []],
    ["where the verdict was written in another way", [verdict({ requirements: "none" })]],
    ["where somebody signed, and no signature of theirs is held", [verdict(), signature(kira)]],
    ["where a signature was", [verdict(), { kind: "countersignature", data: { by: "sam" } }]],
    ["where evidence was", [evidence({ where: 7 }), verdict()]],
  ])("It is not known %s", (_, entries) => {
    expect(reviewIn(entries)).toBeNull();
  });
});

describe("How a change passed", () => {
  const review = (given: object, ...more: readonly RecordedEntry[]): RecordedReview | null =>
    reviewIn([verdict(given), ...more]);
  const waits = [{ id: SRE, count: 1, status: "waiting" }];
  const observed = [{ id: `infrastructure (observed): @acme/sre`, count: 1, status: "waiting" }];
  const two = [{ id: SRE, count: 2, status: "signed", signedBy: [sam, kira] }];
  const twice = [{ id: SRE, count: 2, status: "signed", signedBy: [sam, sam] }];
  const granted = { status: "granted", by: [kira, sam] };

  test.each<[string, ChangeOutcome, RecordedReview | null, string | null]>([
    ["all had signed", "let-through", review({}, signature()), "countersigned"],
    ["nobody was asked", "let-through", review({ requirements: [] }), "not-required"],
    ["the area observes", "let-through", review({ requirements: observed }), "not-required"],
    [
      "the config observes",
      "let-through",
      review({ conclusion: "neutral", requirements: waits }),
      "not-required",
    ],
    [
      "one of two areas observes, and the other was signed",
      "let-through",
      review(
        { requirements: [...observed, { id: SRE, count: 1, status: "signed", signedBy: [sam] }] },
        signature(),
      ),
      "countersigned",
    ],
    [
      "two had to sign, and did",
      "let-through",
      review({ requirements: two }, signature(), signature(kira)),
      "countersigned",
    ],
    [
      "two had to sign, and one did twice",
      "let-through",
      review({ requirements: twice }, signature(), signature()),
      null,
    ],
    ["it passed, and nobody's signature is held", "let-through", review({}), null],
    [
      "it passed, and the last verdict blocks",
      "let-through",
      review({ conclusion: "action_required", requirements: waits }),
      null,
    ],
    ["it passed, and a required area waits", "let-through", review({ requirements: waits }), null],
    ["it passed, and nothing is held", "let-through", null, null],
    ["two let it in", "overridden", review({ requirements: waits, override: granted }), "overridden"],
    ["two are said to have let it in, and none is held", "overridden", review({ requirements: waits }), null],
    ["the pass was taken back", "turned-red-after", review({}, signature()), "withdrawn"],
    ["the check was red", "red", review({ requirements: waits }), "bypassed"],
    ["no verdict stood", "no-check", null, "bypassed"],
    ["it was pushed", "no-pull-request", null, "bypassed"],
  ])("%s", (_, outcome, held, passed) => {
    expect(passedAs(outcome, held)).toBe(passed);
  });
});
