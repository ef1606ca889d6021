const OPENS = /\{\s*$|^\s*<(?!\/)[^>]*[^/>]>\s*$/;
const CLOSES = /^\s*(?:\}|<\/)/;
/** What holds until the next of its kind. */
const SECTION = /^\s*(?:Match\s|\[[^\]]+\]\s*$)/i;

/** In which block each line of a file stands, outermost first: `location /admin {`, `<Directory /srv>`, `Match User a`. */
export function blocksOf(lines: readonly string[]): readonly string[] {
  const open: string[] = [];
  let section = "";
  let block = "";
  return lines.map((line) => {
    if (CLOSES.test(line)) open.pop();
    else if (SECTION.test(line)) section = line;
    else if (!OPENS.test(line)) return block;
    const around = block;
    if (OPENS.test(line)) open.push(line);
    block = [section, ...open]
      .map((each) => each.trim().replaceAll(/\s+/g, " "))
      .join(" ")
      .trim();
    return around;
  });
}
