import { parseOwner } from "./owner.ts";

/**
 * An owner as it was probably meant, made of what stands there and nothing else: nothing (`""`) where no owner can be
 * made of it, and `null` for a bare word, which may be a name, a comment or a part of the path.
 */
export function respelled(word: string): string | null {
  const token = word.normalize("NFKC");
  if (/^[,;&|+]+$/.test(token)) return "";
  if (!token.includes("@")) return null;
  const guess = [token, ...RESPELLINGS.map((respell) => respell(token))].find(
    (each) => parseOwner(each) !== null,
  );
  if (guess !== undefined) return guess;
  const hash = token.indexOf("#");
  const owner = token.slice(0, Math.max(hash, 0));
  if (parseOwner(owner) !== null) return `${owner} ${token.slice(hash)}`;
  const lists = [token.split(/[,;|&]+/), token.split(/(?=@)/).map(withoutSeparators)];
  const listed = lists
    .map((parts) => parts.filter((part) => part !== ""))
    .find((parts) => parts.every((part) => parseOwner(part) !== null));
  return listed === undefined ? "" : listed.join(" ");
}

function withoutSeparators(part: string): string {
  return part.replace(/(?<![,;|&])[,;|&]+$/, "");
}

const RESPELLINGS: readonly ((token: string) => string)[] = [
  (token) => token.replace(/^@+/, "@"),
  (token) =>
    token.replace(
      /^[("'`<[{\u2018\u201c]+|(?<![)"'`>\]},;:.!\u2019\u201d])[)"'`>\]},;:.!\u2019\u201d]+$/g,
      "",
    ),
  // GitHub knows a team by its own name, without those above it.
  (token) => token.replace(/^(@[^/]+)\/.*\/([^/]+)$/, "$1/$2"),
];
