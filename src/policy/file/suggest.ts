const MAX_LENGTH = 40;

/** The candidate that a misspelt word most likely meant, if one is near enough. */
export function suggest(word: string, candidates: readonly string[]): string | undefined {
  if (word.length > MAX_LENGTH) return undefined;
  const near = candidates
    .map((candidate) => ({ candidate, distance: editDistance(plain(word), plain(candidate)) }))
    .filter(({ candidate, distance }) => distance <= Math.max(1, Math.floor(candidate.length / 3)));
  return near.toSorted((one, other) => one.distance - other.distance)[0]?.candidate;
}

/** `appliesTo`, `applies_to` and `applies-to` are one word to a person. */
function plain(word: string): string {
  return word.toLowerCase().replace(/[^a-z0-9]/g, "");
}

/** Whether a word is another one with a slip of the pen: a letter or two missing, added, changed or swapped. */
export function isSlipOf(word: string, candidate: string): boolean {
  if (word === candidate || Math.min(word.length, candidate.length) < SHORTEST) return false;
  return editDistance(plain(word.slice(0, MAX_LENGTH)), plain(candidate)) <= MOST_SLIPS;
}

/** Among shorter words two letters make another word. */
const SHORTEST = 5;

const MOST_SLIPS = 2;

/** Levenshtein's distance: insertions, deletions and replacements of one character. */
function editDistance(one: string, other: string): number {
  let above = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (const [row, character] of [...one].entries()) {
    const current = [row + 1];
    for (let column = 1; column <= other.length; column += 1) {
      const replaced = (above[column - 1] ?? 0) + (other[column - 1] === character ? 0 : 1);
      current.push(Math.min(replaced, (above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    above = current;
  }
  return above[other.length] ?? 0;
}
