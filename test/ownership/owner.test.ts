import { expect, test } from "@jest/globals";
import { type OwnerRef, ownerKey, parseOwner, showOwner } from "../../src/ownership/owner.ts";

test.each<readonly [string, OwnerRef, string, string]>([
  ["@Alice", { kind: "user", login: "Alice" }, "@alice", "a user"],
  ["@alice_acme", { kind: "user", login: "alice_acme" }, "@alice_acme", "an enterprise-managed user"],
  ["@Acme/SRE-team", { kind: "team", org: "Acme", slug: "SRE-team" }, "@acme/sre-team", "a team"],
  [
    "Al.Ice+x@Example.com",
    { kind: "email", email: "Al.Ice+x@Example.com" },
    "al.ice+x@example.com",
    "a mail",
  ],
])("%s is %j, compared as %s: %s", (token, expected, key) => {
  const owner = parseOwner(token);
  expect(owner).toEqual(expected);
  expect(owner && showOwner(owner)).toBe(token);
  expect(owner && ownerKey(owner)).toBe(key);
});

test.each([
  ["alice", "without `@`"],
  ["@", "without a name"],
  ["@-alice", "a login begins with a letter or digit"],
  ["@acme/", "without a team"],
  ["@acme/parent/child", "a team is named without its parents"],
  ["@alice,", "a comma behind it"],
  ["docs@", "an address without a domain"],
  ["docs@host", "a domain without a dot"],
  ["@dependabot[bot]", "a bot owns nothing"],
  ["@alice#lead", "a comment glued to it"],
  ["@alicé", "a letter that no login has"],
  ["", "nothing"],
])("%s is no owner: %s", (token) => {
  expect(parseOwner(token)).toBeNull();
});
