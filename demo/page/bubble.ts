import type { Account, Comment, Conversation } from "../../test/github-double/world/model.ts";
import { type Child, type Html, html } from "./html.ts";
import { markdown } from "./markdown.ts";
import { avatar, name, time } from "./small.ts";

/** What somebody wrote, in a box of its own. */
function bubble(by: Account, said: Child, body: string): Html {
  return html`<li class="bubble">${avatar(by.restLogin)}
  <article class="box">
    <header class="box-head"><p>${name(by)} ${said}</p></header>
    <div class="box-body markdown">${body.trim() === "" ? html`<p class="muted"><em>No description.</em></p>` : markdown(body)}</div>
  </article>
</li>`;
}

export function opening({ author, createdAt, body }: Conversation): Html {
  return bubble(author, html`<span class="muted">opened this at ${time(createdAt)}</span>`, body ?? "");
}

export function commentItem({ author, createdAt, body }: Comment): Html {
  return bubble(author, html`<span class="muted">commented at ${time(createdAt)}</span>`, body);
}
