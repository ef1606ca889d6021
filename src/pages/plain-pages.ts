import { markup } from "../markup/markup.ts";
import { pageOf, type Visitor } from "./layout.ts";

/** Where one logs in; `to` is where that leads back to. */
export function loginPage({ docs, to }: { readonly docs: string; readonly to: string }): string {
  const path = `/login/github?to=${encodeURIComponent(to)}`;
  return pageOf({
    ...{ title: "Log in", docs: `${docs}/pages.md` },
    main: markup`<h1>Log in</h1>
<p>These pages show what you may read on GitHub. GitHub tells who you are; nothing else is asked of it in your name, and its token is thrown away at once.</p>
<p><a class="button main" href="${path}">Log in with GitHub</a></p>`,
  });
}

export interface Said {
  readonly title: string;
  /** What is so, and what to do. */
  readonly text: string;
}

/** A page with a sentence. */
export function saidPage({ title, text }: Said, docs: string, visitor?: Visitor): string {
  const main = markup`<h1>${title}</h1>
<p>${text}</p>`;
  return pageOf({ title, main, docs: `${docs}/pages.md`, ...(visitor && { visitor }) });
}
