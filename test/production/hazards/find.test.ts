import { describe, expect, test } from "@jest/globals";
import { findHazards } from "../../../src/production/hazards/find.ts";
import type { HazardInput } from "../../../src/production/hazards/hazard.ts";
import { HAZARD_LIMITS } from "../../../src/production/hazards/limits.ts";
import { fc } from "../../fast-check.ts";

const DATABASE = 'resource "aws_db_instance" "main" {\n  deletion_protection = true\n}\n';
const removed = (path: string, before: string): HazardInput => ({
  path,
  status: "removed",
  before,
  after: null,
});
const brief = (files: readonly HazardInput[]) =>
  findHazards(files).map(({ id, by, line }) => `${id} by ${by}:${line}`);

describe("says how it knows", () => {
  test("by the diff where only the diff is known", () => {
    const patch = '@@ -7,5 +7,2 @@ locals {}\n \n-resource "aws_db_instance" "main" {\n-  size = 1\n-}\n \n';
    expect(brief([{ path: "db.tf", status: "modified", patch }])).toEqual([
      "terraform/resource-removed by diff:8",
    ]);
  });

  test("by the parser where the diff holds the whole file", () => {
    const patch = `@@ -1,3 +0,0 @@\n${DATABASE.trimEnd().replaceAll(/^/gm, "-")}`;
    expect(brief([{ path: "db.tf", status: "removed", patch }])).toEqual([
      "terraform/resource-removed by parser:1",
    ]);
  });

  test("by the diff where a side cannot be parsed", () => {
    const files = [{ path: "db.tf", status: "modified" as const, before: DATABASE, after: "resource {{{" }];
    expect(brief(files)).toEqual(["terraform/resource-removed by diff:1"]);
  });

  test("by the diff, and that it could not be judged, where a file is too long to be parsed", () => {
    const before = `${DATABASE}${"# filler\n".repeat(HAZARD_LIMITS.parsedLength / 8)}`;
    const after = before.slice(DATABASE.length);
    expect(brief([{ path: "db.tf", status: "modified", before, after }])).toEqual([
      "files/unreadable by parser:1",
      "terraform/resource-removed by diff:1",
    ]);
  });

  test("the same where all documents of a change together take more steps than there are", () => {
    const before = "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: data\n";
    const big = `kind: ConfigMap\napiVersion: v1\nmetadata:\n  name: big\ndata:\n${"  a: b\n".repeat(30_000)}`;
    const filler = Array.from({ length: 5 }, (_, index) => ({
      path: `a/${index}.yaml`,
      status: "added" as const,
      before: null,
      after: big,
    }));
    const found = findHazards([...filler, removed("b/data.yaml", before)]);
    expect(found.filter(({ file }) => file === "b/data.yaml").map(({ id, by }) => `${id} by ${by}`)).toEqual([
      "files/unreadable by parser",
      "kubernetes/data-removed by diff",
    ]);
    expect(found.filter(({ file }) => file === "a/0.yaml")).toEqual([]);
  });
});

test("more resources than anybody changes at once could not be judged", () => {
  const after = Array.from({ length: 21_000 }, (_, at) => `resource "a" "b${at}" {}\n`).join("");
  expect(findHazards([{ path: "all.tf", status: "added", before: null, after }]).map(({ id }) => id)).toEqual(
    ["files/unreadable"],
  );
});

test.each([
  [".github/workflows/all.yml", "removed"],
  [".gitlab-ci.yml", "modified"],
  [".claude/settings.yaml", "modified"],
] as const)(
  "a rule that reads %s by itself, when it is %s, has not judged what takes more steps than there are",
  (path, status) => {
    const before = `${"a: b\n".repeat(250_000)}`;
    const after = status === "removed" ? null : before.slice(5);
    const found = findHazards([{ path, status, before, after }]);
    expect(found.map(({ id, asks }) => [id, asks])).toContainEqual(["files/unreadable", "block"]);
  },
);

test("what moves into an example is gone", () => {
  const into = (path: string): HazardInput => ({
    path,
    status: "added",
    before: null,
    after: `${DATABASE}\n`,
  });
  expect(brief([removed("live/db.tf", DATABASE), into("other/db.tf")])).toEqual([]);
  expect(brief([removed("live/db.tf", DATABASE), into("examples/db.tf")])).toEqual([
    "terraform/resource-removed by parser:1",
  ]);
});

describe("stays in order and can be told to be quiet", () => {
  const files = [removed("b.tf", DATABASE), removed("a.tf", DATABASE.replace("main", "other"))];

  test("in the order of files and lines, whatever the order of the files", () => {
    expect(findHazards(files)).toEqual(findHazards(files.toReversed()));
    expect(findHazards(files).map(({ file }) => file)).toEqual(["a.tf", "b.tf"]);
  });

  test("a rule that is off says nothing", () => {
    expect(findHazards(files, { off: ["terraform/resource-removed"] })).toEqual([]);
  });

  test("the repository's own actions are no strangers", () => {
    const after =
      "on: push\npermissions: {}\njobs:\n  build:\n    uses: Acme/ci/.github/workflows/build.yml@main\n";
    const file: HazardInput = { path: ".github/workflows/ci.yml", status: "added", before: null, after };
    expect(findHazards([file]).map(({ id }) => id)).toEqual(["workflows/unpinned-action"]);
    expect(findHazards([file], { owner: "acme" })).toEqual([]);
  });

  test("a secret is never shown again", () => {
    const secret = `AKIA${"QZ7VJ2LMN4P6RSTU"}`;
    const file: HazardInput = { path: "a.ini", status: "added", before: null, after: `key = ${secret}\n` };
    expect(findHazards([file])).toHaveLength(1);
    expect(JSON.stringify(findHazards([file]))).not.toContain(secret);
  });

  test("a command that goes on after a backslash is one", () => {
    const after = "aws rds \\\n  delete-db-instance \\\n  --db-instance-identifier main\n";
    expect(brief([{ path: "run.sh", status: "added", before: null, after }])).toEqual([
      "scripts/cloud-delete by diff:1",
    ]);
  });

  test.each([
    ["a comment that begins with what would be a hazard", "# ", []],
    ["code that begins with it", "", ["code/tls-verification-off"]],
    ["code that comes to it late", `${"x".repeat(5_000)} `, ["code/tls-verification-off"]],
  ])("a line too long to be read at once: %s", (_, begin, found) => {
    const after = `${begin}requests.post(url, verify=False)${" ".repeat(3_000)}\n`;
    const hazards = findHazards([{ path: "app/pay.py", status: "added", before: null, after }]);
    expect(hazards.map(({ id }) => id)).toEqual(found);
  });

  test("what quotes a change cannot break out of the quotation", () => {
    const file = removed("`x`\u202e.tf", 'resource "aws_db_instance" "a`b\u202e" {}\n');
    for (const { why } of findHazards([file])) expect(why).toMatch(/^removes `[^`\u202e]*`: [^`]*$/);
  });
});

const PATHS = [
  "main.tf",
  "a.tf.json",
  "prod.tfvars",
  "k8s/a.yaml",
  "values.yaml",
  "compose.yaml",
  "stack.cfn.yaml",
  "a.json",
  "db/migrations/0001_a.sql",
  "db/migrate/20240101_a.rb",
  ".github/workflows/a.yml",
  "CODEOWNERS",
  ".github/countersign.yml",
  ".claude/settings.json",
  "AGENTS.md",
  "Dockerfile",
  "run.sh",
  "src/a.ts",
  "a.test.ts",
  ".github/settings.yml",
  ".env",
  "firestore.rules",
];

const PIECES = [
  'resource "a" "b" {',
  "}",
  "{",
  "[",
  "]",
  "(",
  '"',
  "'",
  "`",
  "$",
  "$$",
  "${",
  "<<EOF",
  "EOF",
  "\\",
  "\n",
  "\n  ",
  ": ",
  "- ",
  "# ",
  "--",
  "/*",
  "*/",
  "kind: Deployment",
  "apiVersion: v1",
  "Resources:",
  "AWSTemplateFormatVersion: 1",
  "Type: AWS::S3::Bucket",
  "DROP TABLE a;",
  "&a",
  "*a",
  "<<: *a",
  "!!binary",
  "permissions",
  "allow",
  "rm -rf $A",
  "0.0.0.0/0",
  "\u0000",
  "\r\n",
  "\ud800",
  "@@ -1 +1 @@\n",
  "\n+",
  "\n-",
  "on: push\njobs:\n  a:\n",
  "FROM a",
  "USER root",
  "services:",
  "volumes:",
];

const hostileText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((pieces) => pieces.join("")),
);
const side = fc.option(hostileText, { nil: null });
const anyInput: fc.Arbitrary<HazardInput> = fc.record(
  {
    path: fc.oneof(fc.constantFrom(...PATHS), fc.string()),
    status: fc.constantFrom("added", "removed", "modified", "renamed", "copied", "changed"),
    previousPath: fc.constantFrom(...PATHS),
    patch: hostileText,
    before: side,
    after: side,
  },
  { requiredKeys: ["path", "status"] },
);

test("no text makes it throw, and its answer is the same every time", () => {
  fc.assert(
    fc.property(fc.array(anyInput, { maxLength: 4 }), (files) => {
      const found = findHazards(files);
      expect(findHazards(files)).toEqual(found);
      for (const { line, why } of found) {
        expect(Number.isInteger(line) && line >= 1).toBe(true);
        expect(why).not.toMatch(/[\n\r]/);
      }
    }),
    { numRuns: 500 },
  );
});

test("a line that stands in several files is judged in each by what that file is", () => {
  const text = `-----BEGIN ${"OPENSSH PRIVATE KEY"}-----\nb3BlbnNzaC1rZXk\n`;
  const files = ["deploy/id", "test/fixtures/id", "ops/id"].map(
    (path): HazardInput => ({ path, status: "added", before: null, after: text }),
  );
  expect(findHazards(files).map(({ file, asks, line }) => `${file}:${line} ${asks}`)).toEqual([
    "deploy/id:1 block",
    "ops/id:1 block",
    "test/fixtures/id:1 show",
  ]);
});

test("a side that stayed the same raises nothing", () => {
  fc.assert(
    fc.property(fc.constantFrom(...PATHS), hostileText, (path, text) => {
      expect(findHazards([{ path, status: "modified", before: text, after: text }])).toEqual([]);
    }),
    { numRuns: 200 },
  );
});
