import type { Finding } from "../hazard.ts";
import type { LinePattern } from "../line-pattern.ts";
import { gained, type Keyed } from "../reading/compare.ts";
import { keyOf } from "../reading/lookup.ts";
import { at, placesIn, scalarsIn, type Tree, textOf } from "../reading/tree.ts";
import { added, changed, type Example, type Rule, type RuleSet } from "../rule.ts";
import { shown } from "../words.ts";
import { isApart } from "./secrets/apart.ts";
import { PLACEHOLDER, tokensIn } from "./secrets/find-tokens.ts";
import { IN_SETTINGS } from "./secrets/in-settings.ts";

const PRIVATE_KEY: Omit<LinePattern, "where"> = {
  side: "after",
  pattern:
    /-----BEGIN (?:(?:RSA|EC|DSA|OPENSSH|ENCRYPTED|PGP) )?PRIVATE KEY(?: BLOCK)?-----(?!.*(?:\.\.\.|…|<))/,
  hidden: true,
  what: () => "a private key",
  why: () => "commits a private key: whoever can read the repository has it, for ever",
};

const KEY_APART: Rule = {
  id: "secrets/key-in-test",
  kind: "widening",
  asks: "show",
  when: "a private key is committed among tests or in prose",
  lines: [{ ...PRIVATE_KEY, where: (_, file) => isApart(file) }],
  reports: [
    [
      "commits a private key: whoever can read the repository has it, for ever",
      added("test/fixtures/id", `-----BEGIN ${"OPENSSH PRIVATE KEY"}-----\nb3BlbnNzaC1rZXk\n`),
    ],
  ],
  ignores: [["a public key", added("test/fixtures/id.pub", "-----BEGIN PUBLIC KEY-----\n")]],
};

const KEY: Rule = {
  id: "secrets/private-key",
  kind: "widening",
  asks: "block",
  when: "a private key is committed",
  lines: [{ ...PRIVATE_KEY, where: (_, file) => !isApart(file) }],
  reports: [
    [
      "commits a private key: whoever can read the repository has it, for ever",
      added("deploy/id", `-----BEGIN ${"OPENSSH PRIVATE KEY"}-----\nb3BlbnNzaC1rZXk\n`),
    ],
  ],
  ignores: [["a public key", added("deploy/id.pub", "-----BEGIN PUBLIC KEY-----\n")]],
};

const TOKEN: Rule = {
  id: "secrets/token",
  kind: "widening",
  asks: "block",
  when: "a token or key of a known form is committed",
  *files(files): Generator<Finding> {
    for (const { what, line, path } of tokensIn(files)) {
      const why = `commits ${what}: whoever can read the repository has it, for ever`;
      yield { what, file: path, line, side: "after", why, by: "diff" };
    }
  },
  reports: [
    [
      "commits an access key of AWS: whoever can read the repository has it, for ever",
      added("config.ini", `aws_access_key_id = ${"AKIA"}QZ7VJ2LMN4P6RSTU\n`),
    ],
    [
      "commits a token of GitHub: whoever can read the repository has it, for ever",
      added("ci.sh", `export T=${"ghp"}_${"aB3dE5fG7hJ9kL2mN4pQ6rS8tU1vW3xY5zA7"}\n`),
    ],
    ...["docs/set-up.md", "test/pay.test.ts", "test/fixtures/a.json", "README.md", "vendor/a/b.go"].map(
      (path): Example => [
        "commits a token of GitHub: whoever can read the repository has it, for ever",
        added(path, `${"ghp"}_${"x".repeat(36)} ${"ghp"}_${"aB3dE5fG7hJ9kL2mN4pQ6rS8tU1vW3xY5zA7"}\n`),
      ],
    ),
    [
      "commits a token of GitHub: whoever can read the repository has it, for ever",
      added("a.json", `${"a ".repeat(20_000)} ${"ghp"}_${"aB3dE5fG7hJ9kL2mN4pQ6rS8tU1vW3xY5zA7"}\n`),
    ],
  ],
  ignores: [
    ["a placeholder in the docs", added("docs/a.md", `${"ghp"}_${"x".repeat(36)}\n`)],
    ["two letters in turn", added("src/a.py", `T = "${"ghp"}_${"ab".repeat(18)}"\n`)],
    ["the example of the manual", added("config.ini", `aws_access_key_id = ${"AKIA"}IOSFODNN7EXAMPLE\n`)],
  ],
};

const PASSWORD: Rule = {
  id: "secrets/password",
  kind: "widening",
  asks: "block",
  when: "a password or connection string with one stands in a file of settings",
  lines: [
    {
      side: "after",
      pattern:
        /\b(?:postgres(?:ql)?|mysql|mongodb(?:\+srv)?|redis|amqps?|mssql):\/\/[^\s:@/"'<$%{]+:([^\s@/"'<$%{]{6,})@(?!localhost|127\.0\.0\.1|(?:db|postgres|mysql|redis|database|host|mongo)(?:[:/]|\b$))[\w.-]*|\bjdbc:\w{1,20}:[^\s"']{1,200}?[?&;](?:password|pwd)=(?!\$|%|<|\{)[^&;\s"']{6,}|\bServer=[^"'\n]{1,200}?;\s*(?:Password|Pwd)=(?!\$|%|<|\{)[^;"'\s]{6,}/i,
      where: (_, file) => !isApart(file),
      unless: /example\.|changeme|placeholder|:password@|:pass@|:secret@|:postgres@|\*{3}/i,
      hidden: true,
      what: () => "a password",
      why: () =>
        "commits a connection string with its password: whoever can read the repository has it, for ever",
    },
  ],
  reports: [
    [
      "commits a connection string with its password: whoever can read the repository has it, for ever",
      added("config/production.yml", `url: postgres://shop:${"h7Kq2vXw"}@db-1.shop.internal/shop\n`),
    ],
    [
      "commits a connection string with its password: whoever can read the repository has it, for ever",
      added("a.yml", `url: jdbc:postgresql://db-1.shop.internal/shop?user=shop&password=${"h7Kq2vXw"}\n`),
    ],
  ],
  ignores: [
    [
      "from the environment",
      added("a.properties", ["url=jdbc:postgresql://a/b?password=$", "{PASSWORD}\n"].join("")),
    ],
    [
      "from the environment",
      added(
        "config/production.yml",
        ["url: postgres://shop:$", "{PASSWORD}@db-1.shop.internal/shop\n"].join(""),
      ),
    ],
    [
      "on the developer's own machine",
      added("config/development.yml", "url: postgres://shop:shopshop@localhost/shop\n"),
    ],
  ],
};

const PASSWORD_KEY =
  /^(?:(?:master|admin|administrator|root|db|database|rds|user|login|os|sql|mysql|postgres|redis|app|service)?_?(?:login_)?(?:password|passwd|pwd)|administrator_login_password|admin_pass|secret_key|secret_access_key|aws_secret_access_key|client_secret|auth_token|api_key|api_token|private_key_pem|secret_string|plaintext_value|sas_token|MasterUserPassword|MasterPassword|AdminPassword|AuthToken|DBPassword|Password|SecretString|SecretAccessKey|ClientSecret)$/i;
/** A password that a person or a generator made: no reference, no placeholder, not a word alone. */
const PASSWORD_VALUE =
  /^(?!.*(?:\$\{|\{\{|<|\*{3}|changeme|change_me|placeholder|example|xxxx|dummy|todo))(?!(?:REPLACE|CHANGE|FILL|SET)[_-]?(?:ME|THIS|IT)(?:[_-]?(?:IN|LATER))?$)(?=\S{8,}$)(?=.*[\d\W_]|\w{16,}$)(?=.*[A-Za-z]).+$/i;

/** Words that ask for the real value, where Terraform is told to leave alone what is put in its place. */
const TO_FILL_IN = /^[A-Z]{2,}(?:_[A-Z]{2,})+$/;

function isFilledInLater(tree: Tree): boolean {
  return [...scalarsIn(at(tree, "lifecycle", "ignore_changes"))].some((each) =>
    /^(?:all|secret_string(?:_wo)?|secret_data|value|password)$/.test(textOf(each)),
  );
}

interface WrittenOut extends Keyed {
  readonly setting: string;
  readonly line: number;
}

function* passwordsIn(tree: Tree): Generator<WrittenOut> {
  const isLater = isFilledInLater(tree);
  for (const { key, value, line } of placesIn(tree)) {
    if (value.kind !== "scalar" || !value.literal || typeof value.value !== "string") continue;
    if (isLater && TO_FILL_IN.test(value.value)) continue;
    if (PASSWORD_KEY.test(key) && PASSWORD_VALUE.test(textOf(value)))
      yield { key: keyOf(key, textOf(value)), setting: key, line };
  }
}

const LITERAL: Rule = {
  id: "secrets/literal-password",
  kind: "widening",
  asks: "block",
  when: "a password, a token or a secret key of a resource or a provider is written out",
  parts: {
    of: ["terraform", "terraform-values", "cloudformation"],
    *find({ name, type, file, before, after }) {
      if (after === undefined || isApart({ path: file }) || /^(?:random_|data$|output$)/.test(type)) return;
      const had = before === undefined ? [] : [...passwordsIn(before)];
      for (const { setting, line } of gained(had, [...passwordsIn(after)])) {
        const why = `writes ${shown(setting)} of ${shown(name)} out: whoever can read the repository has it, for ever`;
        yield { what: shown(name), file, line, side: "after", why };
      }
    },
  },
  lines: [],
  reports: [
    [
      "writes `password` of `aws_db_instance.a` out: whoever can read the repository has it, for ever",
      added("db.tf", `resource "aws_db_instance" "a" {\n  password = "${"Tr0ub4dor"}7xyzQ"\n}\n`),
    ],
    [
      "writes `password` of `aws_db_instance.a` out: whoever can read the repository has it, for ever",
      changed(
        "db.tf",
        `resource "aws_db_instance" "a" {\n  password = "${"first"}-one-7xyzQ"\n}\n`,
        `resource "aws_db_instance" "a" {\n  password = "${"Tr0ub4dor"}7xyzQ"\n}\n`,
      ),
    ],
    [
      "writes `secret_string` of `aws_secretsmanager_secret_version.a` out: whoever can read the repository has it, for ever",
      added(
        "a.tf",
        'resource "aws_secretsmanager_secret_version" "a" {\n  secret_string = "REPLACE_ME-7xq"\n}\n',
      ),
    ],
    [
      "writes `secret_string` of `aws_secretsmanager_secret_version.a` out: whoever can read the repository has it, for ever",
      added(
        "a.tf",
        'resource "aws_secretsmanager_secret_version" "a" {\n  secret_string = "ORCHID_WINTER_LAMP"\n}\n',
      ),
    ],
  ],
  ignores: [
    [
      "a word that only asks for the real value",
      added(
        "a.tf",
        'resource "aws_secretsmanager_secret_version" "a" {\n  secret_string = "REPLACE_ME"\n}\n',
      ),
    ],
    [
      "a word that asks for the real value, which Terraform leaves alone",
      added(
        "a.tf",
        'resource "aws_secretsmanager_secret_version" "a" {\n  secret_string = "UPDATE_IN_CONSOLE"\n  lifecycle {\n    ignore_changes = [secret_string]\n  }\n}\n',
      ),
    ],
    ["a reference", added("db.tf", 'resource "aws_db_instance" "a" {\n  password = var.password\n}\n')],
    [
      "a placeholder",
      added("db.tf", 'resource "aws_db_instance" "a" {\n  password = "changeme-please1"\n}\n'),
    ],
  ],
};

const SECRET_LINE: Rule = {
  id: "secrets/secret-key",
  kind: "widening",
  asks: "block",
  when: "a secret access key, a password in a command or the password of a package index is written out",
  lines: [
    {
      side: "after",
      pattern:
        /\b(?:aws_?)?secret_?(?:access_?)?key["']?\s*[:=>,]+\s*["']?([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])|\bcurl\b[^|;]{0,200}\s(?:-u|--user)\s*["']?([\w.-]{1,40}:(?!\$)[^\s"'$]{6,})|Authorization:\s*(?:Bearer|Basic|Token)\s+(?!\$|<|\{)([A-Za-z0-9+/_.=-]{20,})|_authToken\s*=\s*(?!\$)([\w-]{20,})|<add\s+key="(?:ClearText)?Password"\s+value="([^"$%]{8,})"/i,
      unless: /example|changeme|placeholder|xxxx|\*{4}|<[\w -]+>|your[-_]|dummy|fake/i,
      where: (found, file) => !isApart(file) && new Set(found.slice(1).join("").toLowerCase()).size >= 8,
      hidden: true,
      what: () => "a secret",
      why: () => "writes a secret out: whoever can read the repository has it, for ever",
    },
  ],
  reports: [
    [
      "writes a secret out: whoever can read the repository has it, for ever",
      added("config.ini", `aws_secret_access_key = ${"h7Kq2vXw9LmPa3Sd5Fg7Hj1K"}${"l4Zx6Cv8Bn0Mq2We"}\n`),
    ],
  ],
  ignores: [["from the environment", added("run.sh", 'curl -u "$USER:$PASSWORD" https://a.example\n')]],
};

const ENV_FILE: Rule = {
  id: "secrets/env-file",
  kind: "widening",
  asks: "block",
  when: "a file of environment variables with secrets in it is committed",
  *file(file): Generator<Finding> {
    if (
      file.status !== "added" ||
      isApart(file) ||
      !/(?:^|\/)\.env(?:\.(?:production|prod|staging|live|local))?$/.test(file.path)
    )
      return;
    const secret = file.lines.after.find(
      ({ text }) =>
        /^\s*(?:export\s+)?(?!\w*PUBLIC)\w*(?:SECRET|PASSWORD|TOKEN|PRIVATE|API_?KEY)\w*\s*=\s*["']?(?!encrypted:|ENC\[|vault:|op:\/\/|ref\+)[^\s"'$<]{8,}/.test(
          text,
        ) && !PLACEHOLDER.test(text),
    );
    if (secret === undefined) return;
    const why = `commits ${shown(file.path)} with secrets in it: whoever can read the repository has them, for ever`;
    yield { what: shown(file.path), file: file.path, line: secret.line, side: "after", why };
  },
  reports: [
    [
      "commits `.env.production` with secrets in it: whoever can read the repository has them, for ever",
      added(".env.production", `SESSION_SECRET=${"h7Kq2vXw9LmP"}\n`),
    ],
  ],
  ignores: [["a pattern to fill in", added(".env.example", "SESSION_SECRET=h7Kq2vXw9LmP\n")]],
};

export const SECRETS: RuleSet = {
  name: "secrets",
  title: "Secrets",
  reads: ({ path, status }) =>
    status !== "removed" && !/(?:^|\/)(?:package-lock\.json|[^/]*\.lock)$/i.test(path),
  // Of tests and prose the diff is enough.
  wants: (file) => file.status !== "removed" && !isApart(file),
  rules: [KEY, KEY_APART, TOKEN, SECRET_LINE, PASSWORD, LITERAL, IN_SETTINGS, ENV_FILE],
};
