import { once } from "node:events";
import { request } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "@jest/globals";
import { InFlightDeliveries } from "../../../src/app/intake/in-flight.ts";
import { webhookRoutes } from "../../../src/app/intake/routes.ts";
import { createHttpServer } from "../../../src/app/intake/server.ts";
import { BOUNDS, Unverified } from "../../../src/app/intake/unverified.ts";
import { NOTHING_AFTER_MS, pageAnswers } from "../../../src/app/pages/answering.ts";
import { SECRET, sign } from "../credentials.ts";
import { ManualClock, settled } from "../manual-clock.ts";
import { notes } from "../notes.ts";

type Fetch = (asked: Request) => Promise<Response>;

let close: (() => Promise<void>) | null = null;
afterEach(async () => {
  await close?.();
  close = null;
});

/** The port of the webhooks with pages that are made by `fetch`. */
async function open(fetch: Fetch) {
  const clock = new ManualClock();
  const unverified = new Unverified({
    ...{ bounds: BOUNDS, now: () => performance.now(), dropped: () => {} },
    later: () => {},
  });
  const routes = webhookRoutes({
    ...{ secrets: { current: SECRET }, inFlight: new InFlightDeliveries() },
    ...{ accept: async () => {}, verified: () => {}, refused: () => {} },
  });
  const pages = { fetch } as never;
  const otherwise = pageAnswers({ routes: pages, url: "https://countersign.test", clock });
  const server = createHttpServer({ routes, unverified, log: notes(), otherwise });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  close = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
  const ask = (path: string, init: { method?: string; headers?: object; body?: string } = {}) =>
    answered({ port, path, method: init.method ?? "GET", headers: { ...init.headers } }, init.body);
  const deliver = () => {
    const headers = {
      "content-type": "application/json",
      "x-github-event": "ping",
      "x-github-delivery": "1",
      "x-hub-signature-256": sign("{}"),
    };
    return ask("/api/github/webhooks", { method: "POST", headers, body: "{}" });
  };
  return { clock, ask, deliver };
}

async function answered(options: object, body = "") {
  const sent = request({ ...options, agent: false });
  sent.end(body);
  const [response] = await once(sent, "response");
  let text = "";
  for await (const part of response) text += String(part);
  return { status: Number(response.statusCode), headers: response.headers, text };
}

describe("beside the webhooks", () => {
  test("a page is asked for by its own address, whatever host was named, and with no more headers than it reads", async () => {
    const asked: Request[] = [];
    const { ask } = await open(async (request) => {
      asked.push(request);
      const headers = new Headers({ "content-type": "text/html" });
      headers.append("set-cookie", "a=1");
      headers.append("set-cookie", "b=2");
      return new Response("<p>", { headers });
    });
    const headers = { host: "evil.example", cookie: "c=3", "x-forwarded-host": "evil.example" };
    const { status, headers: told, text } = await ask("/acme/shop?x=1", { headers });
    expect({ status, text, type: told["content-type"] }).toEqual({
      status: 200,
      text: "<p>",
      type: "text/html",
    });
    expect(told["set-cookie"]).toEqual(["a=1", "b=2"]);
    expect(asked.map(({ url }) => url)).toEqual(["https://countersign.test/acme/shop?x=1"]);
    expect(asked.map((one) => [...one.headers])).toEqual([[["cookie", "c=3"]]]);
  });

  test("a form is read whole, up to the longest config", async () => {
    const { ask } = await open(async (request) => new Response(String((await request.text()).length)));
    expect(await ask("/config", { method: "POST", body: "a".repeat(786_432) })).toMatchObject({
      text: "786432",
    });
    expect(await ask("/config", { method: "POST", body: "a".repeat(800_000) })).toMatchObject({
      status: 413,
    });
  });

  test.each([
    ["another method", "/", { method: "PUT" }, 405],
    ["an address of another host", "//evil.example/", {}, 400],
  ])("refused: %s", async (_, path, init, status) => {
    const { ask } = await open(async () => new Response("never"));
    expect(await ask(path, init)).toMatchObject({ status });
  });

  test("a webhook is answered while as many pages as may be are being made; one more page is not", async () => {
    const never = Promise.withResolvers<Response>();
    let made = 0;
    const { ask, deliver } = await open(() => {
      made += 1;
      return never.promise;
    });
    const pages = Array.from({ length: 16 }, () => ask("/"));
    while (made < 16) await settled();
    expect(await ask("/")).toMatchObject({ status: 503 });
    expect(await deliver()).toMatchObject({ status: 202 });
    expect((await ask("/")).headers).toMatchObject({ "retry-after": "2" });
    never.resolve(new Response("at last"));
    await Promise.all(pages);
  });

  test("so many pages a second are made; what is beyond is refused, and its connection ended", async () => {
    const { clock, ask } = await open(async () => new Response("here"));
    for (let page = 0; page < 100; page++) expect((await ask("/")).status).toBe(200);
    const { status, headers } = await ask("/");
    expect({ status, connection: headers.connection }).toEqual({ status: 503, connection: "close" });
    clock.pass(20);
    expect((await ask("/")).status).toBe(200);
    expect((await ask("/")).status).toBe(503);
  });

  test("slow forms hold up no page", async () => {
    const { ask } = await open(async () => new Response("here"));
    const headers = { "content-length": 10 };
    for (let sender = 0; sender < 40; sender++)
      void ask("/config", { method: "POST", headers }).catch(() => {});
    expect(await ask("/")).toMatchObject({ text: "here" });
  });

  test("that there is nothing is said at one time, however soon it was known", async () => {
    const { clock, ask } = await open(async (request) => {
      // As if GitHub had been asked.
      if (request.url.endsWith("/asked")) clock.pass(NOTHING_AFTER_MS / 2);
      return new Response("nothing", { status: 404 });
    });
    for (const [path, left] of [
      ["/known", NOTHING_AFTER_MS],
      ["/asked", NOTHING_AFTER_MS / 2],
    ] as const) {
      let status = 0;
      const answer = ask(path).then((told) => {
        status = told.status;
      });
      while (clock.sleeping === 0) await settled();
      await clock.advance(left - 1);
      expect(status).toBe(0);
      clock.pass(1);
      await answer;
      expect(status).toBe(404);
    }
  });
});
