import type { Hono } from "hono";
import type { Access } from "../../../src/app/pages/access.ts";
import { COOKIES } from "../../../src/app/pages/cookies.ts";
import type { Grant } from "../../../src/app/pages/oauth.ts";
import type { Signing } from "../../../src/app/pages/ports.ts";
import { pageRoutes } from "../../../src/app/pages/routes.ts";
import { signingPorts } from "../../../src/app/passkeys/ports.ts";
import type { ShownPull } from "../../../src/pages/shown-pull.ts";
import { summaryOf, writtenShort } from "../../../src/pages/shown-pull.ts";
import type { PageSession } from "../../../src/store/pages.ts";
import type { SeenRepository } from "../../../src/store/repository.ts";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite.ts";
import type { Store } from "../../../src/store/store.ts";
import { HEAD, olga, SITE, sven, verdict } from "../../signoff/build.ts";
import { SECRET } from "../credentials.ts";
import { ManualClock } from "../manual-clock.ts";
import { type Notes, notes } from "../notes.ts";
import { passkeysIn } from "../passkeys/reader.ts";

export const URL_OF_PAGES = "https://countersign.test";

export const SHOP: SeenRepository = {
  ...{ installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" },
  ...{ nodeId: null, createdAt: null },
};

type Right = NonNullable<Awaited<ReturnType<Access["to"]>>>["right"];

/** The pages without a network: who may see what is said by the test. */
export async function openVisits({ url = URL_OF_PAGES }: { readonly url?: string } = {}): Promise<Visits> {
  const store: Store = openSqliteStore(":memory:");
  const clock = new ManualClock();
  const log = notes();
  const rights: Visits["rights"] = new Map();
  const grants: Grant[] = [];
  const judged: Visits["judged"] = { now: null, again: null, count: 0, woken: 0 };
  const people: Record<string, PageSession> = {
    "code-of-olga": { account: olga.id, login: "olga" },
    "code-of-sven": { account: sven.id, login: "sven" },
    "code-of-sam": { account: 14, login: "sam" },
  };
  const to: Access["to"] = async ({ login }, repository) => {
    const right = rights.get(`${login} ${repository.repo}`);
    return right === undefined ? null : { repository, right };
  };
  const routes = pageRoutes({
    settings: { url, clientId: "Iv23liPages", clientSecret: "c".repeat(40), sessionSecret: SECRET },
    ...{ store, clock, log, site: { ...SITE, ownPages: url } },
    access: {
      to,
      toNamed: async (session, owner, repo) => {
        const repository = await store.repositoryCalled(owner, repo);
        return repository && to(session, repository);
      },
    },
    budgets: { isOpen: () => true },
    signing: {
      ports: signingPorts({ store, facts: passkeysIn(store), url, clock, doubted: () => {} }),
      judgeNow: async (repository, pull) => {
        judged.count += 1;
        return judged.now?.(repository, pull) ?? null;
      },
      judgeAgain: async (snapshot) => judged.again?.(snapshot) ?? null,
      wake: () => {
        judged.woken += 1;
      },
    },
    identify: async (grant) => {
      grants.push(grant);
      const who = people[grant.code];
      if (who === undefined) throw new Error("GitHub did not take the code");
      return who;
    },
  });
  await store.seeRepositories([SHOP]);
  return { store, clock, log, rights, grants, judged, routes, browser: () => new Browser(routes, url) };
}

export interface Visits {
  readonly store: Store;
  readonly clock: ManualClock;
  readonly log: Notes;
  /** What people may see, by "login repository". */
  readonly rights: Map<string, Right>;
  /** What GitHub was asked. */
  readonly grants: readonly Grant[];
  /** What is judged for whoever signs, how often it was, and how often what was signed was passed on. */
  readonly judged: {
    now: Signing["judgeNow"] | null;
    again: Signing["judgeAgain"] | null;
    count: number;
    woken: number;
  };
  readonly routes: Hono;
  /** A browser with no cookies. */
  readonly browser: () => Browser;
}

/** A judged pull request as the worker keeps it. */
export async function keep(
  { store, clock }: Pick<Visits, "store" | "clock">,
  pull: number,
  given: Partial<ShownPull> = {},
): Promise<void> {
  const { toRecord: _, ...told } = verdict();
  const shown: ShownPull = {
    facts: { title: "Fix checkout", author: "kiro", base: "main", draft: false, rulesSha: HEAD },
    verdict: told,
    check: { conclusion: told.conclusion, title: "Needs @acme/sre: infrastructure", pulls: [pull] },
    ...given,
  };
  const kept = { pull, headSha: HEAD, conclusion: shown.verdict.conclusion };
  const summary = JSON.stringify(summaryOf(shown));
  await store.keepShown(SHOP, { ...kept, summary, record: writtenShort(shown) }, clock.now());
}

interface Answered {
  readonly status: number;
  readonly location: string | null;
  readonly headers: Headers;
  /** Without the style. */
  readonly text: string;
  readonly whole: string;
}

interface Sent {
  readonly form?: Readonly<Record<string, string>>;
  readonly origin?: string | null;
  readonly type?: string;
}

/** What keeps cookies, and sends them along. */
class Browser {
  readonly cookies = new Map<string, string>();
  readonly #routes: Visits["routes"];
  readonly #url: string;

  constructor(routes: Visits["routes"], url: string) {
    this.#routes = routes;
    this.#url = url;
  }

  get(path: string): Promise<Answered> {
    return this.#ask(path, {});
  }

  /** As our own form does, unless said otherwise. */
  post(path: string, { form = {}, origin = this.#url, type }: Sent = {}): Promise<Answered> {
    const headers = {
      "content-type": type ?? "application/x-www-form-urlencoded",
      ...(origin !== null && { origin }),
    };
    return this.#ask(path, { method: "POST", headers, body: new URLSearchParams(form).toString() });
  }

  /** Presses the log-in button; answers what GitHub is sent. */
  async begin(to = "/"): Promise<URLSearchParams> {
    const { location } = await this.get(`/login/github?to=${encodeURIComponent(to)}`);
    return new URL(location ?? "").searchParams;
  }

  async logIn(login: string, to = "/"): Promise<Answered> {
    const state = (await this.begin(to)).get("state");
    return this.get(`/login/callback?code=code-of-${login}&state=${state}`);
  }

  /** What the forms of a page send along. */
  async token(): Promise<string> {
    return /name="token" value="([^"]+)"/.exec((await this.get("/")).text)?.[1] ?? "";
  }

  get session(): string | undefined {
    return this.cookies.get(COOKIES.session);
  }

  async #ask(path: string, init: RequestInit): Promise<Answered> {
    const headers = new Headers(init.headers);
    if (this.cookies.size > 0)
      headers.set("cookie", [...this.cookies].map(([name, text]) => `${name}=${text}`).join("; "));
    const answer = await this.#routes.request(`${this.#url}${path}`, { ...init, headers });
    for (const cookie of answer.headers.getSetCookie()) this.#keep(cookie);
    const { status, headers: told } = answer;
    const whole = await answer.text();
    const text = whole.replace(/<style>[\s\S]*?<\/style>/, "");
    return { status, location: told.get("location"), headers: told, text, whole };
  }

  #keep(cookie: string): void {
    const [, name = "", text = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    if (/max-age=0/i.test(cookie)) this.cookies.delete(name);
    else this.cookies.set(name, text);
  }
}
