import { type Markup, markup } from "../../markup/markup.ts";
import { STYLE } from "./style.ts";

interface Page {
  /** What made it: `scan`. */
  readonly command: string;
  readonly title: string;
  /** One sentence, and what it is about. */
  readonly lead: string;
  readonly about: string;
  /** What people look at first. */
  readonly figures: readonly Figure[];
  /** What it needs beside the common style. */
  readonly style?: Markup;
  readonly body: Markup;
  /** What one must know to read it rightly. */
  readonly remarks: readonly string[];
}

interface Figure {
  readonly name: string;
  readonly value: string | number;
  readonly style?: "accent" | "plain";
}

/** One file of HTML: no script, and nothing that is loaded from elsewhere. */
export function pageOf({ command, title, lead, about, figures, style, body, remarks }: Page): string {
  return markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="generator" content="countersign ${command}"/>
<title>${title}</title>
<style>${STYLE}${style ?? ""}</style>
</head>
<body>
<main>
<header class="top">
<div>
<h1>${title}</h1>
<p class="lead">${lead}</p>
<p class="soft">${about}</p>
</div>
<dl class="figures">
${figures.map(figureOf)}</dl>
</header>
${body}
<footer class="soft">
${remarks.map((text) => markup`<p>${text}</p>\n`)}</footer>
</main>
</body>
</html>
`.text;
}

function figureOf({ name, value, style = "plain" }: Figure): Markup {
  return markup`<div class="${style}"><dt>${name}</dt><dd>${value}</dd></div>\n`;
}
