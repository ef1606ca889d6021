import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { problemsReference } from "../../scripts/problems-reference.ts";
import { PROBLEMS } from "../../src/policy/problems.ts";

const root = new URL("../../", import.meta.url);
const sources = readdirSync(new URL("src/", root), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts") && file !== "policy/problems.ts")
  .map((file) => readFileSync(new URL(`src/${file}`, root), "utf8"))
  .join("\n");

describe.each(Object.entries(PROBLEMS))("%s", (code, { sentence, remedy }) => {
  test("is reported somewhere", () => {
    expect(sources).toContain(`"${code}"`);
  });

  test("says what is wrong and what to do, in whole sentences", () => {
    expect(sentence).toMatch(/^[A-Z][^|\n]+\.$/);
    expect(remedy).toMatch(/^[A-Z][^|\n]+\.$/);
  });

  test("is on the page", () => {
    expect(problemsReference()).toContain(`</a>\`${code}\` | ${sentence} | ${remedy} |`);
  });
});
