import type { Issue } from "../../test/github-double/world/model.ts";
import type { Login } from "../cast.ts";
import { startOver } from "./act.ts";
import { commentItem, opening } from "./bubble.ts";
import { documentOf } from "./document.ts";
import { type Html, html } from "./html.ts";
import { icon } from "./icons.ts";
import { hiddenNumber, people } from "./people.ts";
import { name, shortName, time } from "./small.ts";

/** An issue, which anybody can comment on. */
export function issuePage(issue: Issue, viewer: Login): Html {
  return documentOf({
    title: `${issue.title} · Issue #${issue.number} · acme/shop`,
    viewer,
    body: html`${head(issue)}
<div class="columns">
  <div class="main" id="talk" data-live><ol class="timeline">${opening(issue)}${issue.comments.map(commentItem)}</ol></div>
  <aside><div id="panel" data-live>${panel(issue, viewer)}</div></aside>
</div>`,
  });
}

function head({ title, number, state, author, createdAt }: Issue): Html {
  const badge =
    state === "open"
      ? html`<span class="state good">${icon("dot")} Open</span>`
      : html`<span class="state done">${icon("tick")} Closed</span>`;
  return html`<header class="head" id="head" data-live>
  <h1>${title} <span class="muted">#${number}</span></h1>
  <p>${badge} <span class="muted">${name(author)} opened this issue at ${time(createdAt)}</span></p>
</header>`;
}

function panel(issue: Issue, viewer: Login): Html {
  return html`<section class="act box" aria-labelledby="act">
  <header class="box-head"><h2 id="act">Act</h2></header>
  <div class="box-body">
    <p class="muted">Who can accept what got in?</p>
    ${people(issue, viewer)}
    <form method="post" action="/demo/comment">${hiddenNumber(issue)}<fieldset>
      <legend>Comment as ${shortName(viewer)}</legend>
      <label for="said" class="hidden">Your comment</label>
      <textarea id="said" name="body" rows="3" placeholder="Leave a comment"></textarea>
      <p class="buttons"><button>Comment</button></p>
    </fieldset></form>
    ${startOver()}
  </div>
</section>`;
}
