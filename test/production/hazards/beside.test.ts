import { describe, expect, test } from "@jest/globals";
import { findHazards } from "../../../src/production/hazards/find.ts";
import type { HazardInput } from "../../../src/production/hazards/hazard.ts";

const REMOVES = 'rm -rf "$DEPLOY_ROOT"';
const UNCHECKED = "{ rejectUnauthorized: false }";
const KEY = `<add key="ClearTextPassword" value="${"h7Kq2vXw"}9LmP" />`;
const ADDRESS = `postgres://shop:${"h7Kq2vXw"}@db-1.shop.internal/shop`;

const idsIn = (file: HazardInput) => findHazards([file]).map(({ id }) => id);
const idsOf = (path: string, after: string) => idsIn({ path, status: "modified", before: "\n", after });

describe("what is no comment, though it looks like one in another language, is read", () => {
  test.each([
    [
      "a comment in a shell does not go on",
      "scripts/run.sh",
      `# tidy \\\n${REMOVES}\n`,
      "scripts/rm-rf-variable",
    ],
    [
      "nor does it within a command that goes on",
      "scripts/run.sh",
      `echo a \\\n# tidy \\\n${REMOVES}\n`,
      "scripts/rm-rf-variable",
    ],
    [
      "a comment within an instruction of a Dockerfile does not end it",
      "Dockerfile",
      'FROM a\nRUN rm -rf \\\n# tidy\n  "$DEPLOY_ROOT"\n',
      "scripts/rm-rf-variable",
    ],
    ["the stars of a schedule", "deploy/tidy.cron", `* * * * * root ${REMOVES}\n`, "scripts/rm-rf-variable"],
    ["a path from the root", "scripts/run.sh", `//bin/${REMOVES}\n`, "scripts/rm-rf-variable"],
    [
      "a comment that ends on its line",
      "src/db.ts",
      `/* a */ f(${UNCHECKED});\n`,
      "code/tls-verification-off",
    ],
    ["the same in XML", "config/a.config", `<!-- a --> ${KEY}\n`, "secrets/secret-key"],
    ["a semicolon first", "src/db.ts", `;options = ${UNCHECKED}\n`, "code/tls-verification-off"],
    ["one less", "src/db.ts", `-- x, options = ${UNCHECKED}\n`, "code/tls-verification-off"],
    ["a product", "src/db.ts", `a = 1\n  * f(${UNCHECKED})\n`, "code/tls-verification-off"],
    [
      "a product after a comment",
      "src/db.ts",
      `a = 1 /* b */\n  * f(${UNCHECKED})\n`,
      "code/tls-verification-off",
    ],
    [
      "a private field",
      "src/db.ts",
      `class A {\n  #options = ${UNCHECKED};\n}\n`,
      "code/tls-verification-off",
    ],
    [
      "a line of a template",
      "src/db.ts",
      `const a = \`\n// \${f(${UNCHECKED})}\n\`;\n`,
      "code/tls-verification-off",
    ],
    [
      "the same in an expression within it",
      "src/db.ts",
      `const a = \`\${[\n  f({ a: \`b\` }),\n]}\n* f(${UNCHECKED})\n\`;\n`,
      "code/tls-verification-off",
    ],
    [
      "a template after a backtick that begins none",
      "src/db.ts",
      `const a = /\`/, b = "\`"; // \`\nconst c = \`\n/* \${f(${UNCHECKED})} */\n\`;\n`,
      "code/tls-verification-off",
    ],
    [
      "a comment in an expression of its own",
      "src/db.ts",
      `const a = /[/*]/;\nconst c = \`\n// \${f(${UNCHECKED})}\n\`; /* a */\n`,
      "code/tls-verification-off",
    ],
    [
      "a text of Python",
      "src/db.py",
      'a = f"""\n# {get(url, verify=False)}\n"""\n',
      "code/tls-verification-off",
    ],
    ["a here-document", "scripts/run.sh", `cat <<EOF\n# $(${REMOVES})\nEOF\n`, "scripts/rm-rf-variable"],
    [
      "one after a mark that is none",
      "scripts/run.sh",
      `echo "<<'A'"\ncat <<-EOF\n\t# $(${REMOVES})\n\tEOF\n`,
      "scripts/rm-rf-variable",
    ],
    [
      "a piece of a long line",
      "src/db.ts",
      `${"f(1);".padEnd(1_800)}; ${" ".repeat(300)}f(${UNCHECKED}); ${"b".repeat(400)}\n`,
      "code/tls-verification-off",
    ],
  ])("%s", (_, path, text, id) => {
    expect(idsOf(path, text)).toContain(id);
  });
});

describe("what stands beside a hazard does not excuse it", () => {
  test.each([
    [
      "a backslash that is only a character",
      "scripts/run.sh",
      `echo a\\\\\n${REMOVES}\n`,
      "scripts/rm-rf-variable",
    ],
    ["a search that may fail", "scripts/run.sh", `grep -q a b || ${REMOVES}\n`, "scripts/rm-rf-variable"],
    ["words in the background", "scripts/run.sh", `echo a & ${REMOVES}\n`, "scripts/rm-rf-variable"],
    ["words for a shell", "scripts/run.sh", "echo rm -rf / | sudo bash\n", "scripts/rm-rf-root"],
    ["words for a file", "scripts/run.sh", "echo 'rm -rf /' > /etc/cron.daily/a\n", "scripts/rm-rf-root"],
    ["words for a database", "scripts/run.sh", "echo 'DROP DATABASE a' | mysql\n", "scripts/sql-in-string"],
    ["words that a command makes", "scripts/run.sh", "print(os.system('rm -rf /'))\n", "scripts/rm-rf-root"],
    ["the same between quotes", "scripts/run.sh", "print(f\"{system('rm -rf /')}\")\n", "scripts/rm-rf-root"],
    [
      "a harmless command before it",
      "scripts/run.sh",
      `rm -rf "$TMPDIR/work"; ${REMOVES}\n`,
      "scripts/rm-rf-variable",
    ],
    [
      "a cluster of one's own",
      "scripts/run.sh",
      "kubectl delete ns a; minikube stop\n",
      "scripts/kubectl-delete",
    ],
    [
      "a branch of pages",
      "scripts/run.sh",
      "git push -f origin main && echo gh-pages\n",
      "scripts/git-force-push",
    ],
    [
      "the same in one push",
      "scripts/run.sh",
      "git push -f origin main gh-pages\n",
      "scripts/git-force-push",
    ],
    [
      "a lease",
      "scripts/run.sh",
      "git push --force --force-with-lease origin main\n",
      "scripts/git-force-push",
    ],
    ["an example", "config/a.yml", `a: { b: "${ADDRESS}", c: "example.com" }\n`, "secrets/password"],
    [
      "a condition",
      "firestore.rules",
      "allow read: if true; allow write: if request.auth != null;\n",
      "storage/open-rules",
    ],
    [
      "a check of another name",
      "src/a.py",
      "f(verify=False, verify_ssl=True)\n",
      "code/tls-verification-off",
    ],
    [
      "another value",
      "src/db.ts",
      "f({ rejectUnauthorized: false, skip: false });\n",
      "code/tls-verification-off",
    ],
    ["a short run", "pay_test.go", 't.Skip("short mode")\n', "checks/test-skipped"],
    ["a checksum", "Dockerfile", "FROM a\nADD https://example.com/a /--checksum\n", "dockerfile/remote-add"],
    ["the way out", "net.tf", "ingress { cidr = {{ [0.0.0.0/0] }} route\n", "network/open-to-all"],
    [
      "the way out before it",
      "net.tf",
      "egress: { cidr: 10.0.0.0/8 }, ingress: { cidr: {{ 0.0.0.0/0 }} }\n",
      "network/open-to-all",
    ],
  ])("%s", (_, path, text, id) => {
    expect(idsOf(path, text)).toContain(id);
  });

  test("a platform", () => {
    const before = 'it("pays", () => process.platform);\n';
    const after = before.replace("it", "it.skip");
    expect(idsIn({ path: "test/a.test.ts", status: "modified", before, after })).toContain(
      "checks/test-skipped",
    );
  });
});

describe("what is a comment, or only said, raises nothing", () => {
  test.each([
    ["src/db.ts", `/**\n * ${UNCHECKED}\n */\nf();\n`],
    ["src/db.ts", `  // ${UNCHECKED}\n`],
    ["src/db.ts", `const a = \`b\`;\n// ${UNCHECKED}\nconst c = a / 2;\n// ${UNCHECKED}\nf(\`\${c}\`);\n`],
    ["src/db.py", '"""Text."""\n# verify=False\n'],
    ["scripts/run.sh", `cat <<EOF\na\nEOF\n# ${REMOVES}\n`],
    ["scripts/run.sh", `bash <<'EOF'\n# ${REMOVES}\nEOF\n`],
    ["src/db.ts", `/* ${UNCHECKED} */\n`],
    ["app/pay.py", "# verify=False\n"],
    ["config/app.ini", `; verify=False\n`],
    ["config/a.config", `<!-- ${KEY} -->\n`],
    ["deploy/templates/a.yaml", "{{/* verify_ssl: false */}}\n"],
    ["deploy/run.sh.j2", `{# ${REMOVES} #}\n`],
    ["deploy/run.sh.j2", `# ${REMOVES}\n`],
    ["scripts/run.sh", `echo "would run: ${REMOVES.replaceAll('"', "'")}" >&2 # nothing is gone\n`],
    ["scripts/run.sh", `echo "Removed by rm -rf \${DEPLOY_ROOT}" >> $GITHUB_STEP_SUMMARY\n`],
    ["scripts/run.sh", "git push --force origin gh-pages\n"],
    ["scripts/run.sh", "kubectl --context kind-a delete ns shop\n"],
    ["scripts/run.sh", "curl -sok https://a.example\n"],
    ["pay_test.go", 'if testing.Short() {\n\tt.Skip("short mode")\n}\n'],
    ["net.tf", "egress { cidr_blocks = {{ [0.0.0.0/0] }}\n"],
  ])("%s: %s", (path, text) => {
    expect(idsOf(path, text)).toEqual([]);
  });
});

describe("what bears the same name elsewhere took nobody's place", () => {
  const file = (path: string, before: string | null, after: string | null): HazardInput => ({
    path,
    status: before === null ? "added" : after === null ? "removed" : "modified",
    before,
    after,
  });
  const database = (size: number) => `resource "aws_db_instance" "main" {\n  size = ${size}\n}\n`;
  const alarm = (threshold: number) =>
    `resource "aws_cloudwatch_metric_alarm" "a" {\n  threshold = ${threshold}\n}\n`;
  const web = (image: string) =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  image: ${image}\n`;
  const ids = (...files: readonly HazardInput[]) => findHazards(files).map(({ id }) => id);

  const rows: readonly (readonly [string, ...HazardInput[]])[] = [
    ["terraform/resource-removed", file("prod/a.tf", database(1), null), file("dev/a.tf", null, database(1))],
    ["terraform/alarm-removed", file("a/a.tf", alarm(1), null), file("b/a.tf", null, alarm(2))],
    [
      "terraform/resource-removed",
      file("a/a.tf", database(1), null),
      file("b/a.tf", database(1), null),
      file("c/a.tf", null, database(1)),
    ],
    ["kubernetes/object-removed", file("a/w.yaml", web("a"), null), file("b/w.yaml", null, web("b"))],
    ["kubernetes/object-removed", file("prod/w.yaml", web("a"), null), file("dev/w.yaml", null, web("a"))],
  ];

  test.each(rows)("%s", (id, ...files) => {
    expect(ids(...files)).toContain(id);
  });

  test.each([
    [file("a/a.tf", alarm(1), null), file("b/a.tf", null, alarm(1))],
    [file("prod/w.yaml", web("a"), null), file("apps/prod/w.yaml", null, web("a"))],
  ] as const)("what moved as it was raises nothing: %#", (...files) => {
    expect(ids(...files)).toEqual([]);
  });
});

test("what rules have to read and is broken asks an owner to look", () => {
  const broken: HazardInput = {
    path: ".gitlab-ci.yml",
    status: "modified",
    before: "a:\n  script: [make test]\n",
    after: "a: [\n",
  };
  expect(idsIn(broken)).toContain("files/unreadable");
});

test("all files of a change share their steps", () => {
  const text = `jobs:\n${"  a: {b: [c, d, e, f, g]}\n".repeat(5_000)}`;
  const files = Array.from({ length: 4 }, (_, at) => ({
    path: `.circleci/${at}.yml`,
    status: "modified" as const,
    before: text,
    after: `${text}# ${at}\n`,
  }));
  expect(findHazards(files.slice(0, 1)).map(({ id }) => id)).not.toContain("files/unreadable");
  expect(findHazards(files).map(({ id }) => id)).toContain("files/unreadable");
});
