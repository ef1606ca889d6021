import { expect, test } from "@jest/globals";
import { createOwnersLookup } from "../../../src/signoff/requirements/path-owners.ts";

const codeowners = {
  path: "CODEOWNERS",
  text: "/infra/ @olga @acme/sre\n/ops/ @acme/SRE @Olga\n/db/[a] @dora\n/etc/[b] @dora\n/drafts/\n",
};
const owners = [{ kind: "user", login: "olga" }] as const;

test.each<{ why: string; path: string; ownersKey: string; source: string }>([
  { why: "owners", path: "infra/a", ownersKey: "@acme/sre @olga", source: "CODEOWNERS:1" },
  {
    why: "the same in another order and case",
    path: "ops/a",
    ownersKey: "@acme/sre @olga",
    source: "CODEOWNERS:2",
  },
  { why: "an invalid line", path: "db/[a]", ownersKey: "line 3", source: "CODEOWNERS:3" },
  { why: "another invalid line", path: "etc/[b]", ownersKey: "line 4", source: "CODEOWNERS:4" },
  { why: "a line without owners", path: "drafts/a", ownersKey: "nobody", source: "CODEOWNERS" },
  { why: "no line", path: "README.md", ownersKey: "nobody", source: "CODEOWNERS" },
])("the owners of a path: $why", ({ path, ownersKey, source }) => {
  expect(createOwnersLookup(codeowners, []).of(path)).toMatchObject({ ownersKey, source });
});

test("the config names the owners of what CODEOWNERS leaves unowned", () => {
  const found = createOwnersLookup(codeowners, owners).of("README.md");
  expect(found).toEqual({ owners: { kind: "owned", owners }, source: "unowned", ownersKey: "@olga" });
});

test("without a CODEOWNERS file nobody owns anything", () => {
  for (const path of ["a", "docs/a b", "README.md"])
    expect(createOwnersLookup(null, []).of(path)).toMatchObject({
      ownersKey: "nobody",
      source: ".github/CODEOWNERS",
    });
});

test("paths of one line share one value", () => {
  const { of } = createOwnersLookup(codeowners, []);
  expect(of("infra/a")).toBe(of("infra/b"));
  expect(of("infra/a")).not.toBe(of("ops/a"));
});
