import { readdirSync } from "node:fs";

/** What chance finds out is not held by it, and takes its time. */
const LEFT_OUT = "properties.test.ts";

/** All tables of a part as one test file, so that a mutant loads the sources once. */
export async function importTables(part: "signoff" | "policy"): Promise<void> {
  const folder = new URL(`../${part}/`, import.meta.url);
  const files = readdirSync(folder).filter((file) => file.endsWith(".test.ts") && !file.endsWith(LEFT_OUT));
  for (const file of files.toSorted()) await import(new URL(file, folder).href);
}
