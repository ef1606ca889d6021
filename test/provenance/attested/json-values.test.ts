import { describe, expect, test } from "@jest/globals";
import { jsonValues } from "../../../src/provenance/attested/json-values.ts";
import { fc } from "../../fast-check.ts";
import { threadTime } from "../../thread-time.ts";

describe("objects that follow one another", () => {
  test("are told apart, however they are laid out", () => {
    const objects = fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { maxLength: 5 });
    const layout = fc.record({
      indent: fc.constantFrom(0, 2),
      between: fc.constantFrom("", "\n", "\r\n\n", "  "),
    });
    fc.assert(
      fc.property(objects, layout, (values, { indent, between }) => {
        const text = values.map((value) => JSON.stringify(value, null, indent)).join(between);
        // As JSON has them: a property called `__proto__` is one like any other, and -0 is 0.
        const whole = values.map((value) => JSON.stringify(value));
        expect(jsonValues(text).map((piece) => JSON.stringify(JSON.parse(piece)))).toEqual(whole);
      }),
    );
  });

  test.each([
    { why: "what stands between", text: 'a {"b": 1} c', is: ["a", '{"b": 1}', "c"] },
    { why: "an end that never comes", text: '{"a": {', is: ['{"a": {'] },
    { why: "a string that never ends", text: '{"a', is: ['{"a'] },
    { why: "an end without a beginning", text: "}{}", is: ["}", "{}"] },
    { why: "a quote outside of an object", text: '"{}', is: ['"', "{}"] },
    { why: "nothing", text: " \n", is: [] },
  ])("$why is a piece of its own", ({ text, is }) => {
    expect(jsonValues(text)).toEqual(is);
  });

  test("lose nothing and take time in proportion", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[{}"\\a ]{0,40}$/), (text) => {
        expect(jsonValues(text).join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
      }),
    );
    const time = threadTime(() => {
      jsonValues('{"'.repeat(500_000));
      jsonValues("{".repeat(1_000_000));
    });
    expect(time).toBeLessThan(4_000);
  });
});
