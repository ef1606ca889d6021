import { describe, expect, test } from "@jest/globals";
import { code, escapeMarkdown } from "../../../src/signoff/report/escape.ts";
import { escapeInvisible, quote } from "../../../src/signoff/wording/visible.ts";
import { fc } from "../../fast-check.ts";

const anything = fc.string({ unit: "binary", maxLength: 300 });

describe("a value as code", () => {
  test.each([
    { why: "a path", value: "infra/main.tf", shown: "`infra/main.tf`" },
    { why: "a backtick inside", value: "a`b", shown: "``a`b``" },
    { why: "backticks at its ends", value: "`a`", shown: "`` `a` ``" },
    { why: "a run of backticks", value: "a```b", shown: "````a```b````" },
    { why: "blanks at its ends", value: " a ", shown: "`  a  `" },
    { why: "a line break", value: "a\nb", shown: "`a\\u{a}b`" },
    { why: "a change of direction", value: "a\u202Eb", shown: "`a\\u{202e}b`" },
    { why: "a zero-width space", value: "a\u200Bb", shown: "`a\\u{200b}b`" },
    { why: "a terminal's escape", value: "\u001b[2K", shown: "`\\u{1b}[2K`" },
    { why: "a no-break space", value: "a\u00A0b", shown: "`a\\u{a0}b`" },
    { why: "half a surrogate pair", value: "a\uD800b", shown: "`a\\u{d800}b`" },
    { why: "nothing", value: "", shown: "(empty)" },
    { why: "blanks alone", value: "   ", shown: "(empty)" },
  ])("$why", ({ value, shown }) => {
    expect(code(value)).toBe(shown);
  });

  test("is one code span on one line, whatever it contains", () => {
    fc.assert(
      fc.property(anything, (value) => {
        const shown = code(value);
        if (shown === "(empty)") return;
        const [, fence = "", inside = ""] = /^(`+)([\s\S]*?)\1$/.exec(shown) ?? [];
        expect(fence).not.toBe("");
        expect(inside.match(/`+/g) ?? []).not.toContain(fence);
        expect(inside).not.toMatch(/^`|`$|\n/);
      }),
    );
  });

  test.each([
    { characters: 200, shown: "👍".repeat(200) },
    { characters: 201, shown: `${"👍".repeat(120)}…(21 characters left out)…${"👍".repeat(60)}` },
    { characters: 1000, shown: `${"👍".repeat(120)}…(820 characters left out)…${"👍".repeat(60)}` },
  ])("says how much of a long value is left out: of $characters", ({ characters, shown }) => {
    expect(code("👍".repeat(characters))).toBe(`\`${shown}\``);
  });
});

describe("a sentence", () => {
  test.each([
    {
      why: "handles become code",
      sentence: "@olga and @acme/sre, not @x[bot].",
      shown: "`@olga` and `@acme/sre`, not `@x[bot]`.",
    },
    { why: "quoted values become code", sentence: `${quote("a*b")} changed`, shown: "`a*b` changed" },
    {
      why: "markup shows as itself",
      sentence: "*a* _b_ [c](d) <e> `f` ~g~ h|i \\",
      shown: "\\*a\\* \\_b\\_ \\[c\\](d) \\<e\\> &#96;f&#96; \\~g\\~ h\\|i \\\\",
    },
    { why: "entities show as themselves", sentence: "&lt;", shown: "\\&lt;" },
    { why: "links stay text", sentence: "https://a.b www.c.d", shown: "https:&#8203;//a.b www&#8203;.c.d" },
    {
      why: "mails and references stay text",
      sentence: "a@ #1 GH-2",
      shown: "a@&#8203; #&#8203;1 GH&#8203;-2",
    },
  ])("$why", ({ sentence, shown }) => {
    expect(escapeMarkdown(sentence)).toBe(shown);
  });

  test("holds no hidden character, whatever it is made of", () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(escapeMarkdown(text)).not.toMatch(/[\p{Cc}\p{Cf}]/u);
        expect(escapeInvisible(escapeInvisible(text))).toBe(escapeInvisible(text));
      }),
    );
  });

  test("writes quotation marks out in a value", () => {
    expect(quote("a” approved, but “b")).toBe("“a\\u{201d} approved, but \\u{201c}b”");
  });

  test("keeps a quoted value apart from its own words, whatever it holds", () => {
    fc.assert(
      fc.property(anything, (value) => {
        const quoted = quote(value);
        expect(quoted).toMatch(/^“[^“”]*”$/);
        expect(escapeMarkdown(quoted)).toBe(code(quoted.slice(1, -1)));
      }),
    );
  });
});
