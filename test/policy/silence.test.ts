import { describe, expect, test } from "@jest/globals";
import { showOwner } from "../../src/ownership/owner.ts";
import { DEFAULT_BRANCH } from "../../src/policy/branch.ts";
import type { Policy } from "../../src/policy/policy.ts";
import { BUILT_IN_AREAS } from "../../src/production/built-in.ts";
import { areaOf, ORGANIZATION_FILE, policyOf } from "./files.ts";

const RULE = "terraform/resource-removed";
const names = ({ areas }: Policy) => areas.map(({ name }) => name);
const fromOf = (name: string) => (policy: Policy) => {
  const { from } = areaOf(policy, name);
  return from === "owners" ? from : from.map(showOwner);
};
const infrastructure = BUILT_IN_AREAS.find(({ name }) => name === "infrastructure")?.paths ?? [];

/** A repository's value that lowers the gate below its default. */
const LOWERING = [
  {
    key: "mode",
    repository: "mode: observe",
    read: ({ mode }: Policy) => mode,
    byDefault: "enforce",
    own: "observe",
  },
  {
    key: "review.suggestions",
    repository: "review: { suggestions: ignored }",
    read: ({ review }: Policy) => review.suggestions,
    byDefault: "contributor",
    own: "ignored",
  },
  {
    key: "detect.not-ai",
    repository: "detect: { not-ai: ['kiro[bot]'] }",
    read: ({ detect }: Policy) => detect.notAi,
    byDefault: [],
    own: ["kiro[bot]"],
  },
  {
    key: "bypass.allowed",
    repository: "bypass: { allowed: [{ account: Mallory, reason: Mine. }] }",
    read: ({ bypass }: Policy) => bypass.allowed.map(({ account }) => account),
    byDefault: [],
    own: ["mallory"],
  },
  {
    key: "unowned",
    repository: "unowned: ['@mallory']",
    read: ({ unowned }: Policy) => unowned.map(showOwner),
    byDefault: [],
    own: ["@mallory"],
  },
  {
    key: "built-in",
    repository: "built-in: false",
    read: names,
    byDefault: BUILT_IN_AREAS.map(({ name }) => name),
    own: ["control-files"],
  },
  {
    key: "production.0.when",
    repository: "production: [{ name: infrastructure, when: hazards }]",
    read: (policy: Policy) => areaOf(policy, "infrastructure").when,
    byDefault: "always",
    own: "hazards",
  },
  {
    key: "production.0.from",
    repository: "production: [{ name: infrastructure, from: ['@mallory'] }]",
    read: fromOf("infrastructure"),
    byDefault: "owners",
    own: ["@mallory"],
  },
  {
    // The owners of a file's areas sign for hazards in it, so that an area of one's own lowers the gate too.
    key: "production.0.from",
    repository: "production: [{ name: mine, paths: ['*'], from: ['@mallory'] }]",
    read: fromOf("mine"),
    byDefault: "owners",
    own: ["@mallory"],
  },
  {
    key: `hazards.rules.${RULE}.off`,
    repository: `hazards: { rules: { ${RULE}: { off: 'too loud' } } }`,
    read: ({ hazards }: Policy) => hazards.rules.has(RULE),
    byDefault: false,
    own: true,
  },
];

/** Floors that say nothing of what a repository lowers. */
const SILENT = [
  "",
  "version: 1",
  "comment: true",
  "labels: { ai: robot }",
  "detect: { agents: [acme-build] }",
];

describe("C15: silence of the organization's file is not consent", () => {
  test.each(SILENT.flatMap((organization) => LOWERING.map((row) => ({ organization, ...row }))))(
    "$repository is ignored beside `$organization`, and the check says so",
    ({ organization, repository, key, read, byDefault }) => {
      const { policy, problems } = policyOf({ organization, repository });
      expect(read(policy)).toEqual(byDefault);
      expect(problems[0]?.message).toMatch(key);
      expect(problems).toMatchObject([
        {
          code: "config/weaker-than-organization",
          severity: "warning",
          message: expect.stringContaining(`but ${ORGANIZATION_FILE} does not set it, so the default holds.`),
          remedy: "Remove it here, or have the organization's file set it.",
        },
      ]);
    },
  );

  test.each(LOWERING)(
    "without an organization's file the repository decides: $repository",
    ({ repository, read, own }) => {
      const { policy, problems } = policyOf({ repository });
      expect(read(policy)).toEqual(own);
      expect(problems).toEqual([]);
    },
  );

  test.each([
    ["mode: observe", "mode: observe", ({ mode }: Policy) => mode, "observe"],
    [
      "review: { suggestions: ignored }",
      "review: { suggestions: ignored }",
      ({ review }: Policy) => review.suggestions,
      "ignored",
    ],
    ["built-in: false", "built-in: [ci]", names, ["ci", "control-files"]],
  ])(
    "with the organization's consent the repository decides: %s",
    (organization, repository, read, inForce) => {
      const { policy, problems } = policyOf({ organization, repository });
      expect(read(policy)).toEqual(inForce);
      expect(problems).toEqual([]);
    },
  );
});

describe("C15: what a repository adds needs no consent", () => {
  test.each([
    [
      "an area of its own",
      "production: [{ name: mine, paths: [/mine/], countersignatures: 2 }]",
      names,
      "mine",
    ],
    ["a branch", "branches: [release]", ({ branches }: Policy) => branches, "release"],
    ["an agent", "detect: { agents: [robo] }", ({ detect }: Policy) => detect.agents, "robo"],
  ])("%s", (_, repository, read, added) => {
    const { policy, problems } = policyOf({ organization: "", repository });
    expect(read(policy)).toContain(added);
    expect(problems).toEqual([]);
  });

  test("branches of its own do not take the default branch out", () => {
    const { policy } = policyOf({ organization: "", repository: "branches: [nowhere]" });
    expect(policy.branches).toEqual([DEFAULT_BRANCH, "nowhere"]);
  });

  test("paths of its own take none of a built-in area's", () => {
    const repository = "production: [{ name: infrastructure, paths: [/ops/] }]";
    expect(areaOf(policyOf({ organization: "", repository }).policy, "infrastructure").paths).toEqual([
      ...infrastructure,
      "/ops/",
    ]);
  });
});
