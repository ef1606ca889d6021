import { UNGOVERNED } from "../stage.ts";
import { stateOf } from "../standing.ts";
import { type Html, html } from "./html.ts";
import { hiddenNumber, people } from "./people.ts";
import { shortName } from "./small.ts";
import type { View } from "./view.ts";

/** What a visitor can do, and as whom. */
export function actPanel(view: View): Html {
  return html`<section class="act box" aria-labelledby="act">
  <header class="box-head"><h2 id="act">Act</h2></header>
  <div class="box-body">
    <p class="muted">Try to get this merged. Whose approval counts?</p>
    ${people(view.pull, view.viewer)}
    ${deeds(view)}
  </div>
</section>`;
}

function deeds(view: View): Html {
  const { pull } = view;
  if (stateOf(pull) === "merged")
    return html`<p class="muted">This pull request is merged. <a href="/">Look at the others</a> or start over.</p>${startOver()}`;
  const form = (inside: Html) =>
    html`<form method="post" action="/demo/act">${hiddenNumber(pull)}${inside}</form>`;
  const open = pull.state === "open";
  return html`
  ${form(reviewFields(view, open))}
  ${open && passkeyFields(view)}
  ${open && form(pushFields(view))}
  ${form(lifeFields(view, open))}
  ${startOver()}`;
}

function reviewFields({ pull, viewer }: View, open: boolean): Html {
  return html`<fieldset>
    <legend>Review as ${shortName(viewer)}</legend>
    <label for="said" class="hidden">Your comment</label>
    <textarea id="said" name="body" rows="2" placeholder="Leave a comment (optional)"></textarea>
    <p class="buttons">
      ${
        open &&
        html`<button class="good" name="act" value="approve">Approve</button>
      <button class="bad" name="act" value="request-changes">Request changes</button>`
      }
      <button name="act" value="comment">Comment</button>
    </p>
    ${open && html`<p class="muted"><small>In an emergency, both of @acme/sre comment <code>/countersign override ${pull.headSha.slice(0, 12)} REASON</code></small></p>`}
  </fieldset>`;
}

/** What whoever runs the server does for the first key. */
function passkeyFields({ pull, viewer, passkeys }: View): Html | null {
  if (passkeys === null) return null;
  const { printed } = passkeys;
  return html`<form method="post" action="/demo/code">${hiddenNumber(pull)}<fieldset>
    <legend>On the server</legend>
    <p class="muted">Approvals count here with a passkey. The check leads to the page to sign on; the first key of all needs a code.</p>
    <p class="buttons"><button>Print a code for ${shortName(viewer)}</button></p>
    ${printed && html`<p role="status">For ${shortName(printed.login)}, once, within 15 minutes: <code class="code">${printed.code}</code></p>`}
  </fieldset></form>`;
}

function pushFields({ viewer }: View): Html {
  return html`<fieldset>
    <legend>Push to this branch</legend>
    <p class="buttons">
      <button name="act" value="kiro-deletes">Kiro deletes more of infra/</button>
      <button name="act" value="kiro-edits">Kiro edits the app</button>
      <button name="act" value="person-edits">${shortName(viewer)} edits the app</button>
    </p>
  </fieldset>`;
}

function lifeFields({ pull, stage }: View, open: boolean): Html {
  const elsewhere = pull.baseRef === UNGOVERNED ? stage.shop.defaultBranch : UNGOVERNED;
  const draft = pull.draft
    ? html`<button name="act" value="ready">Ready for review</button>`
    : html`<button name="act" value="draft">Convert to draft</button>`;
  return html`<fieldset>
    <legend>Pull request</legend>
    <p class="buttons">
      ${open && html`<button name="act" value="retarget">Retarget to ${elsewhere}</button> ${draft}`}
      ${open ? html`<button name="act" value="close">Close</button>` : html`<button name="act" value="reopen">Reopen</button>`}
    </p>
  </fieldset>`;
}

export function startOver(): Html {
  return html`<form method="post" action="/demo/start-over"><p class="buttons"><button>Start over</button></p></form>`;
}
