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

/** A line is compared with no more than these, so that thousands of them stay cheap. */
const COMPARED = 100;
const NAMES = /^\s*(?:deny|require|allowusers|allowgroups|denyusers)\s+(.*)$/i;

/** Whom a line names; nobody is `""`. */
function namesIn(line: string): readonly string[] {
  const names = NAMES.exec(line)?.[1] ?? "";
  return names.replace(/;.*$/, "").trim().toLowerCase().split(/\s+/);
}

/** Lines that came and keep something out. Each takes the place of one that went and kept no more out. */
export class KeepingLines {
  /** What they name, by their key and each name. */
  readonly #free = new Map<string, Set<readonly string[]>>();

  constructor(lines: readonly string[]) {
    for (const line of lines) {
      const names = namesIn(line);
      for (const place of placesOf(line, names))
        this.#free.set(place, (this.#free.get(place) ?? new Set()).add(names));
    }
  }

  /** Whether one of them keeps as much out as a line that went: one that names others does not. */
  takePlaceOf(gone: string): boolean {
    const was = namesIn(gone);
    const isRefusal = /^\s*deny/i.test(gone);
    // Of those who are refused, all have to stay; of those who are let in, none may come.
    const keepsAsMuch = (is: readonly string[]) =>
      isRefusal ? was.every((each) => is.includes(each)) : is.every((each) => was.includes(each));
    const near = placesOf(gone, isRefusal ? was.slice(0, 1) : was).flatMap((place) => [
      ...(this.#free.get(place) ?? new Set()).values().take(COMPARED),
    ]);
    const other = near.find(keepsAsMuch);
    if (other === undefined) return false;
    for (const place of placesOf(gone, other)) this.#free.get(place)?.delete(other);
    return true;
  }
}

function placesOf(line: string, names: readonly string[]): readonly string[] {
  return names.map((name) => `${keyOf(line)} ${name}`);
}
