import type { Context, Hono } from "hono";
import { type Actable, type ActPage, actPage } from "../../pages/pull/act.ts";
import { blocks } from "../../signoff/blocks.ts";
import type { Verdict } from "../../signoff/verdict.ts";
import type { FollowUpState } from "../../store/follow-up.ts";
import type { PageCommand } from "../../store/memory.ts";
import { type Actor, act } from "./acting.ts";
import type { Typed } from "./deeds.ts";
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
      const notice = await act({ store, signing, now: clock.now() }, actor, typedIn(form));
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
    loggedInAt: session.begunAt,
    fresh: await judgements.of(session, on, pull),
    followUp: state?.isOpen ? state : null,
  };
}

function noticeOf(fresh: Fresh): ActPage["notice"] {
  return fresh.status === "none" ? { text: fresh.because } : null;
}

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
