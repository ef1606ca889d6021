import { expect, test } from "@jest/globals";
import { readClassic } from "../../../src/github/protection/classic.ts";

const PROTECTED = {
  enforce_admins: { enabled: true },
  allow_force_pushes: { enabled: false },
  allow_deletions: { enabled: false },
};

function asking(branchProtectionRule: object | null) {
  const client = {
    request: async () => ({ status: 200, headers: {}, data: PROTECTED }),
    graphql: async () => ({ repository: { ref: { branchProtectionRule } } }),
  };
  const summary = { commit: { sha: "a".repeat(40) }, protection: { enabled: true } };
  return readClassic({ client, owner: "acme", repo: "shop" }, "main", summary);
}

test.each([
  { shown: "nobody who is excepted", rule: { bypassForcePushAllowances: { totalCount: 0 } }, known: true },
  { shown: "somebody who is excepted", rule: { bypassForcePushAllowances: { totalCount: 1 } }, known: false },
])("force pushes are blocked by what shows $shown: $known", async ({ rule, known }) => {
  expect(await asking(rule)).toMatchObject({ known: [{ blocksForcePushes: { known } }] });
});

test("where no rule is shown of a branch that is protected, nobody knows who may force-push", async () => {
  expect(await asking(null)).toMatchObject({
    known: [{ blocksForcePushes: { unknown: expect.stringContaining("an administrator of acme/shop") } }],
  });
});
