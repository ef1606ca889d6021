import { type Markup, markup } from "../markup/markup.ts";
import { STYLE } from "./style.ts";

/** Somebody who is logged in. */
export interface Visitor {
  readonly login: string;
  /** What a form has to send along, which nobody else can know. */
  readonly token: string;
}

interface Layout {
  /** Of the window: what it is about comes first. */
  readonly title: string;
  /** Absent where nobody is logged in. */
  readonly visitor?: Visitor;
  readonly main: Markup;
  /** An address of the documentation. */
  readonly docs: string;
  /** Where the script of the page is; absent: it has none. */
  readonly scriptPath?: string;
}

/** A whole page, with nothing that is loaded from elsewhere. */
export function pageOf({ title, visitor, main, docs, scriptPath }: Layout): string {
  return markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<title>${title} · Countersign</title>
<style>${STYLE}</style>
${scriptPath === undefined ? "" : markup`<script src="${scriptPath}" defer=""></script>\n`}</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="bar"><div>
<a class="brand" href="/">Countersign</a>
${visitor === undefined ? "" : navigation(visitor)}</div></header>
<main id="main" tabindex="-1">
${main}
</main>
<footer><a href="${docs}">What these pages show</a></footer>
</body>
</html>
`.text;
}

function navigation({ login, token }: Visitor): Markup {
  return markup`<nav aria-label="Main"><ul><li><a href="/">Repositories</a></li><li><a href="/config">Check a config</a></li></ul></nav>
<form method="post" action="/logout"><span>Logged in as ${login}</span><input type="hidden" name="token" value="${token}"/><button>Log out</button></form>
`;
}

/** Where one is, above the heading. */
export function trail(steps: readonly (readonly [text: string, path: string])[]): Markup {
  const links = steps.map(([text, path]) => markup`<a href="${path}">${text}</a> / `);
  return markup`<nav class="trail" aria-label="Where you are">${links}</nav>`;
}

/** A part of a page under a heading; nothing where it has nothing to say. */
export function section(heading: string, body: readonly Markup[], id = idOf(heading)): Markup {
  if (body.length === 0) return markup``;
  return markup`<section aria-labelledby="${id}"><h2 id="${id}">${heading}</h2>
${body}</section>
`;
}

function idOf(heading: string): string {
  return heading.toLowerCase().replaceAll(/[^a-z]+/g, "-");
}
