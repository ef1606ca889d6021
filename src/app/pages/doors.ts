import type { Context } from "hono";
import type { Seen } from "./access.ts";
import { ownPath } from "./login.ts";
import type { PagePorts } from "./ports.ts";
import { Rate } from "./rate.ts";
import type { Say } from "./said.ts";
import { isFromOwnForm, type LiveSession, type Sessions } from "./sessions.ts";

/** What one session may look at. */
const VIEWS = { burst: 60, perSecond: 1 } as const;

type Answer = Response | Promise<Response>;
type Handler = (context: Context) => Promise<Response>;
export type Form = Readonly<Record<string, unknown>>;

/** What a visitor has to get through before a page is shown. */
export interface Doors {
  /** For who is logged in; everybody else is sent to where they can do so, whatever is there. */
  readonly loggedIn: (show: (context: Context, session: LiveSession) => Answer) => Handler;
  /** The same for a form of ours. */
  readonly sent: (act: (context: Context, session: LiveSession, form: Form) => Answer) => Handler;
  /** For who may see the repository of the path. */
  readonly inRepository: (show: (context: Context, session: LiveSession, seen: Seen) => Answer) => Handler;
  /** The same for a form of ours. */
  readonly sentInRepository: (act: (context: Context, sent: SentThere) => Answer) => Handler;
}

/** A form of ours, from who may see the repository of the path. */
export interface SentThere {
  readonly session: LiveSession;
  readonly form: Form;
  readonly seen: Seen;
}

interface DoorPorts extends Pick<PagePorts, "settings" | "access" | "clock"> {
  readonly sessions: Sessions;
  readonly say: Say;
}

export function doorsOf({ settings, access, clock, sessions, say }: DoorPorts): Doors {
  const views = new Rate({ ...VIEWS, now: clock.now });
  const loggedIn: Doors["loggedIn"] = (show) => async (context) => {
    const session = await sessions.of(context);
    if (session === null)
      return context.redirect(`/login?to=${encodeURIComponent(ownPath(context.req.path))}`, 303);
    return views.take(session.id) ? show(context, session) : say(context, "too-often", session);
  };
  const sent: Doors["sent"] = (act) =>
    loggedIn(async (context, session) => {
      const form = await formOf(context);
      const isOurs = context.req.header("origin") === settings.url && isFromOwnForm(session, form.token);
      return isOurs ? act(context, session, form) : say(context, "foreign-form", session);
    });
  const seenBy = (context: Context, session: LiveSession) => {
    const { owner = "", repo = "" } = context.req.param();
    return access.toNamed(session, owner, repo);
  };
  return {
    loggedIn,
    sent,
    inRepository: (show) =>
      loggedIn(async (context, session) => {
        const seen = await seenBy(context, session);
        return seen === null ? say(context, "nothing", session) : show(context, session, seen);
      }),
    sentInRepository: (act) =>
      sent(async (context, session, form) => {
        const seen = await seenBy(context, session);
        return seen === null ? say(context, "nothing", session) : act(context, { session, form, seen });
      }),
  };
}

/** Nothing where it is no form. */
async function formOf(context: Context): Promise<Form> {
  const type = context.req.header("content-type") ?? "";
  if (!/^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(type)) return {};
  return Object.fromEntries(new URLSearchParams(await context.req.text()));
}
