import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { secretsInEnvironment, secretsInSettings } from "../../../src/app/operation/own-secrets.ts";
import { weakness } from "../../../src/app/operation/secret.ts";
import { type Environment, InvalidSettings, readSettings } from "../../../src/app/operation/settings.ts";
import { fc } from "../../fast-check.ts";
import { privateKey, SECRET } from "../credentials.ts";

const good: Environment = { APP_ID: "12", PRIVATE_KEY: privateKey, WEBHOOK_SECRET: SECRET };

const privateKeyEncoding = { type: "pkcs8", format: "pem" } as const;
const publicKeyEncoding = { type: "spki", format: "pem" } as const;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "countersign-settings-"));
  writeFileSync(join(folder, "key.pem"), privateKey);
});
afterAll(() => rmSync(folder, { recursive: true }));

function problemsOf(environment: Environment): readonly string[] {
  try {
    readSettings(environment);
  } catch (error) {
    if (error instanceof InvalidSettings) return error.message.split("\n").slice(1);
    throw error;
  }
  return [];
}

describe("the environment becomes settings", () => {
  test("three variables are enough", () => {
    expect(readSettings(good)).toEqual({
      appId: 12,
      privateKey,
      deliveries: { by: "webhook", secret: SECRET },
      host: "localhost",
      port: 3000,
      apiBaseUrl: "https://api.github.com",
      dataFolder: ".countersign",
      writesPerSecond: 1,
      logLevel: "info",
      logFormat: "pretty",
    });
  });

  test.each([
    ["a port of the system's choice", { PORT: "0" }, { port: 0 }],
    ["an address to listen on", { HOST: "0.0.0.0" }, { host: "0.0.0.0" }],
    ["a folder", { COUNTERSIGN_DATA: "/data" }, { dataFolder: "/data" }],
    ["Enterprise Server", { GHE_HOST: "git.acme.io" }, { apiBaseUrl: "https://git.acme.io/api/v3" }],
    [
      "Enterprise Server for trials",
      { GHE_HOST: "localhost:81", GHE_PROTOCOL: "http" },
      { apiBaseUrl: "http://localhost:81/api/v3" },
    ],
    ["data residency", { GHE_HOST: "acme.ghe.com" }, { apiBaseUrl: "https://api.acme.ghe.com" }],
    ["JSON logs in production", { NODE_ENV: "production" }, { logFormat: "json" }],
    [
      "logs as asked for",
      { NODE_ENV: "production", LOG_FORMAT: "pretty", LOG_LEVEL: "debug" },
      { logFormat: "pretty", logLevel: "debug" },
    ],
    ["PostgreSQL", { DATABASE_URL: "postgres://u:p@db/x" }, { databaseUrl: "postgres://u:p@db/x" }],
    ["one of two replicas", { COUNTERSIGN_WRITES_PER_SECOND: "0.5" }, { writesPerSecond: 0.5 }],
    ["a larger machine", { COUNTERSIGN_JOBS_AT_ONCE: "25" }, { jobsAtOnce: 25 }],
    ["a ledger that ends", { COUNTERSIGN_LEDGER_DAYS: "400" }, { ledgerDays: 400 }],
    ["an audit sink beside the log", { COUNTERSIGN_AUDIT: "stdout" }, { audit: { to: "stdout" } }],
    [
      "an audit sink elsewhere",
      { COUNTERSIGN_AUDIT: "https://audit.acme.io/in?k=1" },
      { audit: { to: "https", address: "https://audit.acme.io/in?k=1" } },
    ],
    ["keys that wait", { COUNTERSIGN_PASSKEY_WAIT: "24" }, { keysValidAfter: 86_400_000 }],
    ["a faster GitHub", { COUNTERSIGN_WRITES_PER_SECOND: "5" }, { writesPerSecond: 5 }],
    [
      "a secret that is being changed",
      { WEBHOOK_SECRET_PREVIOUS: SECRET },
      { deliveries: { by: "webhook", secret: SECRET, previousSecret: SECRET } },
    ],
    [
      "deliveries read from GitHub, for which no secret is needed",
      { COUNTERSIGN_POLL: "5", WEBHOOK_SECRET: "" },
      { deliveries: { by: "polling", everyMs: 5000 } },
    ],
    ["a port for operation", { COUNTERSIGN_OPS_PORT: "9090" }, { opsPort: 9090 }],
    ["two ports of the system's choice", { PORT: "0", COUNTERSIGN_OPS_PORT: "0" }, { port: 0, opsPort: 0 }],
    ["configs checked for all", { COUNTERSIGN_VALIDATE_API: "on" }, { validateApi: true }],
    ["an empty variable is an absent one", { PORT: "", DATABASE_URL: "", GHE_HOST: "" }, { port: 3000 }],
    [
      "a key whose lines are joined by a written \\n",
      { PRIVATE_KEY: privateKey.replaceAll("\n", "\\n") },
      { privateKey },
    ],
  ])("%s", (_, more, expected) => {
    expect(readSettings({ ...good, ...more })).toMatchObject(expected);
  });

  test("the database's password is read from a file, without the line break at its end", () => {
    const path = join(folder, "password");
    writeFileSync(path, "a pass word \r\n");
    expect(readSettings({ ...good, DATABASE_PASSWORD_FILE: path })).toMatchObject({
      databasePassword: "a pass word ",
      secretFiles: [path],
    });
  });

  test.each([
    ["an empty file", "", /DATABASE_PASSWORD_FILE names .* which is empty/],
    ["no file", null, /DATABASE_PASSWORD_FILE names .*, which cannot be read/],
  ])("no database's password is in %s", (_, text, problem) => {
    const path = join(folder, "no-password");
    if (text !== null) writeFileSync(path, text);
    else rmSync(path, { force: true });
    expect(problemsOf({ ...good, DATABASE_PASSWORD_FILE: path })).toEqual([expect.stringMatching(problem)]);
  });

  test.each([
    ["one port for both", { PORT: "3001", COUNTERSIGN_OPS_PORT: "3001" }, "must differ from PORT"],
    ["the port for both by default", { COUNTERSIGN_OPS_PORT: "3000" }, "must differ from PORT"],
    [
      "a weak previous secret",
      { WEBHOOK_SECRET_PREVIOUS: "development" },
      "WEBHOOK_SECRET_PREVIOUS is too easy",
    ],
    [
      "another word for on",
      { COUNTERSIGN_VALIDATE_API: "yes" },
      "COUNTERSIGN_VALIDATE_API must be on or off",
    ],
    ["no days", { COUNTERSIGN_LEDGER_DAYS: "0" }, "COUNTERSIGN_LEDGER_DAYS must be a number of days"],
    ["an open audit sink", { COUNTERSIGN_AUDIT: "http://audit.acme.io" }, "begins with https://"],
    ["an audit sink with a name", { COUNTERSIGN_AUDIT: "https://u@acme.io" }, "must not hold a name"],
    ["no audit sink", { COUNTERSIGN_AUDIT: "stderr" }, 'COUNTERSIGN_AUDIT must be "stdout"'],
  ])("refused: %s", (_, more, problem) => {
    expect(problemsOf({ ...good, ...more })).toEqual([expect.stringContaining(problem)]);
  });

  test("the key is read from a file", () => {
    const environment = { ...good, PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: join(folder, "key.pem") };
    expect(readSettings(environment).privateKey).toBe(privateKey);
  });
});

describe("what statements are signed with", () => {
  const named = (text: string) => {
    const path = join(folder, "signing-key.pem");
    writeFileSync(path, text);
    return { ...good, COUNTERSIGN_SIGNING_KEY_PATH: path };
  };
  const ec = (namedCurve: string): string =>
    generateKeyPairSync("ec", { namedCurve, privateKeyEncoding, publicKeyEncoding }).privateKey;
  const p256 = ec("P-256");

  test("is a key in a file, which is secret, and whose openness is told", () => {
    const environment = named(p256);
    const settings = readSettings(environment);
    expect(settings).toMatchObject({
      signingKey: p256,
      secretFiles: [environment.COUNTERSIGN_SIGNING_KEY_PATH],
    });
    expect(secretsInSettings(settings)).toContain(p256);
  });

  test.each([
    ["the App's own key", privateKey],
    ["a key of another curve", ec("P-384")],
    ["something else", "hunter2"],
    ["nothing", ""],
  ])("is not %s", (_, text) => {
    expect(problemsOf(named(text))).toEqual([
      expect.stringMatching(
        /^ {2}- COUNTERSIGN_SIGNING_KEY_PATH names \S+, which is not a private key of the curve P-256 in PEM form; `openssl ecparam/,
      ),
    ]);
  });

  test("is not in a file that is not there", () => {
    const path = { ...good, COUNTERSIGN_SIGNING_KEY_PATH: "/nowhere" };
    expect(problemsOf(path)).toEqual([expect.stringContaining("names /nowhere, which cannot be read")]);
  });

  test.each([
    ["an address", "https://gate.acme.io", "https://gate.acme.io"],
    ["one with a slash at its end", "https://gate.acme.io/", "https://gate.acme.io"],
    ["a local one for trials", "http://localhost:3000", "http://localhost:3000"],
    ["one without TLS", "http://gate.acme.io", null],
    ["one with a path", "https://acme.io/gate", null],
    ["one with a password", "https://u:p@acme.io", null],
    ["a word", "gate", null],
  ])("is found at %s", (_, address, url) => {
    const environment = { ...good, COUNTERSIGN_URL: address };
    if (url !== null) expect(readSettings(environment).url).toBe(url);
    else
      expect(problemsOf(environment)).toEqual([
        expect.stringContaining("COUNTERSIGN_URL must be the address"),
      ]);
  });
});

describe("addresses that people are told at", () => {
  const SLACK = "https://hooks.slack.com/services/T0/B0/hunter2hunter2";
  const OWN = "https://chat.acme.io:8443/hooks/hunter2hunter2";

  test("by name, with the hosts that they may lead to and what is signed with", () => {
    const variables = {
      COUNTERSIGN_NOTIFY_ON_CALL: SLACK,
      COUNTERSIGN_NOTIFY_AUDIT: OWN,
      COUNTERSIGN_NOTIFY_TRIAL: "http://127.0.0.1:9001/",
      COUNTERSIGN_NOTIFY_HOSTS: "Chat.acme.io:8443, 127.0.0.1:9001",
      COUNTERSIGN_NOTIFY_SECRET: SECRET,
    };
    const settings = readSettings({ ...good, ...variables });
    expect(settings.notices).toEqual({
      targets: [
        { name: "on-call", address: SLACK, format: "slack" },
        { name: "audit", address: OWN, format: "json" },
        { name: "trial", address: "http://127.0.0.1:9001/", format: "json" },
      ],
      secret: SECRET,
    });
    const hidden = ["hooks/hunter2hunter2", SLACK, OWN, SECRET];
    expect(secretsInSettings(settings)).toEqual(expect.arrayContaining(hidden));
    expect(secretsInEnvironment(variables)).toEqual(expect.arrayContaining(hidden));
    expect(secretsInEnvironment(variables)).not.toContain(variables.COUNTERSIGN_NOTIFY_HOSTS);
  });

  test("Slack's need no secret and no list; none at all is no setting", () => {
    expect(readSettings({ ...good, COUNTERSIGN_NOTIFY_A: SLACK }).notices).toEqual({
      targets: [{ name: "a", address: SLACK, format: "slack" }],
    });
    expect(readSettings({ ...good, COUNTERSIGN_NOTIFY_A: "" }).notices).toBeUndefined();
  });

  test("read from files", () => {
    const path = join(folder, "address");
    writeFileSync(path, `${SLACK}\n`);
    expect(readSettings({ ...good, COUNTERSIGN_NOTIFY_A_FILE: path })).toMatchObject({
      notices: { targets: [{ name: "a", address: SLACK }] },
      secretFiles: [path],
    });
  });

  test.each([
    ["a word", { A: "hunter2hunter2" }, "COUNTERSIGN_NOTIFY_A is no address"],
    ["plain http", { A: "http://hooks.slack.com/hunter2" }, "A must be an address that begins with https://"],
    ["another scheme", { A: "file:///etc/hunter2" }, "A must be an address that begins with https://"],
    [
      "a host that is not listed",
      { A: OWN, HOSTS: "chat.acme.io" },
      "that COUNTERSIGN_NOTIFY_HOSTS does not list",
    ],
    ["Slack's host at another port", { A: "https://hooks.slack.com:81/hunter2" }, "_HOSTS does not list"],
    [
      "a host that only looks like Slack's",
      { A: "https://hooks.slack.com.evil.io/hunter2" },
      "_HOSTS does not list",
    ],
    ["a local host that is not listed", { A: "http://localhost/hunter2" }, "_HOSTS does not list"],
    ["a password", { A: "https://u:hunter2@hooks.slack.com/x" }, "A must not hold a name or a password"],
    ["lower case", { a: SLACK }, "COUNTERSIGN_NOTIFY_a is a name that no config can have"],
    ["a file that is not there", { A_FILE: "/nowhere" }, "A_FILE names /nowhere, which cannot be read"],
    [
      "an address in place of a file",
      { A_FILE: "https://hooks.slack.com/hunter2" },
      "A_FILE must name a file",
    ],
    ["an address twice", { A: SLACK, A_FILE: "/nowhere" }, "A and COUNTERSIGN_NOTIFY_A_FILE are both set"],
    ["addresses as hosts", { HOSTS: "https://hunter2/" }, "COUNTERSIGN_NOTIFY_HOSTS must list hosts alone"],
    ["a weak secret", { A: SLACK, SECRET: "hunter2" }, "COUNTERSIGN_NOTIFY_SECRET is too easy to guess"],
  ])("refused: %s", (_, given, problem) => {
    const variables = Object.entries(given).map(([name, value]) => [`COUNTERSIGN_NOTIFY_${name}`, value]);
    const problems = problemsOf({ ...good, ...Object.fromEntries(variables) });
    expect(problems).toEqual([expect.stringContaining(problem)]);
    expect(problems.join()).not.toContain("hunter2");
  });

  test("our own webhook is never sent unsigned", () => {
    const variables = { COUNTERSIGN_NOTIFY_A: OWN, COUNTERSIGN_NOTIFY_HOSTS: "chat.acme.io:8443" };
    expect(problemsOf({ ...good, ...variables })).toEqual([
      expect.stringContaining("COUNTERSIGN_NOTIFY_SECRET is missing"),
    ]);
  });
});

describe("a bad environment is refused", () => {
  const ec = generateKeyPairSync("ec", {
    namedCurve: "P-256",
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  test.each([
    ["no id", { APP_ID: undefined }, /APP_ID must be the App's numeric id/],
    ["a client id", { APP_ID: "Iv23liABC" }, /APP_ID must be .* not its client id/],
    ["id 0", { APP_ID: "0" }, /APP_ID/],
    ["no key", { PRIVATE_KEY: undefined }, /PRIVATE_KEY is missing.*PRIVATE_KEY_PATH/],
    ["no key in the key", { PRIVATE_KEY: "hello" }, /PRIVATE_KEY is not an RSA private key in PEM form/],
    ["a key cut short", { PRIVATE_KEY: privateKey.slice(0, 400) }, /PRIVATE_KEY is not an RSA private key/],
    ["a key of another kind", { PRIVATE_KEY: ec.privateKey }, /PRIVATE_KEY is not an RSA private key/],
    ["a public key", { PRIVATE_KEY: ec.publicKey }, /PRIVATE_KEY is not an RSA private key/],
    [
      "a path to nothing",
      { PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: "/nowhere/key.pem" },
      /PRIVATE_KEY_PATH names \/nowhere\/key.pem, which cannot be read/,
    ],
    ["no secret (E06)", { WEBHOOK_SECRET: undefined }, /WEBHOOK_SECRET is missing: `openssl rand -hex 32`/],
    [
      "Probot's default secret (E06)",
      { WEBHOOK_SECRET: "development" },
      /WEBHOOK_SECRET is too easy to guess: it contains the word "development"/,
    ],
    ["a port beyond all ports", { PORT: "65536" }, /PORT must be a port from 0 to 65535/],
    ["a port in words", { PORT: "http" }, /PORT must be a port/],
    ["a level nobody knows", { LOG_LEVEL: "loud" }, /LOG_LEVEL must be one of trace, debug/],
    [
      "a database of another kind",
      { DATABASE_URL: "mysql://db/x" },
      /DATABASE_URL must be the address of a PostgreSQL/,
    ],
    ["a host that is an address", { GHE_HOST: "https://git.acme.io/" }, /GHE_HOST is "https:/],
  ])("%s", (_, more, problem) => {
    const problems = problemsOf({ ...good, ...more });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(problem);
  });

  test("all problems are told at once", () => {
    expect(problemsOf({ PORT: "x", DATABASE_URL: "y", GHE_HOST: "a b" })).toHaveLength(6);
  });

  test("no value of a secret is told", () => {
    const told = problemsOf({
      ...good,
      PRIVATE_KEY: "-----BEGIN SECRET",
      WEBHOOK_SECRET: "hunter2hunter2",
    }).join();
    expect(told).not.toMatch(/BEGIN SECRET|hunter2/);
  });
});

describe("a webhook secret is strong when it cannot be guessed", () => {
  test.each([
    ["development", /development/],
    ["x".repeat(64), /few different/],
    ["hunter2", /7 characters/],
    ["0123456789abcdef0123456789abcde", /31 characters/],
    ["0123456789abcdef".repeat(2), /repeats itself/],
    ["correct battery".repeat(3), /repeats itself/],
    ["abcdefghijklmnopqrstuvwxyz0123456789", /pattern/],
    ["my-Development-secret-which-is-long-enough", /development/],
    ["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaabcdefg", /few different/],
  ])("%s is weak", (secret, why) => {
    expect(weakness(secret)).toMatch(why);
  });

  test("property: what `openssl rand -hex 32` makes is strong", () => {
    const hex = fc.noBias(fc.uint8Array({ minLength: 32, maxLength: 32 }));
    fc.assert(fc.property(hex, (bytes) => weakness(Buffer.from(bytes).toString("hex")) === null));
  });
});

describe("the pages", () => {
  const PAGES = {
    COUNTERSIGN_URL: "https://countersign.acme.io/",
    CLIENT_ID: "Iv23abc",
    CLIENT_SECRET: "0123456789abcdef0123456789abcdef01234567",
    SESSION_SECRET: SECRET,
  };

  test("four variables are all they need, and two of them are secrets", () => {
    const settings = readSettings({ ...good, ...PAGES });
    expect(settings.pages).toEqual({
      url: "https://countersign.acme.io",
      clientId: PAGES.CLIENT_ID,
      clientSecret: PAGES.CLIENT_SECRET,
      sessionSecret: SECRET,
    });
    expect(secretsInSettings(settings)).toEqual(expect.arrayContaining([PAGES.CLIENT_SECRET, SECRET]));
  });

  test("on this machine, they may come by http", () => {
    const settings = readSettings({ ...good, ...PAGES, COUNTERSIGN_URL: "http://localhost:3000" });
    expect(settings.pages?.url).toBe("http://localhost:3000");
  });

  test("there are none without their variables", () => {
    expect(readSettings({ ...good, CLIENT_ID: "" }).pages).toBeUndefined();
  });

  test.each([
    [{ SESSION_SECRET: "" }, "SESSION_SECRET is missing: the pages need"],
    [{ COUNTERSIGN_URL: "", CLIENT_ID: undefined }, "COUNTERSIGN_URL and CLIENT_ID are missing"],
    [{ SESSION_SECRET: "development" }, "SESSION_SECRET is too easy to guess"],
    [{ COUNTERSIGN_URL: "countersign.acme.io" }, "COUNTERSIGN_URL must be the address"],
    [{ COUNTERSIGN_URL: "http://countersign.acme.io" }, "COUNTERSIGN_URL must be the address"],
    [{ COUNTERSIGN_URL: "https://acme.io/countersign" }, "COUNTERSIGN_URL must be the address"],
    [{ COUNTERSIGN_URL: "https://u:p@acme.io" }, "COUNTERSIGN_URL must be the address"],
    [{ COUNTERSIGN_URL: "javascript://acme.io" }, "COUNTERSIGN_URL must be the address"],
  ])("refused: %j", (more, problem) => {
    expect(problemsOf({ ...good, ...PAGES, ...more })).toEqual([expect.stringContaining(problem)]);
  });
});
