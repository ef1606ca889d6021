import { createMatcher } from "../../paths/matcher.ts";
import { type Pattern, parsePattern } from "../../paths/pattern.ts";

/**
 * Lock files by name, as package managers write them. Nobody reads them line by line.
 * Source: the documentation of each package manager, 2026-11.
 */
const LOCK_FILES: ReadonlySet<string> = new Set([
  ".terraform.lock.hcl",
  "Cargo.lock",
  "Gemfile.lock",
  "Package.resolved",
  "Pipfile.lock",
  "Podfile.lock",
  "bun.lock",
  "bun.lockb",
  "composer.lock",
  "deno.lock",
  "flake.lock",
  "go.sum",
  "gradle.lockfile",
  "mix.lock",
  "npm-shrinkwrap.json",
  "package-lock.json",
  "packages.lock.json",
  "pdm.lock",
  "pnpm-lock.yaml",
  "poetry.lock",
  "pubspec.lock",
  "uv.lock",
  "yarn.lock",
]);

/**
 * Whether nobody reads a file line by line: a lock file, or one that `.gitattributes` of the base calls generated. What
 * the change itself says of its files does not count, nor does a `.gitattributes` elsewhere.
 */
export function generatedBy(attributes: string | undefined): (path: string) => boolean {
  const lines = (attributes ?? "").split("\n").flatMap(readLine);
  const matcher = createMatcher(lines.map(({ pattern }) => pattern));
  return (path) => {
    const name = path.slice(path.lastIndexOf("/") + 1);
    const said = lines[matcher.lastMatch(path)];
    return said === undefined ? LOCK_FILES.has(name) : said.generated;
  };
}

interface Said {
  readonly pattern: Pattern;
  readonly generated: boolean;
}

const MOST_LENGTH = 1_000;

/** Patterns in quotation marks, and those that CODEOWNERS has not either, are left out: their files are counted. */
function readLine(line: string): readonly Said[] {
  if (line.length > MOST_LENGTH) return [];
  const [written = "", ...attributes] = line.trim().split(/[ \t]+/);
  const word = attributes.findLast((each) => ATTRIBUTE.test(each));
  if (word === undefined || /^[#"!]/.test(written) || written.endsWith("/")) return [];
  const parsed = parsePattern(written);
  if (!parsed.ok) return [];
  // Unlike in CODEOWNERS, what matches a folder says nothing of the files in it.
  const tail = parsed.pattern.tail === "subtree" ? "exact" : parsed.pattern.tail;
  return [{ pattern: { ...parsed.pattern, tail }, generated: YES.has(word) }];
}

const ATTRIBUTE = /^[-!]?linguist-generated(?:=|$)/;
const YES: ReadonlySet<string> = new Set(["linguist-generated", "linguist-generated=true"]);
