import { expect, test } from "@jest/globals";
import { createOwnersLookup } from "../../../src/signoff/requirements/path-owners.ts";

const codeowners = {
  path: "CODEOWNERS",
  text: "/infra/ @olga @acme/sre\n/ops/ @acme/SRE @Olga\n/db/[a] @dora\n/etc/[b] @dora\n/drafts/\n",
};
const owners = [{ kind: "user", login: "olga" }] as const;

test.each<{ why: string; path: string; who: string; source: string }>([
  { why: "owners", path: "infra/a", who: "@acme/sre @olga", source: "CODEOWNERS:1" },
  {
    why: "the same in another order and case",
    path: "ops/a",
    who: "@acme/sre @olga",
    source: "CODEOWNERS:2",
  },
  { why: "a line that cannot be read", path: "db/[a]", who: "line 3", source: "CODEOWNERS:3" },
  { why: "another such line", path: "etc/[b]", who: "line 4", source: "CODEOWNERS:4" },
  { why: "nobody by a line", path: "drafts/a", who: "nobody", source: "CODEOWNERS" },
  { why: "nobody without a line", path: "README.md", who: "nobody", source: "CODEOWNERS" },
])("who holds a path: $why", ({ path, who, source }) => {
  expect(createOwnersLookup(codeowners, []).of(path)).toMatchObject({ who, source });
});

test("whoever the config names holds what nobody owns", () => {
  const held = createOwnersLookup(codeowners, owners).of("README.md");
  expect(held).toEqual({ owners: { kind: "owned", owners }, source: "unowned", ownersKey: "@olga" });
});

test("without a file everything is nobody's", () => {
  for (const path of ["a", "docs/a b", "README.md"])
    expect(createOwnersLookup(null, []).of(path)).toMatchObject({
      who: "nobody",
      source: ".github/CODEOWNERS",
    });
});

test("one decision of the file is one value", () => {
  const { of } = createOwnersLookup(codeowners, []);
  expect(of("infra/a")).toBe(of("infra/b"));
  expect(of("infra/a")).not.toBe(of("ops/a"));
});
