/*
 * Shells, squashes and web forms mangle trailers: a line break is written out, brackets are escaped, an address becomes
 * a link, an ornament stands before it. Each is read as what it was; what is quoted stays quoted.
 */

/** A line break as text: `\\n` after any number of backslashes, `%0A`, `<br>`, a character reference. */
const WRITTEN_BREAK =
  /\\{1,4}(?:n|r(?:\\{1,4}n)?|u000a|x0a|012)|(?:%0d)?%0a|\/n\/n|<(?:br ?\/?|lf)>|&(?:#(?:10|x0?a)|newline);/gi;

/** A part of a text, from and to an offset in it. */
export interface Part {
  readonly from: number;
  readonly end: number;
}

/** More than a message holds that was not made to be slow. */
const MOST_BREAKS = 10_000;

/** The line breaks that are written out in a text, taken up line by line. */
export class WrittenBreaks {
  readonly #quotations: Quotations;
  readonly #breaks: Iterator<RegExpExecArray, undefined>;
  #next: RegExpExecArray | undefined;
  #left = MOST_BREAKS;

  constructor(text: string) {
    this.#quotations = new Quotations(text);
    this.#breaks = text.matchAll(WRITTEN_BREAK);
    this.#next = this.#breaks.next().value;
  }

  /** Whether there were too many to read them all. */
  get areTooMany(): boolean {
    return this.#left === 0;
  }

  /** Whether there is one before this offset that was not taken up. */
  isBefore(end: number): boolean {
    return this.#next !== undefined && this.#next.index < end;
  }

  /** The parts between those of a line; none when all of them stand in quotations. */
  cut(line: Part): readonly Part[] {
    const parts: Part[] = [];
    let from = line.from;
    for (; this.#next !== undefined && this.#next.index < line.end; this.#advance()) {
      const { 0: written, index } = this.#next;
      if (index < line.from || this.#quotations.isOpenAt(index, line)) continue;
      parts.push({ from, end: index });
      from = index + written.length;
    }
    return parts.length === 0 ? parts : [...parts, { from, end: line.end }];
  }

  #advance(): void {
    this.#left -= 1;
    this.#next = this.#left === 0 ? undefined : this.#breaks.next().value;
  }
}

/** What opens a quotation or a code span, and what closes it. An apostrophe within a word opens nothing. */
const OPENING = /["`“„«‘]|(?:^|(?<=[\s(=:]))'/g;
const CLOSING: ReadonlyMap<string, string> = new Map([
  ["“", "”"],
  ["„", "“"],
  ["«", "»"],
  ["‘", "’"],
]);

/** Where texts come next in a longer one, each looked for once however often it is asked. */
class NextPlaces {
  readonly #text: string;
  readonly #places = new Map<string, number>();

  constructor(text: string) {
    this.#text = text;
  }

  /** From an offset on, which only grows; infinite where there is none. */
  of(wanted: string, from: number): number {
    const known = this.#places.get(wanted);
    if (known !== undefined && known >= from) return known;
    const found = this.#text.indexOf(wanted, from);
    const place = found < 0 ? Number.POSITIVE_INFINITY : found;
    this.#places.set(wanted, place);
    return place;
  }
}

/**
 * Whether a quotation or a code span is open at an offset of a line; lines and offsets are asked for in order. One that is not
 * closed on the line is none, or a stray sign would hide what follows.
 */
class Quotations {
  readonly #text: string;
  readonly #closings: NextPlaces;
  /** The last opening found, and where its quotation closes. */
  #open = -1;
  #opening = "";
  #close = -1;

  constructor(text: string) {
    this.#text = text;
    this.#closings = new NextPlaces(text);
  }

  isOpenAt(index: number, { from, end }: Part): boolean {
    if (this.#close < from - 1) this.#close = from - 1;
    while (this.#close < index) {
      const next = this.#close + 1;
      if (this.#open < next) this.#findOpening(next);
      if (this.#open >= index) return false;
      const close = this.#closings.of(CLOSING.get(this.#opening) ?? this.#opening, this.#open + 1);
      this.#close = close < end ? close : this.#open;
    }
    return this.#open < index && this.#open < this.#close;
  }

  #findOpening(from: number): void {
    OPENING.lastIndex = from;
    const found = OPENING.exec(this.#text);
    this.#open = found?.index ?? Number.POSITIVE_INFINITY;
    this.#opening = found?.[0] ?? "";
  }
}

const REFERENCE = /&(?:amp;)?(lt|gt|commat|colon|hyphen|#(?:60|62|64|58|45|x3c|x3e|x40|x3a|x2d));/gi;
const REFERRED: ReadonlyMap<string, string> = new Map(
  Object.entries({ lt: "<", gt: ">", commat: "@", colon: ":", hyphen: "-" }),
);
const ESCAPE = /\\([<>@:_-])/g;

/** The text with the signs of trailers and addresses as such where they are escaped. */
export function unescaped(text: string): string {
  const plain = text.includes("\\") ? text.replaceAll(ESCAPE, "$1") : text;
  return plain.includes("&") ? plain.replaceAll(REFERENCE, (_, name: string) => referred(name)) : plain;
}

function referred(name: string): string {
  const [, hexadecimal, digits = ""] = /^#(x?)([\da-f]+)$/i.exec(name) ?? [];
  if (hexadecimal === undefined) return REFERRED.get(name.toLowerCase()) ?? name;
  return String.fromCharCode(Number.parseInt(digits, hexadecimal === "" ? 10 : 16));
}

const MAIL_LINK = /\[([^\][]{0,200})\]\(<?(?:mailto:)?([^\s()<>@]{1,254}@[^\s()<>@]{1,254})>?\)/gi;
const MAIL_ANCHOR = /<a href=["']?mailto:([^"'\s<>]{1,300})["']?>([^<>]{0,200})<\/a>/gi;

/** The value of a trailer with each link to an address written as git does: `<address>`, after the link's text if that is a name. */
export function unlinkAddresses(value: string): string {
  if (!value.includes("@") || !/mailto:|\]\(|<<|>>/i.test(value)) return value;
  const plain = (text: string, address: string) =>
    text.includes("@") || text.trim() === "" ? `<${address}>` : `${text} <${address}>`;
  return value
    .replaceAll(MAIL_LINK, (_, text: string, address: string) => plain(text, address))
    .replaceAll(MAIL_ANCHOR, (_, address: string, text: string) => plain(text, address))
    .replaceAll(/<?<mailto:/gi, "<")
    .replaceAll(/<{2}/g, "<")
    .replaceAll(/>{2}/g, ">");
}

/** A bullet, a number, a comment sign, emphasis: what stands before a trailer and is none of it. */
const ORNAMENT =
  /^(?:\d{1,3}[.)](?= )|\[[xX]\](?= )|(?:-{1,8}|\+)(?= )|[([{](?=[a-zA-Z])|[^\p{L}\p{N}"'`“”‘’«»[\]()>+\-\s:])\s{0,4}/u;

/** The text without the ornaments before it. A quotation, a page's comment and the `+` or `-` of a diff are none. */
export function withoutOrnaments(text: string): string {
  if (text.startsWith("<!--")) return text;
  let plain = text;
  for (let left = 8; left > 0; left -= 1) {
    const ornament = ORNAMENT.exec(plain);
    if (ornament === null) break;
    plain = plain.slice(ornament[0].length);
  }
  return plain;
}
