import { describe, expect, test } from "@jest/globals";
import { loadPolicyFile } from "../../../src/policy/file/load.ts";
import { LIMITS } from "../../../src/policy/limits.ts";
import { show } from "../../../src/policy/show.ts";

/** JSON is YAML too. */
const problemsOf = (config: unknown) =>
  loadPolicyFile(JSON.stringify(config), "countersign.yml").problems.map(
    ({ code, message, remedy }) => `${code} | ${message} | ${remedy}`,
  );

/** Different ones, as many as asked for. */
const many = <Item>(count: number, make: (index: number) => Item) =>
  Array.from({ length: count }, (_, index) => make(index));
const long = (length: number, begin = "") => begin + "x".repeat(length - begin.length);

const detect = (keys: object) => ({ detect: keys });
const signal = (row: object) => detect({ signals: [{ tool: "In-house", ...row }] });
const area = (keys: object) => ({ production: [{ name: "a", paths: ["a"], ...keys }] });
const hazards = (kind: object) => ({ hazards: { destructive: kind } });
const rule = (keys: object) => ({ hazards: { rules: { "sql/drop-table": keys } } });

const OWNER = "an owner (@user, @org/team or an e-mail address)";

describe("lists", () => {
  interface Row {
    readonly key: string;
    readonly config: (count: number) => unknown;
    readonly least?: number;
    readonly most: number;
    readonly allowed: string;
  }
  const LOGIN = "a login without @";
  const owners = (count: number) => many(count, (index) => `@user-${index}`);
  const logins = (count: number) => many(count, (index) => `bot-${index}`);

  test.each<Row>([
    {
      key: "branches",
      config: (count) => ({ branches: many(count, (index) => `b${index}`) }),
      least: 1,
      most: LIMITS.branches,
      allowed: "a list of 1 to 50 entries, each a branch name, with * and ** as wildcards",
    },
    {
      key: "detect.agents",
      config: (count) => detect({ agents: logins(count) }),
      most: LIMITS.logins,
      allowed: `a list of up to 200 entries, each ${LOGIN}`,
    },
    {
      key: "detect.not-ai",
      config: (count) => detect({ "not-ai": logins(count) }),
      most: LIMITS.logins,
      allowed: `a list of up to 200 entries, each ${LOGIN}`,
    },
    {
      key: "detect.signals",
      config: (count) => detect({ signals: many(count, (index) => ({ tool: "T", label: `acme-${index}` })) }),
      most: LIMITS.signals,
      allowed:
        "a list of up to 100 entries, each a mapping of tool, trailer, email, co-author, line, branch, label, account, value",
    },
    {
      key: "production",
      config: (count) => ({ production: many(count, (index) => ({ name: `a${index}`, paths: ["a"] })) }),
      most: LIMITS.areas,
      allowed:
        "a list of up to 50 entries, each a mapping of name, paths, countersignatures, from, senior, applies-to, mode, keep, when",
    },
    {
      key: "production.0.paths",
      config: (count) => area({ paths: many(count, (index) => `a${index}`) }),
      least: 1,
      most: LIMITS.patterns,
      allowed: "a list of 1 to 1000 entries, each a CODEOWNERS pattern",
    },
    {
      key: "production.0.from",
      config: (count) => area({ from: owners(count) }),
      least: 1,
      most: LIMITS.owners,
      allowed: '"owners" or a list of 1 to 100 owners (@user, @org/team or an e-mail address)',
    },
    {
      key: "production.0.senior",
      config: (count) => area({ senior: owners(count) }),
      least: 1,
      most: LIMITS.owners,
      allowed: `a list of 1 to 100 entries, each ${OWNER}`,
    },
    {
      key: "hazards.destructive.senior",
      config: (count) => hazards({ senior: owners(count) }),
      least: 1,
      most: LIMITS.owners,
      allowed: `a list of 1 to 100 entries, each ${OWNER}`,
    },
    {
      key: "unowned",
      config: (count) => ({ unowned: owners(count) }),
      most: LIMITS.owners,
      allowed: `a list of up to 100 entries, each ${OWNER}`,
    },
  ])("$key: $allowed", ({ key, config, least = 0, most, allowed }) => {
    expect(problemsOf(config(least))).toEqual([]);
    expect(problemsOf(config(most))).toEqual([]);
    expect(problemsOf(config(least - 1))).toEqual(
      least === 0 ? [] : [`config/invalid-value | ${key} is []. | Use ${allowed}.`],
    );
    expect(problemsOf(config(most + 1))).toEqual([
      `config/too-large | ${key} is a list of ${most + 1} entries. | Use ${allowed}.`,
    ]);
  });
});

describe("texts", () => {
  interface Row {
    readonly key: string;
    readonly config: (text: string) => unknown;
    readonly begin?: string;
    readonly most: number;
    readonly allowed: string;
  }
  test.each<Row>([
    {
      key: "branches.0",
      config: (text) => ({ branches: [text] }),
      most: LIMITS.branchLength,
      allowed: "a branch name, with * and ** as wildcards",
    },
    {
      key: "detect.agents.0",
      config: (text) => detect({ agents: [text] }),
      most: LIMITS.loginLength,
      allowed: "a login without @",
    },
    {
      key: "detect.signals.0.tool",
      config: (text) => signal({ tool: text, label: "acme-agent" }),
      most: LIMITS.signalLength,
      allowed: "text of 1 to 200 characters",
    },
    {
      key: "detect.signals.0.trailer",
      config: (text) => signal({ trailer: text }),
      most: LIMITS.trailerLength,
      allowed: "a trailer key (letters, digits and hyphens)",
    },
    {
      key: "detect.signals.0.value",
      config: (text) => signal({ trailer: "X-Model", value: text }),
      most: LIMITS.signalLength,
      allowed: "text of 1 to 200 characters",
    },
    {
      key: "detect.signals.0.co-author",
      config: (text) => signal({ "co-author": text }),
      most: LIMITS.signalLength,
      allowed: "text of 1 to 200 characters",
    },
    {
      key: "detect.signals.0.line",
      config: (text) => signal({ line: text }),
      most: LIMITS.signalLength,
      allowed: "text of 1 to 200 characters",
    },
    {
      key: "detect.signals.0.branch",
      config: (text) => signal({ branch: text }),
      most: LIMITS.signalLength,
      allowed: "text of 1 to 200 characters",
    },
    {
      key: "detect.signals.0.label",
      config: (text) => signal({ label: text }),
      most: LIMITS.labelLength,
      allowed: "text of 1 to 50 characters",
    },
    {
      key: "detect.signals.0.account.login",
      config: (text) => signal({ account: { id: 7, login: text } }),
      most: LIMITS.loginLength,
      allowed: "a login without @",
    },
    {
      key: "labels.ai",
      config: (text) => ({ labels: { ai: text } }),
      most: LIMITS.labelLength,
      allowed: "the name of a label (up to 50 characters) or false",
    },
    {
      key: "production.0.name",
      config: (text) => area({ name: text }),
      most: LIMITS.nameLength,
      allowed: "a name of lower-case letters, digits and single hyphens (up to 40 characters)",
    },
    {
      key: "production.0.paths.0",
      config: (text) => area({ paths: [text] }),
      most: LIMITS.patternLength,
      allowed: "a CODEOWNERS pattern",
    },
    {
      key: "production.0.from.0",
      config: (text) => area({ from: [text] }),
      begin: "@",
      most: LIMITS.ownerLength,
      allowed: OWNER,
    },
    {
      key: "production.0.senior.0",
      config: (text) => area({ senior: [text] }),
      begin: "@",
      most: LIMITS.ownerLength,
      allowed: OWNER,
    },
    {
      key: "hazards.rules.sql/drop-table.off",
      config: (text) => rule({ off: text }),
      most: LIMITS.reasonLength,
      allowed: "the reason, as text of up to 200 characters",
    },
    {
      key: "unowned.0",
      config: (text) => ({ unowned: [text] }),
      begin: "@",
      most: LIMITS.ownerLength,
      allowed: OWNER,
    },
  ])("$key: $allowed", ({ key, config, begin, most, allowed }) => {
    const longer = long(most + 1, begin);
    expect(problemsOf(config(long(most, begin)))).toEqual([]);
    expect(problemsOf(config(""))).toEqual([`config/invalid-value | ${key} is "". | Use ${allowed}.`]);
    expect(problemsOf(config(longer))).toEqual([
      `config/too-large | ${key} is ${show(longer)}. | Use up to ${most} characters.`,
    ]);
  });
});

describe("numbers", () => {
  test.each([
    { key: "production.0.countersignatures", config: (count: number) => area({ countersignatures: count }) },
    {
      key: "hazards.destructive.countersignatures",
      config: (count: number) => hazards({ countersignatures: count }),
    },
    {
      key: "hazards.rules.sql/drop-table.countersignatures",
      config: (count: number) => rule({ countersignatures: count }),
    },
  ])("$key: a whole number from 1 to 10", ({ key, config }) => {
    for (const count of [1, LIMITS.countersignatures]) expect(problemsOf(config(count))).toEqual([]);
    for (const count of [0, 1.5, LIMITS.countersignatures + 1]) {
      expect(problemsOf(config(count))).toEqual([
        `config/invalid-value | ${key} is ${count}. | Use a whole number from 1 to 10.`,
      ]);
    }
  });

  test("the id of an account: a whole number from 1", () => {
    const config = (id: number) => signal({ account: { id, login: "acme-agent" } });
    for (const id of [1, 300_000_000]) expect(problemsOf(config(id))).toEqual([]);
    for (const id of [0, 1.5]) {
      expect(problemsOf(config(id))).toEqual([
        `config/invalid-value | detect.signals.0.account.id is ${id}. | Use a whole number from 1.`,
      ]);
    }
  });
});

describe("spellings", () => {
  test.each([
    {
      key: "detect.not-ai.0",
      config: (text: string) => detect({ "not-ai": [text] }),
      taken: ["a", "9a", "Acme-Build_x", "acme-sync[bot]"],
      refused: ["-a", "_a", "a.b", "[bot]", "a[bots]", "a[bot]x", "a[bot][bot]"],
      allowed: "a login without @",
    },
    {
      key: "detect.signals.0.trailer",
      config: (text: string) => signal({ trailer: text }),
      taken: ["x", "X-Model", "x9-"],
      refused: ["9x", "-x", "X.Model", "X-Model:"],
      allowed: "a trailer key (letters, digits and hyphens)",
    },
    {
      key: "detect.signals.0.email",
      config: (text: string) => signal({ email: text }),
      taken: ["a@b", "agent+x@acme.example"],
      refused: ["agent", "@acme.example", "agent@", "a@b@c", "<a@b", "a@<b", "a@b>"],
      allowed: "an e-mail address",
    },
    {
      key: "production.0.name",
      config: (text: string) => area({ name: text }),
      taken: ["a", "7", "a1-b2-c3"],
      refused: ["-a", "a-", "a--b", "a.b"],
      allowed: "a name of lower-case letters, digits and single hyphens (up to 40 characters)",
    },
  ])("$key: $allowed", ({ key, config, taken, refused, allowed }) => {
    for (const text of taken) expect(problemsOf(config(text))).toEqual([]);
    for (const text of refused) {
      expect(problemsOf(config(text))).toEqual([
        `config/invalid-value | ${key} is "${text}". | Use ${allowed}.`,
      ]);
    }
  });
});
