import { describe, expect, test } from "@jest/globals";
import { AUTOMATION } from "../../src/provenance/automation.ts";
import { CATALOGUE } from "../../src/provenance/catalogue.ts";
import { patternProblem } from "../../src/provenance/safe-pattern.ts";
import type { Signal, Tool } from "../../src/provenance/tool.ts";
import { commit, detector, person, pullRequest } from "./texts.ts";
import { BRANCHES, MESSAGES, PEOPLE } from "./traps.ts";

const SIGNALS = CATALOGUE.flatMap(({ tool, signals }) => signals.map((signal) => ({ tool, signal })));

describe("the catalogue", () => {
  test("names every tool once", () => {
    const names = CATALOGUE.map(({ tool }) => tool);
    expect(new Set(names).size).toBe(names.length);
  });

  test("holds no mark twice, in one tool or in two", () => {
    const identities = SIGNALS.map(({ signal }) => identityOf(signal));
    expect(identities.filter((identity, at) => identities.indexOf(identity) !== at)).toEqual([]);
  });

  test.each(CATALOGUE)("$tool: e-mails are whole and everything compared is lower-cased", ({ signals }) => {
    for (const signal of signals) {
      if (signal.kind === "email") expect(signal.email).toMatch(/^[a-z0-9.+-]+(\[bot\])?@[a-z0-9.-]+$/);
      if (signal.kind === "coauthor-name") expect(signal.name).toMatch(/^[a-z]+( [a-z]+)+$/);
      if (signal.kind === "name-suffix") expect(signal.suffix).toMatch(/^ \([a-z]+\)$/);
      if (signal.kind === "trailer") expect(signal.key).toMatch(/^[a-z-]+$/);
      if (signal.kind === "label") expect(signal.label).toBe(signal.label.toLowerCase());
      expect(signal.source).not.toBe("");
    }
  });

  test.each(CATALOGUE)("$tool: no pattern can backtrack", (tool) => {
    for (const pattern of patternsOf(tool))
      expect([pattern, patternProblem(pattern)]).toEqual([pattern, null]);
  });

  test("only an account or an address is certain", () => {
    const certain = SIGNALS.filter(({ signal }) => signal.strength === "certain");
    expect(new Set(certain.map(({ signal }) => signal.kind))).toEqual(new Set(["account", "email"]));
  });

  test("a line decides only when it begins as the tool begins it", () => {
    for (const { signal } of SIGNALS) {
      if (signal.kind === "line" && signal.strength !== "weak") expect(signal.pattern).toMatch(/^\^/);
    }
  });

  test("labels decide nothing", () => {
    for (const { signal } of SIGNALS) if (signal.kind === "label") expect(signal.strength).toBe("weak");
  });

  test("lists no bot that is automation", () => {
    const ids = new Set(AUTOMATION.flatMap(({ id }) => (id === null ? [] : [id])));
    const both = SIGNALS.filter(({ signal }) => signal.kind === "account" && ids.has(signal.id ?? -1));
    expect(both).toEqual([]);
  });

  test("holds no automation twice", () => {
    expect(new Set(AUTOMATION.map(({ login }) => login)).size).toBe(AUTOMATION.length);
  });
});

describe("the traps stay silent", () => {
  test.each(PEOPLE)("%s", (text) => {
    const identity = person(text);
    const found = detector.commit(
      commit({
        author: identity,
        committer: identity,
        coAuthors: [identity],
        message: `Fix it\n\nCo-authored-by: ${text}\nSigned-off-by: ${text}`,
      }),
    );

    expect(found.writer).not.toBe("ai");
    expect(found.evidence).toEqual([]);
  });

  test.each(MESSAGES)("%j as a subject, as a line and in a pull request", (text) => {
    const subject = detector.commit(commit({ message: text }));
    const within = detector.commit(commit({ message: `Fix it\n\n${text}\n\nMore.` }));
    const body = detector.pullRequest(pullRequest({ body: `## Why\n\n${text}\n` }));

    expect([...subject.evidence, ...within.evidence, ...body]).toEqual([]);
    expect(subject.writer).toBe("human");
  });

  test.each(BRANCHES)("branch %s", (headRef) => {
    expect(detector.pullRequest(pullRequest({ headRef }))).toEqual([]);
  });
});

function identityOf(signal: Signal): string {
  const { strength, source, ...mark } = signal;
  switch (mark.kind) {
    case "account":
      return `account ${mark.id ?? mark.login}`;
    case "email":
      return `email ${mark.email}`;
    case "line":
      return `line ${mark.pattern}`;
    case "name-suffix":
      return `name-suffix ${mark.suffix} ${mark.fields.join()}`;
    default:
      return JSON.stringify(mark);
  }
}

function patternsOf({ signals, requests }: Tool): readonly string[] {
  const patterns = signals.flatMap((signal) => {
    if (signal.kind === "line" || signal.kind === "branch") return [signal.pattern];
    return signal.kind === "trailer" && signal.value !== undefined ? [signal.value] : [];
  });
  return [...patterns, ...(requests?.lines ?? [])];
}
