import { expect, test } from "@jest/globals";
import { generatedBy } from "../../../src/signoff/time/generated.ts";

test.each<{ why: string; attributes?: string; path: string; is: boolean }>([
  { why: "a lock file anywhere", path: "a/b/package-lock.json", is: true },
  { why: "no file that only ends like one", path: "a/my-package-lock.json", is: false },
  {
    why: "no lock file that is said to be written by hand",
    attributes: "yarn.lock -linguist-generated",
    path: "yarn.lock",
    is: false,
  },
  { why: "a name at any depth", attributes: "*.pb.go linguist-generated", path: "a/b/x.pb.go", is: true },
  {
    why: "a path from the root",
    attributes: "/gen/*.go linguist-generated=true",
    path: "gen/x.go",
    is: true,
  },
  {
    why: "nothing below one level of it",
    attributes: "/gen/*.go linguist-generated",
    path: "gen/a/x.go",
    is: false,
  },
  {
    why: "everything below two stars",
    attributes: "gen/** linguist-generated",
    path: "gen/a/x.go",
    is: true,
  },
  {
    why: "nothing in a folder that is named alone, as git reads it",
    attributes: "gen linguist-generated",
    path: "gen/x.go",
    is: false,
  },
  {
    why: "nothing in a folder with a slash, as git reads it",
    attributes: "gen/ linguist-generated",
    path: "gen/x.go",
    is: false,
  },
  {
    why: "what the last line says",
    attributes: "*.go linguist-generated\nmain.go -linguist-generated",
    path: "main.go",
    is: false,
  },
  {
    why: "what the last word of a line says",
    attributes: "*.go linguist-generated linguist-generated=false",
    path: "a.go",
    is: false,
  },
  {
    why: "nothing that is unspecified again",
    attributes: "*.go linguist-generated\n*.go !linguist-generated",
    path: "a.go",
    is: false,
  },
  {
    why: "nothing of another attribute",
    attributes: "*.go linguist-vendored\n*.go text",
    path: "a.go",
    is: false,
  },
  {
    why: "nothing of an attribute that begins alike",
    attributes: "*.go linguist-generated-by=hand",
    path: "a.go",
    is: false,
  },
  { why: "nothing of a comment", attributes: "# *.go linguist-generated", path: "a.go", is: false },
  {
    why: "nothing after a mark is taken off by a pattern that cannot be read",
    attributes: '*.go linguist-generated\n"a b.go" -linguist-generated',
    path: "a b.go",
    is: false,
  },
  {
    why: "nothing of a pattern that cannot be read",
    attributes: "[ab].go linguist-generated",
    path: "a.go",
    is: false,
  },
  {
    why: "a line with spaces, tabs and a carriage return",
    attributes: "  *.go\t text  linguist-generated\r\n",
    path: "a.go",
    is: true,
  },
  {
    why: "nothing of a line longer than any",
    attributes: `${"a".repeat(2_000)} linguist-generated\n`,
    path: "a".repeat(2_000),
    is: false,
  },
])("nobody reads $why: $is", ({ attributes, path, is }) => {
  expect(generatedBy(attributes)(path)).toBe(is);
});
