const OPENS = /\{\s*$|^\s*<(?!\/)[^>]*[^/>]>\s*$/;
const CLOSES = /^\s*(?:\}|<\/)/;
/** What holds until the next of its kind. */
const SECTION = /^\s*(?:Match\s|\[[^\]]+\]\s*$)/i;

/** Outside all blocks. */
export const TOP = 0;

/** Tells the blocks of files apart, such as `location /admin {`, `<Directory /srv>` or `Match User a`. */
export class Blocks {
  readonly #known = new Map<string, number>();

  /** In which block each line stands. Blocks of the same names all the way are the same, in any file. */
  of(lines: readonly string[]): readonly number[] {
    const open: number[] = [];
    let section = TOP;
    return lines.map((line) => {
      const around = open.at(-1) ?? section;
      if (CLOSES.test(line)) open.pop();
      else if (SECTION.test(line)) section = this.#block(TOP, line);
      if (OPENS.test(line)) open.push(this.#block(open.at(-1) ?? section, line));
      return around;
    });
  }

  #block(outer: number, line: string): number {
    const name = `${outer} ${line.trim().replaceAll(/\s+/g, " ")}`;
    const block = this.#known.get(name) ?? this.#known.size + 1;
    this.#known.set(name, block);
    return block;
  }
}
