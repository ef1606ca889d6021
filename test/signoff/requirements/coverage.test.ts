import { describe, expect, test } from "@jest/globals";
import type { AreaRule } from "../../../src/policy/policy.ts";
import type { ApprovalRecord, ChangedFile, Review, Snapshot } from "../../../src/signoff/snapshot.ts";
import { approval, file, HEAD, INFRASTRUCTURE, OLD_HEAD, olga, record, snapshot, verdict } from "../build.ts";

const signed = file("infra/main.tf", { contentId: "signed" });
const other = file("docs/a.md");

interface Push {
  readonly why: string;
  readonly before?: readonly ChangedFile[];
  readonly after: readonly ChangedFile[];
  readonly says?: string;
}

/** Olga approves `before` on the old head; then `after` is pushed. */
function push({ before = [signed, other], after }: Push, rule: AreaRule = INFRASTRUCTURE) {
  const given = approval(olga, { commitSha: OLD_HEAD });
  const approvals = [record(given, before)];
  const recorded = { ...snapshot().recorded, approvals, headMovedAt: "2026-11-20T12:59:00Z" };
  return verdict({ files: after, reviews: [given], recorded }, { areas: [rule] });
}

describe("an approval survives a push that leaves the area's content unchanged", () => {
  test.each<Push>([
    { why: "B02 only a file outside the area changed", after: [signed, { ...other, contentId: "new" }] },
    { why: "B02 a file outside came", after: [signed, other, file("docs/b.md")] },
    { why: "B02 a file outside left", after: [signed] },
    { why: "B04 a rebase that changed nothing", after: [signed, other] },
    { why: "the files come in another order", after: [other, signed] },
  ])("$why", (row) => {
    const { conclusion, requirements } = push(row);

    expect(conclusion).toBe("success");
    expect(requirements).toMatchObject([{ countersignatures: [{ kept: true, headSha: OLD_HEAD }] }]);
  });
});

test("an approval covers nothing when it is forgotten what it covered, on the very same head", () => {
  const given = approval(olga, { commitSha: HEAD });
  const known = record(given, [signed]);
  const judged = (approvals: readonly ApprovalRecord[]) =>
    verdict({ files: [signed], reviews: [given], recorded: { ...snapshot().recorded, approvals } });

  expect(judged([known]).conclusion).toBe("success");
  const sentence =
    "@olga approved, but what that covered is not kept any more, so it must be approved again.";
  for (const content of [{}, known.content]) {
    expect(judged([{ ...known, content, gone: true }])).toMatchObject({
      conclusion: "action_required",
      ignoredReviews: [{ code: "stale", sentence }],
    });
  }
});

describe("a push makes an approval stale", () => {
  test.each<Push>([
    {
      why: "B01 a file of the area changed",
      after: [{ ...signed, contentId: "new" }, other],
      says: "@olga approved, but “infra/main.tf” changed since aaaaaaa, so it must be approved again.",
    },
    {
      why: "B01 files of the area changed, which are named in their order",
      before: [signed, file("infra/a.tf"), file("infra/b.tf")],
      after: [signed, file("infra/b.tf", { contentId: "new" }), file("infra/a.tf", { contentId: "new" })],
      says: "@olga approved, but “infra/a.tf” and “infra/b.tf” changed since aaaaaaa, so it must be approved again.",
    },
    { why: "B01 a file came into the area", after: [signed, other, file("infra/b.tf")] },
    { why: "B01 a file left the area", before: [signed, file("infra/b.tf")], after: [signed] },
    {
      why: "B05 a merge of the base changed a file of the area",
      after: [{ ...signed, contentId: "merged" }],
    },
    {
      why: "B07 a file was moved out of the area",
      after: [signed, file("docs/c.tf", { status: "renamed", previousPath: "infra/c.tf" })],
    },
    {
      why: "B07 what was there was moved elsewhere",
      before: [signed, file("docs/c.tf", { status: "renamed", previousPath: "infra/c.tf" })],
      after: [signed, file("docs/d.tf", { status: "renamed", previousPath: "infra/c.tf" })],
    },
    {
      why: "B09 a file became executable",
      before: [{ ...signed, mode: "100644" }],
      after: [{ ...signed, mode: "100755" }],
    },
    {
      why: "B09 a file became a link",
      before: [{ ...signed, mode: "100644" }],
      after: [{ ...signed, mode: "120000" }],
    },
    {
      why: "B09 a submodule was bumped",
      before: [file("infra/module", { mode: "160000", contentId: "1".repeat(40) })],
      after: [file("infra/module", { mode: "160000", contentId: "2".repeat(40) })],
    },
    { why: "a changed file was removed instead", after: [{ ...signed, status: "removed", contentId: null }] },
    {
      why: "the content is not known",
      before: [{ ...signed, contentId: null }],
      after: [{ ...signed, contentId: null }],
    },
  ])("$why", (row) => {
    const { conclusion, requirements } = push(row);

    expect(conclusion).toBe("action_required");
    expect(requirements).toMatchObject([
      {
        status: "waiting",
        countersignatures: [],
        ignoredReviews: [{ code: "stale", ...(row.says && { sentence: row.says }) }],
      },
    ]);
  });

  test("B02 any push, if the area keeps no approval", () => {
    const { ignoredReviews } = push({ why: "", after: [signed] }, { ...INFRASTRUCTURE, keep: "never" });
    expect(ignoredReviews).toMatchObject([
      {
        sentence:
          "@olga approved, but that was for aaaaaaa, and “infrastructure” keeps no approval after a push, so it must be approved again.",
      },
    ]);
  });
});

describe("B16 an approval is for what the merge would do", () => {
  const former = { contentId: "former", mode: "100644", kind: "blob" } as const;
  const replaced = file("infra/main.tf", { base: former });

  test.each<Push & { readonly says: string }>([
    {
      why: "the base changed the file, and the head still has it as it was approved",
      before: [replaced],
      after: [file("infra/main.tf", { base: { ...former, contentId: "changed by main" } })],
      says: "“main” has changed “infra/main.tf” since aaaaaaa, and this change would undo that",
    },
    {
      why: "the base made the file executable",
      before: [replaced],
      after: [file("infra/main.tf", { base: { ...former, mode: "100755" } })],
      says: "“main” has changed “infra/main.tf” since aaaaaaa, and this change would undo that",
    },
    {
      why: "the base made a submodule of it",
      before: [replaced],
      after: [file("infra/main.tf", { base: { ...former, kind: "commit" } })],
      says: "“main” has changed “infra/main.tf” since aaaaaaa, and this change would undo that",
    },
    {
      why: "the base added a file of its own there",
      before: [file("infra/main.tf", { base: null })],
      after: [replaced],
      says: "“main” has changed “infra/main.tf” since aaaaaaa, and this change would undo that",
    },
    {
      why: "the base changed what is to be removed",
      before: [file("infra/main.tf", { status: "removed", contentId: null, base: former })],
      after: [
        file("infra/main.tf", {
          status: "removed",
          contentId: null,
          base: { ...former, contentId: "changed by main" },
        }),
      ],
      says: "“main” has changed “infra/main.tf” since aaaaaaa, and this change would undo that",
    },
    {
      why: "the base changed what is to be moved away",
      before: [file("docs/b.tf", { status: "renamed", previousPath: "infra/b.tf", base: former })],
      after: [
        file("docs/b.tf", {
          status: "renamed",
          previousPath: "infra/b.tf",
          base: { ...former, contentId: "changed by main" },
        }),
      ],
      says: "“main” has changed “infra/b.tf” since aaaaaaa, and this change would undo that",
    },
    {
      why: "both sides changed",
      before: [replaced],
      after: [
        file("infra/main.tf", { contentId: "merged", base: { ...former, contentId: "changed by main" } }),
      ],
      says: "“infra/main.tf” changed since aaaaaaa",
    },
    {
      why: "what the base has is not known now",
      before: [replaced],
      after: [without(replaced, "base")],
      says: "what merging would do to “infra/main.tf” is not known",
    },
    {
      why: "what the base has was not known then",
      before: [without(replaced, "base")],
      after: [replaced],
      says: "that was before Countersign recorded both sides of the merge for “infra/main.tf”",
    },
    {
      why: "what the base has was known neither then nor now",
      before: [without(replaced, "base")],
      after: [without(replaced, "base")],
      says: "what merging would do to “infra/main.tf” is not known",
    },
    {
      why: "the mode is not known",
      before: [without(replaced, "mode")],
      after: [without(replaced, "mode")],
      says: "what merging would do to “infra/main.tf” is not known",
    },
  ])("so it is stale when $why", (row) => {
    const { conclusion, ignoredReviews } = push(row);

    expect(conclusion).toBe("action_required");
    expect(ignoredReviews.map(({ sentence }) => sentence)).toEqual([
      `@olga approved, but ${row.says}, so it must be approved again.`,
    ]);
  });

  test.each<Push>([
    {
      why: "the base changed a file outside the area",
      before: [replaced, other],
      after: [replaced, { ...other, base: { ...former, contentId: "changed by main" } }],
    },
    { why: "both sides stay", before: [replaced], after: [{ ...replaced }] },
    {
      why: "GitHub calls the same change by another name",
      before: [replaced],
      after: [{ ...replaced, status: "changed" }],
    },
  ])("and holds when $why", (row) => {
    expect(push(row).conclusion).toBe("success");
  });

  test("a record of the head alone, as earlier versions made them, covers nothing after a push", () => {
    const given = approval(olga, { commitSha: OLD_HEAD });
    const content = { "infra/main.tf": '["modified","signed","100644",null]' };
    const approvals = [{ ...record(given, [signed]), content }];
    const { ignoredReviews } = verdict({
      files: [signed],
      reviews: [given],
      recorded: { ...snapshot().recorded, approvals },
    });
    expect(ignoredReviews).toMatchObject([
      { sentence: expect.stringContaining("before Countersign recorded both sides of the merge") },
    ]);
  });

  test("and, on the head that it was given for, as much as without a record", () => {
    const given = approval(olga);
    const content = { "infra/main.tf": '["modified","signed","100644",null]' };
    const approvals = [{ ...record(given, [signed]), content, headSha: HEAD }];
    const of = (more: Partial<Snapshot["recorded"]>) =>
      verdict({
        files: [signed],
        reviews: [given],
        recorded: { ...snapshot().recorded, approvals, ...more },
      }).conclusion;

    expect(of({})).toBe("success");
    expect(of({ baseChangedAt: "2026-11-20T12:59:00Z" })).toBe("action_required");
  });
});

function without(file: ChangedFile, side: "base" | "mode"): ChangedFile {
  const { base, mode, ...rest } = file;
  return side === "base" ? { ...rest, ...(mode !== undefined && { mode }) } : { ...rest, base: base ?? null };
}

describe("B03 without a record of its own it trusts no commit that GitHub may have moved", () => {
  const at = (time: string, more: Partial<Review> = {}) => approval(olga, { submittedAt: time, ...more });

  test.each([
    {
      why: "given after the head became the head",
      moved: "2026-11-20T11:00:00Z",
      given: at("2026-11-20T12:00:00Z"),
      signed: true,
    },
    {
      why: "given before, and moved along by GitHub",
      moved: "2026-11-20T12:30:00Z",
      given: at("2026-11-20T12:00:00Z"),
      signed: false,
      says: "@olga approved, but that was before bbbbbbb became the head, so it must be approved again.",
    },
    {
      why: "given in the same second",
      moved: "2026-11-20T12:00:00Z",
      given: at("2026-11-20T12:00:00Z"),
      signed: false,
    },
    {
      why: "of which the time cannot be read",
      moved: "2026-11-20T11:00:00Z",
      given: at("soon"),
      signed: false,
    },
    {
      why: "given for another commit",
      moved: null,
      given: at("2026-11-20T12:00:00Z", { commitSha: OLD_HEAD }),
      signed: false,
      says: "@olga approved, but that was for aaaaaaa, and the head is bbbbbbb now, so it must be approved again.",
    },
    {
      why: "given for a commit that is gone",
      moved: null,
      given: at("2026-11-20T12:00:00Z", { commitSha: null }),
      signed: false,
      says: "@olga approved, but the commit it was given for is gone, so it must be approved again.",
    },
    { why: "given when the head never moved", moved: null, given: at("2026-11-20T12:00:00Z"), signed: true },
  ])("an approval $why", ({ moved, given, signed: counts, says }) => {
    const recorded = { ...snapshot().recorded, headMovedAt: moved };
    const { conclusion, toRecord, ignoredReviews } = verdict({ reviews: [given], recorded });

    expect(conclusion).toBe(counts ? "success" : "action_required");
    expect(toRecord.approvals).toHaveLength(counts ? 1 : 0);
    if (says !== undefined) expect(ignoredReviews.map(({ sentence }) => sentence)).toEqual([says]);
  });

  test("nor a base that changed after the approval", () => {
    const recorded = { ...snapshot().recorded, baseChangedAt: "2026-11-20T12:30:00Z" };
    const { ignoredReviews } = verdict({ reviews: [at("2026-11-20T12:00:00Z")], recorded });
    expect(ignoredReviews).toMatchObject([
      { code: "stale", sentence: expect.stringContaining("before the base branch was changed") },
    ]);
  });
});

describe("the app's own record", () => {
  const given = approval(olga, { commitSha: HEAD });
  const judged = (more: Partial<ApprovalRecord>, given_: Partial<Snapshot> = {}) =>
    verdict({
      reviews: [given],
      recorded: { ...snapshot().recorded, approvals: [{ ...record(given, snapshot().files), ...more }] },
      ...given_,
    });

  test("B03 decides, not the commit that the review names now", () => {
    const { conclusion } = judged({}, { files: [file("infra/main.tf", { contentId: "new" })] });
    expect(conclusion).toBe("action_required");
  });

  test("is for one base", () => {
    const { ignoredReviews } = judged({ baseRef: "next" });
    expect(ignoredReviews).toMatchObject([
      { sentence: expect.stringContaining("that was for the base branch “next”") },
    ]);
  });

  test("ignores a record of another person's review with that id", () => {
    expect(judged({ reviewerId: 99, content: {} }).conclusion).toBe("success");
  });

  test("ignores a record of another review by the same person", () => {
    expect(judged({ reviewId: 99, content: {} }).conclusion).toBe("success");
  });

  test("of the current head keeps nothing, because the approval is for it", () => {
    const { requirements } = judged({ headSha: HEAD });
    expect(requirements).toMatchObject([{ countersignatures: [{ kept: false, headSha: HEAD }] }]);
  });

  test("of the head as it is holds for content that is not known: it cannot have changed", () => {
    const files = [{ ...signed, contentId: null }];
    const approvals = [{ ...record(given, files), headSha: HEAD }];
    const recorded = { ...snapshot().recorded, approvals };
    expect(verdict({ files, reviews: [given], recorded }).conclusion).toBe("success");
  });

  test("distinguishes a moved file from the one that replaced it", () => {
    const moved = file("docs/a.tf", { status: "renamed", previousPath: "infra/a.tf" });
    const elsewhere = file("docs/b.tf", { status: "renamed", previousPath: "infra/a.tf" });
    const came = file("infra/a.tf", { status: "added" });
    const kept = (before: readonly ChangedFile[], after: readonly ChangedFile[]) =>
      push({ why: "", before, after }).conclusion;

    expect(kept([moved, came], [came, moved])).toBe("success");
    expect(kept([moved, came], [moved])).toBe("action_required");
    expect(kept([moved, came], [came])).toBe("action_required");
    expect(kept([moved, came], [elsewhere, came])).toBe("action_required");
  });

  test("is made once", () => {
    expect(judged({}).toRecord.approvals).toEqual([]);
  });

  test("contains every path, including previous paths of renames", () => {
    const files = [file("infra/b.tf", { status: "renamed", previousPath: "infra/a.tf" }), file("docs/a.md")];
    const { toRecord } = verdict({ reviews: [given], files });

    expect(toRecord.approvals).toMatchObject([
      { reviewId: given.id, reviewerId: olga.id, headSha: HEAD, baseRef: "main" },
    ]);
    expect(Object.keys(toRecord.approvals[0]?.content ?? {})).toEqual([
      "infra/b.tf",
      "infra/a.tf",
      "docs/a.md",
    ]);
  });

  test("survives JSON, with paths such as __proto__", () => {
    const files = ["infra/__proto__", "infra/constructor", "__proto__"].map((path) => file(path));
    const { toRecord } = verdict({ reviews: [given], files });
    const approvals = JSON.parse(JSON.stringify(toRecord.approvals)).map((each: ApprovalRecord) => ({
      ...each,
      headSha: OLD_HEAD,
    }));

    expect(
      verdict({ reviews: [given], files, recorded: { ...snapshot().recorded, approvals } }).conclusion,
    ).toBe("success");
  });
});
