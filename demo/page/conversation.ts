import { pullCommits } from "../../test/github-double/world/comparison.ts";
import { ancestors } from "../../test/github-double/world/history.ts";
import type { Pull, Review, TimelineEvent } from "../../test/github-double/world/model.ts";
import { commentItem, opening } from "./bubble.ts";
import { commitLine } from "./commits.ts";
import { eventItem } from "./events.ts";
import { type Html, html } from "./html.ts";
import type { IconName } from "./icons.ts";
import { markdown } from "./markdown.ts";
import { line, name, sha, type Tone, time } from "./small.ts";
import type { View } from "./view.ts";

/** Everything that happened, oldest first. Ids of all kinds increase with time. */
interface Item {
  readonly id: number;
  readonly shown: Html;
}

export function conversation(view: View): Html {
  const { pull } = view;
  const items: readonly Item[] = [
    ...pushes(view),
    { id: pull.id, shown: opening(pull) },
    ...pull.comments.map((comment) => ({ id: comment.id, shown: commentItem(comment) })),
    ...pull.reviews.map((review) => ({ id: review.id, shown: reviewItem(view, review) })),
    ...events(pull.timeline),
  ];
  const ordered = items.toSorted((one, other) => one.id - other.id);
  return html`<ol class="timeline">${ordered.map(({ shown }) => shown)}</ol>`;
}

/** The commits still in the pull request, each under the push that first brought it. */
function pushes({ stage, pull }: View): readonly Item[] {
  const { headRepo, headRef, repo } = pull;
  const left = new Set(pullCommits(pull));
  const items: Item[] = [];
  for (const { id, ref, after, pusher, at } of headRepo.pushes) {
    if (ref !== `refs/heads/${headRef}`) continue;
    const reached = ancestors(repo.objects, after);
    const commits = [...left].filter((commit) => reached.has(commit.sha));
    for (const commit of commits) left.delete(commit);
    if (commits.length === 0) continue;
    const lines = commits.map((commit) => commitLine(stage, commit));
    const said = html`${name(pusher)} pushed ${commits.length === 1 ? "a commit" : `${commits.length} commits`} at ${time(at)}`;
    // Pushes from before the pull request was opened are shown after its opening.
    const place = Math.max(id, pull.id + 0.5);
    items.push({ id: place, shown: line("calm", "push", html`${said}<ul class="pushed">${lines}</ul>`) });
  }
  return items;
}

const GIVEN: Readonly<Record<Review["state"], readonly [Tone, IconName, string]>> = {
  APPROVED: ["good", "tick", "approved these changes"],
  CHANGES_REQUESTED: ["bad", "cross", "requested changes"],
  COMMENTED: ["calm", "eye", "reviewed"],
  DISMISSED: ["calm", "eye", "left a review that was dismissed"],
};

function reviewItem({ pull }: View, review: Review): Html {
  const { author, state, body, commitSha, submittedAt } = review;
  const [tone, drawing, words] = GIVEN[state];
  const old = commitSha !== pull.headSha && html`, at ${sha(commitSha)}, which is no longer the head`;
  const text = body.trim() !== "" && html`<div class="quote markdown">${markdown(body)}</div>`;
  const dismissable = pull.state === "open" && (state === "APPROVED" || state === "CHANGES_REQUESTED");
  return line(
    tone,
    drawing,
    html`${name(author)} ${words} <span class="muted">at ${time(submittedAt)}${old}</span>${text}${dismissable && dismissal(pull, review)}`,
  );
}

function dismissal({ number }: Pull, { id, author }: Review): Html {
  const field = `dismissal-${id}`;
  return html`<details class="more" id="more-${id}"><summary>Dismiss this review</summary>
  <form method="post" action="/demo/act" class="row">
    <input type="hidden" name="pull" value="${number}"><input type="hidden" name="review" value="${id}">
    <label for="${field}" class="hidden">Why ${author.restLogin}'s review is dismissed</label>
    <input id="${field}" name="message" placeholder="Why?">
    <button name="act" value="dismiss">Dismiss</button>
  </form>
</details>`;
}

const TOGETHER: ReadonlySet<TimelineEvent["type"]> = new Set([
  "labeled",
  "unlabeled",
  "review_requested",
  "review_request_removed",
]);

/** Labels and requests that one account changed at once share a line, as on GitHub. */
function events(timeline: readonly TimelineEvent[]): readonly Item[] {
  const groups: TimelineEvent[][] = [];
  for (const event of timeline) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    const together = TOGETHER.has(event.type) && last?.type === event.type && last.actor === event.actor;
    if (group && together) group.push(event);
    else groups.push([event]);
  }
  return groups.flatMap((group) => {
    const [first] = group;
    return first ? [{ id: first.id, shown: eventItem(first, group) }] : [];
  });
}
