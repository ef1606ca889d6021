import { conflicts } from "../../test/github-double/world/merging.ts";
import {
  type CheckLine,
  checkLines,
  issuesAbout,
  mayBypass,
  reviewsByPerson,
  stateOf,
  whyBlocked,
} from "../standing.ts";
import { checkRow, checkText } from "./checks.ts";
import { type Child, type Html, html } from "./html.ts";
import type { IconName } from "./icons.ts";
import { count, round, shortName, type Tone } from "./small.ts";
import type { View } from "./view.ts";

/** Shows whether the pull request can merge, and merges it. */
export function mergeBox(view: View): Html {
  const state = stateOf(view.pull);
  if (state === "merged")
    return over("done", "merged", "Pull request successfully merged and closed", leftToDo(view));
  if (state === "closed")
    return over("bad", "closed", "Closed with unmerged commits", "Reopen it to continue.");
  const lines = checkLines(view.pull);
  const stands = whyBlocked(view.stage, view.pull);
  const tone: Tone = stands === null ? "good" : "bad";
  return html`<section class="merge ${tone}" aria-label="Merge">
  <div class="box">
    ${reviewsPart(view)}
    ${checksPart(lines)}
    ${lines.filter(({ required }) => required).map(textPart)}
    ${conflictsPart(view)}
    ${buttonPart(view, stands)}
  </div>
</section>`;
}

/** GitHub, too, tells under a pull request which issues name it. */
function leftToDo({ pull }: View): Child {
  const links = issuesAbout(pull).map(
    ({ number, title }) => html`<a href="/acme/shop/issues/${number}">${title} #${number}</a> `,
  );
  return links.length > 0 ? links : "There is nothing left to do.";
}

function over(tone: Tone, drawing: IconName, title: string, more: Child): Html {
  return html`<section class="merge ${tone}" aria-label="Merge"><div class="box">${part(tone, drawing, title, more)}</div></section>`;
}

function part(tone: Tone, drawing: IconName, title: string, more: Child): Html {
  return html`<div class="part">${round(tone, drawing)}<div><h2>${title}</h2><p class="muted">${more}</p></div></div>`;
}

function reviewsPart({ pull }: View): Html {
  const by = Map.groupBy(reviewsByPerson(pull), ({ state }) => state);
  const refusals = by.get("CHANGES_REQUESTED")?.length ?? 0;
  const approvals = by.get("APPROVED")?.length ?? 0;
  if (refusals > 0)
    return part("bad", "cross", "Changes requested", `${count(refusals, "review")} requesting changes`);
  if (approvals > 0)
    return part(
      "good",
      "tick",
      "Changes approved",
      `${count(approvals, "approving review")}; the check says which ones count`,
    );
  return part("wait", "dot", "No approving review", `${count(pull.requested.size, "pending reviewer")}`);
}

function checksPart(lines: readonly CheckLine[]): Html {
  const [tone, drawing, title] = summaryOf(lines);
  return html`<div class="part">${round(tone, drawing)}<div class="grow"><h2>${title}</h2>
  <div class="check-rows">${lines.map(checkRow)}</div></div></div>`;
}

function summaryOf(lines: readonly CheckLine[]): readonly [Tone, IconName, string] {
  if (lines.length === 0) return ["calm", "dash", "No checks are required on this branch"];
  if (lines.some(({ standing }) => standing === "failing"))
    return ["bad", "cross", "Some checks were not successful"];
  if (lines.some(({ standing }) => standing !== "passing"))
    return ["wait", "dot", "Some checks haven't completed yet"];
  return ["good", "tick", "All checks have passed"];
}

function textPart(line: CheckLine): Html {
  const text = checkText(line, "folded");
  return html`${text && html`<details class="check-text" id="text-of-${line.name}" open><summary>What ${line.name} says</summary>${text}</details>`}`;
}

function conflictsPart({ pull }: View): Html {
  return conflicts(pull)
    ? part(
        "bad",
        "bang",
        "This branch has conflicts that must be resolved",
        "Merging cannot be done automatically.",
      )
    : part("good", "tick", "No conflicts with base branch", "Merging can be performed automatically.");
}

function buttonPart(view: View, stands: string | null): Html {
  const { stage, pull, viewer, answer } = view;
  const free = stands === null;
  const bypasses = mayBypass(stage, pull, stage.cast[viewer]);
  return html`<div class="part press">
  <form method="post" action="/demo/act">
    <input type="hidden" name="pull" value="${pull.number}">
    <button class="merge-button" name="act" value="merge" aria-disabled="${free ? "false" : "true"}" aria-describedby="merge-reason">Merge pull request</button>
    ${bypasses && html`<button class="bad" name="act" value="merge-past-the-check">Merge past the check</button>`}
  </form>
  <p id="merge-reason" class="muted">${free ? `${shortName(viewer)} can merge this.` : html`<strong>Merging is blocked.</strong> ${reason(stands)}${bypasses && ` ${shortName(viewer)} may bypass that.`}`}</p>
  ${answer && html`<p class="answer ${answer.status < 300 ? "good" : "bad"}" role="alert"><strong>${answer.status}</strong> ${answer.message.trim().replace(/\n+/g, "\n")}</p>`}
</div>`;
}

/** GitHub's answer without the prefix that all rule violations share. */
function reason(message: string): string {
  return message.replace(/^Repository rule violations found/, "").trim();
}
