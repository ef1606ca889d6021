import { describe, expect, test } from "@jest/globals";
import { numbersNamedIn } from "../../../src/provenance/requests/named-issues.ts";
import { threadTime } from "../../thread-time.ts";

describe("the issues that a text names", () => {
  test.each<{ text: string; are: readonly number[] }>([
    { text: "Fixes #12", are: [12] },
    { text: "fixes #12, closes #13 and (#12)", are: [12, 13] },
    { text: "#7 is slow", are: [7] },
    { text: "Resolves acme/shop#12", are: [12] },
    { text: "Resolves Acme/Shop#12", are: [12] },
    { text: "Resolves acme/other#12", are: [] },
    { text: "See https://github.com/acme/shop/issues/12#issuecomment-3", are: [12] },
    { text: "See https://github.com/acme/other/issues/12", are: [] },
    { text: "&#39; page.html#12 C#12 ##12 #12a #0", are: [] },
    { text: "Fixes GH-12, see (gh-13)", are: [12, 13] },
    { text: "_#12_, __#13__, _acme/shop#15_ and _GH-14_", are: [12, 13, 15, 14] },
    { text: "high-12 GH12 GH-12a /gh-12 my-gh-12", are: [] },
    { text: "", are: [] },
  ])("$text", ({ text, are }) => {
    expect(numbersNamedIn(text, "acme/shop")).toEqual(are);
  });

  test("are found in time that grows with the text alone", () => {
    const text = `${"a/".repeat(50_000)}${"a".repeat(50_000)}#`;
    expect(threadTime(() => expect(numbersNamedIn(text, "acme/shop")).toEqual([]))).toBeLessThan(1000);
  });
});
