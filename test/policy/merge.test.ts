import { describe, expect, test } from "@jest/globals";
import { showOwner } from "../../src/ownership/owner.ts";
import { DEFAULT_BRANCH } from "../../src/policy/branch.ts";
import type { AreaRule, Policy } from "../../src/policy/policy.ts";
import { CONFIG_PATH } from "../../src/policy/source.ts";
import { BUILT_IN_AREAS } from "../../src/production/built-in.ts";
import { areaOf, ORGANIZATION_FILE, policyOf } from "./files.ts";

interface Row {
  readonly why: string;
  readonly organization: string;
  readonly repository: string;
  readonly inForce: unknown;
  /** The line and column of the ignored value, and what is said of it. */
  readonly ignored?: string;
}

const holds = (found: string, place: string) => `${found}, but the organization's ${place}) holds.`;

function expectMerged(row: Row, read: (policy: Policy) => unknown): void {
  const { policy, problems } = policyOf(row);
  expect(read(policy)).toEqual(row.inForce);
  expect(problems.map(({ line, column, message }) => `${line}:${column} ${message}`)).toEqual(
    row.ignored === undefined ? [] : [row.ignored],
  );
  for (const problem of problems) {
    expect(problem).toMatchObject({
      code: "config/weaker-than-organization",
      severity: "warning",
      file: CONFIG_PATH,
      remedy: "Remove it here, or have the organization's file changed.",
    });
  }
}

const at = (line: number) => `(${ORGANIZATION_FILE}:${line}`;

describe("mode", () => {
  test.each<Row>([
    {
      why: "the organization's enforce forbids observe",
      organization: "version: 1\nmode: enforce",
      repository: "mode: observe",
      inForce: "enforce",
      ignored: `1:7 ${holds('mode is "observe"', `"enforce" ${at(2)}`)}`,
    },
    {
      why: "the repository may be stricter",
      organization: "mode: observe",
      repository: "mode: enforce",
      inForce: "enforce",
    },
    {
      why: "the organization's holds where the repository says nothing",
      organization: "mode: observe",
      repository: "",
      inForce: "observe",
    },
  ])("$why", (row) => expectMerged(row, ({ mode }) => mode));
});

describe("branches, agents and signals are taken together", () => {
  test.each<Row>([
    {
      why: "branches",
      organization: "branches: [main]",
      repository: "branches: [main, develop]",
      inForce: [["main", "develop"], [], []],
    },
    {
      why: "agents",
      organization: "detect: { agents: [Build] }",
      repository: "detect: { agents: [build, robo] }",
      inForce: [[DEFAULT_BRANCH], ["build", "robo"], []],
    },
    {
      why: "signals",
      organization: "detect: { signals: [{ tool: A, label: a }] }",
      repository: "detect: { signals: [{ tool: B, label: b }] }",
      inForce: [[DEFAULT_BRANCH], [], ["A", "B"]],
    },
  ])("$why", (row) =>
    expectMerged(row, ({ branches, detect }) => [
      branches,
      detect.agents,
      detect.signals.map(({ tool }) => tool),
    ]),
  );
});

describe("detect.undeclared, review", () => {
  test.each<Row>([
    {
      why: "silence that the organization calls AI stays AI",
      organization: "detect: { undeclared: ai }",
      repository: "detect:\n  undeclared: human",
      inForce: ["ai", false, "contributor"],
      ignored: `2:15 ${holds('detect.undeclared is "human"', `"ai" ${at(1)}`)}`,
    },
    {
      why: "silence may be called AI by the repository",
      organization: "detect: { undeclared: human }",
      repository: "detect: { undeclared: ai }",
      inForce: ["ai", false, "contributor"],
    },
    {
      why: "a review that the organization requires stays required",
      organization: "review: { block: true }",
      repository: "review: { block: false }",
      inForce: ["human", true, "contributor"],
      ignored: `1:18 ${holds("review.block is false", `true ${at(1)}`)}`,
    },
    {
      why: "a review may be required by the repository",
      organization: "review: { block: false }",
      repository: "review: { block: true }",
      inForce: ["human", true, "contributor"],
    },
    {
      why: "who makes a suggestion stays a contributor where the organization says so",
      organization: "review: { suggestions: contributor }",
      repository: "review: { suggestions: ignored }",
      inForce: ["human", false, "contributor"],
      ignored: `1:24 ${holds('review.suggestions is "ignored"', `"contributor" ${at(1)}`)}`,
    },
  ])("$why", (row) =>
    expectMerged(row, ({ detect, review }) => [detect.undeclared, review.block, review.suggestions]),
  );
});

describe("detect.weak-pairs", () => {
  test.each<Row>([
    {
      why: "pairs that the organization lets decide go on deciding",
      organization: "detect: { weak-pairs: true }",
      repository: "detect: { weak-pairs: false }",
      inForce: true,
      ignored: `1:23 ${holds("detect.weak-pairs is false", `true ${at(1)}`)}`,
    },
    {
      why: "the repository may let them decide",
      organization: "",
      repository: "detect: { weak-pairs: true }",
      inForce: true,
    },
  ])("$why", (row) => expectMerged(row, ({ detect }) => detect.weakPairs));
});

describe("detect.not-ai, unowned: the organization's where it says them", () => {
  test.each<Row>([
    {
      why: "the repository cannot excuse another bot",
      organization: 'detect: { not-ai: ["sync[bot]"] }',
      repository: 'detect: { not-ai: ["kiro[bot]"] }',
      inForce: [["sync[bot]"], []],
      ignored: `1:19 ${holds('detect.not-ai is ["kiro[bot]"]', `["sync[bot]"] ${at(1)}`)}`,
    },
    {
      why: "an empty list says that there is none",
      organization: "detect: { not-ai: [] }",
      repository: 'detect: { not-ai: ["kiro[bot]"] }',
      inForce: [[], []],
      ignored: `1:19 ${holds('detect.not-ai is ["kiro[bot]"]', `[] ${at(1)}`)}`,
    },
    {
      why: "the same list in another spelling is no weakening",
      organization: "unowned: ['@acme/a', '@b']",
      repository: "unowned: ['@B', '@acme/A']",
      inForce: [[], ["@acme/a", "@b"]],
    },
    {
      why: "the repository cannot name its own signers",
      organization: "unowned: ['@acme/a']",
      repository: "unowned: ['@mallory']",
      inForce: [[], ["@acme/a"]],
      ignored: `1:10 ${holds('unowned is ["@mallory"]', `["@acme/a"] ${at(1)}`)}`,
    },
  ])("$why", (row) => expectMerged(row, ({ detect, unowned }) => [detect.notAi, unowned.map(showOwner)]));
});

describe("labels decide nothing, so the repository's hold", () => {
  test.each<Row>([
    {
      why: "each label by itself",
      organization: "labels: { ai: robot, waiting: wait }",
      repository: "labels: { ai: false }",
      inForce: { ai: false, production: "production", waiting: "wait" },
    },
  ])("$why", (row) => expectMerged(row, ({ labels }) => labels));

  test.each<Row>([
    {
      why: "so does its word on the comment",
      organization: "comment: true",
      repository: "comment: false",
      inForce: false,
    },
    {
      why: "and the organization's where it says nothing",
      organization: "comment: true",
      repository: "",
      inForce: true,
    },
  ])("$why", (row) => expectMerged(row, ({ comment }) => comment));
});

describe("built-in areas", () => {
  const names = ({ areas }: Policy) => areas.map(({ name }) => name);
  test.each<Row>([
    {
      why: "what the organization keeps stays",
      organization: "built-in: [ci, migrations]",
      repository: "built-in: [infrastructure, ci]",
      inForce: ["infrastructure", "migrations", "ci", "control-files"],
      ignored: `1:11 ${holds('built-in is ["infrastructure","ci"]', `["ci","migrations"] ${at(1)}`)}`,
    },
    {
      why: "all of them, if it keeps all",
      organization: "built-in: true",
      repository: "built-in: false",
      inForce: BUILT_IN_AREAS.map(({ name }) => name),
      ignored: `1:11 ${holds("built-in is false", `true ${at(1)}`)}`,
    },
    {
      why: "the repository may keep more",
      organization: "built-in: false",
      repository: "built-in: [ci]",
      inForce: ["ci", "control-files"],
    },
  ])("$why", (row) => expectMerged(row, names));

  test("the repository adds to the paths of one that the organization keeps, and takes none away", () => {
    const { policy } = policyOf({
      organization: "built-in: [ci]",
      repository: "production: [{ name: ci, paths: [/bin/release] }]",
    });
    expect(areaOf(policy, "ci").paths).toEqual(expect.arrayContaining(["Jenkinsfile", "/bin/release"]));
  });
});

describe("an area that the organization lets observe", () => {
  const modes = (texts: Parameters<typeof policyOf>[0]) => {
    const { policy, problems } = policyOf(texts);
    return [policy.areas.find(({ name }) => name === "a")?.mode, ...problems.map(({ message }) => message)];
  };
  const observed = "production: [{ name: a, paths: [/a], mode: observe }]";

  test.each<{ why: string; organization?: string; repository: string; mode: string; says?: string }>([
    { why: "is observed", organization: observed, repository: "", mode: "observe" },
    {
      why: "is observed, whatever else the repository says of these paths",
      organization: observed,
      repository: "production: [{ name: a, paths: [/a], countersignatures: 2 }]",
      mode: "observe",
    },
    {
      why: "is enforced where the repository adds paths, which would escape by it",
      organization: observed,
      repository: 'production: [{ name: a, paths: ["**"] }]',
      mode: "enforce",
      says: 'production.0.paths adds to "a", which the organization lets observe, so it is enforced here.',
    },
    { why: "needs no organization", repository: observed, mode: "observe" },
    {
      why: "is its to allow: silence allows none",
      organization: "version: 1",
      repository: observed,
      mode: "enforce",
      says: `production.0.mode is "observe", but ${ORGANIZATION_FILE} does not set it, so the default holds.`,
    },
  ])("$why", ({ why: _, mode, says, ...texts }) => {
    expect(modes(texts)).toEqual(says === undefined ? [mode] : [mode, says]);
  });
});

describe("an area that both files name", () => {
  const organization = (rule: string) => `production:\n  - name: a\n    paths: [/a]\n    ${rule}\n`;
  const repository = (rule: string) => `production: [{ name: a, paths: [/b], ${rule} }]`;
  const area = (over: Partial<AreaRule>) => ({
    name: "a",
    paths: ["/a", "/b"],
    countersignatures: 1,
    from: "owners",
    senior: [],
    appliesTo: "ai",
    mode: "enforce",
    keep: "untouched",
    when: "always",
    origin: `${ORGANIZATION_FILE}:2, ${CONFIG_PATH}:1`,
    ...over,
  });
  const team = { kind: "team", org: "acme", slug: "sre" } as const;
  const found = (key: string, value: string) => `production.0.${key} is ${value}`;

  test.each<Row>([
    {
      why: "paths are taken together",
      organization: organization("keep: untouched"),
      repository: repository("keep: untouched"),
      inForce: area({}),
    },
    {
      why: "what the organization enforces is not observed",
      organization: organization("mode: enforce"),
      repository: repository("mode: observe"),
      inForce: area({}),
      ignored: `1:44 ${holds(found("mode", '"observe"'), `"enforce" ${at(4)}`)}`,
    },
    {
      why: "what the organization observes may be enforced",
      organization: organization("mode: observe"),
      repository: repository("mode: enforce"),
      inForce: area({}),
    },
    {
      why: "more countersignatures are stricter",
      organization: organization("countersignatures: 2"),
      repository: repository("countersignatures: 3"),
      inForce: area({ countersignatures: 3 }),
    },
    {
      why: "fewer are ignored",
      organization: organization("countersignatures: 2"),
      repository: repository("countersignatures: 1"),
      inForce: area({ countersignatures: 2 }),
      ignored: `1:57 ${holds(found("countersignatures", "1"), `2 ${at(4)}`)}`,
    },
    {
      why: "the organization's signers stay",
      organization: organization("from: ['@acme/sre']"),
      repository: repository("from: owners"),
      inForce: area({ from: [team] }),
      ignored: `1:44 ${holds(found("from", '"owners"'), `["@acme/sre"] ${at(4)}`)}`,
    },
    {
      why: "seniors of the repository's where the organization names none: any are stricter than none",
      organization: organization("countersignatures: 1"),
      repository: repository("senior: ['@acme/sre']"),
      inForce: area({ senior: [team] }),
    },
    {
      why: "the organization's seniors stay",
      organization: organization("senior: ['@acme/sre']"),
      repository: repository("senior: ['@mallory']"),
      inForce: area({ senior: [team] }),
      ignored: `1:46 ${holds(found("senior", '["@mallory"]'), `["@acme/sre"] ${at(4)}`)}`,
    },
    {
      why: "everyone is stricter than ai",
      organization: organization("applies-to: ai"),
      repository: repository("applies-to: everyone"),
      inForce: area({ appliesTo: "everyone" }),
    },
    {
      why: "ai where the organization says everyone is ignored",
      organization: organization("applies-to: everyone"),
      repository: repository("applies-to: ai"),
      inForce: area({ appliesTo: "everyone" }),
      ignored: `1:50 ${holds(found("applies-to", '"ai"'), `"everyone" ${at(4)}`)}`,
    },
    {
      why: "never is stricter than untouched",
      organization: organization("keep: untouched"),
      repository: repository("keep: never"),
      inForce: area({ keep: "never" }),
    },
    {
      why: "untouched where the organization says never is ignored",
      organization: organization("keep: never"),
      repository: repository("keep: untouched"),
      inForce: area({ keep: "never" }),
      ignored: `1:44 ${holds(found("keep", '"untouched"'), `"never" ${at(4)}`)}`,
    },
    {
      why: "always is stricter than hazards",
      organization: organization("when: hazards"),
      repository: repository("when: always"),
      inForce: area({ when: "always" }),
    },
    {
      why: "hazards where the organization says always is ignored",
      organization: organization("when: always"),
      repository: repository("when: hazards"),
      inForce: area({ when: "always" }),
      ignored: `1:44 ${holds(found("when", '"hazards"'), `"always" ${at(4)}`)}`,
    },
  ])("$why", (row) => expectMerged(row, (policy) => areaOf(policy, "a")));

  test.each(["control-files", "ci"])("an organization can have %s ask always", (name) => {
    const { policy, problems } = policyOf({
      organization: `production: [{ name: ${name}, when: always }]`,
      repository: `production: [{ name: ${name}, when: hazards }]`,
    });
    expect(areaOf(policy, name).when).toBe("always");
    expect(problems).toHaveLength(1);
  });

  test("areas come in the order of the organization, the repository, the built-in ones", () => {
    const { policy } = policyOf({
      organization: "built-in: [ci]\nproduction: [{ name: b, paths: [b] }, { name: infrastructure }]",
      repository: "production: [{ name: a, paths: [a] }, { name: b, paths: [c] }]",
    });
    expect(policy.areas.map(({ name }) => name)).toEqual(["b", "infrastructure", "a", "ci", "control-files"]);
  });
});
