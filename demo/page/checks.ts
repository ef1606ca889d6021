import type { CheckLine } from "../standing.ts";
import { checkLines } from "../standing.ts";
import { type Html, html } from "./html.ts";
import type { IconName } from "./icons.ts";
import { markdown } from "./markdown.ts";
import { round, type Tone, time } from "./small.ts";
import type { View } from "./view.ts";

interface Appearance {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly words: string;
}

const WAITING: Appearance = { tone: "wait", icon: "dot", words: "Waiting" };

const APPEARANCES: Readonly<Record<string, Appearance>> = {
  success: { tone: "good", icon: "tick", words: "Successful" },
  neutral: { tone: "calm", icon: "dash", words: "Neutral" },
  skipped: { tone: "calm", icon: "dash", words: "Skipped" },
  action_required: { tone: "bad", icon: "bang", words: "Action required" },
  failure: { tone: "bad", icon: "cross", words: "Failed" },
};

export function appearanceOf({ run }: CheckLine): Appearance {
  if (run?.status !== "completed") return WAITING;
  return APPEARANCES[run.conclusion ?? ""] ?? { tone: "bad", icon: "cross", words: "Failed" };
}

/** A check in the merge box. */
export function checkRow(line: CheckLine): Html {
  const { tone, icon, words } = appearanceOf(line);
  const title = line.run?.title ?? "Expected: waiting for status to be reported";
  return html`<div class="check-row">
  ${round(tone, icon, words)}
  <p><strong>${line.name}</strong> <span class="muted">${title}</span></p>
  ${line.required && html`<span class="badge">Required</span>`}
  ${line.run?.detailsUrl && html`<a href="${line.run.detailsUrl}">Details<span class="hidden"> of ${line.name}</span></a>`}
</div>`;
}

/** What to do comes first; the evidence is folded where space is short. */
export function checkText({ run }: CheckLine, evidence: "open" | "folded"): Html | null {
  if (run === null || run.summary === null) return null;
  const more = run.text !== null && run.text !== "" && markdown(run.text);
  return html`<div class="markdown">${markdown(run.summary)}${
    evidence === "open"
      ? more
      : more && html`<details id="evidence"><summary>Evidence and contributors</summary>${more}</details>`
  }</div>`;
}

export function checksTab({ pull }: View): Html {
  const lines = checkLines(pull);
  if (lines.length === 0)
    return html`<p class="empty">No checks have been reported on the head of this pull request.</p>`;
  return html`${lines.map(checkCard)}`;
}

function checkCard(line: CheckLine): Html {
  const { run } = line;
  const { tone, icon, words } = appearanceOf(line);
  return html`<article class="box">
  <header class="box-head">${round(tone, icon)} <h2>${line.name}</h2> <span class="muted">${words}${run?.completedAt && html`, ${time(run.completedAt)}`}</span></header>
  <div class="box-body">
    <p class="check-title">${run?.title ?? "Waiting for status to be reported"}</p>
    ${checkText(line, "open")}
    ${run && run.annotations.length > 0 && annotations(run.annotations)}
  </div>
</article>`;
}

function annotations(given: NonNullable<CheckLine["run"]>["annotations"]): Html {
  const items = given.map(
    ({ path, start_line, annotation_level, title, message }) => html`<li class="${annotation_level}">
    <p><strong>${title ?? annotation_level}</strong> <code>${path}#L${start_line}</code></p>
    <p>${message}</p>
  </li>`,
  );
  return html`<h3>Annotations</h3><ul class="annotations">${items}</ul>`;
}
