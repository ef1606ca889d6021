/** Cut at blanks that no backslash escapes, up to a comment. */
export function tokensOf(source: string): readonly string[] {
  const tokens = source.match(/(?:[^ \t\\]+|\\[\s\S]?)+/g) ?? [];
  const comment = tokens.findIndex((token) => token.startsWith("#"));
  return comment === -1 ? tokens : tokens.slice(0, comment);
}

/** Where each token begins, 1-based. */
export function columnsOf(tokens: readonly string[], source: string): readonly number[] {
  let end = 0;
  return tokens.map((token) => {
    const at = source.indexOf(token, end);
    end = at + token.length;
    return at + 1;
  });
}

/** Words as one path: the blanks between them are escaped. */
export function joinedPath(words: string): string {
  return words.replace(/\\[\s\S]|[ \t]/g, (found) => (found.length > 1 ? found : `\\${found}`));
}
