import { escapeInvisible } from "../../signoff/wording/visible.ts";

/** An element of an XML document: names are ours, all else is anybody's. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly content: string | readonly Element[];
}

/** The document, which means the same to whoever parses it and nothing to a runner that reads it as output. */
export function neutralXml(root: Element): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${elementText(root, "")}`;
}

function elementText({ name, attributes, content }: Element, indent: string): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${text(value)}"`);
  const start = `${indent}<${name}${written.join("")}>`;
  if (typeof content === "string") return `${start}${lines(content)}</${name}>\n`;
  const children = content.map((child) => elementText(child, `${indent}  `)).join("");
  return `${start}\n${children}${indent}</${name}>\n`;
}

/** No line begins with what others wrote. */
function lines(content: string): string {
  return content.split("\n").map(text).join("&#10;");
}

/** What XML reads as markup, and what a runner reads as a command: references mean the same to a parser alone. */
function text(value: string): string {
  return escapeInvisible(value)
    .replace(/[&<>"']/g, reference)
    .replace(/##(?=\w*\[)/g, "#&#35;");
}

function reference(character: string): string {
  return `&#${character.charCodeAt(0)};`;
}
