import { type Context, Hono } from "hono";
import { configPage } from "../../pages/config.ts";
import type { Visitor } from "../../pages/layout.ts";
import { overviewPage } from "../../pages/overview.ts";
import { loginPage, type Said, saidPage } from "../../pages/plain-pages.ts";
import { pullPage } from "../../pages/pull/page.ts";
import { repositoryPage } from "../../pages/repository.ts";
import { loadPolicyFile } from "../../policy/file/load.ts";
import { LIMITS } from "../../policy/limits.ts";
import { CONFIG_PATH } from "../../policy/source.ts";
import type { Seen } from "./access.ts";
import { dropCookie, readCookie, writeCookie } from "./cookies.ts";
import {
  historyOf,
  judgedThen,
  listedRepository,
  MOST_REPOSITORIES,
  repositoryFacts,
  seenRepositories,
} from "./facts.ts";
import { headersOf } from "./headers.ts";
import { keyedWith } from "./keyed.ts";
import { beginLogin, endLogin, LOGIN_LASTS_S, ownPath } from "./login.ts";
import { authorizeAddress, identify } from "./oauth.ts";
import type { PagePorts } from "./ports.ts";
import { Rate } from "./rate.ts";
import { isFromOwnForm, type LiveSession, Sessions } from "./sessions.ts";

/** What one session may look at, and how often all of them may do what costs more. */
const VIEWS = { burst: 60, perSecond: 1 } as const;
const LOGINS = { burst: 60, perSecond: 2 } as const;
const CONFIGS = { burst: 10, perSecond: 2 } as const;

const NOT_FOUND: Said = {
  title: "Nothing to see here",
  text: "There is no such page, or you may not read this repository on GitHub, or GitHub could not be asked just now. If you may read it, try again in a minute.",
};
const TOO_OFTEN: Said = { title: "Too many requests", text: "Wait a minute, and try again." };
const FOREIGN_FORM: Said = {
  title: "Not done",
  text: "This did not come from a page of ours that you have open. Go back, reload the page, and try again.",
};
const NOT_LOGGED_IN: Said = {
  title: "You are not logged in",
  text: "The login took too long, was used before, or was begun in another browser. Go to the first page, and log in again.",
};
const NOT_TOLD: Said = {
  title: "You are not logged in",
  text: "GitHub did not say who you are. Go to the first page, and try again in a minute.",
};
const FAILED: Said = { title: "This did not work", text: "Something failed on our side. Try again in a minute." };

type Answer = Response | Promise<Response>;
type Show = (context: Context, session: LiveSession) => Answer;

/** All pages. What they answer is whole: a page, or where to go. */
export function pageRoutes(ports: PagePorts): Hono {
  const { settings, store, access, site, clock, log } = ports;
  const keyed = keyedWith(settings.sessionSecret);
  const sessions = new Sessions({ store, clock, keyed });
  const oauth = { settings, github: site.github, api: ports.api };
  const rates = { now: clock.now };
  const views = new Rate({ ...VIEWS, ...rates });
  const logins = new Rate({ ...LOGINS, ...rates });
  const configs = new Rate({ ...CONFIGS, ...rates });
  const { docs } = site;

  const say = (context: Context, status: 400 | 403 | 404 | 429 | 500, said: Said, visitor?: Visitor) =>
    context.html(saidPage(said, docs, visitor), status);

  /** For who is logged in; everybody else is sent to where they can do so, whatever is there. */
  const shown = (show: Show) => async (context: Context) => {
    const session = await sessions.of(context);
    if (session === null) return context.redirect(`/login?to=${encodeURIComponent(ownPath(context.req.path))}`, 303);
    return views.take(session.id) ? show(context, session) : say(context, 429, TOO_OFTEN, session);
  };
  /** The same for a form of ours. */
  const sent = (act: (context: Context, session: LiveSession, form: Form) => Answer) =>
    shown(async (context, session) => {
      const form = await formOf(context);
      const isOurs = context.req.header("origin") === settings.url && isFromOwnForm(session, form.token);
      return isOurs ? act(context, session, form) : say(context, 403, FOREIGN_FORM, session);
    });
  /** For who may see the repository of the path. */
  const inRepository = (show: (context: Context, session: LiveSession, seen: Seen) => Answer) =>
    shown(async (context, session) => {
      const { owner = "", repo = "" } = context.req.param();
      const seen = await access.toNamed(session, owner, repo);
      return seen === null ? say(context, 404, NOT_FOUND, session) : show(context, session, seen);
    });

  const app = new Hono();
  app.use(async (context, next) => {
    await next();
    for (const [name, text] of Object.entries(headersOf(settings.url))) context.header(name, text);
  });
  app.onError((error, context) => {
    log.error({ error }, "a page failed");
    return say(context, 500, FAILED);
  });
  app.notFound(shown((context, session) => say(context, 404, NOT_FOUND, session)));

  app.get("/login", (context) => context.html(loginPage({ docs, to: ownPath(context.req.query("to") ?? "/") })));
  app.get("/login/github", (context) => {
    if (!logins.take("begin")) return say(context, 429, TOO_OFTEN);
    const begun = beginLogin({ keyed, clock, store }, context.req.query("to") ?? "/");
    writeCookie(context, "login", begun.kept, LOGIN_LASTS_S);
    return context.redirect(authorizeAddress(oauth, begun), 303);
  });
  app.get("/login/callback", async (context) => {
    if (!logins.take("end")) return say(context, 429, TOO_OFTEN);
    const { state = "", code = "" } = context.req.query();
    const ended = await endLogin({ keyed, clock, store }, { kept: readCookie(context, "login"), state });
    dropCookie(context, "login");
    if (ended === null || code === "") return say(context, 400, NOT_LOGGED_IN);
    const who = await identify(oauth, { code, verifier: ended.verifier }).catch((error: unknown) => {
      log.warn({ error }, "GitHub did not say who logs in");
      return null;
    });
    if (who === null) return say(context, 400, NOT_TOLD);
    await sessions.begin(context, who);
    return context.redirect(ended.to, 303);
  });
  app.post(
    "/logout",
    sent(async (context, session) => {
      await sessions.end(context, session);
      return context.redirect("/login", 303);
    }),
  );

  app.get(
    "/",
    shown(async (context, visitor) => {
      const seen = await seenRepositories(ports, visitor);
      const repositories = await Promise.all(seen.map((one) => listedRepository(ports, one)));
      return context.html(overviewPage({ docs, visitor, repositories, most: MOST_REPOSITORIES }));
    }),
  );

  const mayCheck = async (session: LiveSession) =>
    (await seenRepositories(ports, session)).some(({ right }) => right !== "read");
  app.get(
    "/config",
    shown(async (context, visitor) => {
      if (!(await mayCheck(visitor))) return say(context, 404, NOT_FOUND, visitor);
      return context.html(configPage({ docs, visitor, text: "" }));
    }),
  );
  app.post(
    "/config",
    sent(async (context, visitor, { config }) => {
      if (!(await mayCheck(visitor))) return say(context, 404, NOT_FOUND, visitor);
      if (!configs.take("")) return say(context, 429, TOO_OFTEN, visitor);
      const text = typeof config === "string" ? config.slice(0, LIMITS.fileLength + 1) : "";
      const { config: read, problems, remarks } = loadPolicyFile(text, CONFIG_PATH);
      const checked = { valid: read !== null, problems: [...problems, ...remarks] };
      return context.html(configPage({ docs, visitor, text, checked }));
    }),
  );

  app.get(
    "/:owner/:repo",
    inRepository(async (context, visitor, seen) => {
      const facts = await repositoryFacts(ports, seen);
      return context.html(repositoryPage({ site, visitor, repository: fullName(seen), ...facts }));
    }),
  );
  app.get(
    "/:owner/:repo/pull/:number{[0-9]{1,10}}",
    inRepository(async (context, visitor, seen) => {
      const pull = Number(context.req.param("number"));
      const judged = await judgedThen(ports, seen.repository, pull);
      const history = await historyOf(ports, seen.repository, pull);
      if (judged === null && history.length === 0) return say(context, 404, NOT_FOUND, visitor);
      return context.html(pullPage({ site, visitor, repository: fullName(seen), pull, judged, history }));
    }),
  );
  return app;
}

function fullName({ repository: { owner, repo } }: Seen): string {
  return `${owner}/${repo}`;
}

type Form = Readonly<Record<string, unknown>>;

/** Nothing where it is no form. */
async function formOf(context: Context): Promise<Form> {
  const type = context.req.header("content-type") ?? "";
  if (!/^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(type)) return {};
  return Object.fromEntries(new URLSearchParams(await context.req.text()));
}
