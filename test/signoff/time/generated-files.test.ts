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
    why: "nothing that was marked before a mark is taken off by a pattern that cannot be read",
    attributes: '*.go linguist-generated\n"a b.go" -linguist-generated',
    path: "x.go",
    is: false,
  },
  {
    why: "what is marked after a mark is taken off by a pattern that cannot be read",
    attributes: '"a b.go" -linguist-generated\n*.go linguist-generated',
    path: "x.go",
    is: true,
  },
  {
    why: "what was marked before a mark by a pattern that cannot be read",
    attributes: '*.go linguist-generated\n"a b.go" linguist-generated',
    path: "x.go",
    is: true,
  },
  {
    why: "nothing that takes longer to find than any file does",
    attributes: `${"**/a/".repeat(40)}b linguist-generated\n`,
    path: `${"a/".repeat(2_000)}package-lock.json`,
    is: false,
  },
  {
    why: "what a folder with a slash holds as before: a mark on it alone is none",
    attributes: "*.go linguist-generated\n/gen/ -linguist-generated",
    path: "gen/x.go",
    is: true,
  },
  {
    why: "what a pattern from the root marks",
    attributes: "/x.go linguist-generated",
    path: "x.go",
    is: true,
  },
  {
    why: "a name that begins with a number sign, written with a path",
    attributes: "/#x.go linguist-generated",
    path: "#x.go",
    is: true,
  },
  {
    why: "what a pattern that ends with a number sign marks",
    attributes: "*.go# linguist-generated",
    path: "x.go#",
    is: true,
  },
  {
    why: "what the longest line says",
    attributes: `${"a".repeat(1_000 - " linguist-generated".length)} linguist-generated`,
    path: "a".repeat(1_000 - " linguist-generated".length),
    is: true,
  },
  {
    why: "nothing of a line that is longer by one",
    attributes: `${"a".repeat(1_001 - " linguist-generated".length)} linguist-generated`,
    path: "a".repeat(1_001 - " linguist-generated".length),
    is: false,
  },
  {
    why: "nothing of a file whose name holds the mark",
    attributes: "linguist-generated",
    path: "x.go",
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
