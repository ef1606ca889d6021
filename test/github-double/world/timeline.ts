import type { PullRequestEvent } from "./events.ts";
import type { Account, Conversation, Pull, TimelineEvent } from "./model.ts";
import type { State } from "./state.ts";

type Happening<E> = E extends TimelineEvent ? Omit<E, "id" | "at" | "actor"> : never;
type Details<E> = E extends PullRequestEvent ? Omit<E, "event" | "pull"> : never;

/** Puts something that happened into the timeline of an issue or pull request. */
export function record(
  state: State,
  on: Conversation,
  { by, ...what }: Happening<TimelineEvent> & { readonly by: Account },
): void {
  const at = state.now();
  on.updatedAt = at;
  on.timeline.push({ id: state.nextId(), at, actor: by, ...what });
}

export function announcePull(
  state: State,
  pull: Pull,
  { by, ...details }: Details<PullRequestEvent> & { readonly by: Account },
): void {
  pull.updatedAt = state.now();
  state.announce({ event: "pull_request", pull, sender: by, ...details });
}
