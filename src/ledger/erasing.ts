import type { Texts } from "./entry.ts";

/** Whose names and words are to be erased. */
export interface Person {
  readonly login: string;
  /** Other texts that name them, such as an e-mail address. */
  readonly texts: readonly string[];
}

/** The places of texts that name the person, or that are said by them. */
export function placesNaming(person: Person, texts: Texts): readonly string[] {
  const kept = Object.entries(texts).flatMap(([place, text]) =>
    "text" in text ? [[place, text.text] as const] : [],
  );
  const naming = kept.filter(([, text]) => names(person, text)).map(([place]) => place);
  const said = new Set([...naming.flatMap(saidBy), ...(naming.length > 0 ? [SIGNED] : [])]);
  return kept.map(([place]) => place).filter((place) => naming.includes(place) || said.has(place));
}

/** The signed statement of a change names all whom its entry names, in a form that is not searched. */
const SIGNED = "/signed";

/** Fields of a record that are in the words of whoever it names. */
const IN_THEIR_WORDS = ["reason", "text", "says"];

/** Of `/x/by/0/login`: `/x/reason` and the like. */
function saidBy(place: string): readonly string[] {
  const said = /^(.*)\/(?:by|writtenBy)(?:\/\d+)?(?:\/login)?$/.exec(place);
  return said === null ? [] : IN_THEIR_WORDS.map((field) => `${said[1]}/${field}`);
}

function names({ login, texts }: Person, text: string): boolean {
  const own = text.toLowerCase();
  return (
    own === login.toLowerCase() ||
    mentions(own, login.toLowerCase()) ||
    texts.some((one) => one !== "" && own.includes(one.toLowerCase()))
  );
}

/** `@login`, and not the beginning of a longer login. */
function mentions(text: string, login: string): boolean {
  for (let at = text.indexOf(`@${login}`); at !== -1; at = text.indexOf(`@${login}`, at + 1))
    if (!/[a-z0-9-]/.test(text.charAt(at + login.length + 1))) return true;
  return false;
}
