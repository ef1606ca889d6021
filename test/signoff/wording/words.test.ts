import { describe, expect, test } from "@jest/globals";
import type { OwnerRef } from "../../../src/ownership/owner.ts";
import type { Problem } from "../../../src/policy/problem.ts";
import type { Contributor } from "../../../src/signoff/verdict.ts";
import {
  contributorName,
  count,
  joinAnd,
  listFirst,
  listFirstQuoted,
  mention,
  mentionOrUnknown,
  ownerNames,
  placeOf,
  shortSha,
  signerName,
} from "../../../src/signoff/wording/words.ts";
import { HEAD, olga } from "../build.ts";

const LONG = "x".repeat(300);
/** A value of 300 characters, as it is shown. */
const CLIPPED = `${"x".repeat(120)}…(120 characters left out)…${"x".repeat(60)}`;

describe("lists", () => {
  test.each<{ items: readonly string[]; and: string; three: string }>([
    { items: [], and: "nobody", three: "nobody" },
    { items: ["a"], and: "a", three: "a" },
    { items: ["a", "b"], and: "a and b", three: "a and b" },
    { items: ["a", "b", "c"], and: "a, b and c", three: "a, b and c" },
    { items: ["a", "b", "c", "d"], and: "a, b, c and d", three: "a, b, c and 1 more" },
    { items: ["a", "b", "c", "d", "e"], and: "a, b, c, d and e", three: "a, b, c and 2 more" },
  ])("$and; of which three: $three", ({ items, and, three }) => {
    expect(joinAnd(items)).toBe(and);
    expect(listFirst(items)).toBe(three);
    expect(listFirst(items, items.length)).toBe(and);
  });

  test.each<{ values: readonly string[]; most?: number; says: string }>([
    { values: ["a”b"], says: "“a\\u{201d}b”" },
    { values: ["a", "b", "c"], says: "“a”, “b” and “c”" },
    { values: ["a", "b", "c", "d"], says: "“a”, “b”, “c” and 1 more" },
    { values: ["a", "b", "c"], most: 1, says: "“a” and 2 more" },
    { values: ["a", "b", "c"], most: 5, says: "“a”, “b” and “c”" },
  ])("quotes values that others chose: $says", ({ values, most, says }) => {
    expect(listFirstQuoted(values, most)).toBe(says);
  });

  test.each<{ owners: readonly OwnerRef[]; says: string }>([
    { owners: [], says: "nobody" },
    { owners: [{ kind: "user", login: "olga" }], says: "@olga" },
    {
      owners: [
        { kind: "user", login: "olga" },
        { kind: "team", org: "acme", slug: "sre" },
        { kind: "email", email: "ben@acme.example" },
      ],
      says: "@olga, @acme/sre or ben@acme.example",
    },
    { owners: [{ kind: "email", email: "a\u202E@b.example" }], says: "a\\u{202e}@b.example" },
    { owners: [{ kind: "email", email: LONG }], says: CLIPPED },
  ])("joins owners with or: $says", ({ owners, says }) => {
    expect(ownerNames(owners)).toBe(says);
  });
});

test.each([
  { number: 0, says: "0 commits" },
  { number: 1, says: "1 commit" },
  { number: 2, says: "2 commits" },
])("counted: $says", ({ number, says }) => {
  expect(count(number, "commit")).toBe(says);
});

describe("who it is", () => {
  test.each<{ name: () => string; says: string }>([
    { name: () => mention(olga), says: "@olga" },
    { name: () => mention({ login: "a\u200Bb" }), says: "@a\\u{200b}b" },
    { name: () => mention({ login: LONG }), says: `@${CLIPPED}` },
    { name: () => mentionOrUnknown(olga), says: "@olga" },
    { name: () => mentionOrUnknown(null), says: "somebody unknown" },
    { name: () => signerName({ id: 2, login: "olga" }), says: "@olga" },
    { name: () => signerName({ id: null, login: "olga", busy: true }), says: "@olga (busy)" },
  ])("$says", ({ name, says }) => {
    expect(name()).toBe(says);
  });

  test.each<{ why: string; known: Partial<Contributor>; says: string }>([
    {
      why: "the account, whatever else is told",
      known: { account: olga, login: "old-olga", identity: { name: "Olga", email: "o@acme.example" } },
      says: "@olga",
    },
    {
      why: "the login that a tool gave",
      known: { login: "mara", identity: { name: "M", email: "" } },
      says: "@mara",
    },
    {
      why: "name and e-mail, as values of others",
      known: { identity: { name: "Mara ”", email: "mara@acme.example" } },
      says: "“Mara \\u{201d}” “mara@acme.example”",
    },
    { why: "the name alone", known: { identity: { name: "Mara", email: "" } }, says: "“Mara”" },
    { why: "the e-mail alone", known: { identity: { name: "", email: "m@x" } }, says: "“m@x”" },
    {
      why: "neither name nor e-mail",
      known: { identity: { name: "", email: "" } },
      says: "somebody unknown",
    },
    { why: "nothing at all", known: {}, says: "somebody unknown" },
  ])("a contributor is named by $why", ({ known, says }) => {
    expect(contributorName({ account: null, roles: [], ...known })).toBe(says);
  });
});

test.each([
  { sha: HEAD, says: "bbbbbbb" },
  { sha: "abc", says: "abc" },
  { sha: "ab\u202Ecdef", says: "ab\\u{20" },
])("names a commit by its first seven characters, invisible ones written out: $says", ({ sha, says }) => {
  expect(shortSha(sha)).toBe(says);
});

test.each<{ known: Partial<Problem>; says: string }>([
  { known: { file: "a.yml", line: 6, column: 15 }, says: "a.yml:6:15" },
  { known: { file: "a.yml", line: 6 }, says: "a.yml:6" },
  { known: { file: "a.yml" }, says: "a.yml" },
  { known: {}, says: "" },
])("a place is told as far as it is known: $says", ({ known, says }) => {
  const what = { code: "config/syntax", severity: "error", message: "", remedy: "" } as const;
  expect(placeOf({ ...what, ...known })).toBe(says);
});
