import type { Language } from "./languages.ts";
import type { Program, ProgramText } from "./program-texts.ts";

/** What texts that are put together say, with a name for each part that is only known when it runs. */
export interface JoinedText {
  readonly text: string;
  /** Of the first of them in the program. */
  readonly start: number;
  /** Where its content begins. */
  readonly inner: number;
  /** After the last of them. */
  readonly end: number;
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: " ", r: " ", "\n": "\n" };
const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u\{?([0-9a-fA-F]{1,6})\}?|([\s\S]))/g;
/** `#{a}`, `${a}`, `{a}`, `%s`, `%(a)s`. */
const FILLED_IN =
  /#\{[^}]{0,500}\}|\$\{[^}]{0,500}\}|\{\{?[\w.$:>[\]'"() -]{0,100}\}?\}|%(?:\(\w{1,60}\)|\d+\$)?[sdILqv]\b|\$\w{1,60}\b(?!\$)/g;

/** What each place stands for may differ, so that no two have the same name. */
class Names {
  #count = 0;

  next(): string {
    this.#count += 1;
    return `value$${this.#count}`;
  }
}

function plain(content: string, names: Names): string {
  return content
    .replaceAll(ESCAPE, (_, hex: string | undefined, code: string | undefined, sign = "") => {
      const number = Number.parseInt(hex ?? code ?? "", 16);
      if (Number.isNaN(number)) return ESCAPES[sign] ?? sign;
      return number <= 0x10ffff ? String.fromCodePoint(number) : "";
    })
    .replaceAll(FILLED_IN, () => names.next());
}

/** What stands between two texts that are one. */
const ADDS = /^\s*(?:\\\s*)?(?:\+|<>|\|\||&|\.)\s*$/;
/** A part between two texts that is no text. */
const ADDS_VALUE = /^\s*(?:\+|<>|\|\||&|\.)[^"'`;{}=]{1,200}(?:\+|<>|\|\||&|\.)\s*$/;
const ADDS_LATER =
  /^[\s);]*(?:\w+\s*(?:\+=|<<|\.=)|\w+\s*=\s*\w+\s*\+|(?:\w+\.)?(?:append|concat|WriteString|push_str)\s*\()\s*$/;
const BESIDE = /^\s*(?:\\\s*)?$/;
/** A part after the last text. */
const GOES_ON = /^\s*(?:\+|<>|\|\||%|\.\s*(?=\$))/;

/** What says how the text after it is written. */
const PREFIX = /(?<!\w)[fFrRbBuUN$]{1,2}$/;

function jointOf(text: string, { adjacent }: Language, names: Names): string | null {
  const between = text.replace(PREFIX, "");
  if (adjacent && BESIDE.test(between)) return "";
  if (ADDS.test(between) || ADDS_LATER.test(between)) return "";
  return ADDS_VALUE.test(between) ? names.next() : null;
}

const JOINS = /(?:join|implode|Join)\s*\((?:[^()\n]*,)?\s*(?:array\(|\[\]string\{|[[(])\s*$/;
const JOINED = /^\s*(?:,\s*)?[\])}]\s*\.\s*join\b/;
/** The texts of a program, those that are put together as one. */
export function joinedTexts({ texts, code }: Program, language: Language): readonly JoinedText[] {
  const names = new Names();
  const chains: { parts: string; first: ProgramText; end: number }[] = [];
  for (const text of texts) {
    const last = chains.at(-1);
    const between = last === undefined || text.start < last.end ? null : code.slice(last.end, text.start);
    const joint = between === null || between.length > 400 ? null : jointOf(between, language, names);
    const content = plain(text.content, names);
    if (last === undefined || joint === null) chains.push({ parts: content, first: text, end: text.end });
    else {
      last.parts += `${joint}${content}`;
      last.end = text.end;
    }
  }
  const single = chains.map(({ parts, first, end }) => ({
    text: GOES_ON.test(code.slice(end, end + 40)) ? `${parts} ${names.next()}` : parts,
    start: first.start,
    inner: first.inner,
    end,
  }));
  return [...single, ...listed(chains, code)];
}

/** Texts of a list that a program joins. */
function listed(
  chains: readonly { parts: string; first: ProgramText; end: number }[],
  code: string,
): readonly JoinedText[] {
  const found: JoinedText[] = [];
  let group: { parts: string; first: ProgramText; end: number }[] = [];
  const finish = () => {
    const [first, last] = [group[0], group.at(-1)];
    if (first === undefined || last === undefined) return;
    const before = code.slice(Math.max(0, first.first.start - 80), first.first.start);
    const after = code.slice(last.end, last.end + 40);
    if (group.length > 1 && (JOINS.test(before) || JOINED.test(after)))
      found.push({
        text: group.map(({ parts }) => parts).join(" "),
        start: first.first.start,
        inner: first.first.inner,
        end: last.end,
      });
  };
  for (const chain of chains) {
    const last = group.at(-1);
    const isNext = last !== undefined && /^\s*,\s*$/.test(code.slice(last.end, chain.first.start));
    if (!isNext) {
      finish();
      group = [];
    }
    group.push(chain);
  }
  finish();
  return found;
}
