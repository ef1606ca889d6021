import { setImmediate } from "node:timers/promises";
import { describe, expect, test } from "@jest/globals";
import { APP_ID, refusal, useOriginStory } from "../story/setup.ts";

const bed = useOriginStory();
const shop = { owner: "acme", repo: "shop" };

describe("what a request costs", () => {
  test("an answer the client has already costs nothing", async () => {
    const { octokit, double, installation } = bed();
    const { headers } = await octokit.rest.repos.get(shop);
    const again = await refusal(
      octokit.request("GET /repos/{owner}/{repo}", {
        ...shop,
        headers: { "if-none-match": headers.etag ?? "" },
      }),
    );
    expect(again.status).toBe(304);
    expect(double.requests.slice(-2)).toEqual([
      {
        method: "GET",
        path: "/api/v3/repos/acme/shop",
        operation: "GET /repos/{owner}/{repo}",
        document: null,
        status: 200,
        installationId: installation.id,
        counted: true,
      },
      {
        method: "GET",
        path: "/api/v3/repos/acme/shop",
        operation: "GET /repos/{owner}/{repo}",
        document: null,
        status: 304,
        installationId: installation.id,
        counted: false,
      },
    ]);
    const { data } = await octokit.rest.rateLimit.get();
    expect(data.resources.core.used).toBe(1);
  });

  test("the app's own requests are not the installation's", () => {
    const [token] = bed().double.requests;
    expect(token).toMatchObject({
      operation: "POST /app/installations/{installation_id}/access_tokens",
      status: 201,
      installationId: null,
      counted: false,
    });
  });
});

describe("what goes wrong on the way", () => {
  const files = "GET /repos/{owner}/{repo}/pulls/{pull_number}/files";

  test("an answer instead of the real one, for as often as asked", async () => {
    const { octokit, double, story } = bed();
    const { number } = story.kiroDeletesProduction();
    double.faults.add({
      match: ({ operation }) => operation === files,
      times: 1,
      respond: { status: 422, body: { message: "too large" } },
    });
    expect(await refusal(octokit.rest.pulls.listFiles({ ...shop, pull_number: number }))).toMatchObject({
      status: 422,
    });
    expect((await octokit.rest.pulls.listFiles({ ...shop, pull_number: number })).data).toHaveLength(5);
  });

  test("the real one, cut short", async () => {
    const { octokit, double, story } = bed();
    const { number } = story.kiroDeletesProduction();
    double.faults.add({
      match: ({ operation }) => operation === files,
      respond: (real) => ({ ...real, body: (real.body as unknown[]).slice(0, 2) }),
    });
    expect((await octokit.rest.pulls.listFiles({ ...shop, pull_number: number })).data).toHaveLength(2);
  });

  test("none at all", async () => {
    const { double } = bed();
    double.faults.add({ match: ({ path }) => path.endsWith("/meta"), respond: "hang" });
    const patience = new AbortController();
    const gone = fetch(`${double.url}/api/v3/meta`, { signal: patience.signal });
    while (double.requests.at(-1)?.operation !== "GET /meta") await setImmediate();
    patience.abort();
    await expect(gone).rejects.toThrow();
    expect(double.requests.at(-1)).toMatchObject({ status: 0, operation: "GET /meta" });
  });
});

describe("deliveries over the API", () => {
  test("are listed newest first and sent again on request", async () => {
    const { appOctokit, double, story } = bed();
    story.kiroDeletesProduction();
    await double.webhooks.settled();
    const { data } = await appOctokit.rest.apps.listWebhookDeliveries({ per_page: 1 });
    expect(data).toMatchObject([
      { event: "pull_request", action: "opened", status_code: 0, redelivery: false },
    ]);
    await appOctokit.rest.apps.redeliverWebhookDelivery({ delivery_id: data[0]?.id ?? 0 });
    await double.webhooks.settled();
    const all = await appOctokit.paginate(appOctokit.rest.apps.listWebhookDeliveries, { per_page: 1 });
    expect(all.map(({ event, redelivery }) => [event, redelivery])).toEqual([
      ["pull_request", true],
      ["pull_request", false],
      ["push", false],
      ["check_suite", false],
    ]);
    expect(new Set(all.slice(0, 2).map(({ guid }) => guid)).size).toBe(1);
  });

  test("have ids larger than a number holds, and are gone after three days", async () => {
    const { appOctokit, double, story } = bed();
    story.kiroDeletesProduction();
    await double.webhooks.settled();
    const { data } = await appOctokit.rest.apps.listWebhookDeliveries();
    expect(data[0]?.id).toBeGreaterThan(Number.MAX_SAFE_INTEGER);
    const id = String(data[0]?.id);
    const whole = () => appOctokit.request("GET /app/hook/deliveries/{id}", { id });
    expect((await whole()).data).toMatchObject({
      guid: data[0]?.guid,
      request: { payload: { action: "opened" } },
    });

    for (const delivery of double.webhooks.deliveries)
      delivery.deliveredAt = new Date(Date.now() - 73 * 3_600_000).toISOString();
    expect((await appOctokit.rest.apps.listWebhookDeliveries()).data).toEqual([]);
    expect(await refusal(whole())).toMatchObject({ status: 404 });
  });

  test("that lead to no host fail, and are listed", async () => {
    const { appOctokit, double, story } = bed();
    double.webhooks.connect({ appId: APP_ID, url: null, secret: "none" });
    story.kiroDeletesProduction();
    await double.webhooks.settled();
    const { data } = await appOctokit.rest.apps.listWebhookDeliveries({ per_page: 1 });
    expect(data).toMatchObject([{ event: "pull_request", status_code: 0 }]);
  });
});
