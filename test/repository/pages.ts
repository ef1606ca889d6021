import MarkdownIt from "markdown-it";
import { read } from "./files.ts";

const parser = new MarkdownIt({ html: true });

/** What a page refers to, and what can be referred to in it. */
export interface Page {
  /** Targets of links and images, as written. */
  readonly targets: readonly string[];
  /** The anchors that GitHub gives its headings. */
  readonly anchors: ReadonlySet<string>;
  /** Fenced code and code inside lines, each as one text. */
  readonly code: readonly string[];
}

export function readPage(path: string): Page {
  const blocks = parser.parse(read(path), {});
  const parts = blocks.flatMap((block) => [block, ...(block.children ?? [])]);
  const html = parts.filter(({ type }) => type.startsWith("html_")).map(({ content }) => content);
  return {
    targets: [
      ...parts.flatMap((part) => part.attrGet("href") ?? part.attrGet("src") ?? []).map(String),
      ...html.flatMap((text) =>
        [...text.matchAll(/\b(?:href|src|srcset)="([^"]*)"/g)].map(([, to = ""]) => to),
      ),
    ],
    anchors: anchorsOf(
      blocks.flatMap(({ type }, at) => (type === "heading_open" ? (blocks[at + 1] ?? []) : [])),
    ),
    code: parts
      .filter(({ type }) => type === "fence" || type === "code_inline")
      .map(({ content }) => content),
  };
}

type Token = ReturnType<typeof parser.parse>[number];

/** Lower-case, blanks as hyphens, other signs dropped; a repeated heading gets a number. */
function anchorsOf(headings: readonly Token[]): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const { children } of headings) {
    const text = (children ?? []).map(({ content }) => content).join("");
    const slug = text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M} _-]/gu, "")
      .replaceAll(" ", "-");
    let anchor = slug;
    for (let number = 1; anchors.has(anchor); number += 1) anchor = `${slug}-${number}`;
    anchors.add(anchor);
  }
  return anchors;
}
