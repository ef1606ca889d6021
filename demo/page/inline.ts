import { type Child, html } from "./html.ts";

interface Mark {
  /** Anchored at the place it is tried at. */
  readonly pattern: RegExp;
  readonly show: (found: RegExpExecArray) => Child;
}

const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: "\u00a0" };
/** Those that tools write into their pull requests. */
const EMOJI: Readonly<Record<string, string>> = { ghost: "👻", robot: "🤖" };
const LARGEST_CHARACTER = 0x10ffff;

/** What may stand inside a pair of stars: escapes, code, and anything that is no star. */
const INSIDE = String.raw`(?:\\.|${"`[^`]*`"}|[^*\\${"`"}])+?`;

const MARKS: readonly Mark[] = [
  { pattern: /\\([!-/:-@[-`{-~])/y, show: ([, character]) => character },
  {
    pattern: /(`+)(?!`)(.*?[^`])\1(?!`)/sy,
    show: ([, , code = ""]) => html`<code>${unpadded(code)}</code>`,
  },
  { pattern: /&#(\d{1,7});/y, show: ([whole, digits]) => character(whole, Number(digits)) },
  { pattern: /&(amp|lt|gt|quot|nbsp);/y, show: ([, name = ""]) => NAMED[name] },
  {
    pattern: new RegExp(String.raw`\*\*(?=\S)(${INSIDE})\*\*`, "sy"),
    show: ([, text = ""]) => html`<strong>${inline(text)}</strong>`,
  },
  {
    pattern: new RegExp(String.raw`\*(?=\S)(${INSIDE})\*`, "sy"),
    show: ([, text = ""]) => html`<em>${inline(text)}</em>`,
  },
  { pattern: /:(ghost|robot):/y, show: ([, name = ""]) => EMOJI[name] },
  {
    pattern: /\[([^[\]]+)\]\((https?:\/\/[^\s()<>]+)\)/y,
    show: ([, text = "", address]) =>
      html`<a href="${address}" rel="noreferrer nofollow">${inline(text)}</a>`,
  },
];

/** The marks inside a line of Markdown. What is no mark we know shows as it stands. */
export function inline(text: string): readonly Child[] {
  const shown: Child[] = [];
  let plain = "";
  for (let at = 0; at < text.length; ) {
    const found = markAt(text, at);
    if (found === null) {
      plain += text[at];
      at += 1;
      continue;
    }
    shown.push(plain, found.shown);
    plain = "";
    at += found.length;
  }
  return [...shown, plain];
}

function markAt(text: string, at: number): { readonly shown: Child; readonly length: number } | null {
  if (!/[\\`&*[:]/.test(text[at] ?? "")) return null;
  for (const { pattern, show } of MARKS) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) return { shown: show(found), length: found[0].length };
  }
  // A run of backticks that nothing closes is text, all of it.
  const run = /^`+/.exec(text.slice(at))?.[0];
  return run === undefined ? null : { shown: run, length: run.length };
}

function unpadded(code: string): string {
  const line = code.replaceAll("\n", " ");
  return line.startsWith(" ") && line.endsWith(" ") && line.trim() !== "" ? line.slice(1, -1) : line;
}

function character(whole: string, point: number): string {
  const real = point > 0 && point <= LARGEST_CHARACTER && (point < 0xd800 || point > 0xdfff);
  return real ? String.fromCodePoint(point) : whole;
}
