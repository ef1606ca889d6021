import type { Issue, Pull } from "../../test/github-double/world/model.ts";
import type { Login } from "../cast.ts";
import type { Stage } from "../stage.ts";
import { checkLines, stateOf } from "../standing.ts";
import { startOver } from "./act.ts";
import { appearanceOf } from "./checks.ts";
import { documentOf } from "./document.ts";
import { type Html, html } from "./html.ts";
import { icon } from "./icons.ts";
import { labelChip, name, round, time } from "./small.ts";

export function listPage({ shop }: Stage, viewer: Login): Html {
  const items = [...shop.pulls.values()].map(pullItem);
  return documentOf({
    title: "Pull requests · acme/shop",
    viewer,
    body: html`<header class="head"><h1>Pull requests</h1>
<p class="muted">Open one, act as its people and machines, and watch what the check <code>countersign</code> decides.</p></header>
<ul class="box rows pulls" id="pulls" data-live>${items}</ul>
<div id="issues" data-live>${issues([...shop.issues.values()])}</div>${startOver()}`,
  });
}

function issues(all: readonly Issue[]): Html | false {
  const items = all.map(
    ({ number, title, state, author, createdAt }) => html`<li>
  <span class="pull-icon ${state === "open" ? "open" : "merged"}">${icon(state === "open" ? "dot" : "tick", state)}</span>
  <div class="grow">
    <p><a class="title" href="/acme/shop/issues/${number}">${title}</a></p>
    <p class="muted">#${number} opened at ${time(createdAt)} by ${name(author)}</p>
  </div>
</li>`,
  );
  return items.length > 0 && html`<h2>Issues</h2><ul class="box rows pulls">${items}</ul>`;
}

function pullItem(pull: Pull): Html {
  const { number, title, author, createdAt, labels } = pull;
  const state = stateOf(pull);
  const [check] = checkLines(pull);
  const shown = check && appearanceOf(check);
  return html`<li>
  <span class="pull-icon ${state}">${icon(state, state)}</span>
  <div class="grow">
    <p><a class="title" href="/acme/shop/pull/${number}">${title}</a> ${[...labels].map((label) => html`${labelChip(label)} `)}</p>
    <p class="muted">#${number} opened at ${time(createdAt)} by ${name(author)}</p>
    ${check && shown && html`<p class="check-row">${round(shown.tone, shown.icon, shown.words)} <span><strong>${check.name}</strong> ${check.run?.title ?? "waiting for a verdict"}</span></p>`}
  </div>
</li>`;
}
