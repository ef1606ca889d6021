import { describe, expect, test } from "@jest/globals";
import { introduce, introductions } from "../../../src/app/github/introduction.ts";
import type { Grant } from "../../../src/app/operation/self-check.ts";
import type { GitHubClient } from "../../../src/github/client/client.ts";
import { GitHubUnavailable, TokenRefused } from "../../../src/github/client/errors.ts";

const wanted: Grant = { permissions: { checks: "write", members: "read" }, events: ["push", "team"] };
const APP = { slug: "countersign", ...wanted };

function installation(id: number, given: object = {}) {
  return { id, app_slug: "countersign", account: { login: "acme" }, ...wanted, ...given };
}

function github(installations: readonly object[], app: object = APP) {
  const asked: string[] = [];
  const client: GitHubClient = {
    graphql: async () => ({}),
    request: async (route) => {
      asked.push(route);
      return { headers: {}, data: route === "GET /app" ? app : installations };
    },
  };
  return { client, asked };
}

describe("the App asks about itself", () => {
  test("its bot and its installations, without suspended ones, by one request", async () => {
    const { client, asked } = github([
      installation(7, { suspended_at: null }),
      installation(8, { suspended_at: "2026-01-01T00:00:00Z" }),
      installation(9),
    ]);
    expect(await introduce(client, wanted)).toEqual({
      login: "countersign[bot]",
      installations: [7, 9],
      shortcomings: [],
    });
    expect(asked).toEqual(["GET /app/installations"]);
  });

  test("its name, where no installation tells it", async () => {
    const { client, asked } = github([]);
    expect(await introduce(client, wanted)).toMatchObject({ login: "countersign[bot]", installations: [] });
    expect(asked).toEqual(["GET /app/installations", "GET /app"]);
  });

  test("each thing missing is a sentence: what the App lacks, and what an account has not accepted", async () => {
    const { client, asked } = github(
      [
        installation(1, { permissions: { checks: "read" }, events: ["push"] }),
        installation(2, { account: null, permissions: { checks: "write" } }),
      ],
      { ...APP, permissions: { checks: "write" } },
    );
    expect((await introduce(client, wanted)).shortcomings).toEqual([
      "the App lacks the permission members: read: add it in the App's settings",
      "acme has not granted the permission checks: write: an owner accepts it in the settings of the installation",
      "acme has not granted the event team: an owner accepts it in the settings of the installation",
    ]);
    expect(asked).toEqual(["GET /app/installations", "GET /app"]);
  });

  test.each([
    ["where no installation is, too", [], "the App lacks the event push: add it in the App's settings"],
  ])("%s", async (_, installations, sentence) => {
    const { client } = github(installations, { ...APP, events: ["team"] });
    expect((await introduce(client, wanted)).shortcomings).toEqual([sentence]);
  });

  test.each([
    [401, "A JSON web token could not be decoded", TokenRefused],
    [404, "Integration not found", /GitHub denied the App access/],
  ])("with a key that is not its own, it is told so (%i)", async (status, message, expected) => {
    const refused = async () => {
      throw Object.assign(new Error(message), { status, response: { headers: {} } });
    };
    await expect(introduce({ graphql: refused, request: refused }, wanted)).rejects.toThrow(expected);
  });
});

describe("an answer serves whoever asks next", () => {
  const asking = (answer: () => Promise<GitHubClient>) => {
    const time = { at: 0 };
    const clock = { now: () => new Date(time.at) };
    return { time, ask: introductions({ client: answer, wanted, clock }) };
  };

  test("while it is new", async () => {
    const { client, asked } = github([installation(7)]);
    const { time, ask } = asking(async () => client);
    await Promise.all([ask(), ask()]);
    time.at = 1_999;
    await ask();
    expect(asked).toHaveLength(1);
    time.at = 2_000;
    await ask();
    expect(asked).toHaveLength(2);
  });

  test("and not where there was none", async () => {
    const { client } = github([installation(7)]);
    let failures = 1;
    const { ask } = asking(async () => {
      if (failures-- > 0) throw new GitHubUnavailable("GitHub could not answer", 1);
      return client;
    });
    await expect(ask()).rejects.toThrow(GitHubUnavailable);
    expect(await ask()).toMatchObject({ installations: [7] });
  });
});
