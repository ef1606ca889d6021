/** A file that is made from the sources, and kept in the repository for those who only read. */
export interface GeneratedFile {
  readonly file: string;
  readonly make: () => string;
}

/**
 * A page with what is between the two markers of a block replaced.
 * @throws where it has no such block
 */
export function withBlock(page: string, name: string, content: string): string {
  const start = `<!-- generated: ${name} -->`;
  const end = `<!-- end: ${name} -->`;
  const from = page.indexOf(start);
  const to = page.indexOf(end);
  if (from === -1 || to < from) throw new Error(`The page has no block for its ${name}.`);
  return `${page.slice(0, from)}${start}\n\n${content}\n\n${page.slice(to)}`;
}
