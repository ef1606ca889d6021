import { describe, expect, test } from "@jest/globals";
import { LineCounter, parseDocument } from "yaml";
import { OutOfSteps, Steps } from "../../src/notation/steps.ts";
import { readYamlDocument, type YamlReading } from "../../src/notation/yaml.ts";
import { threadTime } from "../thread-time.ts";

const OPTIONS = { prettyErrors: false, uniqueKeys: false, logLevel: "silent" } as const;

function read(text: string, steps = 10_000_000): YamlReading {
  return readYamlDocument(text, { lines: new LineCounter(), steps: new Steps(steps), options: OPTIONS });
}

describe("reads as the library does", () => {
  test.each([
    ["nothing", ""],
    ["a comment alone", "# a\n"],
    ["a mapping", "a: 1\nb: [2, {c: d}]\n# end\n"],
    ["block texts", "a: |\n  b\n\n\n # c\nd: >-\n  e\n  f\n"],
    ["an end of the document", "a: 1\n...\n"],
    ["JSON", '{"a": [1, 2, {"b": null}]}'],
    ["anchors", "a: &a {b: 1}\nc: *a\n"],
  ])("%s", (_, text) => {
    const { document, defect } = read(text);
    expect(defect).toBeNull();
    expect(document?.toJS()).toEqual(parseDocument(text, OPTIONS).toJS());
    expect(document?.range).toEqual(parseDocument(text, OPTIONS).range);
  });

  test.each([
    ["an open bracket", "a: [1\nb: 2\n"],
    ["brackets that close nothing", "a: ]]]\n"],
    ["a bad escape", 'a: "\\q"\nb: "\\z"\n'],
    ["a tab", "a:\n\t- b\n"],
    ["a bad indentation", "a:\n    b: 1\n  c: 2\n"],
    ["a directive without a document", "%YAML 1.2\n"],
  ])("the first defect of %s", (_, text) => {
    const [first] = parseDocument(text, OPTIONS).errors;
    const { defect } = read(text);
    expect(first).toBeDefined();
    expect([defect?.code, defect?.pos[0]]).toEqual([first?.code, first?.pos[0]]);
  });

  test("a second document as a defect", () => {
    expect(read("a: 1\n---\nb: 2\n").defect).toMatchObject({ code: "MULTIPLE_DOCS", pos: [5, 6] });
    expect(read("a: 1\n...\nb: 2\n").defect).toMatchObject({ code: "MULTIPLE_DOCS" });
  });
});

describe("takes steps in proportion to the length", () => {
  const HALF_MEGABYTE = 500_000;
  const fill = (unit: string) => unit.repeat(HALF_MEGABYTE / unit.length);
  const MOST_MS = 10_000;

  test.each([
    ["blank lines", fill("\n")],
    ["comments", fill("#\n")],
    ["blank lines, then comments below a block text", `a: |\n     b\n${"\n".repeat(200_000)}${fill(" #\n")}`],
    ["lists within one another, then blank lines", `a:\n ${"- ".repeat(150)}\n${fill("\n")}`],
    ["brackets that close nothing", `a: ${fill("]")}`],
    ["commas", `a: [${fill(",")}`],
    ["bad escapes", `a: "${fill("\\q")}"`],
    ["anchors", `a: ${fill("&a ")}`],
    ["tags", `a: ${fill("!a ")}`],
    ["directives", fill("%A b\n")],
    ["documents", fill("---\n")],
    ["ends of documents", fill("...\n")],
    ["pairs", fill("a: b\n\n")],
    ["a long key", `${fill("a")}: b`],
    ["a long quoted key", `"${fill("a")}": b`],
    ["quotes that do not close", fill("- 'a\n")],
    ["tabs", `a:\n${fill("\t\n")}`],
  ])("for %s", (_, text) => {
    const time = threadTime(() => {
      try {
        read(text);
      } catch (error) {
        if (!(error instanceof OutOfSteps)) throw error;
      }
    });
    expect(time).toBeLessThan(MOST_MS);
  });

  test("and ends when there are none left, or when it is too deep", () => {
    expect(() => read("a: b\n".repeat(100), 1_000)).toThrow(OutOfSteps);
    expect(() => read("- ".repeat(1_000))).toThrow(OutOfSteps);
    expect(() => read("[".repeat(1_000))).toThrow(OutOfSteps);
  });
});
