import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "@jest/globals";
import type { Explanation } from "../../../src/signoff/report/explain.ts";

/** Compares with a file beside the tests; `UPDATE_GOLDEN=1` writes it instead, to be read before it is committed. */
export function expectGolden(name: string, { title, summary, text, annotations }: Explanation): void {
  const page = [`# ${title}`, summary, "---", text, "---", JSON.stringify(annotations, null, 2), ""].join(
    "\n\n",
  );
  const file = new URL(`./${name}.golden.md`, import.meta.url);
  if (process.env.UPDATE_GOLDEN === "1") writeFileSync(file, page);
  expect(page).toBe(readFileSync(file, "utf8"));
}
