export interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** The text directly in it, unescaped. */
  text: string;
}

const NAME = "[A-Za-z][A-Za-z0-9-]*";
const TAG = new RegExp(`^<(/?)(${NAME})((?:\\s+${NAME}="[^"<]*")*)\\s*(/?)>`);
const ATTRIBUTE = new RegExp(`(${NAME})="([^"]*)"`, "g");
const REFERENCE = /&(?:amp|lt|gt|quot|#39);/g;
const ENTITIES: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
};

/** Reads a page as strictly as XML is read, and throws where it is not well-formed. */
export function readPage(page: string): readonly Element[] {
  const start = "<!DOCTYPE html>\n";
  if (!page.startsWith(start)) throw new Error("no doctype");
  const elements: Element[] = [];
  const open: Element[] = [];
  let rest = page.slice(start.length);
  while (rest !== "") {
    if (rest.startsWith("<")) {
      const [tag, closing, name = "", attributes = "", empty] = TAG.exec(rest) ?? fail(rest);
      rest = rest.slice(tag.length);
      if (closing) {
        if (open.pop()?.name !== name) fail(`</${name}> closes something else`);
        continue;
      }
      const element: Element = { name, attributes: attributesOf(attributes), text: "" };
      elements.push(element);
      if (!empty) open.push(element);
    } else {
      const text = rest.slice(0, rest.indexOf("<") < 0 ? rest.length : rest.indexOf("<"));
      rest = rest.slice(text.length);
      const parent = open.at(-1);
      if (parent === undefined) {
        if (text.trim() !== "") fail(text);
        continue;
      }
      // A style sheet is read as it stands, and may hold child selectors.
      parent.text += parent.name === "style" ? text : unescaped(text);
    }
  }
  if (open.length > 0) fail(`<${open.at(-1)?.name}> is not closed`);
  return elements;
}

function attributesOf(written: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name = "", value = ""] of written.matchAll(ATTRIBUTE)) {
    if (attributes.has(name)) fail(`${name} is there twice`);
    attributes.set(name, unescaped(value));
  }
  return attributes;
}

function unescaped(text: string): string {
  if (/[&>]/.test(text.replace(REFERENCE, ""))) fail(text);
  return text.replace(REFERENCE, (reference) => ENTITIES[reference] ?? "");
}

function fail(what: string): never {
  throw new Error(`not well-formed: ${what.slice(0, 120)}`);
}
