import { describe, expect, test } from "@jest/globals";
import { policyOf, resolveTexts, type Texts } from "../files.ts";

interface Row extends Texts {
  readonly why: string;
  readonly names: readonly string[];
}

/** The default, what a file sets, what the organization's file adds and what its silence does. */
const ROWS: readonly Row[] = [
  { why: "unset", names: [] },
  {
    why: "the repository's alone",
    repository: "notify: [platform, on-call]\n",
    names: ["platform", "on-call"],
  },
  { why: "the organization's alone", organization: "notify: [audit]\n", names: ["audit"] },
  {
    why: "the organization is silent",
    organization: "version: 1\n",
    repository: "notify: [platform]\n",
    names: ["platform"],
  },
  {
    why: "both",
    organization: "notify: [audit, platform]\n",
    repository: "notify: [platform, shop]\n",
    names: ["audit", "platform", "shop"],
  },
  {
    why: "an empty list takes nobody away",
    organization: "notify: [audit]\n",
    repository: "notify: []\n",
    names: ["audit"],
  },
  { why: "a name twice", repository: "notify: [a, a]\n", names: ["a"] },
];

test.each(ROWS)("notify: $why", ({ names, ...texts }) => {
  const { policy, problems } = policyOf(texts);
  expect(policy.notify).toEqual(names);
  expect(problems).toEqual([]);
});

describe("a name is one that a setting of the server can bear", () => {
  test.each([
    ["upper case", "Platform"],
    ["an underscore", "on_call"],
    ["an address", "https://hooks.slack.com/services/T/B/x"],
    ["41 characters", "a".repeat(41)],
    ["nothing", '""'],
    ["the key of the signature", "secret"],
    ["the list of hosts", "hosts"],
    ["the file of another setting", "platform-file"],
  ])("%s is refused", (_, name) => {
    expect(resolveTexts({ repository: `notify: [${name}]\n` })).toMatchObject({
      policy: null,
      problems: [{ code: "config/invalid-value" }],
    });
  });

  test.each(["a", "platform-files", "secrets", "file", "0-9", "a".repeat(40)])("%s is a name", (name) => {
    expect(policyOf({ repository: `notify: [${name}]\n` }).policy.notify).toEqual([name]);
  });
});
