import type { ActPage } from "../../pages/pull/act.ts";
import type { Account } from "../../signoff/snapshot.ts";
import type { FollowUpState } from "../../store/follow-up.ts";
import type { PageCommand } from "../../store/memory.ts";
import type { RepositoryRef } from "../../store/repository.ts";
import {
  type Deed,
  deedOf,
  malformedBecause,
  noteDeed,
  type Place,
  type Typed,
  whatComes,
  withDeed,
} from "./deeds.ts";
import type { Fresh } from "./judgements.ts";
import type { PagePorts } from "./ports.ts";

/** As many of one person as wait at once of comments. */
const MOST_WAITING = 5;

/** A stolen cookie lets nothing through for longer than this. */
const FRESH_LOGIN_MS = 60 * 60_000;

const LETTING_THROUGH: ReadonlySet<PageCommand> = new Set<PageCommand>(["override", "unfreeze", "accept"]);

/** Who does something about which pull request, and how that stands. */
export interface Actor {
  readonly on: RepositoryRef;
  readonly by: Account;
  /** When they logged in. Milliseconds. */
  readonly loggedInAt: number;
  readonly pull: number;
  readonly fresh: Fresh;
  readonly followUp: FollowUpState | null;
}

interface Doing extends Pick<PagePorts, "store" | "signing"> {
  readonly now: Date;
}

/** Has done what was typed in, if anything comes of it; answers what to tell. */
export async function act(
  doing: Doing,
  actor: Actor,
  typed: Typed | null,
): Promise<NonNullable<ActPage["notice"]>> {
  if (typed === null) return { text: UNKNOWN };
  const malformed = malformedBecause(typed);
  if (malformed !== null) return { text: `Nothing came of it: it ${malformed}.` };
  const isLate = doing.now.getTime() - actor.loggedInAt > FRESH_LOGIN_MS;
  if (isLate && LETTING_THROUGH.has(typed.kind)) return { text: LOG_IN_AGAIN };
  return typed.kind === "accept" ? accept(doing, actor, typed) : command(doing, actor, typed);
}

/** Whether it counts is found out where its issue is looked after, as for a comment. */
async function accept(doing: Doing, actor: Actor, typed: Typed): Promise<NonNullable<ActPage["notice"]>> {
  const { followUp } = actor;
  const issue = followUp?.issue ?? null;
  if (followUp === null || issue === null) return { text: NOT_OPEN };
  if (typed.sha !== followUp.followUp.commitSha) return { text: CHANGED };
  const place = { on: actor.on, number: issue, isIssue: true };
  const isNoted = await note(doing, place, deedOf(typed, actor.by, doing.now));
  return isNoted ? { text: ACCEPTED, awaitsPasskey: true } : { text: TOO_MANY };
}

async function command(doing: Doing, actor: Actor, typed: Typed): Promise<NonNullable<ActPage["notice"]>> {
  const { on, by, pull, fresh } = actor;
  if (fresh.status === "none") return { text: fresh.because };
  if (typed.sha !== fresh.snapshot.pullRequest.head.sha) return { text: CHANGED };
  const deed = deedOf(typed, by, doing.now);
  const verdict = await doing.signing.judgeAgain(withDeed(fresh.snapshot, deed));
  if (verdict === null) return { text: NOT_JUDGED };
  const comes = whatComes(deed, verdict);
  if (comes.status === "refused") return { text: comes.because };
  if (!(await note(doing, { on, number: pull, isIssue: false }, deed))) return { text: TOO_MANY };
  if (comes.status === "awaits-passkey") return { text: UNSIGNED, awaitsPasskey: true };
  return { text: comes.says === null ? SAID : `${SAID} ${comes.says}` };
}

/** False where as much of this person waits already as may. */
async function note({ store, signing, now }: Doing, place: Place, deed: Deed): Promise<boolean> {
  const { heard = [] } = (await store.remember(place.on, place.number)).commands ?? {};
  if (heard.filter(({ account }) => account === deed.comment.by.id).length >= MOST_WAITING) return false;
  await noteDeed(store, place, { deed, now });
  signing.wake();
  return true;
}

const UNKNOWN = "Nothing came of it: it is nothing that can be done here.";
const LOG_IN_AGAIN =
  "Nothing came of it: what lets a change through is done here within an hour of a login. Log out, and in again.";
const NOT_OPEN =
  "Nothing came of it: nothing that got in here waits for an owner, or there is no issue for it.";
const TOO_MANY =
  "Nothing came of it: five things that you said here wait already. Sign or wait for them first.";
const CHANGED =
  "Nothing came of it: this page showed you another commit than there is now. Look at it, and send it anew.";
const NOT_JUDGED = "Nothing came of it: this could not be judged. The check says more.";
const SAID = "It is said. The check follows in a moment.";
const UNSIGNED = "It is said, and counts once you signed it with your passkey.";
const ACCEPTED =
  "It is said. If you may accept it, its issue says so in a moment. Where a passkey is asked for, sign it next.";
