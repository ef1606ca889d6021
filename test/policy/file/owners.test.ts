import { describe, expect, test } from "@jest/globals";
import { ownerChecker } from "../../../src/policy/file/validate-owner.ts";
import type { ConfigFile } from "../../../src/policy/keys/config.ts";

/** What is said of one owner in a config. */
const saidOf = (token: string, config: ConfigFile = {}) =>
  ownerChecker(config)(token, ["unowned", 0]).map(({ message, remedy }) => `${message} | ${remedy}`);

const isNone = (token: string) => `unowned.0 is "${token}", which is no owner. |`;

test.each(["@ada", "@acme/sre", "ada@acme.example"])("%s is an owner", (token) => {
  expect(saidOf(token)).toEqual([]);
});

describe("what is no owner, and what to write instead", () => {
  test.each([
    {
      why: "several, with blanks",
      token: "@ada  @ben",
      remedy: 'Write each as an entry of its own: "@ada", "@ben".',
    },
    {
      why: "several, with a comma and a blank",
      token: "@ada, @ben",
      remedy: 'Write each as an entry of its own: "@ada", "@ben".',
    },
    {
      why: "several, of which one is no owner",
      token: "@ada @b/c/d",
      remedy: "Write @user, @org/team or an e-mail address.",
    },
    {
      why: "one with a comma within",
      token: "@ada,b/c/d",
      remedy: "Write @user, @org/team or an e-mail address.",
    },
    { why: "a blank within", token: "@acme /sre", remedy: 'Write "@acme/sre".' },
    { why: "several blanks within", token: "@acme  /  sre", remedy: 'Write "@acme/sre".' },
    {
      why: "a blank within an address, which may be meant as two things",
      token: "ada @acme.example",
      remedy: "Write @user, @org/team or an e-mail address.",
    },
    { why: "an @ of another width", token: "＠ada", remedy: 'Write "@ada".' },
    { why: "a user without an @", token: "ada", remedy: 'Write "@ada".' },
    { why: "a team without an @", token: "acme/sre", remedy: 'Write "@acme/sre".' },
    { why: "a team of teams", token: "@a/b/c", remedy: "Write @user, @org/team or an e-mail address." },
  ])("$why", ({ token, remedy }) => {
    expect(saidOf(token)).toEqual([`${isNone(token)} ${remedy}`]);
  });

  test("a slip that is hard to see", () => {
    expect(saidOf('"@ada"')).toEqual([
      'unowned.0 is "\\"@ada\\"", which has quotes as a part of it. | Write "@ada".',
    ]);
  });
});

describe("the organization is known from any team that the config names", () => {
  const area = { name: "a", paths: ["/a"] };
  test.each<{ why: string; config: ConfigFile; organization: string | null }>([
    { why: "as an owner of what nobody owns", config: { unowned: ["@acme/ops"] }, organization: "acme" },
    {
      why: "as one who signs",
      config: { production: [{ ...area, from: ["@acme/ops"] }] },
      organization: "acme",
    },
    {
      why: "as a senior",
      config: { production: [{ ...area, senior: ["@acme/ops"] }] },
      organization: "acme",
    },
    {
      why: "as a senior for what destroys",
      config: { hazards: { destructive: { senior: ["@acme/ops"] } } },
      organization: "acme",
    },
    {
      why: "as a senior for what widens",
      config: { hazards: { widening: { senior: ["@acme/ops"] } } },
      organization: "acme",
    },
    { why: "more than once", config: { unowned: ["@acme/ops", "@acme/sre"] }, organization: "acme" },
    { why: "not from people", config: { unowned: ["@ada", "ada@acme.example"] }, organization: null },
    { why: "not from what is no owner", config: { unowned: ["acme/ops"] }, organization: null },
    { why: "not where there are two", config: { unowned: ["@acme/ops", "@other/ops"] }, organization: null },
    {
      why: "not where owners sign",
      config: { production: [{ ...area, from: "owners" }] },
      organization: null,
    },
    { why: "not in an empty config", config: {}, organization: null },
  ])("$why", ({ config, organization }) => {
    const team = organization === null ? "" : ` for a user, "@${organization}/sre" for a team`;
    expect(saidOf("sre", config)).toEqual([`${isNone("sre")} Write "@sre"${team}.`]);
    expect(saidOf("@a/b/c", config)).toEqual([
      `${isNone("@a/b/c")} Write @user, @${organization ?? "org"}/team or an e-mail address.`,
    ]);
  });

  test("which a team without its @ has of its own", () => {
    expect(saidOf("acme/sre", { unowned: ["@acme/ops"] })).toEqual([
      `${isNone("acme/sre")} Write "@acme/sre".`,
    ]);
  });
});
