import MarkdownIt from "markdown-it";
import { Html } from "./html.ts";

/** Shortcodes that tools write into their pull requests. */
const EMOJI: Readonly<Record<string, string>> = { ":ghost:": "👻", ":robot:": "🤖" };

/** The page itself uses the first two levels. */
const HIGHEST_HEADING = 3;
const LOWEST_HEADING = 5;

// Raw HTML is off, so the renderer escapes it; images are off because the pages load nothing from elsewhere.
const renderer = new MarkdownIt({ html: false }).disable("image");
renderer.validateLink = (address) => /^https?:\/\//i.test(address);
renderer.core.ruler.push("github", ({ tokens }) => {
  for (const token of tokens) {
    if (token.type === "heading_open" || token.type === "heading_close") token.tag = headingTag(token.tag);
    if (token.children !== null) token.children = withLinksToThesePages(token.children);
    for (const part of token.children ?? []) {
      if (part.type === "text") part.content = withEmoji(part.content);
      if (part.type === "link_open") part.attrSet("rel", "noreferrer nofollow");
    }
  }
});

/** By an HTML comment in front, which GitHub hides, apps find again what they wrote. */
const MARKER = /^<!--.*?-->/s;

/** Markdown as GitHub shows it in checks, descriptions and comments. */
export function markdown(source: string): Html {
  return new Html(renderer.render(source.replace(MARKER, "")));
}

type Token = ReturnType<typeof renderer.parse>[number];

/** The simulated GitHub has the pages of pull requests, here, and no others: what links to those is left as text. */
function withLinksToThesePages(tokens: readonly Token[]): Token[] {
  let dead = false;
  return tokens.filter((token) => {
    if (token.type === "link_open") {
      const address = URL.parse(`${token.attrGet("href")}`);
      dead = false;
      if (address?.hostname !== "127.0.0.1") return true;
      dead = !address.pathname.startsWith("/acme/shop/pull/");
      token.attrSet("href", address.pathname + address.hash);
      return !dead;
    }
    return !(dead && token.type === "link_close");
  });
}

function headingTag(tag: string): string {
  const level = Number(tag.slice(1));
  return `h${Math.min(Math.max(level, HIGHEST_HEADING), LOWEST_HEADING)}`;
}

function withEmoji(text: string): string {
  return text.replace(/:(?:ghost|robot):/g, (shortcode) => EMOJI[shortcode] ?? shortcode);
}
