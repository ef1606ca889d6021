import { describe, expect, test } from "@jest/globals";
import { CHECK_BODY_BYTES } from "../../../src/signoff/limits.ts";
import { explain } from "../../../src/signoff/report/explain.ts";
import type { Verdict } from "../../../src/signoff/verdict.ts";
import { unlinked } from "../../gate/plain.ts";
import { approval, file, HAZARDS, humanChange, JUDGED, nils, verdict } from "../build.ts";
import { expectGolden } from "../report/golden.ts";

const explained = (found: Verdict) => explain(found, JUDGED);

const removed = (path: string, name = "main") =>
  file(path, {
    status: "removed",
    contentId: null,
    before: `resource "aws_db_instance" "${name}" {\n  size = 1\n}\n`,
  });
const weakened = file("web/queue.tf", {
  before: 'resource "aws_db_instance" "queue" {\n  deletion_protection = true\n}\n',
  after: 'resource "aws_db_instance" "queue" {\n  deletion_protection = false\n}\n',
});
const many = Array.from({ length: 60 }, (_, index) =>
  removed(`web/${String(index).padStart(2, "0")}.tf`, `db${index}`),
);

test("a check tells what asks, what was answered and what is off", () => {
  const off = new Map([
    ["sql/drop-table", { off: "made anew every night", origin: ".github/countersign.yml:4" }],
  ]);
  const files = [
    removed("web/db.tf"),
    weakened,
    file("web/tidy.sql", { status: "added", before: null, after: "DROP TABLE a;\nDROP TABLE b;\n" }),
  ];
  const body = "false alarm: terraform/resource-removed: it was moved to its own account";
  const found = verdict(
    { files, reviews: [approval(nils, { body, submittedAt: "2026-11-20T12:30:00Z", id: 9 })] },
    { hazards: { destructive: { ...HAZARDS, countersignatures: 2 }, widening: HAZARDS, rules: off } },
  );
  expectGolden("hazards", explained(found));
});

test("for human changes it says that no countersignature is needed", () => {
  const { summary, annotations } = explained(verdict(humanChange({ files: [removed("web/db.tf")] })));
  expect(summary).toContain("No AI took part, so these need no countersignature:");
  expect(annotations).toEqual([]);
});

describe("keeps GitHub's limits and says what is left out", () => {
  test("the first forty are listed, the others counted", () => {
    const { summary } = explained(verdict({ files: many }));
    expect(summary.match(/removes `aws_db_instance\.db\d+`/g)).toHaveLength(39);
    expect(summary).toContain("- *21 more not shown.*");
  });

  test("fifty annotations, the others counted", () => {
    const { summary, annotations } = explained(verdict({ files: many }));
    expect(annotations).toHaveLength(50);
    expect(summary).toContain("*11 more annotations not shown.*");
  });

  test("however long paths and names are", () => {
    const long = Array.from({ length: 40 }, (_, index) =>
      removed(`web/${"x".repeat(3_000)}${index}.tf`, "y".repeat(3_000)),
    );
    const { summary } = explained(verdict({ files: long }));
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(CHECK_BODY_BYTES);
  });
});

test("the change's own words stay literal text", () => {
  const hostile = "web/@kira](https://evil.example)<!--.tf";
  const { summary } = explained(verdict({ files: [removed(hostile, "x @olga <b>**`](x)")] }));
  const outsideCode = unlinked(summary).replaceAll(/`[^`\n]*`/g, "");
  expect(outsideCode).not.toMatch(/@|<|\]\(/);
});

describe("annotations are on lines that exist", () => {
  const before = 'resource "aws_vpc" "v" {}\nresource "aws_db_instance" "main" {\n  size = 1\n}\nlocals {}\n';
  const after = 'resource "aws_vpc" "v" {}\nlocals {}\n';
  const patch =
    '@@ -1,5 +1,2 @@\n resource "aws_vpc" "v" {}\n-resource "aws_db_instance" "main" {\n-  size = 1\n-}\n locals {}';

  test.each([
    ["a line that is gone: the next that stands", { before, after, patch, additions: 0, deletions: 3 }, 2],
    ["without a diff: no line beyond the end", { before: `\n\n\n\n\n${before}`, after: "locals {}\n" }, 2],
    ["a file that is gone: where it stood", { before, status: "removed", contentId: null } as const, 2],
  ])("%s", (_, more, line) => {
    const { annotations } = explained(verdict({ files: [file("web/db.tf", more)] }));
    expect(annotations.map((each) => each.line)).toContain(line);
  });
});
