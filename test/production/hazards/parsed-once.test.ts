import { describe, expect, test } from "@jest/globals";
import { OutOfSteps, Steps } from "../../../src/notation/steps.ts";
import { readChange } from "../../../src/production/hazards/reading/change.ts";
import { parsedOnce } from "../../../src/production/hazards/reading/parsed-once.ts";

const text = "kind: Deployment\nspec:\n  replicas: 3\n";
const file = () => readChange({ path: "k8s/a.yaml", status: "added", before: null, after: text });
const MANY = 10_000;

describe("a document that several ask for", () => {
  test("is parsed once, and each pays what that took", () => {
    const [asked, first, second] = [file(), new Steps(MANY), new Steps(MANY)];
    const tree = parsedOnce(asked, { text, firstLine: 1 }, first);
    expect(tree).not.toBeNull();
    expect(parsedOnce(asked, { text, firstLine: 1 }, second)).toBe(tree);
    expect(second.taken).toBe(first.taken);
    expect(first.taken).toBeGreaterThan(text.length);
  });

  test("is not read by whoever has fewer steps left than it takes, as if they were the first", () => {
    const [asked, enough] = [file(), new Steps(MANY)];
    parsedOnce(asked, { text, firstLine: 1 }, enough);
    for (const few of [asked, file()])
      expect(() => parsedOnce(few, { text, firstLine: 1 }, new Steps(enough.taken - 1))).toThrow(OutOfSteps);
    expect(parsedOnce(asked, { text, firstLine: 1 }, new Steps(enough.taken))).not.toBeNull();
  });

  test("has lines of its own where it begins elsewhere", () => {
    const asked = file();
    const lines = [1, 7].map((firstLine) => parsedOnce(asked, { text, firstLine }, new Steps(MANY))?.line);
    expect(lines).toEqual([1, 7]);
  });
});
