import { type Html, html } from "./html.ts";
import { icon } from "./icons.ts";
import { avatar, shortName } from "./small.ts";

export interface Document {
  readonly title: string;
  /** Whom the visitor acts as. */
  readonly viewer: string;
  readonly body: Html;
}

export function documentOf({ title, viewer, body }: Document): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/demo/style.css">
<script src="/demo/live.js" type="module"></script>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header class="top">
  <p class="path">${icon("shield")} acme <span>/</span> <a href="/">shop</a></p>
  <p class="note">A simulated GitHub for this demo of <strong>Countersign</strong></p>
  <p id="viewer" data-live>${avatar(viewer)} <span class="muted">you are</span> <strong>${shortName(viewer)}</strong></p>
</header>
<main id="content">${body}</main>
</body>
</html>
`;
}
