import { isTeam, type Review } from "../../test/github-double/world/model.ts";
import { reviewsByPerson } from "../standing.ts";
import { type Html, html } from "./html.ts";
import type { IconName } from "./icons.ts";
import { avatar, labelChip, reviewerName, round, type Tone } from "./small.ts";
import type { View } from "./view.ts";

export function sidebar(view: View): Html {
  return html`${reviewers(view)}${labels(view)}`;
}

const OPINIONS: Readonly<Record<Review["state"], readonly [Tone, IconName, string]>> = {
  APPROVED: ["good", "tick", "approved these changes"],
  CHANGES_REQUESTED: ["bad", "cross", "requested changes"],
  COMMENTED: ["calm", "comment", "left comments"],
  DISMISSED: ["calm", "dash", "review dismissed"],
};

function reviewers({ pull }: View): Html {
  const given = reviewsByPerson(pull).map(({ author, state }) => {
    const [tone, drawing, words] = OPINIONS[state];
    return html`<li>${avatar(author.restLogin)} <span class="grow">${reviewerName(author)}</span> ${round(tone, drawing, words)}</li>`;
  });
  const asked = [...pull.requested].map((who) => {
    const shown = isTeam(who) ? who.slug : who.restLogin;
    return html`<li>${avatar(shown)} <span class="grow">${reviewerName(who)}</span> ${round("wait", "dot", "awaiting review")}</li>`;
  });
  const none = given.length + asked.length === 0;
  return html`<section class="side" aria-labelledby="reviewers">
  <h2 id="reviewers">Reviewers</h2>
  ${none ? html`<p class="muted">No reviews</p>` : html`<ul>${given}${asked}</ul>`}
</section>`;
}

function labels({ pull }: View): Html {
  const chips = [...pull.labels].map((label) => html`<li>${labelChip(label)}</li>`);
  return html`<section class="side" aria-labelledby="labels">
  <h2 id="labels">Labels</h2>
  ${chips.length === 0 ? html`<p class="muted">None yet</p>` : html`<ul class="chips">${chips}</ul>`}
</section>`;
}
