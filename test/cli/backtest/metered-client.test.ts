import { describe, expect, test } from "@jest/globals";
import { Octokit } from "@octokit/rest";
import { Budget } from "../../../src/cli/backtest/budget.ts";
import { meteredClient } from "../../../src/cli/backtest/metered-client.ts";

interface Answer {
  /** 0: nobody answers. */
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const OK: Answer = { status: 200, body: { fine: true } };
const SLOW_DOWN: Answer = {
  status: 403,
  headers: { "retry-after": "7" },
  body: { message: "You have exceeded a secondary rate limit" },
};
const DOWN: Answer = { status: 502, body: { message: "Bad gateway" } };
const SILENCE: Answer = { status: 0 };
const GONE: Answer = { status: 404, body: { message: "Not Found" } };
const QUOTA: Answer = {
  status: 403,
  headers: {
    "x-ratelimit-limit": "5000",
    "x-ratelimit-remaining": "0",
    "x-ratelimit-reset": "1800000000",
    date: "Fri, 15 Jan 2027 07:00:00 GMT",
  },
  body: { message: "API rate limit exceeded" },
};

/** A client over these answers in turn, and what it did. */
function clientOver(answers: readonly Answer[], most = 100) {
  const asked: string[] = [];
  const waited: number[] = [];
  const left = [...answers];
  const fetch = async (url: string): Promise<Response> => {
    asked.push(new URL(url).pathname);
    const { status, headers, body } = left.shift() ?? OK;
    if (status === 0) throw new TypeError("fetch failed");
    const type = { "content-type": "application/json" };
    return new Response(JSON.stringify(body ?? {}), { status, headers: { ...type, ...headers } });
  };
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const budget = new Budget(most);
  const wait = async (ms: number) => void waited.push(ms);
  const client = meteredClient(new Octokit({ request: { fetch }, log }), { budget, wait });
  return { client, budget, asked, waited };
}

const left = (remaining: number, resource = "core"): Answer => ({
  ...OK,
  headers: {
    "x-ratelimit-limit": "5000",
    "x-ratelimit-remaining": String(remaining),
    "x-ratelimit-reset": "1800000000",
    "x-ratelimit-resource": resource,
  },
});

describe("where GitHub says to wait", () => {
  test.each<[string, readonly Answer[], readonly number[]]>([
    ["a secondary limit: as long as it says", [SLOW_DOWN, OK], [7000]],
    ["a failure of its own: a little", [DOWN, OK], [10_000]],
    ["several, one after the other", [SLOW_DOWN, DOWN, OK], [7000, 10_000]],
  ])("%s, then the same is asked again", async (_, answers, waits) => {
    const { client, waited, budget } = clientOver(answers);
    expect(await client.request("GET /x")).toMatchObject({ data: { fine: true } });
    expect(waited).toEqual(waits);
    expect(budget.asked).toBe(answers.length);
  });

  test.each<[string, readonly Answer[], number]>([
    ["three times at most", [DOWN, DOWN, DOWN, DOWN, OK], 4],
    ["not till the end of the hour", [QUOTA, OK], 1],
    ["not for what is not there", [GONE, OK], 1],
    ["not for a host that never answered", [SILENCE, OK], 1],
  ])("%s", async (_, answers, requests) => {
    const { client, asked } = clientOver(answers);
    await expect(client.request("GET /x")).rejects.toThrow();
    expect(asked).toHaveLength(requests);
  });
});

test("a host that answered before is waited for", async () => {
  const { client, waited } = clientOver([OK, SILENCE, OK]);
  await client.request("GET /a");
  expect(await client.request("GET /b")).toMatchObject({ data: { fine: true } });
  expect(waited).toEqual([10_000]);
});

describe("it stops", () => {
  test("at the most requests it may make", async () => {
    const { client, asked } = clientOver([], 2);
    await client.request("GET /a");
    await client.request("GET /b");
    await expect(client.request("GET /c")).rejects.toMatchObject({ stop: { kind: "requests", most: 2 } });
    expect(asked).toEqual(["/a", "/b"]);
  });

  test.each(["core", "graphql"])("at a fifth of the hour, of %s", async (resource) => {
    const { client } = clientOver([left(1001, resource), left(1000, resource)]);
    await client.request("GET /a");
    await client.request("GET /b");
    await expect(client.request("GET /c")).rejects.toMatchObject({
      stop: { kind: "quota", remaining: 1000, limit: 5000, resetAt: "2027-01-15T08:00:00.000Z" },
    });
  });

  test("also where the last answer was a refusal", async () => {
    const { client } = clientOver([QUOTA]);
    await expect(client.request("GET /a")).rejects.toThrow();
    await expect(client.request("GET /b")).rejects.toMatchObject({ stop: { kind: "quota", remaining: 0 } });
  });

  test("never for a server without limits", async () => {
    const { client } = clientOver([]);
    for (const path of ["/a", "/b", "/c"]) await client.request(`GET ${path}`);
  });
});

test("what is asked at the same time is asked once, and later again", async () => {
  const { client, asked } = clientOver([]);
  await Promise.all([client.request("GET /a"), client.request("GET /a"), client.request("GET /b")]);
  expect(asked).toEqual(["/a", "/b"]);
  await client.request("GET /a");
  expect(asked).toEqual(["/a", "/b", "/a"]);
});

test("what would write is not sent", async () => {
  const { client, asked } = clientOver([]);
  await expect(client.request("POST /x")).rejects.toThrow("would write");
  await expect(client.graphql("mutation { x }")).rejects.toThrow("would write");
  expect(asked).toEqual([]);
});
