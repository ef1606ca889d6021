/** What a pattern over many lines cannot keep as it is: what refers to a group, and what is switched within it. */
const KEPT_APART = /\\[1-9]|\\k<|\(\?[a-z]*-?[a-z]+:/;
const PIECES = /\\[\s\S]|\(\?<?!|[()[\]^$]|[^\\[\]()^$]+/g;
const REPEATS = /^[*+?{]/;

const known = new WeakMap<RegExp, { readonly anywhere: RegExp | null }>();

/**
 * The pattern of a line as one over many lines at once: it finds what the pattern finds in any of them, and may find
 * more. What must not stand there is left out, because it might stand on another line. `null` where that cannot be
 * told.
 */
export function anywhereOf(pattern: RegExp): RegExp | null {
  const found = known.get(pattern) ?? { anywhere: made(pattern) };
  known.set(pattern, found);
  return found.anywhere;
}

function made({ source, flags }: RegExp): RegExp | null {
  if (KEPT_APART.test(source) || /[mv]/.test(flags)) return null;
  const wider = withoutDenials(source);
  return wider === null ? null : new RegExp(wider, flags.replaceAll(/[gy]/g, ""));
}

/**
 * What stands for a blank, the beginning and the end in one of many lines, which `\n` alone parts. The flag `m` would take
 * other characters for an end as well, and many of those in a row would be looked at over and over.
 */
const IN_LINES: Readonly<Record<string, string>> = {
  "\\s": String.raw`[^\S\n]`,
  "^": String.raw`(?:^|(?<=\n))`,
  $: String.raw`(?=\n|$)`,
};

/** `null` where one of them is repeated. */
function withoutDenials(source: string): string | null {
  const kept: string[] = [];
  let depth = 0;
  /** Of the bracket that begins what is left out. */
  let denied = 0;
  let isAfterDenial = false;
  let isInClass = false;
  for (const [piece] of source.matchAll(PIECES)) {
    if (isAfterDenial && REPEATS.test(piece)) return null;
    isAfterDenial = false;
    if (isInClass) {
      isInClass = piece !== "]";
      if (denied === 0) kept.push(piece);
      continue;
    }
    isInClass = piece === "[";
    if (piece.startsWith("(")) depth += 1;
    if (denied === 0 && piece.startsWith("(?") && piece.endsWith("!")) denied = depth;
    if (denied === 0) kept.push(IN_LINES[piece] ?? piece);
    if (piece !== ")") continue;
    if (denied === depth) {
      denied = 0;
      isAfterDenial = true;
    }
    depth -= 1;
  }
  return kept.join("");
}
