import { expect } from "@jest/globals";
import { NOTHING_AFTER_MS } from "../../src/app/pages/answering.ts";
import { settled } from "../app/manual-clock.ts";
import { open } from "../app/pages/port.ts";
import { row } from "./plain-row.ts";

row("H10", "pages that take long are asked for without end", async () => {
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

row("H10", "more pages are asked for in a second than are made", async () => {
  const { clock, ask } = await open(async () => new Response("here"));
  for (let page = 0; page < 100; page++) expect((await ask("/")).status).toBe(200);
  const { status, headers } = await ask("/");
  expect({ status, connection: headers.connection }).toEqual({ status: 503, connection: "close" });
  clock.pass(20);
  expect((await ask("/")).status).toBe(200);
  expect((await ask("/")).status).toBe(503);
});

row("H10", "forms are sent and never finished", async () => {
  const { ask } = await open(async () => new Response("here"));
  const headers = { "content-length": 10 };
  for (let sender = 0; sender < 40; sender++)
    void ask("/config", { method: "POST", headers }).catch(() => {});
  expect(await ask("/")).toMatchObject({ text: "here" });
});

row("H07", "the time is taken until an address turns out to be nothing", async () => {
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
