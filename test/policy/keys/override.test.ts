import { expect, test } from "@jest/globals";
import { readDuration } from "../../../src/policy/keys/duration.ts";
import { policyOf, resolveTexts, type Texts } from "../files.ts";

interface Row extends Texts {
  readonly why: string;
  readonly by: readonly string[];
  readonly approvals?: number;
  readonly minutes?: number;
}

const of = (by: string, more = "") => `override:\n  by: [${by}]\n${more}`;

/** The default, what a file sets, what the organization's file allows and what its silence does. */
const ROWS: readonly Row[] = [
  { why: "unset", by: [] },
  { why: "the repository's alone", repository: of('"@ann"'), by: ["ann"] },
  { why: "the organization's alone", organization: of('"@ann"'), by: ["ann"] },
  { why: "the organization is silent", organization: "version: 1\n", repository: of('"@ann"'), by: [] },
  {
    why: "whom both name",
    organization: of('"@ann", "@ben"'),
    repository: of('"@Ben", "@cid"'),
    by: ["Ben"],
  },
  { why: "nobody whom both name", organization: of('"@ann"'), repository: of('"@cid"'), by: [] },
  {
    why: "more people and less time in the repository",
    organization: of('"@ann"'),
    repository: "override: { approvals: 3, expires-after: 30m }\n",
    by: ["ann"],
    approvals: 3,
    minutes: 30,
  },
  {
    why: "fewer people and more time in the repository",
    organization: of('"@ann"', "  approvals: 3\n  expires-after: 30m\n"),
    repository: "override: { approvals: 2, expires-after: 4h }\n",
    by: ["ann"],
    approvals: 3,
    minutes: 30,
  },
  { why: "an address is nobody", repository: of('"ops@acme.example"'), by: [] },
  { why: "days", repository: of('"@ann"', "  expires-after: 2d\n"), by: ["ann"], minutes: 2880 },
];

test.each(ROWS)("override: $why", ({ by, approvals = 2, minutes = 60, ...texts }) => {
  const { override } = policyOf(texts).policy;
  expect(override).toEqual({
    by: by.map((login) => ({ kind: "user", login })),
    approvals,
    expiresAfter: minutes * 60_000,
  });
});

test.each([
  { why: "names people whom the organization does not", repository: of('"@ann", "@cid"') },
  { why: "wants more time", repository: "override: { expires-after: 4h }\n" },
])("a repository that $why is told so", ({ repository }) => {
  expect(policyOf({ organization: of('"@ann"'), repository }).problems).toMatchObject([
    { code: "config/weaker-than-organization", message: expect.stringContaining("override") },
  ]);
});

test.each([
  { why: "names whom the organization names", repository: of('"@ann"') },
  { why: "names fewer", organization: of('"@ann", "@cid"'), repository: of('"@ann"') },
])("a repository that $why is told nothing", ({ organization = of('"@ann"'), repository }) => {
  expect(policyOf({ organization, repository }).problems).toEqual([]);
});

test.each([
  ["90m", 90 * 60_000],
  ["4h", 4 * 60 * 60_000],
  ["2d", 2 * 24 * 60 * 60_000],
  ["5", 0],
  ["5x", 0],
])("%s is %i milliseconds", (text, milliseconds) => {
  expect(readDuration(text)).toBe(milliseconds);
});

test.each(["approvals: 1", "expires-after: 0m", "expires-after: 90s", "by: [ann]", "minutes: 5"])(
  "%s is an error",
  (line) => {
    expect(resolveTexts({ repository: `override:\n  ${line}\n` }).policy).toBeNull();
  },
);
