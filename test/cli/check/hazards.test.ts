import { afterAll, expect, test } from "@jest/globals";
import { run } from "../run-cli.ts";
import { createRepository, KIRO, removeTemporaryDirectories, type Step } from "../temporary-repository.ts";

afterAll(removeTemporaryDirectories);

const DATABASE = 'resource "aws_db_instance" "main" {\n  deletion_protection = true\n}\n';

/** A repository without areas, and what Kiro changes in it. */
function kirosChange(step: Partial<Step>, config = ""): string {
  const files = {
    ".github/CODEOWNERS": "* @mona\n",
    ".github/countersign.yml": `built-in: false\n${config}`,
    "live/db.tf": DATABASE,
  };
  return createRepository(
    { branch: "main", message: "Start", files },
    { branch: "topic", from: "main", author: KIRO, ...step },
  ).directory;
}

const DELETION = { removed: ["live/db.tf"] };

test("says what is destroyed, by which rule, and who signs for it", async () => {
  const { code, stdout } = await run(kirosChange(DELETION), "check");
  expect(code).toBe(1);
  expect(stdout).toContain("BLOCKED Needs @mona: destructive change\n");
  expect(stdout).toContain(
    [
      "Destructive or permission-widening changes",
      "  destructive live/db.tf:1: removes `aws_db_instance.main`: the database and its",
      "    data are destroyed on apply",
      "    terraform/resource-removed",
    ].join("\n"),
  );
});

test("shows what stood there and what stands there now", async () => {
  const files = { "live/db.tf": DATABASE.replace("true", "false") };
  const { stdout } = await run(kirosChange({ files }), "check");
  expect(stdout).toContain("      - deletion_protection = true\n      + deletion_protection = false\n");
});

test("passes when the owner countersigns", async () => {
  const { code } = await run(kirosChange(DELETION), "check", "--approved-by", "mona");
  expect(code).toBe(0);
});

test("says why a rule is off", async () => {
  const config = 'hazards: { rules: { terraform/resource-removed: { off: "a playground" } } }\n';
  const { code, stdout } = await run(kirosChange(DELETION, config), "check");
  expect(code).toBe(0);
  expect(stdout.replaceAll(/\s+/g, " ")).toContain(
    "“terraform/resource-removed” is disabled in “.github/countersign.yml:2” (1 finding ignored): “a playground”",
  );
});

test("gives every hazard as JSON, with what is made of it", async () => {
  const { stdout } = await run(kirosChange(DELETION), "check", "--json");
  const document: unknown = JSON.parse(stdout);
  expect(document).toMatchObject({
    version: 1,
    outcome: "wouldBlock",
    verdict: {
      hazards: [
        {
          id: "terraform/resource-removed",
          kind: "destructive",
          what: "`aws_db_instance.main`",
          file: "live/db.tf",
          line: 1,
          side: "before",
          by: "parser",
          status: { kind: "asks" },
        },
      ],
      rejectedFalseAlarms: [],
    },
  });
});

test("lists the first twenty, and all with --verbose", async () => {
  const names = Array.from({ length: 25 }, (_, index) => `DROP TABLE t${index};\n`);
  const directory = kirosChange({ files: { "live/tidy.sql": names.join("") } });
  const { stdout: short } = await run(directory, "check");
  expect(short).toContain("  and 5 more (--verbose shows all)\n");
  const { stdout: long } = await run(directory, "check", "--verbose");
  expect(long.match(/^ {2}destructive /gm)).toHaveLength(25);
});
