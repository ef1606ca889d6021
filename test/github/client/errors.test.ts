import { describe, expect, test } from "@jest/globals";
import { type GitHubClient, rest } from "../../../src/github/client/client.ts";
import { GitHubProblem, GitHubUnavailable, mapped, NotFound } from "../../../src/github/client/errors.ts";
import { graphql } from "../../../src/github/client/graphql.ts";
import { redact } from "../../../src/github/client/redact.ts";
import { nock } from "../../nock.ts";
import { client } from "../served.ts";

const JWT = `eyJhbGciOiJSUzI1NiJ9.${"eyJpc3MiOiIxMjM0NTYifQ".repeat(20)}.c2ln-bmF0_dXJl`;

describe("E09: secrets do not reach an error", () => {
  test.each([
    ["an installation token", `ghs_${"a1B2".repeat(9)}`],
    ["an installation token of the long form", `ghs_123456_${JWT}`],
    ["a personal token", `ghp_${"a1B2".repeat(9)}`],
    ["a user's token", `ghu_${"a1B2".repeat(9)}`],
    ["a refresh token", `ghr_${"a1B2".repeat(9)}`],
    ["a fine-grained token", `github_pat_${"a1B2".repeat(9)}_${"c3D4".repeat(14)}`],
    ["a JSON web token", JWT],
    ["a bearer header", "opaque-secret-value=="],
    ["a key", "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nAAAA\n-----END RSA PRIVATE KEY-----"],
    ["a key cut off", "-----BEGIN PRIVATE KEY-----\nMIIEow\nAAAA"],
  ])("%s", (name, secret) => {
    const lead = name === "a bearer header" ? "authorization: Bearer " : "seen: ";
    for (const shown of [
      redact(`${lead}${secret}`),
      new GitHubUnavailable(`${lead}${secret}`, 1).message,
      new GitHubProblem({ code: "github/rejected", message: `${lead}${secret}`, remedy: "r" }).problem
        .message,
    ]) {
      expect(shown).toBe(`${lead}[redacted]`);
    }
  });

  test("in an address", () => {
    expect(redact("https://x/y?access_token=abc&page=2")).toBe("https://x/y?access_token=[redacted]&page=2");
  });

  test("other text stays", () => {
    const text = "ghs is short, token bucket, Bearer of news: src/ghp.ts";
    expect(redact(text)).toBe(text);
  });
});

function answer(status: number, headers: Record<string, string> = {}, message = "why") {
  nock("https://api.github.com")
    .get("/rate")
    .reply(status, JSON.stringify({ message }), { "content-type": "application/json", ...headers });
  return rest(client(), { route: "GET /rate", parameters: {}, need: "Checks: write", absent: "not-there" });
}

describe("E03: what can be tried again says when", () => {
  const date = "Mon, 23 Nov 2026 12:00:00 GMT";
  const inTwoMinutes = String(Date.parse(date) / 1000 + 120);

  test.each<[string, number, Record<string, string>, string, number]>([
    ["a server error", 500, {}, "why", 10_000],
    ["a bad gateway with a time", 502, { "retry-after": "7" }, "why", 7000],
    ["a time-out of GitHub's", 408, {}, "why", 10_000],
    ["too many requests with a time", 429, { "retry-after": "30" }, "why", 30_000],
    ["too many requests", 429, {}, "why", 60_000],
    ["the secondary limit", 403, {}, "You have exceeded a secondary rate limit", 60_000],
    ["the secondary limit with a time", 403, { "retry-after": "90" }, "why", 90_000],
    [
      "the primary limit, by GitHub's own clock",
      403,
      { "x-ratelimit-remaining": "0", "x-ratelimit-reset": inTwoMinutes, date },
      "why",
      120_000,
    ],
    ["a wait without end, cut to an hour", 503, { "retry-after": "999999" }, "why", 3_600_000],
    ["a token that is not accepted", 401, {}, "Bad credentials", 300_000],
  ])("%s", async (_, status, headers, message, retryAfterMs) => {
    await expect(answer(status, headers, message)).rejects.toMatchObject({
      name: "GitHubUnavailable",
      retryAfterMs,
    });
  });

  test("a connection that breaks", async () => {
    nock("https://api.github.com").get("/rate").replyWithError("socket hang up");
    const call = rest(client(), { route: "GET /rate", parameters: {}, need: "Checks: write" });
    await expect(call).rejects.toMatchObject({
      name: "GitHubUnavailable",
      message: expect.stringMatching(/^GitHub could not be reached: ./),
    });
  });

  test.each(["TimeoutError", "AbortError"])("a request given up (%s)", (name) => {
    expect(mapped(new DOMException("given up", name), "x")).toBeInstanceOf(GitHubUnavailable);
  });

  test("the GraphQL limit, which GitHub answers with 200", async () => {
    nock("https://api.github.com")
      .post("/graphql")
      .reply(
        200,
        { data: null, errors: [{ type: "RATE_LIMITED", message: "API rate limit exceeded" }] },
        {
          "x-ratelimit-remaining": "0",
          "x-ratelimit-reset": inTwoMinutes,
          date,
        },
      );
    await expect(
      graphql(client(), { document: "{ viewer { login } }", variables: {} }),
    ).rejects.toMatchObject({ name: "GitHubUnavailable", retryAfterMs: 120_000 });
  });
});

describe("what a person must act on", () => {
  test("names a missing permission", async () => {
    await expect(answer(403, {}, "Resource not accessible by integration")).rejects.toMatchObject({
      problem: { code: "github/permission", remedy: expect.stringContaining('"Checks: write"') },
    });
  });

  test("an archived repository is not a missing permission", async () => {
    await expect(answer(403, {}, "Repository was archived so is read-only.")).rejects.toMatchObject({
      problem: { code: "github/archived", remedy: expect.stringContaining("Unarchive") },
    });
  });

  test.each([404, 410, 451])("%d where absence is an answer", async (status) => {
    await expect(answer(status)).rejects.toBeInstanceOf(NotFound);
  });

  test("an unexpected 404 names the permission", async () => {
    nock("https://api.github.com").get("/rate").reply(404, { message: "Not Found" });
    const call = rest(client(), { route: "GET /rate", parameters: {}, need: "Contents: read" });
    await expect(call).rejects.toMatchObject({
      problem: { code: "github/permission", remedy: expect.stringContaining('"Contents: read"') },
    });
  });

  test("a request that GitHub rejects", async () => {
    await expect(answer(422)).rejects.toMatchObject({ problem: { code: "github/rejected" } });
  });
});

test("an error of our own is not disguised", async () => {
  const defect = new TypeError("x is not a function");
  const broken: GitHubClient = {
    request: () => Promise.reject(defect),
    graphql: () => Promise.reject(defect),
  };
  const call = rest(broken, { route: "GET /x", parameters: {}, need: "x" });
  await expect(call).rejects.toBe(defect);
  await expect(graphql(broken, { document: "", variables: {} })).rejects.toBe(defect);
});

test("every call names the version of the API it was written for", async () => {
  const seen: (string | null)[] = [];
  nock("https://api.github.com")
    .get("/rate")
    .reply((request: Request) => {
      seen.push(request.headers.get("x-github-api-version"), request.headers.get("accept"));
      return [200, "{}"];
    });
  await rest(client(), {
    route: "GET /rate",
    parameters: { headers: { accept: "application/vnd.github.raw+json" } },
    need: "x",
  });
  expect(seen).toEqual(["2022-11-28", "application/vnd.github.raw+json"]);
});
