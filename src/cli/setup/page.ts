import { createHash } from "node:crypto";
import { type Markup, markup, verbatim } from "../../markup/markup.ts";

export interface Form {
  /** GitHub's page, with the state in its query. */
  readonly action: string;
  readonly manifest: object;
}

const SEND = verbatim`document.forms[0].submit();`;

const SENT_BY = createHash("sha256").update(SEND.text).digest("base64");

/** Nothing but the form may leave the page, and that only to GitHub. */
export function policyOf(origin: string): string {
  return `default-src 'none'; script-src 'sha256-${SENT_BY}'; form-action ${origin}; base-uri 'none'; frame-ancestors 'none'`;
}

/** Sends the manifest on to GitHub, which asks the person to confirm it. */
export function formPage({ action, manifest }: Form): string {
  return page(
    "Register the App on GitHub",
    markup`<form action="${action}" method="post">
<input type="hidden" name="manifest" value="${JSON.stringify(manifest)}">
<button>Go on to GitHub</button>
</form>
<script>${SEND}</script>`,
  );
}

export function messagePage(text: string): string {
  return page("Countersign", markup`<p>${text}</p>`);
}

function page(title: string, content: Markup): string {
  return markup`<!doctype html>
<html lang="en"><meta charset="utf-8"><title>${title}</title>
<h1>${title}</h1>
${content}
</html>
`.text;
}
