/** Markup in which every inserted value is escaped. Only `html` and `markdown` create it. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Child = Html | string | number | null | undefined | false | readonly Child[];

/** Part of a page. Inserted strings are escaped for text and for quoted attributes; only `Html` is inserted as it is. */
export function html(strings: TemplateStringsArray, ...values: readonly Child[]): Html {
  return new Html(strings.reduce((text, part, at) => text + show(values[at - 1]) + part));
}

function show(child: Child): string {
  if (child === null || child === undefined || child === false) return "";
  if (child instanceof Html) return child.text;
  if (typeof child === "object") return child.map(show).join("");
  return String(child).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
