import { expect, test } from "@jest/globals";
import { CODEOWNERS_LOCATIONS, readCodeowners } from "../../src/ownership/codeowners.ts";

const TEXT = "* @acme/all\n/api/ @Ada ben@example.com\n/api/generated/\n!x @ada\n/y @ada, @nobody\n";

test("rules and errors are plain values", () => {
  const { rules, errors } = readCodeowners(TEXT);

  expect(rules).toEqual([
    { line: 1, column: 1, pattern: "*", owners: ["@acme/all"] },
    { line: 2, column: 1, pattern: "/api/", owners: ["@Ada", "ben@example.com"] },
    { line: 3, column: 1, pattern: "/api/generated/", owners: [] },
  ]);
  expect(errors).toEqual([
    expect.objectContaining({
      kind: "Invalid pattern",
      line: 4,
      column: 1,
      source: "!x @ada",
      replacement: "x",
    }),
    expect.objectContaining({ kind: "Invalid owner", line: 5, column: 4, replacement: "/y @ada @nobody" }),
  ]);
  expect(errors.map(({ suggestion }) => suggestion)).toEqual([
    "To except paths from an earlier line, write `x` without owners behind it.",
    "Write `/y @ada @nobody` instead.",
  ]);
});

test.each([
  { path: "a", expected: { kind: "owned", owners: ["@acme/all"], line: 1, pattern: "*" } },
  {
    path: "api/a",
    expected: { kind: "owned", owners: ["@Ada", "ben@example.com"], line: 2, pattern: "/api/" },
  },
  {
    path: "api/generated/a",
    expected: { kind: "un-owned", owners: [], line: 3, pattern: "/api/generated/" },
  },
  { path: "x", expected: { kind: "invalid", owners: [], line: 4, message: expect.any(String) } },
])("$path: $expected.kind", ({ path, expected }) => {
  expect(readCodeowners(TEXT).of(path)).toEqual(expected);
});

test("an empty file matches nothing", () => {
  expect(readCodeowners("").of("a")).toEqual({ kind: "unmatched", owners: [] });
});

test("who is known is for the caller to say", () => {
  const { errors, of } = readCodeowners(TEXT, { isKnown: (owner) => owner !== "@Ada" });

  expect(errors.filter(({ kind }) => kind === "Unknown owner")).toEqual([
    expect.objectContaining({ line: 2, column: 7, suggestion: expect.stringContaining("exists") }),
  ]);
  expect(of("api/a").owners).toEqual(["@Ada", "ben@example.com"]);
});

test("where the file is looked for", () => {
  expect(CODEOWNERS_LOCATIONS).toEqual([".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"]);
});
