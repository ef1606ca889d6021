import { asFound } from "../control-files.ts";
import { isUnknown, type LinkAt } from "./link.ts";

/** How many links Linux follows before it gives up; then nothing is read. */
const MOST_FOLLOWED = 40;

/** The parts of paths that are looked at for all links together. */
const MOST_PARTS = 50_000;

/** Where a link leads. Paths are as {@link asFound} writes them. */
interface Ends {
  /** The links that are followed after it. */
  readonly links: readonly string[];
  /** Where it ends: files or folders that are there, or may be put there. `""` is the root. */
  readonly places: readonly string[];
}

/** Where links lead; `null` where finding out costs too much. */
export type EndsOf = (link: LinkAt) => Ends | null;

/** A place, and the parts of a path that go on from there. */
interface Step {
  readonly at: readonly string[];
  readonly rest: readonly string[];
  readonly followed: number;
}

/**
 * Follows links as a disk does: part by part, so that `..` behind a link to a folder leaves that folder. On some disks
 * two links have one name; then all of them are followed.
 */
export function createEnds(linksAt: (path: string) => readonly LinkAt[]): EndsOf {
  let partsLeft = MOST_PARTS;
  return (link) => {
    const links = new Set<string>();
    const places = new Set<string>();
    const todo = [...stepsInto(link, { rest: [], followed: 0 })];
    for (let step = todo.pop(); step !== undefined; step = todo.pop()) {
      partsLeft -= step.rest.length;
      if (partsLeft < 0) return null;
      const { at, met, rest } = walk(step, linksAt);
      const { followed } = step;
      if (at === null) todo.push(...reentries({ rest, followed: followed + 1 }));
      else if (met.length === 0) places.add(at);
      else {
        links.add(at);
        if (followed < MOST_FOLLOWED)
          todo.push(...met.flatMap((next) => stepsInto(next, { rest, followed: followed + 1 })));
      }
    }
    return { links: [...links], places: [...places] };
  };
}

interface Walked {
  /** `null` outside the repository. */
  readonly at: string | null;
  /** The links that stand there. */
  readonly met: readonly LinkAt[];
  readonly rest: readonly string[];
}

/** On to the next link, to the end or out of the repository. */
function walk({ at: start, rest }: Step, linksAt: (path: string) => readonly LinkAt[]): Walked {
  const at = [...start];
  for (const [index, part] of rest.entries()) {
    if (part === "" || part === ".") continue;
    const left = rest.slice(index + 1);
    if (part === "..") {
      if (at.pop() === undefined) return { at: null, met: [], rest: left };
      continue;
    }
    at.push(part);
    const met = linksAt(at.join("/"));
    if (met.length > 0) return { at: at.join("/"), met, rest: left };
  }
  return { at: at.join("/"), met: [], rest: [] };
}

/** Windows takes a backslash for a slash. */
function stepsInto(link: LinkAt, { rest, followed }: Omit<Step, "at">): readonly Step[] {
  const { path, target } = link;
  if (target == null || isUnknown(link)) return [];
  const at = asFound(path).split("/").slice(0, -1);
  const spellings = new Set([target, target.replaceAll("\\", "/")]);
  return [...spellings].flatMap((spelling) => {
    const parts = [...asFound(spelling).split("/"), ...rest];
    return spelling.startsWith("/") ? reentries({ rest: parts, followed }) : [{ at, rest: parts, followed }];
  });
}

/** A path outside the repository may lead to where it is checked out, so it counts as each path that it ends in. */
function reentries({ rest, followed }: Omit<Step, "at">): readonly Step[] {
  const parts: string[] = [];
  for (const part of rest) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.map((_, index) => ({ at: [], rest: parts.slice(index), followed }));
}
