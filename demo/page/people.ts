import { type Conversation, isPull } from "../../test/github-double/world/model.ts";
import { CAST, type Login } from "../cast.ts";
import { type Html, html } from "./html.ts";
import { avatar, shortName } from "./small.ts";

/** Whom the visitor acts as. */
export function people(on: Conversation, viewer: Login): Html {
  const buttons = CAST.map(
    ({
      login,
      is,
    }) => html`<li><button name="login" value="${login}" aria-pressed="${login === viewer ? "true" : "false"}">
      ${avatar(login)} <span><strong>${shortName(login)}</strong> <small>${is}</small></span></button></li>`,
  );
  return html`<form method="post" action="/demo/viewer"><fieldset>
    <legend>You are</legend>
    ${hiddenNumber(on)}
    <ul class="people">${buttons}</ul>
  </fieldset></form>`;
}

/** Tells the server what a form is about. */
export function hiddenNumber(on: Conversation): Html {
  return html`<input type="hidden" name="${isPull(on) ? "pull" : "issue"}" value="${on.number}">`;
}
