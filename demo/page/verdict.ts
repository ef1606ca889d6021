import { checkLines } from "../standing.ts";
import { appearanceOf } from "./checks.ts";
import { type Html, html } from "./html.ts";
import { round } from "./small.ts";
import type { View } from "./view.ts";

/** What the checks say, before anything else; a change of it is announced to screen readers. */
export function verdictBar({ pull }: View): Html {
  return html`<div class="verdict" id="verdict" role="status" data-live-text>${checkLines(pull).map(
    (line) => {
      const { tone, icon, words } = appearanceOf(line);
      return html`<p>${round(tone, icon, words)} <strong>${line.name}</strong> ${line.run?.title ?? "waits for its status to be reported"}</p>`;
    },
  )}</div>
<p class="to-act"><a href="#act">Act</a></p>`;
}
