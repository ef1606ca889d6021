import { expect, test } from "@jest/globals";
import type { Problem } from "../../src/policy/problem.ts";
import type { PolicySource } from "../../src/policy/source.ts";
import { isProposed, proposedProblems } from "../../src/signoff/proposed-config.ts";
import type { ChangedFile } from "../../src/signoff/snapshot.ts";
import { ABSENT } from "../policy/files.ts";
import { file } from "./build.ts";

const path = ".github/countersign.yml";
const unreadable = { status: "unreadable", path, reason: "it is a link" } as const;
const UNREADABLE: Problem = {
  code: "proposed/config/unreadable",
  severity: "error",
  file: path,
  message: "The file cannot be read: it is a link.",
  remedy: "Make it a text file in YAML, or leave it as it is on the default branch.",
};
const INVALID: Problem = {
  code: "proposed/config/invalid-value",
  severity: "error",
  file: path,
  line: 2,
  column: 7,
  message: 'mode is "off".',
  remedy: 'Use "enforce" or "observe".',
};

test.each<{ why: string; proposed: PolicySource | undefined; problems: readonly Problem[] }>([
  { why: "no file is proposed", proposed: undefined, problems: [] },
  { why: "it is taken away", proposed: { status: "absent" }, problems: [] },
  { why: "it is valid", proposed: { status: "found", path, text: "mode: observe" }, problems: [] },
  {
    why: "it is invalid",
    proposed: { status: "found", path, text: "branches: [main]\nmode: off\n" },
    problems: [INVALID],
  },
  { why: "it cannot be read", proposed: unreadable, problems: [UNREADABLE] },
  {
    why: "it cannot be read, and more is known of it",
    proposed: { ...unreadable, remedy: "Shorten it." },
    problems: [{ ...UNREADABLE, remedy: "Shorten it." }],
  },
])("what is wrong with the config as it would be after the merge: $why", ({ proposed, problems }) => {
  expect(proposedProblems(changed([], proposed))).toEqual(problems);
});

test.each([
  ["warning", "a near-miss of a built-in area", "production: [{ name: infrastucture, paths: [/infra/] }]"],
  ["error", "a key in capitals", "Production: []"],
  ["error", "alternatives in a pattern", "production: [{ name: a, paths: ['/{a,b}/'] }]"],
])("C18: %s for what the proposed config hardly means: %s", (severity, _, text) => {
  const problems = proposedProblems(changed([], { status: "found", path, text }));
  expect(problems).toMatchObject([{ severity, file: path, line: 1 }]);
});

test.each([
  ["error", ".github/countersign.yaml"],
  ["error", ".github/Countersign.yml"],
  ["error", ".github/.countersign.yml"],
  ["warning", "countersign.yml"],
  ["warning", ".countersign.yaml"],
  ["warning", "docs/countersign.yml"],
  ["warning", ".github/countersign.json"],
])("C18: %s for a config that is never read: %s", (severity, misplaced) => {
  expect(proposedProblems(changed([file(misplaced, { status: "added" })]))).toMatchObject([
    { code: "config/misplaced", severity, file: misplaced },
  ]);
  expect(proposedProblems(changed([file(misplaced, { status: "removed" })]))).toEqual([]);
});

test.each([
  path,
  ".github/workflows/countersign.yml",
  "infra/countersign.yml",
  "countersign.yml.md",
  "my-countersign.yml",
])("C18: %s is not taken for one", (other) => {
  expect(proposedProblems(changed([file(other, { status: "added" })]))).toEqual([]);
});

function changed(files: readonly ChangedFile[], proposed?: PolicySource) {
  const sources = { organization: ABSENT, repository: ABSENT };
  return { files, policySources: proposed === undefined ? sources : { ...sources, proposed } };
}

test("a problem of the proposal is told from one of the base's own file", () => {
  expect(isProposed(INVALID)).toBe(true);
  expect(isProposed({ ...INVALID, code: "config/invalid-value" })).toBe(false);
});
