import type { ControlNames } from "./control-names.ts";
import { createEnds, type EndsOf } from "./ends.ts";
import { isUnknown, type LinkAt } from "./link.ts";
import { type SortedLinks, sortLinks } from "./sorted-links.ts";

/** The first link through which something is read, and the name it then has. */
export interface Origin {
  readonly link: string;
  readonly as: string;
}

/** What links make of the repository. Paths are as `asFound` writes them; each has where it is read from. */
export interface Followed {
  /** Files and folders that are control files with all that is in them. */
  readonly whole: ReadonlyMap<string, Origin>;
  /** Folders that stand for a folder in which control files are looked for, by all the names of that folder. */
  readonly folders: ReadonlyMap<string, ReadonlyMap<string, Origin>>;
  /** What links lead through: other links, and the folders on the way. */
  readonly ways: ReadonlyMap<string, Origin>;
  /** A link that may lead to any file. */
  readonly anywhere: string | null;
  /** The links that were asked where they lead. */
  readonly used: readonly LinkAt[];
}

/** Names of folders that are held: more only come of links that lead in circles. */
const MOST_NAMES = 1_000;

/** A link under a name that it has by itself or through other links. */
interface Visit {
  readonly link: LinkAt;
  readonly name: string;
  readonly origin: Origin;
}

/** Follows the links by which control files are read, and those behind them. */
export function followLinks(links: readonly LinkAt[], names: ControlNames): Followed {
  const sorted = sortLinks(links);
  const follower = new Follower(sorted, names);
  for (const { found, link } of sorted.all)
    follower.meet({ link, name: found, origin: { link: link.path, as: link.path } });
  follower.followAll();
  return follower;
}

class Follower implements Followed {
  readonly whole = new Map<string, Origin>();
  readonly folders = new Map<string, Map<string, Origin>>();
  readonly ways = new Map<string, Origin>();
  anywhere: string | null = null;
  readonly #used = new Set<LinkAt>();
  readonly #todo: (() => void)[] = [];
  readonly #wholeLinks = new Set<LinkAt>();
  readonly #links: SortedLinks;
  readonly #names: ControlNames;
  readonly #endsOf: EndsOf;
  #held = 0;

  constructor(links: SortedLinks, names: ControlNames) {
    this.#links = links;
    this.#names = names;
    this.#endsOf = createEnds(links.at);
  }

  get used(): readonly LinkAt[] {
    return [...this.#used];
  }

  meet(visit: Visit): void {
    if (this.#names.is(visit.name)) this.#meetWhole(visit);
    else if (this.#names.leadTo(visit.name)) this.#todo.push(() => this.#followFolder(visit));
  }

  followAll(): void {
    for (let next = this.#todo.pop(); next !== undefined; next = this.#todo.pop()) next();
  }

  #meetWhole(visit: Visit): void {
    if (this.#wholeLinks.has(visit.link)) return;
    this.#wholeLinks.add(visit.link);
    this.#todo.push(() => this.#followWhole(visit));
  }

  #followWhole({ link, name, origin }: Visit): void {
    for (const place of this.#placesOf(link, origin)) {
      if (this.whole.has(place)) continue;
      this.whole.set(place, origin);
      for (const inner of this.#links.below(place))
        this.#meetWhole({ link: inner.link, name, origin: within(origin, inner.link.path, place) });
    }
  }

  #followFolder({ link, name, origin }: Visit): void {
    for (const place of this.#placesOf(link, origin)) {
      const known = this.folders.get(place) ?? new Map<string, Origin>();
      if (known.has(name)) continue;
      this.#held += 1;
      if (this.#held > MOST_NAMES) {
        this.anywhere ??= origin.link;
        return;
      }
      this.folders.set(place, known.set(name, origin));
      for (const inner of this.#links.below(place))
        this.meet({
          link: inner.link,
          name: renamed(inner.found, place, name),
          origin: within(origin, inner.link.path, place),
        });
    }
  }

  /** Where a link ends, with a note of what it leads through. */
  #placesOf(link: LinkAt, origin: Origin): readonly string[] {
    this.#use(link, origin);
    const ends = this.#endsOf(link);
    if (ends === null) {
      this.anywhere ??= origin.link;
      return [];
    }
    for (const path of ends.links) {
      this.#note(path, origin);
      for (const next of this.#links.at(path)) this.#use(next, origin);
    }
    for (const path of [...ends.links, ...ends.places])
      for (const folder of foldersOf(path)) this.#note(folder, origin);
    return ends.places;
  }

  #use(link: LinkAt, origin: Origin): void {
    this.#used.add(link);
    if (isUnknown(link)) this.anywhere ??= origin.link;
  }

  #note(path: string, origin: Origin): void {
    if (!this.ways.has(path)) this.ways.set(path, origin);
  }
}

/** The name of what is in a folder when the folder has another name. */
export function renamed(path: string, folder: string, name: string): string {
  const rest = folder === "" ? `/${path}` : path.slice(folder.length);
  return rest === "/" ? name : `${name}${rest}`;
}

/** What is in a place, by the name that the place has. Paths are as they are written. */
export function within({ link, as }: Origin, path: string, place: string): Origin {
  const depth = place === "" ? 0 : place.split("/").length;
  return { link, as: [as, ...path.split("/").slice(depth)].join("/") };
}

/** The folders that a path is in, but for the root. */
export function foldersOf(path: string): readonly string[] {
  const parts = path.split("/").slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}
