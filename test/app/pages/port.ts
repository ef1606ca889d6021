import { once } from "node:events";
import { request } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach } from "@jest/globals";
import { InFlightDeliveries } from "../../../src/app/intake/in-flight.ts";
import { webhookRoutes } from "../../../src/app/intake/routes.ts";
import { createHttpServer } from "../../../src/app/intake/server.ts";
import { BOUNDS, Unverified } from "../../../src/app/intake/unverified.ts";
import { pageAnswers } from "../../../src/app/pages/answering.ts";
import { SECRET, sign } from "../credentials.ts";
import { ManualClock } from "../manual-clock.ts";
import { notes } from "../notes.ts";

type Fetch = (asked: Request) => Promise<Response>;

let close: (() => Promise<void>) | null = null;
afterEach(async () => {
  await close?.();
  close = null;
});

/** The port of the webhooks with pages that are made by `fetch`. */
export async function open(fetch: Fetch) {
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
