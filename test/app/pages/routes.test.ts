import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { COOKIES } from "../../../src/app/pages/cookies.ts";
import { diagnose } from "../../../src/doctor/finding.ts";
import { LIMITS } from "../../../src/policy/limits.ts";
import { headFact } from "../../../src/store/fact.ts";
import { SOUND } from "../../doctor/sound.ts";
import { HEAD, verdict } from "../../signoff/build.ts";
import { keep, openVisits, SHOP, URL_OF_PAGES, type Visits } from "./visiting.ts";

const PULL = "/acme/shop/pull/7";

let visits: Visits;
beforeEach(async () => {
  visits = await openVisits();
  visits.rights.set("olga shop", "write");
});
afterEach(() => visits.store.close());

const HOUR = 60 * 60 * 1000;

/** Somebody who is logged in. */
async function visitor(login = "olga") {
  const browser = visits.browser();
  await browser.logIn(login);
  return browser;
}

describe("every answer", () => {
  test("an address by http is not promised to come by https", async () => {
    const local = await openVisits({ url: "http://localhost:3000" });
    const { headers } = await local.browser().get("/login");
    expect(headers.has("strict-transport-security")).toBe(false);
    await local.store.close();
  });

  test("the style that the header allows is the one in the page", async () => {
    const { headers, whole } = await visits.browser().get("/login");
    const style = /<style>([\s\S]*?)<\/style>/.exec(whole)?.[1] ?? "";
    const digest = Buffer.from(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(style)));
    expect(headers.get("content-security-policy")).toContain(`'sha256-${digest.toString("base64")}'`);
  });
});

describe("nobody sees anything before they log in", () => {
  test.each([
    ["/", "/"],
    ["/config", "/config"],
    [PULL, PULL],
    ["/acme/shop", "/acme/shop"],
    ["/nobody/nothing", "/nobody/nothing"],
    ["/nobody/nothing/pull/1", "/nobody/nothing/pull/1"],
    ["/what/is/this", "/"],
    ["/acme/shop/pull/x", "/"],
  ])("%s leads to the login, and back to %s", async (path, to) => {
    await keep(visits, 7);
    const answer = await visits.browser().get(path);
    expect(answer).toMatchObject({ status: 303, location: `/login?to=${encodeURIComponent(to)}`, text: "" });
  });

  test.each(["/logout", "/config"])("nor can they send %s", async (path) => {
    expect(await visits.browser().post(path)).toMatchObject({ status: 303 });
  });
});

describe("logging in", () => {
  test("goes by GitHub with PKCE, and leads back to the page", async () => {
    const browser = visits.browser();
    const asked = await browser.begin(PULL);
    expect(Object.fromEntries(asked)).toMatchObject({
      client_id: "Iv23liPages",
      redirect_uri: `${URL_OF_PAGES}/login/callback`,
      code_challenge_method: "S256",
    });
    const answer = await browser.get(`/login/callback?code=code-of-olga&state=${asked.get("state")}`);
    expect(answer).toMatchObject({ status: 303, location: PULL });
    const [{ verifier } = { verifier: "" }] = visits.grants;
    const digest = Buffer.from(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier)));
    expect(asked.get("code_challenge")).toBe(digest.toString("base64url"));
    expect((await browser.get("/")).text).toContain("Logged in as olga");
  });

  test("the cookie is this host's own, and no script reads it", async () => {
    const browser = visits.browser();
    const state = (await browser.begin()).get("state");
    const { headers } = await browser.get(`/login/callback?code=code-of-olga&state=${state}`);
    expect(headers.getSetCookie().at(-1)).toMatch(
      /^__Host-countersign=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    expect(browser.cookies.has(COOKIES.login)).toBe(false);
  });
});

describe("a session ends", () => {
  test("after twelve hours", async () => {
    const browser = await visitor();
    await visits.clock.advance(12 * HOUR - 1);
    expect((await browser.get("/")).status).toBe(200);
    await visits.clock.advance(1);
    expect((await browser.get("/")).status).toBe(303);
  });
});

describe("a pull request's page", () => {
  test("says what the check says, and how it came to be", async () => {
    await keep(visits, 7);
    const { text } = await (await visitor()).get(PULL);
    expect(text).toContain('<span class="word action_required">Blocked</span>: Needs <a');
    for (const heading of ["Who must countersign", "What it touches", "Who wrote it", "cannot sign"])
      expect(text).toMatch(new RegExp(`<h2[^>]*>[^<]*${heading}`));
    expect(text).toContain(`href="https://github.com/acme/shop/commit/${HEAD}"`);
    expect(text).toContain("provenance.md#the-tools");
  });

  test.each([
    ["is withdrawn", async () => void (await publish("withdrawn"))],
    ["is about to be withdrawn", async () => void (await publish("doubted"))],
    ["is for a commit that was pushed over", async () => void (await push())],
  ])("does not say that it may merge when the check %s", async (_, happens) => {
    const { toRecord: _record, ...told } = verdict();
    const check = { conclusion: "success", title: "Countersigned by @olga", pulls: [7] } as const;
    await keep(visits, 7, { verdict: { ...told, conclusion: "success" }, check });
    await publish("standing");
    const olga = await visitor();
    expect((await olga.get(PULL)).text).toContain('class="word success">May merge');
    expect((await olga.get("/acme/shop")).text).toContain('class="word success">May merge');
    await visits.clock.advance(1000);
    await happens();
    const { text } = await olga.get(PULL);
    expect(text).not.toContain("May merge</span>");
    expect(text).toContain("The check blocks until it is judged again");
    expect((await olga.get("/acme/shop")).text).not.toContain("May merge</span>");
  });

  /** The check on the head, as far as the store knows. */
  async function publish(state: "standing" | "doubted" | "withdrawn"): Promise<void> {
    const { store, clock } = visits;
    const now = clock.now();
    const task = { kind: "head", headSha: HEAD, pulls: [7], ...SHOP } as const;
    const publication = {
      ...{ id: "1", repository: SHOP, headSha: HEAD, name: "countersign", digest: "d", task },
      ...{ passing: true, asOf: 0, into: [], urgent: false, facts: [headFact(SHOP, HEAD)] },
      conclusion: "success" as const,
    };
    if (state === "standing") {
      await store.intend(publication, now, new Date(now.getTime() + 1000));
      await store.published(publication, { id: 1, nodeId: null }, now);
      return;
    }
    await store.invalidate({ facts: [headFact(SHOP, HEAD)] }, now);
    if (state === "doubted") return;
    const withdrawal = await store.claimWithdrawal(now, 1000);
    if (withdrawal === null) throw new Error("nothing is in doubt");
    await store.withdrawn(withdrawal, now);
  }

  async function push(): Promise<void> {
    const { store, clock } = visits;
    const delivery = { id: "push", event: "pull_request", action: "synchronize" };
    const heads = [{ pull: 7, headSha: "f".repeat(40) }];
    await store.accept(delivery, { tasks: [], about: SHOP, heads }, clock.now());
  }

  test("of one that is closed tells its history", async () => {
    const entry = { repository: SHOP, pull: 7, headSha: HEAD, at: "2026-01-01T00:00:00Z" };
    await visits.store.append([
      { ...entry, kind: "verdict", data: { conclusion: "success", requirements: [] } },
      { ...entry, kind: "countersignature", data: { requirement: "infra", by: { login: "olga" } } },
    ]);
    const { text, status } = await (await visitor()).get(PULL);
    expect(status).toBe(200);
    expect(text).toContain("No verdict is kept");
    expect(text).toContain("<code>@olga</code> countersigned <code>infra</code> at bbbbbbb");
  });

  test("says whose check it is where several share a commit", async () => {
    const check = { conclusion: "failure", title: "Could not be evaluated", pulls: [7, 8] } as const;
    await keep(visits, 7, { check });
    const { text } = await (await visitor()).get(PULL);
    expect(text).toContain("The check speaks of pull requests 7 and 8");
  });

  test("says so where it could not be read", async () => {
    await keep(visits, 7, { facts: null });
    const { text, status } = await (await visitor()).get(PULL);
    expect(status).toBe(200);
    expect(text).toContain("<h1>Pull request 7</h1>");
  });
});

describe("a repository's page", () => {
  test("lists what waits, for whom and since when, the longest first", async () => {
    await keep(visits, 8);
    await visits.clock.advance(60_000);
    await keep(visits, 7);
    const { text } = await (await visitor()).get("/acme/shop");
    expect([...text.matchAll(/href="\/acme\/shop\/pull\/(\d+)"/g)].map(([, pull]) => pull)).toEqual([
      "8",
      "7",
    ]);
    expect(text).toContain("Needs <code>@acme/sre</code>: infrastructure");
    expect(text).toContain('<time datetime="2026-01-01T00:00:00.000Z">2026-01-01 00:00 UTC</time>');
  });

  test("shows what is wrong with the gate to maintainers alone", async () => {
    const findings = diagnose({ ...SOUND, plan: { unknown: "not told" } } as never);
    await visits.store.recordProtection(SHOP, { at: 0, branches: [], findings });
    expect((await (await visitor()).get("/acme/shop")).text).not.toContain("Is the gate real here?");
    visits.rights.set("olga shop", "maintain");
    const { text } = await (await visitor()).get("/acme/shop");
    expect(text).toContain("Is the gate real here?");
    for (const { says } of findings.slice(0, 3)) expect(text).toContain(says.replaceAll("'", "&#39;"));
  });

  test("tells of overrides and bypasses, and not of what a verdict let in", async () => {
    const entry = (kind: "bypass" | "change", outcome: string) => ({
      ...{ repository: SHOP, pull: null, headSha: null, kind, at: "2026-01-01T00:00:00Z" },
      data: { outcome, branch: "main", after: HEAD, by: { id: 1, login: "mallory" } },
    });
    await visits.store.append([entry("bypass", "no-pull-request"), entry("change", "let-through")] as never);
    const { text } = await (await visitor()).get("/acme/shop");
    expect(text).toContain("<dd>1</dd></div>");
    expect(text).toContain("by <code>@mallory</code> past the check (no-pull-request)");
    expect(text).not.toContain("let-through");
  });

  test("says who can sign for what waits, how long changes waited, and what was called a false alarm", async () => {
    await keep(visits, 7);
    const entry = (kind: "verdict" | "countersignature" | "answer", minute: number, data: object) => ({
      ...{ repository: SHOP, pull: 5, headSha: HEAD, kind, data },
      at: new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString(),
    });
    const by = { id: 1, login: "dora" };
    const answer = { id: "sql/drop-table", file: "db/1.sql", line: 1, what: "x", by, reviewId: 1 };
    await visits.store.append([
      entry("verdict", 0, {}),
      entry("countersignature", 30, {}),
      entry("answer", 31, { ...answer, reason: "It was empty" }),
      entry("answer", 32, { ...answer, reason: "It was empty" }),
    ]);
    const { text } = await (await visitor()).get("/acme/shop");
    const plain = text.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");
    expect(plain).toContain("infrastructure @olga or @acme/sre @olga and @sven 1 waiting");
    expect(plain).toContain("up to 10 minutes 0 up to an hour 1 up to 4 hours 0");
    expect(plain).toContain("sql/drop-table 1 2026-01-01 00:31 UTC @dora in db/1.sql : It was empty");
  });
});

describe("the first page", () => {
  test("lists the repositories that the visitor may see, and no other", async () => {
    await keep(visits, 7);
    const other = { ...SHOP, repositoryId: 71, repo: "secret" };
    await visits.store.seeRepositories([other]);
    await visits.store.keepShown(
      other,
      { pull: 1, headSha: HEAD, conclusion: "failure", summary: "{}", record: "{}" },
      visits.clock.now(),
    );
    const { text } = await (await visitor()).get("/");
    expect(text).toContain('href="/acme/shop"');
    expect(text).not.toContain("secret");
    expect((await (await visitor("sam")).get("/")).text).toContain("There is none.");
  });
});

describe("a config is checked", () => {
  async function check(config: string) {
    await keep(visits, 7);
    const olga = await visitor();
    return olga.post("/config", { form: { token: await olga.token(), config } });
  }

  test.each([
    ["a good one", "version: 1\nmode: enforce\n", "It is valid."],
    ["an unknown key", "version: 1\nmodus: enforce\n", "It is not valid."],
    ["one that is too long", `# ${"x".repeat(LIMITS.fileLength)}\n`, "It is not valid."],
  ])("%s", async (_, config, says) => {
    const { status, text } = await check(config);
    expect(status).toBe(200);
    expect(text).toContain(says);
  });

  test("and shown again as it was typed, with its line breaks", async () => {
    const { text } = await check("version: 1\r\n</textarea><script>alert(1)</script>\r\n");
    expect(text).toContain("version: 1\n&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;");
  });

  test("two a second, whoever asks", async () => {
    await keep(visits, 7);
    const olga = await visitor();
    const form = { token: await olga.token(), config: "version: 1\n" };
    const statuses: number[] = [];
    for (let time = 0; time < 11; time++) statuses.push((await olga.post("/config", { form })).status);
    expect(statuses.slice(-2)).toEqual([200, 429]);
  });
});
