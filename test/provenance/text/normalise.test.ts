import { describe, expect, test } from "@jest/globals";
import { normalise } from "../../../src/provenance/text/normalise.ts";
import { fc } from "../../fast-check.ts";
import { commit, detector } from "../texts.ts";

describe("normalise", () => {
  test.each([
    { why: "a no-break space is a space", from: "Co-authored-by:\u00a0Claude", to: "Co-authored-by: Claude" },
    { why: "a full-width colon is a colon", from: "Co-authored-by： Claude", to: "Co-authored-by: Claude" },
    { why: "a ratio sign is a colon", from: "Co-authored-by∶ Claude", to: "Co-authored-by: Claude" },
    { why: "zero-width characters vanish", from: "Co-\u200bauth\u200dored\ufeff-by", to: "Co-authored-by" },
    { why: "bidirectional controls vanish", from: "\u202eClaude\u202c\u2066!\u2069", to: "Claude!" },
    { why: "soft hyphens vanish", from: "Co-auth\u00adored-by", to: "Co-authored-by" },
    { why: "Cyrillic look-alikes are folded", from: "Со-аuthоrеd-bу", to: "Co-authored-by" },
    { why: "Greek look-alikes are folded", from: "Cο-αuthοred-bγ", to: "Co-authored-by" },
    { why: "mathematical letters are letters", from: "𝐂𝐥𝐚𝐮𝐝𝐞", to: "Claude" },
    { why: "full-width letters are letters", from: "Ｃｌａｕｄｅ", to: "Claude" },
    { why: "typographic hyphens are hyphens", from: "Co‐authored‑by", to: "Co-authored-by" },
    { why: "accented names keep their accents", from: "José Ångström", to: "José Ångström" },
    { why: "emoji stay", from: "🤖 Generated", to: "🤖 Generated" },
  ])("$why", ({ from, to }) => {
    expect(normalise(from)).toBe(to);
  });

  test("is idempotent and never throws, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const once = normalise(text);
        expect(normalise(once)).toBe(once);
      }),
    );
  });

  test("is idempotent on every single character, alone and before a combining mark", () => {
    for (let code = 0; code <= 0x10ffff; code += 1) {
      const character = String.fromCodePoint(code);
      for (const text of [character, `${character}\u0301`]) {
        const once = normalise(text);
        if (normalise(once) !== once) throw new Error(`not idempotent: U+${code.toString(16)}`);
      }
    }
  });

  test("leaves ASCII alone", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary-ascii" }), (text) => {
        expect(normalise(text)).toBe(text);
      }),
    );
  });
});

describe("a trailer in disguise", () => {
  const TRAILER = "Co-authored-by: Claude <noreply@anthropic.com>";
  /** Each leaves the trailer readable as it was. */
  const DISGUISES: Readonly<Record<string, readonly string[]>> = {
    a: ["а", "α", "ａ", "ɑ", "𝐚"],
    e: ["е", "ｅ", "𝐞"],
    o: ["о", "ο", "ｏ", "օ"],
    c: ["с", "ｃ", "𝐜"],
    p: ["р", "ρ"],
    i: ["і", "ı"],
    "-": ["‐", "‑", "–", "−"],
    ":": ["：", "∶", "ː", "։"],
    " ": ["\u00a0", "\u2003", "\u3000"],
    "<": ["‹", "＜", "⟨"],
    ">": ["›", "＞", "⟩"],
    "@": ["＠", "﹫"],
    ".": ["．", "․"],
  };
  const INVISIBLE = ["\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u202e"];

  const disguised = fc
    .tuple(
      fc.array(fc.nat(), { minLength: TRAILER.length, maxLength: TRAILER.length }),
      fc.array(fc.tuple(fc.nat({ max: TRAILER.length }), fc.constantFrom(...INVISIBLE)), { maxLength: 4 }),
    )
    .map(([choices, invisible]) => {
      const letters = [...TRAILER].map((letter, at) => {
        const looks = [letter, ...(DISGUISES[letter] ?? [])];
        return looks[(choices[at] ?? 0) % looks.length] ?? letter;
      });
      for (const [at, character] of invisible) letters.splice(at, 0, character);
      return letters.join("");
    });

  test("reads as what it looks like", () => {
    fc.assert(fc.property(disguised, (text) => expect(normalise(text).trim()).toBe(TRAILER)));
  });

  test("is found by the detector, wherever the line stands", () => {
    fc.assert(
      fc.property(disguised, fc.constantFrom("\n", "\r\n", "\r", "\u2028", "\u0085"), (text, lineBreak) => {
        const message = ["Fix it", "", "* step", text, "", "more"].join(lineBreak);
        expect(detector.commit(commit({ message })).tools).toEqual(["Claude Code"]);
      }),
    );
  });
});
