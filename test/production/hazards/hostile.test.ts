import { expect, test } from "@jest/globals";
import { findHazards } from "../../../src/production/hazards/find.ts";
import { threadTime } from "../../thread-time.ts";

/** Two readings of each text. Far above what they take (some seconds), far below what backtracking would. */
const MOST_MS = 15_000;
const MEGABYTE = 1 << 20;

const row = (path: string, why: string, after: string) => ({ path, why, after });
const bomb = (levels: number) =>
  Array.from({ length: levels }, (_, level) =>
    level === 0
      ? "a0: &a0 [x, x, x, x, x, x, x, x, x]"
      : `a${level}: &a${level} [${`*a${level - 1}, `.repeat(9)}]`,
  ).join("\n");

test.each([
  row("main.tf", "a line of a megabyte", `a = "${"x".repeat(MEGABYTE)}"`),
  row("main.tf", "deep blocks", "a {\n".repeat(100_000)),
  row("main.tf", "deep lists", `a = ${"[".repeat(100_000)}`),
  row("main.tf", "deep interpolations", `a = "${'${"'.repeat(50_000)}`),
  row("main.tf", "a here-document without an end", `a = <<EOF\n${"x\n".repeat(200_000)}`),
  row("main.tf", "many comments", "/*".repeat(200_000)),
  row("k8s/a.yaml", "deep flow sequences", `kind: A\napiVersion: ${"[".repeat(100_000)}`),
  row(
    "k8s/a.yaml",
    "deep indentation",
    `kind: A\napiVersion: v1\n${Array.from({ length: 1_000 }, (_, index) => `${" ".repeat(index)}a:`).join("\n")}`,
  ),
  row("k8s/a.yaml", "deep sequences in block form", `kind: A\napiVersion: v1\na:\n  ${"- ".repeat(20_000)}`),
  row("k8s/a.yaml", "aliases that multiply", `kind: A\napiVersion: v1\n${bomb(12)}`),
  row("k8s/a.yaml", "a line of a megabyte", `kind: A\napiVersion: ${"a: ".repeat(MEGABYTE / 3)}`),
  row("k8s/a.yaml", "many documents", "---\nkind: A\napiVersion: v1\nmetadata:\n  name: a\n".repeat(8_000)),
  row("policy.json", "deep JSON", `{"Statement": ${'{"a":'.repeat(100_000)}`),
  row("db/migrations/0001_a.sql", "open quotes", "'$$ $a$ \" ".repeat(60_000)),
  row(
    "db/migrations/0001_a.sql",
    "one statement of a megabyte",
    `ALTER TABLE a ${"ADD b int, ".repeat(MEGABYTE / 11)} DROP`,
  ),
  row("db/migrations/0001_a.sql", "many statements", "DROP TABLE a;\n".repeat(20_000)),
  row("db/migrate/20240101_a.rb", "many calls", "drop_table :a\n".repeat(20_000)),
  row("run.sh", "a line of a megabyte", "rm -rf ".repeat(MEGABYTE / 7)),
  row("run.sh", "a word of a megabyte", "aws --a-".repeat(MEGABYTE / 8)),
  row("run.sh", "one command of many lines", "curl \\\n".repeat(60_000)),
  row("run.sh", "gcloud without an end", `gcloud ${"a ".repeat(MEGABYTE / 2)}`),
  row("run.sh", "kubectl without an end", `kubectl ${"-a b ".repeat(MEGABYTE / 5)}`),
  row("run.sh", "echo without an end", `echo ${'"a" '.repeat(MEGABYTE / 4)}`),
  row("src/a.ts", "a line of a megabyte", "requireAuth(".repeat(MEGABYTE / 12)),
  row("src/a.ts", "curl without an end", `curl ${"-a ".repeat(MEGABYTE / 3)}`),
  row("a.env", "an address without an end", `postgres://${"a:".repeat(MEGABYTE / 2)}`),
  row("CODEOWNERS", "a line of a megabyte", "@a ".repeat(MEGABYTE / 3)),
  row("CODEOWNERS", "many patterns", "/a/**/b*c*d*e/ @a\n".repeat(20_000)),
  row("src/A.java", "methods without an end", "void checkServerTrusted(".repeat(MEGABYTE / 24)),
  row("etc/ssh/sshd_config", "many settings", "PermitRootLogin yes\n".repeat(20_000)),
  row(".gitlab-ci.yml", "many commands", `a:\n  script:\n${"    - make test\n".repeat(10_000)}`),
  row(
    "main.tf",
    "locals that refer to one another",
    `locals {\n${Array.from({ length: 5_000 }, (_, at) => `  a${at} = local.a${at + 1}\n`).join("")}}\n`,
  ),
  row("main.tf", "many addresses", `a = [${'"10.0.0.0/8", '.repeat(50_000)}]`),
  row("a.env", "long runs", `${"a1-".repeat(MEGABYTE / 3)}`),
  row(
    ".github/workflows/b.yml",
    "a long command",
    `on: push\njobs:\n  a:\n    steps:\n      - run: "${"a".repeat(20_000)}"\n`,
  ),
  row("Dockerfile", "one instruction of many lines", `FROM a\nRUN ${"a \\\n".repeat(50_000)}`),
  row(".claude/settings.json", "slashes", "//".repeat(MEGABYTE / 2)),
  row(
    ".github/workflows/a.yml",
    "an expression without an end",
    `on: push\njobs:\n  a:\n    run: ${"\\${{ github.event.issue".repeat(10_000)}`,
  ),
])("$path: $why", ({ path, after }) => {
  const time = threadTime(() => {
    findHazards([{ path, status: "added", patch: `@@ -0,0 +1,1 @@\n+${after.replaceAll("\n", "\n+")}` }]);
    findHazards([{ path, status: "modified", patch: `@@ -0,0 +1,1 @@\n ${after.slice(0, 100)}\n+${after}` }]);
  });
  expect(time).toBeLessThan(MOST_MS);
});

test("a hazard at the end of a very long line is found", () => {
  const after = `true ${"a ".repeat(50_000)}; terraform destroy\n`;
  expect(findHazards([{ path: "run.sh", status: "added", before: null, after }]).map(({ id }) => id)).toEqual(
    ["scripts/terraform-destroy"],
  );
});
