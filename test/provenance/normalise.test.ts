import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { normalise } from "../../src/provenance/normalise.ts";

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
