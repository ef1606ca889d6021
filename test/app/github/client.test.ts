import { beforeEach, describe, expect, test } from "@jest/globals";
import { Probot } from "probot";
import { z } from "zod";
import { Budgets } from "../../../src/app/github/budgets.ts";
import { githubPort } from "../../../src/app/github/client.ts";
import { boundedFetch, countedOctokit } from "../../../src/app/github/octokit.ts";
import { accounted } from "../../../src/app/github/usage.ts";
import { rest } from "../../../src/github/client/client.ts";
import { GitHubUnavailable } from "../../../src/github/client/errors.ts";
import { createCaches } from "../../../src/github/reading/caches.ts";
import { nock } from "../../nock.ts";
import { privateKey, SECRET } from "../credentials.ts";
import { ManualClock } from "../manual-clock.ts";
import { notes } from "../notes.ts";

const API = "https://git.acme.io/api/v3";
const at = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };

let requests: string[];
let probot: Probot;
beforeEach(async () => {
  requests = [];
  probot = await new Probot({
    appId: 12,
    privateKey,
    secret: SECRET,
    baseUrl: API,
    logLevel: "fatal",
    Octokit: countedOctokit({
      log: notes(),
      requested: (route, status) => requests.push(`${route} ${status}`),
      budgets,
      clock: new ManualClock(),
    }),
    request: { fetch: boundedFetch },
  }).ready();
});

const budgets = new Budgets({ now: () => new Date(0), writesPerSecond: 1 });
const api = () => nock("https://git.acme.io");
const token = () =>
  api().post("/api/v3/app/installations/7/access_tokens").reply(201, {
    token: "ghs_x",
    expires_at: "2099-01-01T00:00:00Z",
    permissions: {},
    repository_selection: "all",
  });

const port = () =>
  githubPort({
    probot,
    appId: 12,
    host: "https://github.com",
    caches: createCaches(),
    clock: new ManualClock(),
  });
const emptyPage = {
  data: {
    repository: {
      isArchived: false,
      defaultBranchRef: null,
      pullRequests: { totalCount: 0, pageInfo: { hasNextPage: false, endCursor: null }, nodes: [] },
    },
  },
};

describe("the client of an installation", () => {
  test("gets its token from the host that is set, once, and asks there", async () => {
    token();
    const listed = {
      repositories: [{ id: 70, node_id: "R_70", name: "shop", owner: { login: "acme" }, archived: false }],
    };
    api().get("/api/v3/installation/repositories").query(true).twice().reply(200, listed);
    const github = port();
    expect(await github.repositories(7)).toMatchObject([at]);
    expect(await github.repositories(7)).toMatchObject([at]);
  });

  test("asks again with GitHub's tag, and takes what it has where nothing changed", async () => {
    token();
    const listed = (name: string) => ({
      repositories: [{ id: 70, node_id: "R_70", name, owner: { login: "acme" }, archived: false }],
    });
    const list = () => api().get("/api/v3/installation/repositories").query(true);
    const github = port();
    const repositories = () => accounted({ installationId: 7, requests: 0 }, () => github.repositories(7));
    list().reply(200, listed("shop"), { etag: 'W/"one"' });
    expect(await repositories()).toMatchObject([at]);
    list().matchHeader("if-none-match", 'W/"one"').reply(304);
    expect(await repositories()).toMatchObject([at]);
    list().matchHeader("if-none-match", 'W/"one"').reply(200, listed("till"), { etag: 'W/"two"' });
    expect(await repositories()).toMatchObject([{ ...at, repo: "till" }]);
    list().matchHeader("if-none-match", 'W/"two"').reply(502, { message: "Bad gateway" });
    await expect(repositories()).rejects.toThrow(GitHubUnavailable);
    expect(requests.filter((request) => request.includes("repositories"))).toEqual(
      [200, 304, 200, 502].map((status) => `GET /installation/repositories ${status}`),
    );
  });

  test("keeps of a long answer what is read of it alone, and all of one that is odd", async () => {
    token();
    const call = {
      route: "GET /repos/{owner}/{repo}/issues/{pull}/timeline",
      parameters: { owner: "acme", repo: "shop", pull: 3 },
      need: "Pull requests: read",
      reads: z.array(z.object({ event: z.string() })),
    };
    const timeline = () => api().get("/api/v3/repos/acme/shop/issues/3/timeline");
    const asked = () =>
      accounted(
        { installationId: 7, requests: 0 },
        async () => (await rest(await probot.auth(7), call)).data,
      );
    timeline().reply(200, [{ event: "commented", body: "a long text" }], { etag: '"one"' });
    expect(await asked()).toEqual([{ event: "commented" }]);
    timeline().matchHeader("if-none-match", '"one"').reply(304);
    expect(await asked()).toEqual([{ event: "commented" }]);
    timeline().reply(200, [{ body: "without an event" }]);
    expect(await asked()).toEqual([{ body: "without an event" }]);
  });

  test("keeps what one installation was told from another", async () => {
    const tokenOf = (id: number) =>
      api()
        .post(`/api/v3/app/installations/${id}/access_tokens`)
        .reply(201, { token: `ghs_${id}`, expires_at: "2099-01-01T00:00:00Z", permissions: {} });
    const github = port();
    for (const installationId of [7, 8]) {
      tokenOf(installationId);
      const repo = `shop-${installationId}`;
      nock("https://git.acme.io", { badheaders: ["if-none-match"] })
        .get("/api/v3/installation/repositories")
        .query(true)
        .reply(
          200,
          {
            repositories: [
              { id: 70, node_id: "R_70", name: repo, owner: { login: "acme" }, archived: false },
            ],
          },
          { etag: '"one"' },
        );
      const ask = () => github.repositories(installationId);
      expect(await accounted({ installationId, requests: 0 }, ask)).toMatchObject([{ repo }]);
    }
  });

  test("asks GraphQL where Enterprise Server has it", async () => {
    token();
    api().post("/api/graphql").reply(200, emptyPage);
    expect(await port().listedPulls(at)).toEqual({ open: [], merged: [] });
    expect(requests).toContain("POST /graphql 200");
  });

  test("does not make queries wait for one another, as Probot's own would: 1 a second", async () => {
    token();
    api().post("/api/graphql").times(8).reply(200, emptyPage);
    const github = port();
    const started = performance.now();
    for (let query = 0; query < 8; query++) await github.listedPulls(at);
    expect(performance.now() - started).toBeLessThan(4000);
  });

  test("E03 hands a fault on at once: the job waits, not the process", async () => {
    token();
    api().get("/api/v3/installation/repositories").query(true).reply(502, { message: "Bad gateway" });
    await expect(port().repositories(7)).rejects.toThrow(GitHubUnavailable);
  });

  test("E03 hands a limit on at once, with the wait that GitHub asks for", async () => {
    token();
    const limit = { message: "You have exceeded a secondary rate limit" };
    api().get("/api/v3/installation/repositories").query(true).reply(403, limit, { "retry-after": "120" });
    await expect(port().repositories(7)).rejects.toMatchObject({ retryAfterMs: 120_000 });
  });

  test.each([
    ["was uninstalled has nothing left to judge", 404, "Not Found", { status: "gone" }, null],
    [
      "is suspended is refused, and its next job waits",
      403,
      "This installation has been suspended",
      { status: "refused" },
      new Date(600_000),
    ],
  ])("E15 that %s", async (_, status, message, result, waits) => {
    api().post("/api/v3/app/installations/7/access_tokens").reply(status, { message }).persist();
    const memory = {
      approvals: [],
      evidence: [],
      participants: [],
      refusals: [],
      accounts: [],
      headSha: null,
      headSeenAt: null,
    };
    const usage = { installationId: 7, requests: 0 };
    const read = () =>
      port().read(at, {
        pull: 1,
        headSha: "a".repeat(40),
        memory,
        recall: async () => [],
        recallSameContent: async () => [],
        notBefore: 0,
      });
    expect(await accounted(usage, read)).toMatchObject(result);
    expect(budgets.startAt(7, { priority: "direct", hasPassed: false })).toEqual(waits);
    budgets.resumed(7);
    nock.cleanAll();
  });

  test("counts its requests by route, never by the names in it", async () => {
    token();
    api().get("/api/v3/repos/acme/shop/commits/abc/pulls").query(true).reply(200, []);
    api().get("/api/v3/repos/acme/shop/commits/def/pulls").query(true).reply(503, {});
    const github = port();
    await github.pullsWithHead(at, "abc");
    await expect(github.pullsWithHead(at, "def")).rejects.toThrow(GitHubUnavailable);
    expect(requests.filter((request) => request.includes("commits"))).toEqual([
      "GET /repos/{owner}/{repo}/commits/{sha}/pulls 200",
      "GET /repos/{owner}/{repo}/commits/{sha}/pulls 503",
    ]);
  });

  test("turns a remark at a line into an annotation of that line", async () => {
    token();
    let sent: unknown;
    api()
      .post("/api/v3/repos/acme/shop/check-runs", (body) => {
        sent = body;
        return true;
      })
      .reply(201, { id: 5 });
    const remark = { path: "a.yml", line: 3, level: "failure", title: "t", message: "m" } as const;
    const explanation = { title: "t", summary: "s", text: "x", annotations: [remark] };
    const check = { name: "countersign", existing: null, conclusion: "failure", explanation } as const;
    const written = await port().write({
      repository: at,
      headSha: "abc",
      checks: [check],
      labelsAndReviewers: [],
    });
    expect(written).toMatchObject({ checks: [{ status: "written", run: { id: 5 } }], notApplied: [] });
    expect(sent).toMatchObject({
      head_sha: "abc",
      conclusion: "failure",
      output: { annotations: [{ path: "a.yml", start_line: 3, end_line: 3, annotation_level: "failure" }] },
    });
  });
});
