import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const ROOT = new URL("../../", import.meta.url);

/** The paths of the repository's files: tracked, or new and not ignored. */
export const FILES: readonly string[] = execFileSync(
  "git",
  ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"],
  { cwd: fileURLToPath(ROOT), encoding: "utf8" },
)
  .split("\0")
  .filter((path) => path !== "");

export function read(path: string): string {
  return readFileSync(new URL(path, ROOT), "utf8");
}

/** The pages that people read. */
export const PAGES: readonly string[] = FILES.filter((path) => path.endsWith(".md"));
