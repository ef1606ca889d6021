import { describe, expect, test } from "@jest/globals";
import { loadPolicyFile } from "../../../src/policy/file/load.ts";
import { CONFIG_PATH } from "../../../src/policy/source.ts";
import { ORGANIZATION_FILE, policyOf, type Texts } from "../files.ts";

const ID = "terraform/resource-removed";
const OFF = `hazards: { rules: { ${ID}: { off: "made anew every night" } } }`;
const asking = (asks: string) => `hazards: { rules: { ${ID}: { asks: ${asks} } } }`;
const hazardsOf = (texts: Texts) => policyOf(texts).policy.hazards;
const settingOf = (texts: Texts) => hazardsOf(texts).rules.get(ID);
const remarksOf = (texts: Texts) =>
  policyOf(texts).problems.map(({ line, column, message }) => `${line}:${column} ${message}`);

describe("what hazards need", () => {
  test("one owner where an AI took part, unless a file says otherwise", () => {
    const builtIn = { countersignatures: 1, senior: [], appliesTo: "ai", origin: "built-in" };
    expect(hazardsOf({})).toEqual({ destructive: builtIn, widening: builtIn, rules: new Map() });
  });

  test("what the repository says, with its line", () => {
    const repository = "hazards:\n  destructive:\n    countersignatures: 2\n    senior: ['@ada']\n";
    expect(hazardsOf({ repository }).destructive).toEqual({
      countersignatures: 2,
      senior: [{ kind: "user", login: "ada" }],
      appliesTo: "ai",
      origin: `${CONFIG_PATH}:2`,
    });
  });

  test("the stricter of the organization's and the repository's, key by key", () => {
    const texts = {
      organization: "hazards: { widening: { countersignatures: 3, applies-to: everyone } }",
      repository: "hazards: { widening: { countersignatures: 2, applies-to: ai, senior: ['@ada'] } }",
    };
    expect(hazardsOf(texts).widening).toMatchObject({
      countersignatures: 3,
      appliesTo: "everyone",
      senior: [{ login: "ada" }],
      origin: `${ORGANIZATION_FILE}:1, ${CONFIG_PATH}:1`,
    });
    expect(remarksOf(texts)).toEqual([
      `1:43 hazards.widening.countersignatures is 2, but the organization's 3 (${ORGANIZATION_FILE}:1) holds.`,
      `1:58 hazards.widening.applies-to is "ai", but the organization's "everyone" (${ORGANIZATION_FILE}:1) holds.`,
    ]);
  });
});

describe("who must be among those who sign: the organization's where it says them", () => {
  const organization = "mode: enforce\nhazards: { destructive: { senior: ['@acme/Staff', '@ada'] } }";
  const senior = [
    { kind: "team", org: "acme", slug: "Staff" },
    { kind: "user", login: "ada" },
  ];

  test.each([
    {
      why: "the repository cannot name its own",
      repository: "hazards: { destructive: { senior: ['@mallory'] } }",
      ignored: [
        `1:35 hazards.destructive.senior is ["@mallory"], but the organization's ["@acme/Staff","@ada"] (${ORGANIZATION_FILE}:2) holds.`,
      ],
    },
    {
      why: "the same ones in another spelling are no weakening",
      repository: "hazards: { destructive: { senior: ['@Ada', '@acme/staff'] } }",
      ignored: [],
    },
  ])("$why", ({ repository, ignored }) => {
    expect(hazardsOf({ organization, repository }).destructive.senior).toEqual(senior);
    expect(remarksOf({ organization, repository })).toEqual(ignored);
  });
});

describe("single rules", () => {
  interface Row extends Texts {
    readonly why: string;
    readonly inForce: unknown;
    readonly ignored?: string;
  }
  const off = (origin: string) => ({ off: "made anew every night", origin });

  test.each<Row>([
    { why: "the repository switches one off", repository: OFF, inForce: off(`${CONFIG_PATH}:1`) },
    {
      why: "the reason is shown without what is around it",
      repository: OFF.replace("made", "  made"),
      inForce: off(`${CONFIG_PATH}:1`),
    },
    {
      why: "the organization switches one off for all",
      organization: OFF,
      inForce: off(`${ORGANIZATION_FILE}:1`),
    },
    {
      why: "both may, and the organization's reason holds",
      organization: OFF,
      repository: OFF.replace("night", "day"),
      inForce: off(`${ORGANIZATION_FILE}:1`),
    },
    {
      why: "an organization that has a file decides alone which are off",
      organization: "version: 1\nhazards: { destructive: { countersignatures: 1 } }",
      repository: OFF,
      inForce: undefined,
      ignored: `1:56 hazards.rules.${ID}.off is "made anew every night", but ${ORGANIZATION_FILE} does not set it, so the default holds.`,
    },
    {
      why: "a number of the organization's is not switched off",
      organization: `hazards: { rules: { ${ID}: { countersignatures: 2 } } }`,
      repository: OFF,
      inForce: { countersignatures: 2 },
      ignored: `1:56 hazards.rules.${ID}.off is "made anew every night", but ${ORGANIZATION_FILE} does not set it, so the default holds.`,
    },
    {
      why: "a repository may ask for more than an organization that switched it off",
      organization: OFF,
      repository: `hazards: { rules: { ${ID}: { countersignatures: 2 } } }`,
      inForce: { countersignatures: 2 },
    },
    {
      why: "the higher number of the two",
      organization: `hazards: { rules: { ${ID}: { countersignatures: 3 } } }`,
      repository: `hazards: { rules: { ${ID}: { countersignatures: 2 } } }`,
      inForce: { countersignatures: 3 },
      ignored: `1:70 hazards.rules.${ID}.countersignatures is 2, but the organization's 3 (${ORGANIZATION_FILE}:1) holds.`,
    },
    {
      why: "the repository lets a rule ask for nothing",
      repository: asking("show"),
      inForce: { asks: "show" },
    },
    { why: "the repository lets a rule ask", repository: asking("block"), inForce: { asks: "block" } },
    {
      why: "an organization that has a file decides alone which ask for nothing",
      organization: "version: 1\nhazards: { destructive: { countersignatures: 1 } }",
      repository: asking("show"),
      inForce: undefined,
      ignored: `1:57 hazards.rules.${ID}.asks is "show", but ${ORGANIZATION_FILE} does not set it, so the default holds.`,
    },
    {
      why: "a repository may let a rule ask that an organization only shows",
      organization: asking("show"),
      repository: asking("block"),
      inForce: { asks: "block" },
    },
    {
      why: "a repository may let a rule ask that an organization switched off",
      organization: OFF,
      repository: asking("block"),
      inForce: { asks: "block" },
    },
    {
      why: "what an organization lets ask is not only shown",
      organization: asking("block"),
      repository: asking("show"),
      inForce: { asks: "block" },
      ignored: `1:57 hazards.rules.${ID}.asks is "show", but the organization's "block" (${ORGANIZATION_FILE}:1) holds.`,
    },
  ])("$why", ({ inForce, ignored, ...texts }) => {
    expect(settingOf(texts)).toEqual(inForce);
    expect(remarksOf(texts)).toEqual(ignored === undefined ? [] : [ignored]);
  });
});

describe("mistakes are named with their place and what is allowed", () => {
  test.each([
    [
      "an unknown rule, with the nearest one",
      "hazards:\n  rules:\n    terraform/resource-remove: { off: x }",
      '3:5 config/unknown-key | There is no hazard rule "terraform/resource-remove". Did you mean "terraform/resource-removed"?',
    ],
    [
      "an unknown rule that is like none",
      "hazards:\n  rules:\n    everything: { off: x }",
      '3:5 config/unknown-key | There is no hazard rule "everything". Use an id of docs/hazards.md.',
    ],
    [
      "no reason",
      `hazards:\n  rules:\n    ${ID}: { off: " " }`,
      `3:33 config/invalid-value | hazards.rules.${ID} has no reason to be off. Give it one of these: off, with the reason; a number of countersignatures; asks: block or show.`,
    ],
    [
      "a switch instead of a reason",
      `hazards:\n  rules:\n    ${ID}: { off: true }`,
      `3:40 config/invalid-value | hazards.rules.${ID}.off is true. Use the reason, as text of up to 200 characters.`,
    ],
    [
      "nothing said of a rule",
      `hazards:\n  rules:\n    ${ID}: {}`,
      `3:33 config/invalid-value | hazards.rules.${ID} has neither off nor countersignatures nor asks. Give it one of these: off, with the reason; a number of countersignatures; asks: block or show.`,
    ],
    [
      "two things said of a rule",
      `hazards:\n  rules:\n    ${ID}: { off: x, countersignatures: 2 }`,
      `3:33 config/invalid-value | hazards.rules.${ID} has more than one key (off, countersignatures). Give it one of these: off, with the reason; a number of countersignatures; asks: block or show.`,
    ],
    [
      "an unknown key of a rule",
      `hazards:\n  rules:\n    ${ID}: { of: x }`,
      `3:35 config/unknown-key | There is no key "of" in hazards.rules.${ID}. Did you mean "off"?`,
    ],
    [
      "no mapping",
      "hazards: { rules: [x] }",
      '1:19 config/invalid-value | hazards.rules is ["x"]. Use a mapping from hazard rule ids to settings.',
    ],
    [
      "an owner that is none",
      "hazards: { widening: { senior: [ada] } }",
      '1:33 config/invalid-owner | hazards.widening.senior.0 is "ada", which is no owner. Write "@ada".',
    ],
  ])("%s", (_, text, says) => {
    const { problems } = loadPolicyFile(text, CONFIG_PATH);
    expect(
      problems.map(
        ({ line, column, code, message, remedy }) => `${line}:${column} ${code} | ${message} ${remedy}`,
      ),
    ).toEqual([says]);
  });
});
