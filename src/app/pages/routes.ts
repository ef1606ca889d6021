import { Hono } from "hono";
import { overviewPage } from "../../pages/overview.ts";
import { pullPage } from "../../pages/pull/page.ts";
import { repositoryPage } from "../../pages/repository.ts";
import type { Seen } from "./access.ts";
import { addActs } from "./act-routes.ts";
import { addConfig } from "./config-routes.ts";
import { type Doors, doorsOf } from "./doors.ts";
import {
  historyOf,
  judgedThen,
  listedRepository,
  MOST_REPOSITORIES,
  repositoryFacts,
  seenRepositories,
} from "./facts.ts";
import { headersOf } from "./headers.ts";
import { Judgements } from "./judgements.ts";
import { keyedWith } from "./keyed.ts";
import { addLogin } from "./login-routes.ts";
import type { PagePorts } from "./ports.ts";
import { type Say, sayings } from "./said.ts";
import { Sessions } from "./sessions.ts";
import { addSigning } from "./sign-routes.ts";
import { addWhatIf } from "./what-if-routes.ts";

/** All pages. What they answer is whole: a page, or where to go. */
export function pageRoutes(ports: PagePorts): Hono {
  const { settings, store, site, clock, log } = ports;
  const keyed = keyedWith(settings.sessionSecret);
  const sessions = new Sessions({ store, clock, keyed });
  const say = sayings(site.docs);
  const doors = doorsOf({ ...ports, sessions, say });
  const headers = Object.entries(headersOf(settings.url));

  const app = new Hono();
  app.use(async (context, next) => {
    await next();
    // A page may have said what it may load itself.
    for (const [name, text] of headers) if (!context.res.headers.has(name)) context.header(name, text);
  });
  app.onError((error, context) => {
    log.error({ error }, "a page failed");
    return say(context, "failed");
  });
  app.notFound(doors.loggedIn((context, session) => say(context, "nothing", session)));
  app.get("/favicon.ico", (context) => context.body(null, 204));
  addLogin(app, { ...ports, keyed, sessions, say, doors });
  addConfig(app, { ...ports, say, doors });
  addVerdicts(app, { ...ports, say, doors });
  const judgements = new Judgements({ ...ports, judgeNow: ports.signing.judgeNow });
  addSigning(app, { ...ports, doors, judgements });
  addWhatIf(app, { ...ports, doors, judgements, say });
  addActs(app, { ...ports, doors, judgements, say });
  return app;
}

interface VerdictPorts extends PagePorts {
  readonly say: Say;
  readonly doors: Doors;
}

/** What was judged: in all repositories, in one, and of one pull request. */
function addVerdicts(app: Hono, ports: VerdictPorts): void {
  const { site, say, doors } = ports;
  app.get(
    "/",
    doors.loggedIn(async (context, visitor) => {
      const seen = await seenRepositories(ports, visitor);
      const repositories = await Promise.all(seen.map((one) => listedRepository(ports, one)));
      return context.html(overviewPage({ docs: site.docs, visitor, repositories, most: MOST_REPOSITORIES }));
    }),
  );
  app.get(
    "/:owner/:repo",
    doors.inRepository(async (context, visitor, seen) => {
      const facts = await repositoryFacts(ports, seen);
      return context.html(repositoryPage({ site, visitor, repository: fullName(seen), ...facts }));
    }),
  );
  app.get(
    "/:owner/:repo/pull/:number{[0-9]{1,10}}",
    doors.inRepository(async (context, visitor, seen) => {
      const pull = Number(context.req.param("number"));
      const judged = await judgedThen(ports, seen.repository, pull);
      const history = await historyOf(ports, seen.repository, pull);
      if (judged === null && history.length === 0) return say(context, "nothing", visitor);
      const about = { site, visitor, repository: fullName(seen), pull, mayWrite: seen.right !== "read" };
      return context.html(pullPage({ ...about, judged, history }));
    }),
  );
}

function fullName({ repository: { owner, repo } }: Seen): string {
  return `${owner}/${repo}`;
}
