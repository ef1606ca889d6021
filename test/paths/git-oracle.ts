import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Real git as judge of single patterns, in an empty repository that nobody's configuration reaches. */
export interface GitOracle {
  /** The paths that `.gitignore` semantics match. */
  ignored(pattern: string, paths: readonly string[]): readonly string[];
  /** The same as `.gitattributes` has it: full paths alone, nothing matched through a parent directory. */
  attributed(pattern: string, paths: readonly string[]): readonly string[];
  remove(): void;
}

export function openGitOracle(): GitOracle {
  const directory = mkdtempSync(join(tmpdir(), "countersign-git-"));
  const env = { PATH: process.env.PATH, HOME: directory, GIT_CONFIG_NOSYSTEM: "1" };
  const patternFile = join(directory, "patterns");
  execFileSync("git", ["init", "-q", directory], { env });

  const ask = (args: readonly string[], paths: readonly string[]): readonly string[] => {
    const git = ["-C", directory, "-c", "core.ignorecase=false", ...args];
    const { status, stdout, stderr } = spawnSync("git", git, {
      env,
      encoding: "utf8",
      input: paths.map((path) => `${path}\0`).join(""),
    });
    // `check-ignore` says 1 when nothing matched.
    if (status !== 0 && status !== 1) throw new Error(stderr);
    return stdout.split("\0").slice(0, -1);
  };

  return {
    ignored(pattern, paths) {
      writeFileSync(patternFile, `${pattern}\n`);
      return ask(
        ["-c", `core.excludesFile=${patternFile}`, "check-ignore", "--no-index", "-z", "--stdin"],
        paths,
      );
    },
    attributed(pattern, paths) {
      writeFileSync(patternFile, `${pattern} owned\n`);
      const args = ["-c", `core.attributesFile=${patternFile}`, "check-attr", "-z", "--stdin", "owned"];
      const fields = ask(args, paths);
      return paths.filter((_, index) => fields[3 * index + 2] === "set");
    },
    remove: () => rmSync(directory, { recursive: true }),
  };
}
