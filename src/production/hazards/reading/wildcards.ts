/** Longer texts are compared only as they are, so that no text takes long. */
const MOST = 500;

/** Whether everything that the second pattern means is meant by the first one too: `*` is any text, `?` any letter. */
export function covers(pattern: string, other: string): boolean {
  if (pattern === other || pattern === "*") return true;
  if (pattern.length > MOST || other.length > MOST || !/[*?]/.test(pattern)) return false;
  let [at, from] = [0, 0];
  let star = -1;
  let resume = 0;
  while (from < other.length) {
    const [wanted, letter] = [pattern.charAt(at), other.charAt(from)];
    if (wanted === "*") {
      star = at;
      resume = from;
      at += 1;
    } else if (wanted === letter || (wanted === "?" && letter !== "*")) {
      at += 1;
      from += 1;
    } else if (star === -1) return false;
    else {
      at = star + 1;
      resume += 1;
      from = resume;
    }
  }
  while (pattern.charAt(at) === "*") at += 1;
  return at === pattern.length;
}

/** Whether each of the others is meant by one of the patterns. */
export function coversAll(patterns: readonly string[], others: readonly string[]): boolean {
  return others.every((other) => patterns.some((pattern) => covers(pattern, other)));
}
