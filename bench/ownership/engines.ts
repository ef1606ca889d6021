import { readFileSync } from "node:fs";
import { join } from "node:path";
import Codeowners from "codeowners";
import { Minimatch } from "minimatch";
import { showOwner } from "../../src/ownership/owner.ts";
import { createOwnership, WHOLE_TREE_LIMITS } from "../../src/ownership/ownership.ts";
import { parseCodeowners } from "../../src/ownership/parse.ts";

/** One way to find owners: reads a folder's CODEOWNERS, then answers path by path. */
interface Engine<Answer> {
  readonly open: (folder: string) => (path: string) => Answer;
  /** The owners in an answer, with blanks between them. */
  readonly show: (answer: Answer) => string;
}

const countersign = engine({
  open: (folder) => createOwnership(parseCodeowners(read(folder)), WHOLE_TREE_LIMITS).of,
  show: (owned) => (owned.kind === "owned" ? owned.owners.map(showOwner).join(" ") : ""),
});

/** Our parser, each rule as globs that mean the same, the last that matches wins. */
const minimatch = engine({
  open(folder) {
    const rules = parseCodeowners(read(folder)).rules.map(({ pattern, owners }) => ({
      globs: globsOf(pattern.source).map((glob) => new Minimatch(glob, MINIMATCH)),
      owners,
    }));
    return (path) => rules.findLast(({ globs }) => globs.some((glob) => glob.match(path)))?.owners ?? [];
  },
  show: (owners) => owners.map(showOwner).join(" "),
});

const codeowners = engine({
  open(folder) {
    const found = new Codeowners(folder);
    return (path) => found.getOwner(path);
  },
  show: (owners) => owners.join(" "),
});

export const ENGINES = { countersign, minimatch, codeowners } as const;

export type EngineName = keyof typeof ENGINES;

/** An engine whose answers nobody but itself looks into. */
interface OpenedEngine {
  /** Resolves all paths, which is what is measured; the function that comes back shows the answers. */
  readonly resolve: (paths: readonly string[]) => () => readonly string[];
}

function engine<Answer>({ open, show }: Engine<Answer>): (folder: string) => OpenedEngine {
  return (folder) => {
    const ownersOf = open(folder);
    return {
      resolve(paths) {
        const answers = paths.map((path) => ownersOf(path));
        return () => answers.map(show);
      },
    };
  };
}

function read(folder: string): string {
  return readFileSync(join(folder, "CODEOWNERS"), "utf8");
}

const MINIMATCH = { dot: true, nobrace: true, noext: true, nocomment: true, nonegate: true } as const;

/** A pattern as globs from the root: what it names, and what lies below that. */
function globsOf(source: string): readonly string[] {
  const floating = !source.slice(0, -1).includes("/");
  const body = source.replace(/^\//, "").replace(/\/$/, "");
  const rooted = floating && body !== "**" ? `**/${body}` : body;
  if (source.endsWith("/")) return [`${rooted}/**`];
  if (rooted === "**" || rooted.endsWith("/**") || (!floating && /(^|\/)\*$/.test(rooted))) return [rooted];
  return [rooted, `${rooted}/**`];
}
