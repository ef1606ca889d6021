import { describe, expect, test } from "@jest/globals";
import { line, type Page, printLines } from "../../../src/cli/report/lines.ts";
import { fc } from "../../fast-check.ts";

const PLAIN: Page = { width: 20, paint: (_style, text) => text };

describe("a line", () => {
  test("breaks between words and goes on further in", () => {
    expect(printLines([line(2, "one two three four five six")], PLAIN)).toBe(
      "  one two three four\n    five six\n",
    );
  });

  test("keeps a long path whole", () => {
    const path = "infra/production/eu/main.tf";

    expect(printLines([line(2, "see ", path, " now")], PLAIN)).toBe(`  see\n    ${path}\n    now\n`);
  });

  test("paints what has one style as one, and not the margin", () => {
    const page: Page = { width: 20, paint: (_style, text) => `<${text}>` };

    expect(printLines([line(2, { text: "a b", style: "bold" }, " c")], page)).toBe("  <a b> c\n");
  });

  test.each([
    ["a colour", "\x1b[31mred", "\\u{1b}[31mred\n"],
    ["a line break", "one\ntwo", "one\\u{a}two\n"],
    ["a turn of direction", "a\u202eb", "a\\u{202e}b\n"],
    ["a hidden space", "a\u200bb", "a\\u{200b}b\n"],
    ["half a character", "a\ud800b", "a\\u{d800}b\n"],
  ])("writes out %s (E08)", (_what, text, shown) => {
    expect(printLines([line(0, text)], { ...PLAIN, width: 80 })).toBe(shown);
  });

  test("never holds a control character, and loses no word", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" })), fc.nat(8), (spans, indent) => {
        const printed = printLines([line(indent, ...spans)], PLAIN);

        expect(printed.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
        const word = /[a-z0-9]+/gi;
        expect(printed.match(word)?.join("") ?? "").toBe(
          printLines([line(0, ...spans)], { ...PLAIN, width: Number.POSITIVE_INFINITY })
            .match(word)
            ?.join("") ?? "",
        );
      }),
    );
  });
});
