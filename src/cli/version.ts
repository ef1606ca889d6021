import { readFileSync } from "node:fs";

/** What the package says of itself. */
export function ownPackage(): { readonly version: string; readonly homepage: string } {
  const file = new URL("../../package.json", import.meta.url);
  return JSON.parse(readFileSync(file, "utf8"));
}
