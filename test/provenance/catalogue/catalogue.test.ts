import { describe, expect, test } from "@jest/globals";
import { AUTOMATION } from "../../../src/provenance/catalogue/automation.ts";
import { CATALOGUE } from "../../../src/provenance/catalogue/catalogue.ts";
import { KNOWN_FALSE_POSITIVES } from "../../../src/provenance/catalogue/known-false-positives.ts";
import { catalogueProblems } from "../../../src/provenance/check-catalogue.ts";
import { literalStart, startOf } from "../../../src/provenance/text/line-starts.ts";
import { isOf, type Signal } from "../../../src/provenance/tool/tool.ts";
import { commit, detector, person, pullRequest } from "../texts.ts";

const SIGNALS = CATALOGUE.flatMap(({ tool, signals }) => signals.map((signal) => ({ tool, signal })));

function of<Kind extends Signal["kind"]>(kind: Kind): readonly Extract<Signal, { kind: Kind }>[] {
  return SIGNALS.flatMap(({ signal }) => (isOf(kind, signal) ? [signal] : []));
}

describe("the catalogue", () => {
  test("has nothing wrong with it", () => {
    expect(catalogueProblems(CATALOGUE)).toEqual([]);
  });

  describe("writes in lower case what is compared in lower case", () => {
    test.each<[what: string, texts: readonly string[], form: RegExp]>([
      ["co-authors' names", of("coauthor-name").map(({ name }) => name), /^[a-z]+( [a-z]+)+$/],
      ["ends of names", of("name-suffix").map(({ suffix }) => suffix), /^ \([a-z]+\)$/],
      ["keys of trailers", of("trailer").map(({ key }) => key), /^[a-z-]+$/],
      ["hosts of links", of("link").map(({ host }) => host), /^(?!www\.)[a-z.]+$/],
      ["labels", of("label").map(({ label }) => label), /^[^A-Z]+$/],
      ["names of tools", CATALOGUE.flatMap(({ names = [] }) => names), /^[^A-Z]+$/],
    ])("%s", (_, texts, form) => {
      expect(texts).not.toEqual([]);
      expect(texts.filter((text) => !form.test(text))).toEqual([]);
    });
  });

  describe("knows lines by their first letters, so that most lines cost nothing", () => {
    test.each<[what: string, beginnings: readonly string[]]>([
      ["lines", of("line").map(({ pattern }) => literalStart(pattern))],
      ["trailers", of("trailer").map(({ key }) => key)],
      ["links", of("link").map(({ host }) => host)],
    ])("%s", (_, beginnings) => {
      expect(beginnings).not.toEqual([]);
      expect(beginnings.filter((text) => startOf(text) < 0)).toEqual([]);
    });
  });

  test("a model's name has a version", () => {
    const names = of("name").map(({ pattern }) => pattern);
    expect(names).not.toEqual([]);
    expect(names.filter((pattern) => !pattern.includes("\\d"))).toEqual([]);
  });

  test("links are weak, because a link may be a reference", () => {
    const links = of("link");
    expect(links).not.toEqual([]);
    expect(links.filter(({ strength }) => strength !== "weak")).toEqual([]);
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
