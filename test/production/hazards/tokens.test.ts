import { describe, expect, test } from "@jest/globals";
import { tokensIn } from "../../../src/production/hazards/rule-sets/secrets/find-tokens.ts";
import { hasLongRun } from "../../../src/production/hazards/rule-sets/secrets/long-run.ts";
import { fc } from "../../fast-check.ts";

const lines = (texts: readonly string[]) => [
  {
    path: "a.txt",
    lines: {
      before: [],
      after: texts.map((text, index) => ({ side: "after" as const, line: index + 1, text })),
    },
  },
];

/** Put together here, so that nobody takes them for tokens. */
const LINES = {
  "at the beginning and the end of a line": `aB3${"8Q~"}dE5fG7hJ9kL2mN4pQ6rS8tU1vW3xY5zA`,
  "with blanks behind it": `key=${"AP"}5dE5fG7hJ9kL2mN4pQ6rS8   `,
  "beside a placeholder": `${"ghp"}_${"x".repeat(36)} ${"ghp"}_${"aB3dE5fG7hJ9kL2mN4pQ6rS8tU1vW3xY5zA7"}`,
  "of a service account": '  "type": "service_account",',
} as const;

describe("a token is found", () => {
  test.each(Object.entries(LINES))("%s, wherever the line stands", (_, text) => {
    const others = Array.from({ length: 2_000 }, (_, index) => `const part${index} = "an ordinary line";`);
    for (const at of [0, 1_000, 2_000]) {
      const found = [...tokensIn(lines(others.toSpliced(at, 0, text)))];
      expect(found.map(({ line }) => line)).toEqual([at + 1]);
    }
    expect([...tokensIn(lines(["a", text, text, "a"]))].map(({ line }) => line)).toEqual([2, 3]);
  });

  test("behind a line that is longer than what is looked at together", () => {
    const token = LINES["of a service account"];
    expect([...tokensIn(lines(["a ".repeat(30_000), token]))]).toMatchObject([{ line: 2 }]);
    expect([...tokensIn(lines([`${"a ".repeat(30_000)}${LINES["beside a placeholder"]}`]))]).toHaveLength(1);
  });

  test("no line but its own is told", () => {
    expect([...tokensIn(lines(['"type":', '"service_account"', "ghp_", "a".repeat(36)]))]).toEqual([]);
  });
});

test("each line is told of its own file", () => {
  const token = LINES["beside a placeholder"];
  const [one] = lines([token, "b"]);
  const [other] = lines(["b", token]);
  const files = [one, other].flatMap((file, index) => (file ? [{ ...file, path: `${index}.txt` }] : []));
  expect([...tokensIn(files)].map(({ path, line }) => `${path}:${line}`)).toEqual(["0.txt:1", "1.txt:2"]);
});

test("a long run is what the pattern of one finds", () => {
  const text = fc.string({ unit: fc.constantFrom(..."aZ09_+/.-aZ09_+/.- =:é\n"), maxLength: 80 });
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 12 }), (any, length) => {
      expect(hasLongRun(any, length)).toBe(new RegExp(String.raw`[\w+/.-]{${length}}`).test(any));
    }),
  );
});
