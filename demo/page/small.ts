import { type Account, isTeam, type Label, type Team } from "../../test/github-double/world/model.ts";
import { type Child, type Html, html } from "./html.ts";
import { type IconName, icon } from "./icons.ts";

/** Small elements that many parts of a page use. */

const HUES = 6;

export function avatar(login: string): Html {
  const bot = login.endsWith("[bot]");
  const letter = login.slice(0, 1).toUpperCase();
  return html`<span class="avatar hue-${hueOf(login)}${bot && " machine"}" aria-hidden="true">${letter}</span>`;
}

/** The same for each login every time; this prime gives the story's people different colours. */
function hueOf(login: string): number {
  return [...login].reduce((sum, character) => (sum * 4 + (character.codePointAt(0) ?? 0)) % 131, 0) % HUES;
}

/** A login without the suffix that bots have in REST. */
export function shortName(login: string): string {
  return login.replace(/\[bot\]$/, "");
}

/** A login as pages show it: bots have a badge. */
export function name({ restLogin }: Account): Html {
  const short = shortName(restLogin);
  return html`<strong>${short}</strong>${short !== restLogin && html` <span class="badge">bot</span>`}`;
}

export function reviewerName(who: Account | Team): Child {
  return isTeam(who) ? html`<strong>${who.org.login}/${who.slug}</strong>` : name(who);
}

export function labelChip({ name: text, color, description }: Label): Html {
  return html`<span class="label" style="--color: #${color}" title="${description}">${text}</span>`;
}

export function sha(text: string): Html {
  return html`<code class="sha">${text.slice(0, 7)}</code>`;
}

export function branch(text: string): Html {
  return html`<code class="branch">${text}</code>`;
}

export function time(at: string): Html {
  return html`<time datetime="${at}">${at.slice(11, 16)}</time>`;
}

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

export type Tone = "good" | "bad" | "wait" | "calm" | "done";

/** An icon on a round background, as next to a state. */
export function round(tone: Tone, drawing: IconName, words?: string): Html {
  return html`<span class="round ${tone}">${icon(drawing, words)}</span>`;
}

/** An event in the conversation's timeline. */
export function line(tone: Tone, drawing: IconName, said: Child): Html {
  return html`<li class="event">${round(tone, drawing)}<div class="grow">${said}</div></li>`;
}
