import { unlinkAddresses, withoutOrnaments } from "./mangled.ts";
import { normalise } from "./normalise.ts";

/** `Key: value` at the start of a line, anywhere in a message: git's last block alone misses 1 in 20. */
export interface Trailer {
  /** Lower-cased, with hyphens for blanks; every spelling of `Co-authored-by` is `co-authored-by`. */
  readonly key: string;
  /** Normalised and trimmed. */
  readonly value: string;
}

export interface CoAuthor {
  readonly name: string;
  readonly email: string;
}

const LONGEST_KEY = 48;
const KEY = /^[a-z][a-z0-9-]*$/;
const EMPHASIS_AFTER = /[*_~]{1,3}$/;
const EMPHASIS_BEFORE = /^[*_~]{1,3}(?=\s)/;

const CO_AUTHOR = "co-authored-by";

/** `Co-authored-by` as people and tools really spell it, without hyphens and blanks. */
const CO_AUTHOR_SPELLINGS: ReadonlySet<string> = new Set(["coauthoredby", "coauthor", "coauthorby"]);

/**
 * Trailers that name somebody who made the change, by how GitHub, the Linux kernel and others write them. Those of
 * reviewers, testers and reporters are not among them.
 */
export const PERSON_TRAILERS: ReadonlySet<string> = new Set([
  CO_AUTHOR,
  "co-developed-by",
  "signed-off-by",
  "assisted-by",
  "generated-by",
  "authored-by",
  // Git itself writes it for each commit when it squashes.
  "author",
]);

/** Trailers by which an AI's part in a change is declared; `declarations` reads them. */
export const DECLARING_TRAILERS = [
  "assisted-by",
  "generated-by",
  "ai-assisted",
  "ai-assisted-by",
  "ai-generated",
  "ai-generated-by",
] as const;

export type DeclaringTrailer = (typeof DECLARING_TRAILERS)[number];

const DECLARING_KEYS: ReadonlyMap<string, DeclaringTrailer> = new Map(
  DECLARING_TRAILERS.map((key) => [key, key]),
);

/** The one of them that a trailer's key is. */
export function declaringKey(key: string): DeclaringTrailer | null {
  return DECLARING_KEYS.get(key) ?? null;
}

/** Also where a list mark, an ornament or emphasis stands before or around the key. */
export function parseTrailer({ text }: { readonly text: string }): Trailer | null {
  return /^[a-z]/i.test(text) ? trailerIn(text) : trailerIn(withoutOrnaments(text));
}

/** Without its colon it is a trailer only where nothing but somebody with an address follows. */
const WITHOUT_COLON = /^co-?authored[- _]by\s{1,4}([^<>:@]{0,100}<[^<>@\s]{1,200}@[^<>@\s]{1,200}>)$/i;

function trailerIn(text: string): Trailer | null {
  const colon = text.indexOf(":");
  if (colon < 1 || colon > LONGEST_KEY) {
    const [, value] = WITHOUT_COLON.exec(text) ?? [];
    return value === undefined ? null : { key: CO_AUTHOR, value };
  }
  const key = text.slice(0, colon).replace(EMPHASIS_AFTER, "").trim().toLowerCase().replaceAll(/[ _]/g, "-");
  if (!KEY.test(key)) return null;
  const value = text
    .slice(colon + 1)
    .replace(EMPHASIS_BEFORE, "")
    .trim();
  if (key.startsWith("co") && CO_AUTHOR_SPELLINGS.has(key.replaceAll("-", ""))) {
    return { key: CO_AUTHOR, value };
  }
  return { key, value };
}

/** Whether it names somebody who wrote and breaks off before an address. */
export function isUnfinished({ key, value }: Trailer): boolean {
  return PERSON_TRAILERS.has(key) && !value.includes("@");
}

/** The people of a co-author trailer's value, and whether prose follows the last address (then it is a sentence). */
export function parseCoAuthors(written: string): {
  readonly people: readonly CoAuthor[];
  readonly prose: boolean;
} {
  const value = unlinkAddresses(written);
  const people: CoAuthor[] = [];
  let from = 0;
  for (;;) {
    const open = value.indexOf("<", from);
    const close = open < 0 ? -1 : value.indexOf(">", open);
    if (close < 0) break;
    const name = value
      .slice(from, open)
      .replace(/^[\s,;]+/, "")
      .trim();
    people.push({ name, email: comparableEmail(value.slice(open + 1, close)) });
    from = close + 1;
  }
  if (people.length === 0) return bareAddress(value);
  return { people, prose: /[\p{L}\p{N}]/u.test(value.slice(from)) };
}

/** `Name address` without the angle brackets, or with others. */
function bareAddress(value: string): { readonly people: readonly CoAuthor[]; readonly prose: boolean } {
  const words = value.split(" ");
  const at = words.findLastIndex((word) => word.includes("@"));
  if (at < 0) return { people: [], prose: false };
  const email = comparableEmail((words[at] ?? "").replaceAll(/[<>()[\]{},;`"']/g, ""));
  if (!email.includes("@")) return { people: [], prose: false };
  return { people: [{ name: words.toSpliced(at, 1).join(" ").trim(), email }], prose: false };
}

/** Longer than any address (RFC 5321 allows 254): the rest of a longer text cannot make it equal to one. */
const LONGEST_ADDRESS = 400;

/** An address as it is compared: normalised, trimmed, lower-cased. */
export function comparableEmail(email: string): string {
  const address = normalise(email.slice(0, LONGEST_ADDRESS)).trim().toLowerCase();
  return address.endsWith(".") ? address.slice(0, -1) : address;
}

/** What a trailer's value calls somebody when it holds no address: all of it, and what stands before and in its brackets. */
export function namesIn(value: string): readonly string[] {
  if (value.includes("@")) return [];
  const [, before = "", within = ""] = /^([^([]{1,200})[([]([^()[\]]{1,200})[)\]]/.exec(value) ?? [];
  return [value, before, within].map((name) => name.trim()).filter((name) => name !== "");
}
