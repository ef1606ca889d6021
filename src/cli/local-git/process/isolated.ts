import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const made: string[] = [];

process.once("exit", () => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/**
 * A git directory of our own with nothing in it. Git reads objects through it that lie elsewhere, and so nothing else
 * of where they lie: no setting, no graft, no replacement, no attribute, no note of where to fetch what is missing.
 */
export function isolatedGitDirectory(objectFormat: string): string {
  const folder = mkdtempSync(join(tmpdir(), "countersign-"));
  made.push(folder);
  for (const name of ["objects", "refs"]) mkdirSync(join(folder, name));
  writeFileSync(join(folder, "HEAD"), "ref: refs/heads/none\n");
  const settings = [
    "[core]",
    "repositoryFormatVersion = 1",
    "bare = true",
    "[extensions]",
    `objectFormat = ${objectFormat}`,
  ];
  writeFileSync(join(folder, "config"), `${settings.join("\n")}\n`);
  return folder;
}
