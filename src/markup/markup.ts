import { escapeInvisible } from "../signoff/wording/visible.ts";

/** Markup that is safe to put into a page; only `markup` makes it. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Hole = Markup | string | number | readonly Hole[];

/** A template whose holes are escaped unless they are markup themselves; attributes stand between double quotes. */
export function markup(parts: TemplateStringsArray, ...holes: readonly Hole[]): Markup {
  return new Markup(parts.map((part, index) => part + fill(holes[index] ?? "")).join(""));
}

/** Our own constant text, such as a style sheet. */
export function verbatim(parts: TemplateStringsArray): Markup {
  return new Markup(parts.join(""));
}

function fill(hole: Hole): string {
  if (hole instanceof Markup) return hole.text;
  if (typeof hole === "object") return hole.map(fill).join("");
  return written(String(hole));
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function written(text: string): string {
  // A runner that prints the page reads its lines too.
  return escapeInvisible(text)
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "")
    .replace(/##|::/g, ([first = "", second = ""]) => `&#${first.charCodeAt(0)};${second}`);
}
