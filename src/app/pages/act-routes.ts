import type { Context, Hono } from "hono";
import { type Actable, type ActPage, actPage } from "../../pages/pull/act.ts";
import { blocks } from "../../signoff/blocks.ts";
import type { Account } from "../../signoff/snapshot.ts";
import type { Verdict } from "../../signoff/verdict.ts";
import type { FollowUpState } from "../../store/follow-up.ts";
import type { PageCommand } from "../../store/memory.ts";
import type { RepositoryRef } from "../../store/repository.ts";
import { deedOf, foreseen, malformedBecause, noteDeed, type Typed, withDeed } from "./deeds.ts";
import type { Doors, Form, SentThere } from "./doors.ts";
import type { Fresh, Judgements } from "./judgements.ts";
import type { PagePorts } from "./ports.ts";
import type { Say } from "./said.ts";

interface Ports extends PagePorts {
  readonly doors: Doors;
  readonly judgements: Judgements;
  readonly say: Say;
}

const PATH = "/:owner/:repo/pull/:number{[0-9]{1,10}}/act";

/** As many of one person as wait at once of comments. */
const MOST_WAITING = 5;

/** Who does something about which pull request, and how that stands. */
interface Actor {
  readonly on: RepositoryRef;
  readonly by: Account;
  readonly pull: number;
  readonly fresh: Fresh;
  readonly followUp: FollowUpState | null;
}

/**
 * Where people override, freeze and accept. What they send is judged first as if it had been said, and refused where
 * nothing would come of it; then it is heard like a comment, and judged anew by what GitHub says then.
 */
export function addActs(app: Hono, ports: Ports): void {
  const { doors, say, store, signing, clock } = ports;
  app.get(
    PATH,
    doors.inRepository(async (context, session, seen) => {
      if (seen.right === "read") return say(context, "nothing", session);
      const actor = await actorOf(ports, context, { session, seen });
      const none = actor.fresh.status === "none" && actor.followUp === null;
      return shown(ports, context, { session, actor, notice: none ? noticeOf(actor.fresh) : null });
    }),
  );
  app.post(
    PATH,
    doors.sentInRepository(async (context, { session, seen, form }) => {
      if (seen.right === "read") return say(context, "nothing", session);
      const actor = await actorOf(ports, context, { session, seen });
      const notice = await done({ store, signing, now: clock.now() }, actor, typedIn(form));
      return shown(ports, context, { session, actor, notice });
    }),
  );
}

async function actorOf(
  { judgements, store }: Ports,
  context: Context,
  { session, seen }: Pick<SentThere, "session" | "seen">,
): Promise<Actor> {
  const { installationId, repositoryId, owner, repo } = seen.repository;
  const on = { installationId, repositoryId, owner, repo };
  const pull = Number(context.req.param("number"));
  const state = await store.followUpAt(on, pull);
  return {
    ...{ on, pull, by: { id: session.account, login: session.login, type: "User" } },
    fresh: await judgements.of(session, on, pull),
    followUp: state?.isOpen ? state : null,
  };
}

function noticeOf(fresh: Fresh): ActPage["notice"] {
  return fresh.status === "none" ? { text: fresh.because } : null;
}

interface Doing extends Pick<PagePorts, "store" | "signing"> {
  readonly now: Date;
}

async function done(
  { store, signing, now }: Doing,
  actor: Actor,
  typed: Typed | null,
): Promise<NonNullable<ActPage["notice"]>> {
  if (typed === null) return { text: UNKNOWN };
  const malformed = malformedBecause(typed);
  if (malformed !== null) return { text: `Nothing came of it: it ${malformed}.` };
  const { on, by, pull, followUp } = actor;
  const number = typed.kind === "accept" ? (followUp?.issue ?? null) : pull;
  if (number === null) return { text: NOT_OPEN };
  const { heard = [] } = (await store.remember(on, number)).commands ?? {};
  if (heard.filter(({ account }) => account === by.id).length >= MOST_WAITING) return { text: TOO_MANY };
  const deed = deedOf(typed, by, now);
  const place = { on, number, isIssue: typed.kind === "accept" };
  const note = async () => {
    await noteDeed(store, place, { deed, now });
    signing.wake();
  };
  if (typed.kind === "accept") {
    if (typed.sha !== followUp?.followUp.commitSha) return { text: CHANGED };
    await note();
    return { text: ACCEPTED, awaitsPasskey: true };
  }
  const { fresh } = actor;
  if (fresh.status === "none") return { text: fresh.because };
  if (typed.sha !== fresh.snapshot.pullRequest.head.sha) return { text: CHANGED };
  const verdict = await signing.judgeAgain(withDeed(fresh.snapshot, deed));
  if (verdict === null) return { text: NOT_JUDGED };
  const comes = foreseen(deed, verdict);
  if (comes.status === "refused") return { text: comes.because };
  await note();
  if (comes.status === "awaits-passkey") return { text: UNSIGNED, awaitsPasskey: true };
  return { text: comes.says === null ? SAID : `${SAID} ${comes.says}` };
}

const UNKNOWN = "Nothing came of it: it is nothing that can be done here.";
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

function shown(
  { site }: Ports,
  context: Context,
  {
    session: visitor,
    actor,
    notice,
  }: Pick<SentThere, "session"> & { readonly actor: Actor; readonly notice: ActPage["notice"] },
): Response | Promise<Response> {
  const { on, pull, fresh, followUp } = actor;
  return context.html(
    actPage({
      ...{ site, visitor, repository: `${on.owner}/${on.repo}`, pull, notice },
      now: fresh.status === "none" ? null : actable(fresh.snapshot.pullRequest.head.sha, fresh.verdict),
      followUp: followUp === null ? null : waiting(followUp),
    }),
  );
}

function actable(
  headSha: string,
  { conclusion, override, freezable = [], freezes = [], requirements }: Verdict,
): Actable {
  const isBlocked = conclusion === "action_required" && requirements.some(blocks);
  return { headSha, isBlocked, override: override ?? null, freezable, freezes };
}

function waiting({ followUp, accepted, issue }: FollowUpState): NonNullable<ActPage["followUp"]> {
  const { reason, commitSha, pull, openedAt, passedOver } = followUp;
  const areas = passedOver.filter(({ area }) => !accepted.includes(area));
  return { reason, commitSha, pull, openedAt, areas, hasIssue: issue !== null };
}

const KINDS: ReadonlySet<unknown> = new Set<PageCommand>([
  "override",
  "withdraw",
  "freeze",
  "unfreeze",
  "accept",
]);

function isKind(kind: unknown): kind is PageCommand {
  return KINDS.has(kind);
}

function typedIn({ kind, sha, reason, area, until }: Form): Typed | null {
  if (!isKind(kind)) return null;
  return { kind, sha: textIn(sha), reason: textIn(reason), area: textIn(area), until: textIn(until).trim() };
}

const LONGEST = 1_000;

function textIn(field: unknown): string {
  return typeof field === "string" ? field.slice(0, LONGEST) : "";
}
