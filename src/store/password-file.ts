import { readFileSync } from "node:fs";

/** The database's password, alone in a file; editors end it with a line break. Throws when it cannot be read. */
export function passwordInFile(path: string): string {
  return readFileSync(path, "utf8").replace(/\r?\n$/, "");
}
