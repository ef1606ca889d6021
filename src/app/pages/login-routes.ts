import type { Hono } from "hono";
import { loginPage } from "../../pages/plain-pages.ts";
import { dropCookie, readCookie, writeCookie } from "./cookies.ts";
import type { Doors } from "./doors.ts";
import type { Keyed } from "./keyed.ts";
import { beginLogin, endLogin, LOGIN_LASTS_S, ownPath } from "./login.ts";
import { authorizeAddress } from "./oauth.ts";
import type { PagePorts } from "./ports.ts";
import { Rate } from "./rate.ts";
import type { Say } from "./said.ts";
import type { Sessions } from "./sessions.ts";

/** Of all strangers together. */
const LOGINS = { burst: 60, perSecond: 2 } as const;

export interface LoginPorts extends PagePorts {
  readonly keyed: Keyed;
  readonly sessions: Sessions;
  readonly say: Say;
  readonly doors: Doors;
}

/** In by GitHub, and out again. */
export function addLogin(app: Hono, ports: LoginPorts): void {
  const { settings, site, clock, log, sessions, say, doors } = ports;
  const logins = new Rate({ ...LOGINS, now: clock.now });

  app.get("/login", (context) =>
    context.html(loginPage({ docs: site.docs, to: ownPath(context.req.query("to") ?? "/") })),
  );
  app.get("/login/github", (context) => {
    if (!logins.take("begin")) return say(context, "too-often");
    const begun = beginLogin(ports, context.req.query("to") ?? "/");
    writeCookie(context, "login", begun.kept, LOGIN_LASTS_S);
    return context.redirect(authorizeAddress({ settings, github: site.github }, begun), 303);
  });
  app.get("/login/callback", async (context) => {
    if (!logins.take("end")) return say(context, "too-often");
    const { state = "", code = "" } = context.req.query();
    const ended = await endLogin(ports, { kept: readCookie(context, "login"), state });
    dropCookie(context, "login");
    if (ended === null || code === "") return say(context, "not-logged-in");
    const who = await ports.identify({ code, verifier: ended.verifier }).catch((error: unknown) => {
      log.warn({ error }, "GitHub did not say who logs in");
      return null;
    });
    if (who === null) return say(context, "not-told");
    await sessions.begin(context, who);
    return context.redirect(ended.to, 303);
  });
  app.post(
    "/logout",
    doors.sent(async (context, session) => {
      await sessions.end(context, session);
      return context.redirect("/login", 303);
    }),
  );
}
