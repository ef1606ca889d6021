import { expect } from "@jest/globals";
import { loggedIn, row } from "../app/pages/attack.ts";

/** Whatever somebody can send. */
const PULL = "/acme/shop/pull/7";
const FORMS = ["/logout", "/config", `${PULL}/sign`, `${PULL}/sign/offer`, `${PULL}/what-if`, `${PULL}/act`];

type Sent = Parameters<Awaited<ReturnType<typeof loggedIn>>["post"]>[1];
const WAYS: readonly (readonly [string, Sent])[] = [
  ["without a token", { form: { enrol: "new" } }],
  ["with a made-up token", { form: { token: "x", enrol: "new" } }],
  ["from a page of another host", { origin: "https://evil.example" }],
  ["from a page without a host", { origin: "null" }],
  ["without an origin", { origin: null }],
  ["from the same host by http", { origin: "http://countersign.test" }],
  ["as text", { type: "text/plain" }],
  ["as JSON", { type: "application/json" }],
];

row.each(WAYS)("H01", "a page elsewhere sends our form: %s", async (visits, _, given) => {
  const browser = await loggedIn(visits);
  const token = await browser.token();
  for (const path of FORMS) {
    const answer = await browser.post(path, { form: { token, enrol: "new" }, ...given });
    expect([path, answer.status]).toEqual([path, 403]);
  }
  expect((await browser.get("/")).status).toBe(200);
});

row("H01", "it sends our form with a token of the attacker's own session", async (visits) => {
  const [browser, attacker] = [await loggedIn(visits), await loggedIn(visits, "sam")];
  const form = { token: await attacker.token(), enrol: "new" };
  for (const path of FORMS) expect((await browser.post(path, { form })).status).toBe(403);
});

row("H01", "a link has somebody do what a form does", async (visits) => {
  const browser = await loggedIn(visits);
  expect((await browser.get("/logout")).status).toBe(404);
  expect((await browser.get("/acme/shop/pull/7/sign/offer")).status).toBe(404);
  expect((await browser.get("/")).status).toBe(200);
});
