import { describe, expect, test } from "@jest/globals";
import { FieldSplitter } from "../../../../src/cli/local-git/objects/fields.ts";
import { fc } from "../../../fast-check.ts";

function split(chunks: readonly Buffer[]): {
  readonly fields: readonly string[];
  readonly isInField: boolean;
} {
  const fields: string[] = [];
  const splitter = new FieldSplitter((field) => fields.push(field));
  for (const chunk of chunks) splitter.push(chunk);
  return { fields, isInField: splitter.isInField };
}

describe("fields of a stream", () => {
  test.each([
    { why: "one", bytes: "a\0", fields: ["a"] },
    { why: "empty ones count", bytes: "\0a\0\0", fields: ["", "a", ""] },
    { why: "any script", bytes: "été\0日本\0🦊\0", fields: ["été", "日本", "🦊"] },
    { why: "a byte order mark is a character like others", bytes: "\uFEFFa\0", fields: ["\uFEFFa"] },
    {
      why: "bytes that are no UTF-8 are written out",
      bytes: Buffer.from("a\xe9b\0c\0", "latin1"),
      fields: ["a\\xe9b", "c"],
    },
    {
      why: "and leave their neighbours alone",
      bytes: Buffer.concat([Buffer.from("é\0"), Buffer.from([0xff, 0])]),
      fields: ["é", "\\xff"],
    },
  ])("$why", ({ bytes, fields }) => {
    expect(split([Buffer.from(bytes)])).toEqual({ fields, isInField: false });
  });

  test("a field that is not ended is known to be", () => {
    expect(split([Buffer.from("a\0b")])).toEqual({ fields: ["a"], isInField: true });
  });

  test("are the same however the stream is cut", () => {
    const field = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: "grapheme", minLength: 20, maxLength: 20_000 }),
    );
    fc.assert(
      fc.property(fc.array(field, { maxLength: 8 }), fc.array(fc.nat(), { maxLength: 12 }), (texts, cuts) => {
        const fields = texts.map((text) => text.replaceAll("\0", " ").toWellFormed());
        const bytes = Buffer.from(fields.map((each) => `${each}\0`).join(""));
        const ends = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].toSorted((a, b) => a - b);
        const chunks = ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));

        expect(split(chunks)).toEqual({ fields, isInField: false });
      }),
    );
  });

  test("a field of many megabytes comes whole, in time", () => {
    const chunk = Buffer.alloc(65_536, "x");
    const { fields } = split([...Array.from({ length: 320 }, () => chunk), Buffer.from("\0")]);

    expect(fields.map(({ length }) => length)).toEqual([320 * 65_536]);
  });
});
