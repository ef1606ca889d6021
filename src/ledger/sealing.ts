import { sha256 } from "./chain.ts";
import type { Json, Text, Texts } from "./entry.ts";

/**
 * The fields whose text names a person or is in a person's own words, wherever in the data they stand; in a list of
 * texts, all. Everything else that tells people apart is a number.
 */
const ERASABLE: ReadonlySet<string> = new Set([
  "login",
  "email",
  "reason",
  // Of evidence: what was found, such as a trailer with a name and an address.
  "text",
  // Of a change: why whoever made it may pass the check by.
  "allowed",
  // Of a follow-up: what happened, as Markdown, and who took part.
  "says",
  "involvedLogins",
  // Of a change: the signed statement, which names all whom the entry names.
  "signedStatement",
  // Earlier versions wrote logins without ids.
  "by",
  "writtenBy",
  "signedBy",
  "refusedBy",
]);

/** Shown in place of a text that was erased. */
function erasedText(erasedBy: number): string {
  return `(erased by entry ${erasedBy})`;
}

/** Shown in place of a text that is not kept here. */
const NOT_HERE = "(not kept here)";

/** Letters of a key: 128 bits in base64url. */
export const KEY_LENGTH = 22;

interface SealedData {
  readonly data: Json;
  readonly texts: Readonly<Record<string, Text>>;
}

/**
 * The data of an entry as the chain holds it, and apart from it the texts that can be erased. `newKey` makes 22 random
 * letters, other ones each time: without its key nobody finds out a text by trying.
 */
export function seal(value: unknown, newKey: () => string): SealedData {
  const texts: Record<string, Text> = {};
  const visit = (json: Json, place: string, erasable: boolean): Json => {
    if (typeof json === "string") {
      if (!erasable) return json;
      const text = { key: newKey(), text: json };
      texts[place] = text;
      return { sealed: commitmentOf(text) };
    }
    if (isList(json)) return json.map((item, index) => visit(item, `${place}/${index}`, erasable));
    if (json === null || typeof json !== "object") return json;
    const fields = Object.entries(json).map(([name, field]) => {
      return [name, visit(field, `${place}/${escaped(name)}`, ERASABLE.has(name))] as const;
    });
    return Object.fromEntries(fields);
  };
  return { data: visit(asJson(value), "", false), texts };
}

/** The data with its texts in their places, and with words that say so where one is gone. */
export function open(data: Json, texts: Texts): Json {
  const visit = (json: Json, place: string): Json => {
    if (isList(json)) return json.map((item, index) => visit(item, `${place}/${index}`));
    if (json === null || typeof json !== "object") return json;
    if (isSealed(json)) return textAt(texts, place);
    const fields = Object.entries(json).map(([name, field]) => {
      return [name, visit(field, `${place}/${escaped(name)}`)] as const;
    });
    return Object.fromEntries(fields);
  };
  return visit(data, "");
}

function textAt(texts: Texts, place: string): string {
  const text = Object.hasOwn(texts, place) ? texts[place] : undefined;
  if (text === undefined) return NOT_HERE;
  return "text" in text ? text.text : erasedText(text.erasedBy);
}

/** What the chain holds in place of a text. All keys are of one length, so no two of them and texts are hashed alike. */
export function commitmentOf({ key, text }: Text): string {
  return sha256(key + text);
}

/** The hashes that stand for texts in the data of an entry, by their places. */
export function sealedPlaces(data: Json): ReadonlyMap<string, string> {
  const places = new Map<string, string>();
  const visit = (json: Json, place: string): void => {
    if (isList(json)) for (const [index, item] of json.entries()) visit(item, `${place}/${index}`);
    else if (json !== null && typeof json === "object") {
      if (isSealed(json)) places.set(place, json.sealed);
      else for (const [name, field] of Object.entries(json)) visit(field, `${place}/${escaped(name)}`);
    }
  };
  visit(data, "");
  return places;
}

function isSealed(json: Json): json is { readonly sealed: string } {
  if (json === null || typeof json !== "object" || isList(json)) return false;
  const { sealed, ...rest } = json;
  return typeof sealed === "string" && /^[0-9a-f]{64}$/.test(sealed) && Object.keys(rest).length === 0;
}

function isList(json: Json): json is readonly Json[] {
  return Array.isArray(json);
}

/** As JSON pointers write a name (RFC 6901). */
function escaped(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** As JSON tells it. Half a character, which is no Unicode text and has no canonical form, becomes U+FFFD. */
export function asJson(value: unknown): Json {
  const text = JSON.stringify(value ?? null, (_, field: unknown) =>
    typeof field === "string" ? field.toWellFormed() : withWellFormedNames(field),
  );
  return JSON.parse(text) as Json;
}

function withWellFormedNames(field: unknown): unknown {
  if (field === null || typeof field !== "object" || Array.isArray(field)) return field;
  const entries = Object.entries(field);
  if (entries.every(([name]) => name.isWellFormed())) return field;
  return Object.fromEntries(entries.map(([name, value]) => [name.toWellFormed(), value]));
}
