import { describe, expect, test } from "@jest/globals";
import { areasWithoutFiles, remarksOn } from "../../../src/policy/file/remarks.ts";

const area = (name: string, ...paths: readonly string[]) => ({ name, paths: [...paths] });

describe("C18 what a valid config may be but probably is not meant to be", () => {
  test("nothing of a config without areas", () => {
    expect(remarksOn({})).toEqual([]);
    expect(remarksOn({ production: [{ name: "infrastructure" }] })).toEqual([]);
  });

  test("a name that is nearly a built-in one", () => {
    expect(remarksOn({ production: [area("billing", "/x"), area("infrastucture", "/x")] })).toEqual([
      {
        code: "config/similar-area",
        severity: "warning",
        path: ["production", 1, "name"],
        at: "value",
        message:
          'The area "infrastucture" is not the built-in area "infrastructure", which keeps its own rule.',
        remedy:
          'Write "infrastructure" if you mean the built-in area; otherwise choose a name that is less similar.',
      },
    ]);
  });

  test("a letter of another script among Latin ones", () => {
    expect(remarksOn({ production: [area("a", "/x"), area("b", "/y", "/pаyments/")] })).toEqual([
      {
        code: "config/lookalike-letter",
        severity: "warning",
        path: ["production", 1, "paths", 1],
        at: "value",
        message: expect.stringMatching(
          /^production\.1\.paths\.1 is "\/p.+yments\/", which holds .*U\+0430.* among Latin letters: it looks like one of them\.$/u,
        ),
        remedy: "Type the word again, unless the file is really called so.",
      },
    ]);
  });
});

describe("C18 areas that no file is in", () => {
  const FILES = ["infra/main.tf", "db/1.sql"];

  test.each([
    { why: "one that is", production: [area("infra", "/infra/")], found: [] },
    { why: "one without patterns of its own", production: [{ name: "infrastructure" }], found: [] },
    {
      why: "one that is not, beside one that is",
      production: [area("db", "*.sql"), area("web", "/web/")],
      found: [
        {
          code: "config/empty-area",
          severity: "warning",
          path: ["production", 1, "paths"],
          at: "value",
          message: 'The area "web" matches no file of the repository.',
          remedy:
            "Check the patterns: /infra/ is a folder at the root, *.tf a name at any depth, and case counts.",
        },
      ],
    },
  ])("$why", ({ production, found }) => {
    expect(areasWithoutFiles({ production }, FILES)).toEqual(found);
  });

  test("no areas at all", () => {
    expect(areasWithoutFiles({}, FILES)).toEqual([]);
  });
});
