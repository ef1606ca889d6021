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

  /** The NUL-terminated fields of git's answer about all paths, so many for each. */
  const ask = (args: readonly string[], paths: readonly string[], fields: number): readonly string[] => {
    const git = ["-C", directory, "-c", "core.ignorecase=false", ...args];
    const { status, stdout, stderr } = spawnSync("git", git, {
      env,
      encoding: "utf8",
      input: paths.map((path) => `${path}\0`).join(""),
      maxBuffer: 1 << 26,
    });
    // `check-ignore` says 1 when nothing matched.
    if (status !== 0 && status !== 1) throw new Error(stderr);
    const answer = stdout.split("\0").slice(0, -1);
    if (answer.length !== fields * paths.length) throw new Error(`git answered ${answer.length} fields`);
    return answer;
  };

  return {
    ignored(pattern, paths) {
      writeFileSync(patternFile, `${pattern}\n`);
      const excludes = ["-c", `core.excludesFile=${patternFile}`];
      const flags = ["--no-index", "-z", "--stdin", "--verbose", "--non-matching"];
      // Source, line number, pattern, path: the first three are empty where nothing matched.
      const answer = ask([...excludes, "check-ignore", ...flags], paths, 4);
      return paths.filter((_, index) => answer[4 * index + 1] !== "");
    },
    attributed(pattern, paths) {
      const quoted = `"${pattern.replace(/["\\]/g, "\\$&")}"`;
      writeFileSync(patternFile, `${quoted} owned\n`);
      const attributes = ["-c", `core.attributesFile=${patternFile}`];
      // Path, attribute, value.
      const answer = ask([...attributes, "check-attr", "-z", "--stdin", "owned"], paths, 3);
      return paths.filter((_, index) => answer[3 * index + 2] === "set");
    },
    remove: () => rmSync(directory, { recursive: true }),
  };
}
