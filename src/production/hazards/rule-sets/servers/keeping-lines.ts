/** What a line sets; of headers, which one. */
export function keyOf(line: string): string {
  const words = line
    .trim()
    .split(/[\s=:]+/)
    .map((word) => word.toLowerCase());
  const count = words[0] === "add_header" ? 2 : words[0] === "header" ? 4 : 1;
  return words
    .slice(0, count)
    .join(" ")
    .replace(/^header always set/, "header set");
}

/** A line that keeps something out, in its block. */
export interface KeepingLine {
  readonly text: string;
  readonly block: number;
}

/** A line is compared with no more than these, so that thousands of them stay cheap. */
const COMPARED = 100;
const NAMES = /^\s*(?:deny|require|allowusers|allowgroups|denyusers)\s+(.*)$/i;
/** Rules of which each is about something else: another one keeps out something else. */
const RULES =
  /^\s*(?:host\w*|http_access|https?-request|tcp-request|-[awA]|rename-command)\s|\b(?:drop|reject)[\s;]*$/;

/** Whom a line names; nobody is `""`. */
function namesIn(line: string): readonly string[] {
  const names = NAMES.exec(line)?.[1] ?? "";
  return names.replace(/;.*$/, "").trim().toLowerCase().split(/\s+/);
}

/** The place of lines whose own block is gone. */
const ANYWHERE = -1;

interface Candidate {
  readonly names: readonly string[];
  readonly places: readonly string[];
}

/** Lines that came and keep something out. Each takes the place of one that went and kept no more out. */
export class KeepingLines {
  /** Those that are free, by where they stand, their key and each name. */
  readonly #free = new Map<string, Set<Candidate>>();
  readonly #blocks: ReadonlySet<number>;

  /** The blocks are those that stand: of any other, the lines may have gone anywhere. */
  constructor(lines: readonly KeepingLine[], blocks: ReadonlySet<number>) {
    this.#blocks = blocks;
    for (const { text, block } of lines) {
      const names = namesIn(text);
      const places = [block, ANYWHERE].flatMap((where) => placesOf({ text, block: where }, names));
      const candidate = { names, places };
      for (const place of places) this.#free.set(place, (this.#free.get(place) ?? new Set()).add(candidate));
    }
  }

  /** Whether one of them keeps as much out as a line that went: one that names others does not. */
  takePlaceOf(gone: KeepingLine): boolean {
    const block = this.#blocks.has(gone.block) ? gone.block : ANYWHERE;
    const was = namesIn(gone.text);
    const isRefusal = /^\s*deny/i.test(gone.text);
    // Of those who are refused, all have to stay; of those who are let in, none may come.
    const keepsAsMuch = ({ names }: Candidate) =>
      isRefusal ? was.every((each) => names.includes(each)) : names.every((each) => was.includes(each));
    const near = placesOf({ ...gone, block }, isRefusal ? was.slice(0, 1) : was).flatMap((place) => [
      ...(this.#free.get(place) ?? new Set()).values().take(COMPARED),
    ]);
    const other = near.find(keepsAsMuch);
    if (other === undefined) return false;
    for (const place of other.places) this.#free.get(place)?.delete(other);
    return true;
  }
}

function placesOf({ text, block }: KeepingLine, names: readonly string[]): readonly string[] {
  const key = RULES.test(text) ? text.trim().replaceAll(/\s+/g, " ") : keyOf(text);
  return names.map((name) => JSON.stringify([block, key, name]));
}
