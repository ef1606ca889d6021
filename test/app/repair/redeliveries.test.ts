import { expect, test } from "@jest/globals";
import { redeliverFailed } from "../../../src/app/repair/redeliveries.ts";
import type { GitHubClient } from "../../../src/github/client/client.ts";

const now = new Date("2026-03-10T12:00:00Z");
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000).toISOString();

interface Attempt {
  readonly id: number | bigint;
  readonly guid: string;
  readonly status_code: number;
  readonly delivered_at: string;
  readonly redelivery: boolean;
  readonly event: string;
}

const attempt = (id: number | bigint, guid: string, more: Partial<Attempt> = {}): Attempt => {
  return { id, guid, status_code: 502, delivered_at: hoursAgo(1), redelivery: false, event: "push", ...more };
};

/** So many attempts at one delivery, newest first. */
function failures(count: number): readonly Attempt[] {
  const ids = Array.from({ length: count }, (_, index) => count - index);
  return ids.map((id) => attempt(id, "a", { redelivery: id > 1 }));
}

/** GitHub with these pages of attempts, newest first, as it lists them. */
function listing(...pages: readonly (readonly Attempt[])[]) {
  const redelivered: unknown[] = [];
  const asked: unknown[] = [];
  const client: GitHubClient = {
    graphql: async () => ({}),
    request: async (route, parameters = {}) => {
      if (route.startsWith("POST")) redelivered.push(parameters.id);
      else asked.push(parameters.cursor);
      const page = Number(parameters.cursor ?? 0);
      const more = page + 1 < pages.length;
      const link = `<https://api.github.com/app/hook/deliveries?per_page=100&cursor=${page + 1}>; rel="next"`;
      return { headers: more ? { link } : {}, data: route.startsWith("POST") ? {} : pages[page] };
    },
  };
  return { client, redelivered, asked };
}

const accepting = (...ids: readonly string[]) => ({
  accepted: async (asked: readonly string[]) => new Set(asked.filter((id) => ids.includes(id))),
});

test.each<[string, readonly Attempt[], readonly string[], readonly string[]]>([
  ["those that failed, oldest first", [attempt(2, "b"), attempt(1, "a")], [], ["1", "2"]],
  ["a delivery that got no answer", [attempt(1, "a", { status_code: 0 })], [], ["1"]],
  ["none that was accepted, whatever GitHub saw", [attempt(1, "a")], ["a"], []],
  ["none that went well", [attempt(1, "a", { status_code: 202 })], [], []],
  [
    "none whose second attempt went well",
    [attempt(2, "a", { status_code: 202, redelivery: true }), attempt(1, "a")],
    [],
    [],
  ],
  ["what failed again", [attempt(2, "a", { redelivery: true }), attempt(1, "a")], [], ["2"]],
  ["none that has failed five times", failures(5), [], []],
  ["what has failed four times", failures(4), [], ["4"]],
  ["none that GitHub no longer has", [attempt(1, "a", { delivered_at: hoursAgo(73) })], [], []],
])("asks once more for %s", async (_, attempts, accepted, expected) => {
  const { client, redelivered } = listing(attempts);
  expect(await redeliverFailed({ client, store: accepting(...accepted), now })).toBe(expected.length);
  expect(redelivered).toEqual(expected);
});

// GitHub has given ids beyond what a number holds since February 2026 (octokit/request.js#797); octokit reads them as
// bigint, and leaves a bigint out of an address (octokit/endpoint.js#546).
test("asks by the whole of an id that is larger than a number holds", async () => {
  const { client, redelivered } = listing([attempt(3804004623172239366n, "a")]);
  await redeliverFailed({ client, store: accepting(), now });
  expect(redelivered).toEqual(["3804004623172239366"]);
});

test.each([
  ["does not find", 404],
  ["refuses", 422],
])("what GitHub %s keeps none of the others from being asked for", async (_, status) => {
  const { client, redelivered } = listing([attempt(3, "c"), attempt(2, "b"), attempt(1, "a")]);
  const request: GitHubClient["request"] = async (route, parameters) => {
    const answer = await client.request(route, parameters);
    if (parameters?.id === "2") throw Object.assign(new Error("not this one"), { status, response: {} });
    return answer;
  };
  expect(await redeliverFailed({ client: { ...client, request }, store: accepting(), now })).toBe(2);
  expect(redelivered).toEqual(["1", "2", "3"]);
});

test("an outage ends the asking, so that all is asked for again", async () => {
  const { client } = listing([attempt(2, "b"), attempt(1, "a")]);
  const request: GitHubClient["request"] = async (route, parameters) => {
    if (route.startsWith("POST")) throw Object.assign(new Error("down"), { status: 502, response: {} });
    return client.request(route, parameters);
  };
  const redelivering = redeliverFailed({ client: { ...client, request }, store: accepting(), now });
  await expect(redelivering).rejects.toThrow("GitHub could not answer (502)");
});

test("goes through the pages, and stops at what is too old", async () => {
  const old = { delivered_at: hoursAgo(80) };
  const { client, redelivered, asked } = listing(
    [attempt(3, "c")],
    [attempt(2, "b"), attempt(1, "a", old)],
    [attempt(0, "z", old)],
  );
  await redeliverFailed({ client, store: accepting(), now });
  expect(redelivered).toEqual(["2", "3"]);
  expect(asked).toEqual([undefined, "1"]);
});
