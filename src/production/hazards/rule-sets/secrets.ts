import type { Finding } from "../hazard.ts";
import { added, type Rule, type RuleSet } from "../rule.ts";
import { shown } from "../words.ts";

/** Nothing that is matched here is shown again. */
const PLACEHOLDER =
  /EXAMPLE|example|xxxx|XXXX|\.\.\.|changeme|placeholder|dummy|fake|<[\w -]+>|your[-_]|test[-_]?key|0{8}|1234567890|abcdef|\bredacted\b|\*{4}/;

const KEY: Rule = {
  id: "secrets/private-key",
  kind: "widening",
  asks: "block",
  when: "a private key is committed",
  lines: [
    {
      side: "after",
      pattern:
        /-----BEGIN (?:(?:RSA|EC|DSA|OPENSSH|ENCRYPTED|PGP) )?PRIVATE KEY(?: BLOCK)?-----(?!.*(?:\.\.\.|…|<))/,
      hidden: true,
      what: () => "a private key",
      why: () => "commits a private key: whoever can read the repository has it, for ever",
    },
  ],
  reports: [
    [
      "commits a private key: whoever can read the repository has it, for ever",
      added("deploy/id", `-----BEGIN ${"OPENSSH PRIVATE KEY"}-----\nb3BlbnNzaC1rZXk\n`),
    ],
  ],
  ignores: [["a public key", added("deploy/id.pub", "-----BEGIN PUBLIC KEY-----\n")]],
};

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/, "an access key of AWS"],
  [/\bgh[pousr]_[A-Za-z0-9]{36,}\b|\bgithub_pat_\w{60,}/, "a token of GitHub"],
  [/\bglpat-[\w-]{20,}\b/, "a token of GitLab"],
  [/\bxox[abprs]-[\w-]{20,}|hooks\.slack\.com\/services\/T\w{7,}\/B\w{7,}\/\w{20,}/, "a token of Slack"],
  [/\bsk_live_\w{20,}|\brk_live_\w{20,}/, "a live key of Stripe"],
  [/\bAIza[\w-]{35}\b/, "an API key of Google"],
  [/\bSG\.[\w-]{20,}\.[\w-]{30,}/, "a key of SendGrid"],
  [/\bnpm_[A-Za-z0-9]{36}\b/, "a token of npm"],
  [/\bsk-(?:ant|proj|svcacct)-[\w-]{30,}/, "an API key of an AI provider"],
  [/\bdop_v1_[0-9a-f]{64}\b/, "a token of DigitalOcean"],
  [/"type":\s*"service_account"/, "the credentials of a service account of Google"],
];

/** One look tells most lines to hold none. */
const ANY_KIND = new RegExp(KINDS.map(([pattern]) => pattern.source).join("|"));

const TOKEN: Rule = {
  id: "secrets/token",
  kind: "widening",
  asks: "block",
  when: "a token or key of a known form is committed",
  *file(file): Generator<Finding> {
    for (const { text, line } of file.lines.after) {
      const piece = text.slice(0, 20_000);
      if (!ANY_KIND.test(piece)) continue;
      const kind = KINDS.find(([pattern]) => {
        const found = pattern.exec(piece)?.[0];
        return found !== undefined && !PLACEHOLDER.test(found);
      });
      if (kind === undefined) continue;
      const why = `commits ${kind[1]}: whoever can read the repository has it, for ever`;
      yield { what: kind[1], file: file.path, line, side: "after", why, by: "diff" };
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
  ],
  ignores: [
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
        /\b(?:postgres(?:ql)?|mysql|mongodb(?:\+srv)?|redis|amqps?|mssql):\/\/[^\s:@/"'<$%{]+:([^\s@/"'<$%{]{6,})@(?!localhost|127\.0\.0\.1|(?:db|postgres|mysql|redis|database|host|mongo)(?:[:/]|\b$))/,
      unless: /EXAMPLE|example\.|changeme|placeholder|password@|:pass@|:secret@|:postgres@|<|\*{3}/i,
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
  ],
  ignores: [
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

const ENV_FILE: Rule = {
  id: "secrets/env-file",
  kind: "widening",
  asks: "block",
  when: "a file of environment variables with secrets in it is committed",
  *file(file): Generator<Finding> {
    if (
      file.status !== "added" ||
      !/(?:^|\/)\.env(?:\.(?:production|prod|staging|live|local))?$/.test(file.path)
    )
      return;
    const secret = file.lines.after.find(
      ({ text }) =>
        /^\s*(?:export\s+)?\w*(?:SECRET|PASSWORD|TOKEN|PRIVATE|API_?KEY)\w*\s*=\s*["']?[^\s"'$<]{8,}/.test(
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
    status !== "removed" &&
    !/(?:^|\/)(?:node_modules|vendor|testdata|fixtures?|__fixtures__|tests?|specs?|__tests__|docs?)\/|\.(?:mdx?|lock|svg|snap)$|(?:[._-](?:test|spec)\.)|package-lock\.json$/i.test(
      path,
    ),
  rules: [KEY, TOKEN, PASSWORD, ENV_FILE],
};
