import { execFileSync } from "node:child_process";
import { copyFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const PROJECT = fileURLToPath(new URL("..", import.meta.url));

/** Builds the command as people install it into a folder; answers with the file to run. */
export function installCommand(folder: string): string {
  const out = join(folder, "dist");
  const compiler = join(PROJECT, "node_modules/typescript/bin/tsc");
  const build = ["-p", join(PROJECT, "tsconfig.build.json"), "--outDir", out, "--noCheck"];
  execFileSync(process.execPath, [compiler, ...build], { stdio: ["ignore", "ignore", "inherit"] });
  copyFileSync(join(PROJECT, "package.json"), join(folder, "package.json"));
  symlinkSync(join(PROJECT, "node_modules"), join(folder, "node_modules"));
  return join(out, "cli/countersign.cjs");
}
