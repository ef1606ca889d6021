import { describe, expect, test } from "@jest/globals";
import { parseCoAuthors, parseTrailer } from "../../../src/provenance/text/trailers.ts";

describe("parseTrailer", () => {
  test.each([
    "Co-authored-by: A <a@x.example>",
    "co-authored-by: A <a@x.example>",
    "Co-Authored-By:A <a@x.example>",
    "CO-AUTHORED-BY :  A <a@x.example>",
    "Coauthored-by: A <a@x.example>",
    "Co-authoredby: A <a@x.example>",
    "Coauthoredby: A <a@x.example>",
    "Co-author: A <a@x.example>",
    "Co authored by: A <a@x.example>",
  ])("reads %p as a co-author", (text) => {
    expect(parseTrailer({ text })).toEqual({ key: "co-authored-by", value: "A <a@x.example>" });
  });

  test.each([
    {
      text: "Claude-Session: https://x.example",
      trailer: { key: "claude-session", value: "https://x.example" },
    },
    { text: "Key:", trailer: { key: "key", value: "" } },
    { text: "no colon", trailer: null },
    { text: ": no key", trailer: null },
    { text: '"Co-authored-by: A <a@x.example>"', trailer: null },
    { text: `${"x".repeat(60)}: too long for a key`, trailer: null },
  ])("reads $text", ({ text, trailer }) => {
    expect(parseTrailer({ text })).toEqual(trailer);
  });
});

describe("parseCoAuthors", () => {
  test.each([
    { value: "A B <A@X.example>", people: [{ name: "A B", email: "a@x.example" }], prose: false },
    {
      value: "A <a@x.example>, B <b@x.example>",
      people: [
        { name: "A", email: "a@x.example" },
        { name: "B", email: "b@x.example" },
      ],
      prose: false,
    },
    { value: "A a@x.example", people: [{ name: "A", email: "a@x.example" }], prose: false },
    { value: "a@x.example", people: [{ name: "", email: "a@x.example" }], prose: false },
    { value: "A <a@x.example> lines go", people: [{ name: "A", email: "a@x.example" }], prose: true },
    { value: "A <a@x.example", people: [{ name: "A", email: "a@x.example" }], prose: false },
    { value: "nobody", people: [], prose: false },
    { value: "", people: [], prose: false },
  ])("reads $value", ({ value, people, prose }) => {
    expect(parseCoAuthors(value)).toEqual({ people, prose });
  });
});
