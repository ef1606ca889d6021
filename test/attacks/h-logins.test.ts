import { expect } from "@jest/globals";
import { COOKIES } from "../../src/app/pages/cookies.ts";
import { loggedIn, row } from "../app/pages/attack.ts";
import type { Visits } from "../app/pages/visiting.ts";

type Attempt = (
  browser: ReturnType<Visits["browser"]>,
  given: { readonly state: string; readonly visits: Visits },
) => Promise<string> | string;

const ATTEMPTS: readonly (readonly [string, Attempt])[] = [
  ["with another state", () => "code=code-of-olga&state=x"],
  ["without a state", () => "code=code-of-olga"],
  ["without a code, as when somebody presses Cancel", (_, { state }) => `error=access_denied&state=${state}`],
  ["with a code that GitHub does not take", (_, { state }) => `code=x&state=${state}`],
  [
    "that another browser began",
    async (_, { visits }) => `code=code-of-olga&state=${(await visits.browser().begin()).get("state")}`,
  ],
  [
    "in a browser that began none",
    (browser, { state }) => {
      browser.cookies.clear();
      return `code=code-of-olga&state=${state}`;
    },
  ],
  [
    "after ten minutes",
    async (_, { state, visits }) => {
      await visits.clock.advance(600_000);
      return `code=code-of-olga&state=${state}`;
    },
  ],
  [
    "whose return address was changed",
    (browser, { state }) => {
      const [nonce, until] = (browser.cookies.get(COOKIES.login) ?? "").split(".");
      const to = Buffer.from("//evil.example").toString("base64url");
      browser.cookies.set(COOKIES.login, [nonce, until, to].join("."));
      return `code=code-of-olga&state=${state}`;
    },
  ],
  [
    "whose time was changed",
    (browser, { state }) => {
      const [nonce, , to] = (browser.cookies.get(COOKIES.login) ?? "").split(".");
      browser.cookies.set(COOKIES.login, [nonce, "9".repeat(15), to].join("."));
      return `code=code-of-olga&state=${state}`;
    },
  ],
];

row.each(ATTEMPTS)("H02", "somebody comes back from a login: %s", async (visits, _, attempt) => {
  const browser = visits.browser();
  const state = (await browser.begin()).get("state") ?? "";
  const query = await attempt(browser, { state, visits });
  const answer = await browser.get(`/login/callback?${query}`);
  expect(answer.status).toBe(400);
  expect(answer.text).toContain("You are not logged in");
  expect(browser.session).toBeUndefined();
});

row("H02", "a login that was used is used again, with its cookie", async (visits) => {
  const browser = visits.browser();
  const state = (await browser.begin()).get("state");
  const kept = browser.cookies.get(COOKIES.login) ?? "";
  const callback = `/login/callback?code=code-of-olga&state=${state}`;
  expect((await browser.get(callback)).status).toBe(303);
  const thief = visits.browser();
  thief.cookies.set(COOKIES.login, kept);
  expect((await thief.get(callback)).status).toBe(400);
  expect(visits.grants).toHaveLength(1);
});

row("H03", "a session is put into somebody's browser before they log in", async (visits) => {
  const attacker = await loggedIn(visits, "sam");
  const planted = attacker.session ?? "";
  const victim = visits.browser();
  victim.cookies.set(COOKIES.session, planted);
  await victim.logIn("olga");
  expect(victim.session).not.toBe(planted);
  expect((await attacker.get("/")).status).toBe(303);
});

row("H03", "a session is made up", async (visits) => {
  const invented = visits.browser();
  invented.cookies.set(COOKIES.session, "A".repeat(43));
  expect((await invented.get("/")).status).toBe(303);
});

row("H03", "a copied session is used after its person logged out", async (visits) => {
  const [browser, copy] = [await loggedIn(visits), visits.browser()];
  copy.cookies.set(COOKIES.session, browser.session ?? "");
  expect((await copy.get("/")).status).toBe(200);
  const answer = await browser.post("/logout", { form: { token: await browser.token() } });
  expect(answer).toMatchObject({ status: 303, location: "/login" });
  expect(browser.session).toBeUndefined();
  expect((await copy.get("/")).status).toBe(303);
});

row.each([
  ["https://evil.example", "/"],
  ["//evil.example", "/"],
  ["/\\evil.example", "/"],
  ["/%2f/evil.example", "/"],
  ["javascript:alert(1)", "/"],
  ["/login/callback?code=x", "/"],
  ["/acme/shop/../../x", "/"],
  ["/acme/shop\r\nset-cookie: a=b", "/"],
  ["/logout", "/"],
  ["", "/"],
  ["/config", "/config"],
  ["/acme/shop", "/acme/shop"],
  ["/acme/shop/pull/7", "/acme/shop/pull/7"],
  ["/acme/shop/pull/7/act", "/acme/shop/pull/7/act"],
  ["/acme/shop/pull/7/merge", "/"],
])("H04", "a link to the login leads back: %j", async (visits, to, expected) => {
  const browser = visits.browser();
  expect((await browser.get(`/login?to=${encodeURIComponent(to)}`)).text).toContain(
    `href="/login/github?to=${encodeURIComponent(expected)}"`,
  );
  expect((await browser.logIn("olga", to)).location).toBe(expected);
});

row("H09", "strangers begin logins without end", async (visits) => {
  const statuses: number[] = [];
  for (let time = 0; time < 61; time++) statuses.push((await visits.browser().get("/login/github")).status);
  expect(statuses.filter((status) => status === 303)).toHaveLength(60);
  expect(statuses.at(-1)).toBe(429);
  await visits.clock.advance(500);
  expect((await visits.browser().get("/login/github")).status).toBe(303);
});
