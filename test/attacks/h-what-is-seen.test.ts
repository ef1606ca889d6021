import { expect } from "@jest/globals";
import { loggedIn, row } from "../app/pages/attack.ts";
import { keep } from "../app/pages/visiting.ts";

const PULL = "/acme/shop/pull/7";

row.each([
  ["/"],
  ["/login"],
  ["/login/github"],
  ["/login/callback"],
  ["/config"],
  [PULL],
  ["/acme/other"],
  ["/favicon.ico"],
])("H06", "a page is framed, kept or has something loaded: %s", async (visits, path) => {
  await keep(visits, 7);
  for (const browser of [visits.browser(), await loggedIn(visits)]) {
    const { headers } = await browser.get(path);
    expect(Object.fromEntries(headers)).toMatchObject({
      "cache-control": "no-store",
      "content-security-policy": expect.stringMatching(
        /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
      ),
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "referrer-policy": "same-origin",
      "strict-transport-security": "max-age=63072000",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
    });
  }
});

row("H06", "a page fails", async (visits) => {
  const browser = await loggedIn(visits);
  const session = async () => {
    throw new Error("the database of sqlite is locked");
  };
  Object.assign(visits.store, { session });
  const { status, text } = await browser.get("/");
  expect(status).toBe(500);
  expect(text).toContain("Something failed on our side");
  expect(text).not.toMatch(/database|sqlite/i);
  expect(visits.log.lines.map(({ message }) => message)).toEqual(["a page failed"]);
});

row.each([
  ["a repository that the App does not know", "/acme/nothing"],
  ["its pull requests", "/acme/nothing/pull/7"],
  ["a repository that the visitor may not see", "/acme/shop"],
  ["a pull request in it that was judged", PULL],
  ["one that was not", "/acme/shop/pull/8"],
  ["where one signs on it", `${PULL}/sign`],
  ["where one overrides it", `${PULL}/act`],
  ["no page at all", "/what/is/this"],
  ["the config without a right to write", "/config"],
])("H07", "somebody who may see nothing tries an address: %s", async (visits, _, path) => {
  await keep(visits, 7);
  const sam = await loggedIn(visits, "sam");
  const nothing = await sam.get("/no/such/page");
  expect(nothing.status).toBe(404);
  expect(await sam.get(path)).toMatchObject({ status: 404, text: nothing.text });
  expect(visits.judged.count).toBe(0);
});

row.each([
  ["to sign", `${PULL}/sign`],
  ["to be shown a statement", `${PULL}/sign/offer`],
  ["to be told what if", `${PULL}/what-if`],
  ["to override", `${PULL}/act`],
])("H07", "somebody who may see nothing sends a form: %s", async (visits, _, path) => {
  await keep(visits, 7);
  const sam = await loggedIn(visits, "sam");
  const nothing = await sam.get("/no/such/page");
  const form = { token: await sam.token(), sign: "x" };
  expect(await sam.post(path, { form })).toMatchObject({ status: 404, text: nothing.text });
  expect(visits.judged.count).toBe(0);
});

row("H07", "somebody who may only read tries what takes a right to write", async (visits) => {
  await keep(visits, 7);
  visits.rights.set("sven shop", "read");
  const reader = await loggedIn(visits, "sven");
  const form = { token: await reader.token(), kind: "freeze", people: "olga" };
  const nothing = await reader.get("/no/such/page");
  for (const answer of [
    await reader.get(`${PULL}/act`),
    await reader.post(`${PULL}/act`, { form }),
    await reader.post(`${PULL}/what-if`, { form }),
  ])
    expect(answer).toMatchObject({ status: 404, text: nothing.text });
  expect((await reader.get(PULL)).text).not.toMatch(/what-if|\/act"/);
  expect(visits.judged.count).toBe(0);
});

row("H08", "a right is withdrawn while the page is open", async (visits) => {
  await keep(visits, 7);
  const olga = await loggedIn(visits);
  const form = { token: await olga.token(), sign: "x" };
  expect((await olga.get(PULL)).text).toContain("Fix checkout");
  visits.rights.delete("olga shop");
  const nothing = await olga.get("/no/such/page");
  expect((await olga.get(PULL)).text).toBe(nothing.text);
  expect(await olga.post(`${PULL}/sign`, { form })).toMatchObject({ status: 404, text: nothing.text });
  expect((await olga.get("/")).text).not.toContain("acme/shop");
});

row("H09", "one session asks for pages without end", async (visits) => {
  const [olga, sam] = [await loggedIn(visits), await loggedIn(visits, "sam")];
  const statuses = new Set<number>();
  for (let time = 0; time < 60; time++) statuses.add((await olga.get("/")).status);
  expect([...statuses]).toEqual([200]);
  expect((await olga.get(PULL)).status).toBe(429);
  expect((await olga.get("/no/such/page")).status).toBe(429);
  expect((await sam.get("/")).status).toBe(200);
  await visits.clock.advance(1000);
  expect((await olga.get("/")).status).toBe(200);
});
