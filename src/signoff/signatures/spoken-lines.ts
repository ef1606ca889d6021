import MarkdownIt from "markdown-it";

const markdown = new MarkdownIt("commonmark");

/**
 * The lines of a Markdown text that its writer says in their own words: without code blocks, quotations, HTML and
 * HTML comments. Marks of emphasis and of code spans are left out.
 */
export function spokenLines(text: string): readonly string[] {
  let quotations = 0;
  return markdown.parse(text, {}).flatMap(({ type, children }) => {
    if (type === "blockquote_open") quotations += 1;
    if (type === "blockquote_close") quotations -= 1;
    // Only text has parts.
    return children !== null && quotations === 0 ? linesOf(children) : [];
  });
}

const BREAKS: ReadonlySet<string> = new Set(["softbreak", "hardbreak"]);
const WORDS: ReadonlySet<string> = new Set(["text", "text_special", "code_inline"]);

function linesOf(parts: readonly { readonly type: string; readonly content: string }[]): readonly string[] {
  const text = parts.map(({ type, content }) => {
    if (BREAKS.has(type)) return "\n";
    return WORDS.has(type) ? content : "";
  });
  return text.join("").split("\n");
}
