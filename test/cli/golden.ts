import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "@jest/globals";

/** Compares a text with a file beside the test; `UPDATE_GOLDEN=1` writes it instead, to be read before it is committed. */
export function expectGolden(file: URL, text: string): void {
  if (process.env.UPDATE_GOLDEN === "1") writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, "utf8"));
}
