import { describe, expect, test } from "@jest/globals";
import { AUTOMATION } from "../../../src/provenance/catalogue/automation.ts";
import { CATALOGUE } from "../../../src/provenance/catalogue/catalogue.ts";
import { KNOWN_FALSE_POSITIVES } from "../../../src/provenance/catalogue/known-false-positives.ts";
import { catalogueProblems } from "../../../src/provenance/check-catalogue.ts";
import { literalStart, startOf } from "../../../src/provenance/text/line-starts.ts";
import { commit, detector, person, pullRequest } from "../texts.ts";

const SIGNALS = CATALOGUE.flatMap(({ tool, signals }) => signals.map((signal) => ({ tool, signal })));

describe("the catalogue", () => {
  test("has nothing wrong with it", () => {
    expect(catalogueProblems(CATALOGUE)).toEqual([]);
  });

  test("compares everything in lower case", () => {
    for (const { signal } of SIGNALS) {
      if (signal.kind === "coauthor-name") expect(signal.name).toMatch(/^[a-z]+( [a-z]+)+$/);
      if (signal.kind === "name-suffix") expect(signal.suffix).toMatch(/^ \([a-z]+\)$/);
      if (signal.kind === "trailer") expect(signal.key).toMatch(/^[a-z-]+$/);
      if (signal.kind === "link") expect(signal.host).toMatch(/^(?!www\.)[a-z.]+$/);
      if (signal.kind === "label") expect(signal.label).toBe(signal.label.toLowerCase());
    }
    for (const { names = [] } of CATALOGUE) for (const name of names) expect(name).toBe(name.toLowerCase());
  });

  test("knows every line by its first letters, so that most lines cost nothing", () => {
    for (const { signal } of SIGNALS) {
      if (signal.kind === "line")
        expect([signal.pattern, startOf(literalStart(signal.pattern)) >= 0]).toEqual([signal.pattern, true]);
      if (signal.kind === "trailer") expect(startOf(signal.key)).toBeGreaterThanOrEqual(0);
      if (signal.kind === "link") expect(startOf(signal.host)).toBeGreaterThanOrEqual(0);
    }
  });

  test("a model's name has a version", () => {
    for (const { signal } of SIGNALS) if (signal.kind === "name") expect(signal.pattern).toContain("\\d");
  });

  test("links are weak, because a link may be a reference", () => {
    for (const { signal } of SIGNALS) if (signal.kind === "link") expect(signal.strength).toBe("weak");
  });

  test("what is not verified is weak", () => {
    const unverified = SIGNALS.filter(({ signal }) =>
      /lists of|not verified|user-made|not seen$/.test(signal.source),
    );
    expect(unverified.length).toBeGreaterThan(50);
    expect(unverified.filter(({ signal }) => signal.strength !== "weak")).toEqual([]);
  });

  test("what decides is no account of automation", () => {
    const ids = new Set(AUTOMATION.flatMap(({ id }) => (id === null ? [] : [id])));
    const both = SIGNALS.filter(
      ({ signal }) => signal.kind === "account" && ids.has(signal.id ?? -1) && signal.strength !== "weak",
    );
    expect(both).toEqual([]);
  });

  test("holds no automation twice", () => {
    expect(new Set(AUTOMATION.map(({ login }) => login)).size).toBe(AUTOMATION.length);
  });
});

const people = KNOWN_FALSE_POSITIVES.flatMap((known) =>
  (known.people ?? []).map((text) => ({ what: known.what, text })),
);
const texts = KNOWN_FALSE_POSITIVES.flatMap((known) =>
  (known.texts ?? []).map((text) => ({ what: known.what, text })),
);
const branches = KNOWN_FALSE_POSITIVES.flatMap((known) =>
  (known.branches ?? []).map((text) => ({ what: known.what, text })),
);

describe("known false positives are not reported", () => {
  test.each(people)("$what: $text", ({ text }) => {
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

  test.each(texts)("$what: $text", ({ text }) => {
    const subject = detector.commit(commit({ message: text }));
    const within = detector.commit(commit({ message: `Fix it\n\n${text}\n\nMore.` }));
    const body = detector.pullRequest(pullRequest({ body: `## Why\n\n${text}\n` }));

    expect([...subject.evidence, ...within.evidence, ...body]).toEqual([]);
    expect(subject.writer).toBe("human");
  });

  test.each(branches)("$what: branch $text", ({ text }) => {
    expect(detector.pullRequest(pullRequest({ headRef: text }))).toEqual([]);
  });
});
