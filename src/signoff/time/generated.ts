import { createBoundedMatcher } from "../../paths/matcher.ts";
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

/** More than a file of attributes ever takes; what takes more is read by people. */
const STEPS_PER_PATH = 10_000;
const STEPS_IN_ALL = 5_000_000;

/**
 * Whether nobody reads a file line by line: a lock file, or one that `.gitattributes` of the base calls generated. What
 * the change itself says of its files does not count, nor does a `.gitattributes` elsewhere.
 */
export function generatedBy(attributes: string | undefined): (path: string) => boolean {
  const lines = (attributes ?? "").split("\n").flatMap(readLine);
  // What an unreadable line takes the mark off may be anything before it.
  const said = lines.slice(lines.findLastIndex(({ pattern }) => pattern === null) + 1);
  const patterns = said.flatMap(({ pattern }) => pattern ?? []);
  const matcher = createBoundedMatcher(patterns, STEPS_PER_PATH, STEPS_IN_ALL);
  return (path) => {
    const index = matcher.lastMatch(`${path}/${END}`);
    if (index === "over-budget") return false;
    return said[index]?.isGenerated ?? LOCK_FILES.has(path.slice(path.lastIndexOf("/") + 1));
  };
}

/** What a line says; of no pattern where it takes the mark off something that cannot be read. */
interface Said {
  readonly pattern: Pattern | null;
  readonly isGenerated: boolean;
}

const MOST_LENGTH = 1_000;

/** A mark by a pattern in quotation marks, or by one that CODEOWNERS has not either, is left out: its files are counted. */
function readLine(line: string): readonly Said[] {
  const [written = "", ...attributes] = line.trim().split(/[ \t]+/);
  const word = attributes.findLast((each) => ATTRIBUTE.test(each));
  if (word === undefined || written.startsWith("#") || written.endsWith("/")) return [];
  const isGenerated = YES.has(word);
  const parsed = line.length > MOST_LENGTH || written.startsWith('"') ? null : parsePattern(written);
  if (parsed?.ok) return [{ pattern: ofFiles(parsed.pattern), isGenerated }];
  return isGenerated ? [] : [{ pattern: null, isGenerated }];
}

/** What no name holds. */
const END = "\0";

/** Unlike in CODEOWNERS, what matches a folder says nothing of the files in it, so the end of a path is matched too. */
function ofFiles(pattern: Pattern): Pattern {
  if (pattern.tail === "below") return pattern;
  return { ...pattern, segments: [...pattern.segments, { kind: "literal", text: END }], tail: "subtree" };
}

const ATTRIBUTE = /^[-!]?linguist-generated(?:=|$)/;
const YES: ReadonlySet<string> = new Set(["linguist-generated", "linguist-generated=true"]);
