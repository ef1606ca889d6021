import { describe, expect, test } from "@jest/globals";
import { createCaches } from "../../../src/github/reading/caches.ts";
import { HEAD } from "../stubbed-github.ts";
import { accepting, check, FULL, faultAt, mark, writing } from "./writes.ts";

const CREATE = "POST /repos/acme/shop/check-runs";
const PATCH = "PATCH /repos/acme/shop/check-runs/5";
const LABELS = "POST /repos/acme/shop/issues/7/labels";
const REVIEWERS = "POST /repos/acme/shop/pulls/7/requested_reviewers";
const ALL = "GraphQL check add0 remove0 ask0";

describe("one evaluation", () => {
  test("is written in one request", async () => {
    const made = accepting();
    const written = await writing({
      check: check({ detailsUrl: "https://example.com/7" }, 1),
      labelsAndReviewers: [FULL],
    });
    expect(written).toEqual({
      run: { id: 11, nodeId: "CR_11", externalId: expect.stringMatching(/^annotations:/) },
      notApplied: [],
    });
    expect(made.map(({ asked }) => asked)).toEqual([ALL]);
    expect(made[0]?.body.variables).toEqual({
      check: {
        repositoryId: "R_1",
        headSha: HEAD,
        name: "countersign",
        status: "COMPLETED",
        conclusion: "ACTION_REQUIRED",
        detailsUrl: "https://example.com/7",
        externalId: written.run?.externalId,
        output: {
          title: "0 of 1 countersigned",
          summary: "s",
          text: "t",
          annotations: [
            {
              path: "infra/main.tf",
              location: { startLine: 1, endLine: 1 },
              annotationLevel: "WARNING",
              title: "destructive",
              message: "line 0",
            },
          ],
        },
      },
      add0: { labelableId: "PR_7", labelIds: ["LA_ai"] },
      remove0: { labelableId: "PR_7", labelIds: ["LA_production"] },
      ask0: { pullRequestId: "PR_7", userIds: ["U_emil"], teamIds: ["T_sre"], union: true },
    });
  });

  test("that changes nothing writes nothing", async () => {
    const made = accepting();
    const marks = [
      mark({ labels: { add: ["AI-authored"], remove: ["production"], current: ["ai-authored"] } }),
    ];
    expect(await writing({ labelsAndReviewers: marks })).toEqual({ run: null, notApplied: [] });
    expect(made).toEqual([]);
  });

  test("of two pull requests on one head marks both", async () => {
    const made = accepting();
    await writing({ check: check(), labelsAndReviewers: [FULL, { ...FULL, pull: 8 }] });
    expect(made.map(({ asked }) => asked)).toEqual(["GraphQL check add0 remove0 ask0 add1 remove1 ask1"]);
  });

  test("updates the run there is", async () => {
    const made = accepting();
    const existing = { id: 11, nodeId: "CR_11", externalId: "annotations:none" };
    expect((await writing({ check: check({ existing }), labelsAndReviewers: [mark()] })).run).toEqual(
      existing,
    );
    expect(made[0]?.body.variables).toEqual({
      check: {
        repositoryId: "R_1",
        checkRunId: "CR_11",
        status: "COMPLETED",
        conclusion: "ACTION_REQUIRED",
        output: { title: "0 of 1 countersigned", summary: "s", text: "t", annotations: [] },
      },
    });
  });

  test("of which nothing could be read is written by REST: GraphQL's names are not known", async () => {
    const made = accepting();
    const existing = { id: 5, nodeId: null, externalId: null };
    await writing({ check: check({ existing }) });
    expect(made.map(({ asked }) => asked)).toEqual([PATCH]);
  });

  test("whose run is known by its number alone is written by both", async () => {
    const made = accepting();
    const existing = { id: 5, nodeId: null, externalId: null };
    await writing({ check: check({ existing }), labelsAndReviewers: [FULL] });
    expect(made.map(({ asked }) => asked)).toEqual(["GraphQL add0 remove0 ask0", PATCH]);
  });
});

describe("annotations", () => {
  test("of any number go in two requests, fifty in each write", async () => {
    const made = accepting();
    const { run } = await writing({ check: check({}, 120), labelsAndReviewers: [mark()] });
    expect(made.map(({ asked }) => asked)).toEqual(["GraphQL check", "GraphQL more0 more1"]);
    const inputs = made.flatMap(({ body }) => Object.values(body.variables as object));
    expect(inputs.map(({ output }) => output.annotations.length)).toEqual([50, 50, 20]);
    expect(inputs.map(({ externalId }) => externalId)).toEqual([
      "annotations:unfinished",
      "annotations:unfinished",
      run?.externalId,
    ]);
  });

  test("that GitHub does not take are an error, and the run says that it is unfinished", async () => {
    accepting(faultAt("more0", { type: "UNPROCESSABLE", message: "no" }));
    await expect(writing({ check: check({}, 60), labelsAndReviewers: [mark()] })).rejects.toMatchObject({
      problem: { code: "github/rejected", message: expect.stringContaining("not all of its annotations") },
    });
  });
});

describe("uses REST for what GraphQL has no id for", () => {
  test("a label that the repository lacks: REST makes it", async () => {
    const made = accepting();
    const labels = { add: ["ai-authored", "Brand-new"], remove: [], current: [] };
    await writing({ labelsAndReviewers: [mark({ labels })] });
    expect(made.map(({ asked }) => asked)).toEqual(["GraphQL add0", LABELS]);
    expect(made[1]?.body).toEqual({ labels: ["Brand-new"] });
  });

  test("an owner whose id was not read", async () => {
    const made = accepting();
    const nobody = { users: [], teams: [] };
    const reviewers = { wanted: { users: ["fred"], teams: ["sre"] }, current: nobody };
    await writing({ labelsAndReviewers: [mark({ reviewers })] });
    expect(made.map(({ asked }) => asked)).toEqual(["GraphQL ask0", REVIEWERS]);
    expect(made[1]?.body).toEqual({ reviewers: ["fred"], team_reviewers: [] });
  });

  test("everything, where this GitHub does not know the writes, which is asked once", async () => {
    const made = accepting(({ asked }) =>
      asked.startsWith("GraphQL")
        ? [
            200,
            {
              errors: [
                {
                  message: "Field 'createCheckRun' doesn't exist on type 'Mutation'",
                  extensions: { code: "undefinedField", typeName: "Mutation", fieldName: "createCheckRun" },
                },
              ],
            },
          ]
        : undefined,
    );
    const caches = createCaches();
    const byRest = [CREATE, LABELS, "DELETE /repos/acme/shop/issues/7/labels/production", REVIEWERS];
    expect(await writing({ check: check(), labelsAndReviewers: [FULL] }, caches)).toEqual({
      run: { id: 11, nodeId: "CR_11", externalId: "annotations:none" },
      notApplied: [],
    });
    expect(made.splice(0).map(({ asked }) => asked)).toEqual([ALL, ...byRest]);
    await writing({ check: check(), labelsAndReviewers: [FULL] }, caches);
    expect(made.map(({ asked }) => asked)).toEqual(byRest);
  });
});

describe("retries by REST what GraphQL rejects", () => {
  test("a check run that is gone", async () => {
    const made = accepting(faultAt("check", { type: "NOT_FOUND", message: "Could not resolve to a node" }));
    const existing = { id: 5, nodeId: "CR_5", externalId: "annotations:none" };
    await writing({ check: check({ existing }), labelsAndReviewers: [mark()] });
    expect(made.map(({ asked }) => asked)).toEqual(["GraphQL check", PATCH]);
  });

  test("labels of which one is gone: REST makes it again", async () => {
    const made = accepting(faultAt("add0", { type: "NOT_FOUND", message: "Could not resolve to a node" }));
    expect(await writing({ check: check(), labelsAndReviewers: [FULL] })).toMatchObject({ notApplied: [] });
    expect(made.map(({ asked }) => asked)).toEqual([ALL, LABELS]);
  });

  test("a review request with a name that GitHub does not accept: the others are asked", async () => {
    const refused = { message: "Reviews may only be requested from collaborators." };
    const unprocessable = faultAt("ask0", { type: "UNPROCESSABLE", ...refused });
    const made = accepting((one) => {
      if (one.asked !== REVIEWERS) return unprocessable(one);
      return JSON.stringify(one.body).includes("Emil") ? [422, refused] : undefined;
    });
    expect((await writing({ check: check(), labelsAndReviewers: [FULL] })).notApplied).toEqual([
      {
        pull: 7,
        labels: null,
        notAsked: [{ reviewer: "Emil", reason: expect.stringContaining("collaborators") }],
      },
    ]);
    expect(made.map(({ asked }) => asked)).toEqual([ALL, REVIEWERS, REVIEWERS, REVIEWERS]);
  });
});

describe("fails closed when the check could not be written", () => {
  test.each<[string, Parameters<typeof faultAt>[1], object]>([
    [
      "the permission is gone",
      { type: "FORBIDDEN", message: "Resource not accessible by integration ghs_abc.def" },
      {
        problem: {
          code: "github/permission",
          message: "GitHub denied the App access: Resource not accessible by integration [redacted]",
          remedy: expect.stringContaining("Checks: write"),
        },
      },
    ],
    [
      "a limit is reached",
      { type: "RATE_LIMITED", message: "API rate limit exceeded" },
      { name: "GitHubUnavailable", retryAfterMs: 60_000 },
    ],
    [
      "GitHub broke down over it",
      { message: "Something went wrong while executing your query." },
      { name: "GitHubUnavailable", retryAfterMs: 10_000 },
    ],
    [
      "GitHub is down in parts",
      { type: "SERVICE_UNAVAILABLE", message: "try again" },
      { name: "GitHubUnavailable" },
    ],
  ])("%s", async (_, fault, error) => {
    const made = accepting(faultAt("check", fault));
    await expect(writing({ check: check(), labelsAndReviewers: [FULL] })).rejects.toMatchObject(error);
    expect(made).toHaveLength(1);
  });

  test.each<[string, number, unknown, object]>([
    ["a server error", 502, { message: "Bad gateway" }, { name: "GitHubUnavailable", retryAfterMs: 10_000 }],
    ["a secondary limit", 403, { message: "secondary rate limit" }, { name: "GitHubUnavailable" }],
    ["a token that is not accepted", 401, { message: "Bad credentials" }, { name: "GitHubUnavailable" }],
    [
      "a limit that the whole answer is about",
      200,
      { errors: [{ type: "RATE_LIMITED", message: "API rate limit exceeded" }] },
      { name: "GitHubUnavailable" },
    ],
    [
      "an answer that ran out of time",
      200,
      { data: null, errors: [{ message: "Something went wrong while executing your query." }] },
      { name: "GitHubUnavailable" },
    ],
    ["no answer at all", 200, { data: {} }, { name: "GitHubUnavailable" }],
    [
      "an answer in another shape",
      200,
      { data: { check: { checkRun: null } } },
      { problem: { code: "evidence/unexpected" } },
    ],
  ])("%s", async (_, status, body, error) => {
    const made = accepting(() => [status, body]);
    await expect(writing({ check: check(), labelsAndReviewers: [mark()] })).rejects.toMatchObject(error);
    expect(made).toHaveLength(1);
  });
});

describe("reports failures other than the check's, and keeps the check", () => {
  const FORBIDDEN = { type: "FORBIDDEN", message: "Resource not accessible by integration" };

  test.each(["add0", "remove0"])("labels that may not be set (%s)", async (alias) => {
    const made = accepting(faultAt(alias, FORBIDDEN));
    expect(await writing({ check: check(), labelsAndReviewers: [FULL] })).toMatchObject({
      run: { id: 11 },
      notApplied: [
        {
          pull: 7,
          labels: { problem: { remedy: expect.stringContaining("Pull requests: write") } },
          notAsked: [],
        },
      ],
    });
    expect(made).toHaveLength(1);
  });

  test("labels that GitHub could not set now", async () => {
    accepting(faultAt("add0", { type: "RATE_LIMITED", message: "API rate limit exceeded" }));
    expect(await writing({ check: check(), labelsAndReviewers: [FULL] })).toMatchObject({
      run: { id: 11 },
      notApplied: [{ labels: { name: "GitHubUnavailable", retryAfterMs: 60_000 } }],
    });
  });

  test("labels that REST could not set either", async () => {
    const gone = faultAt("add0", { type: "NOT_FOUND", message: "no node" });
    accepting((made) => (made.asked === LABELS ? [503, { message: "Unavailable" }] : gone(made)));
    expect(await writing({ check: check(), labelsAndReviewers: [FULL] })).toMatchObject({
      run: { id: 11 },
      notApplied: [{ labels: { name: "GitHubUnavailable" } }],
    });
  });

  test("people who may not be asked", async () => {
    const made = accepting(faultAt("ask0", FORBIDDEN));
    expect(await writing({ check: check(), labelsAndReviewers: [FULL] })).toMatchObject({
      run: { id: 11 },
      notApplied: [
        {
          labels: null,
          notAsked: [
            { reviewer: "Emil", reason: expect.stringContaining("not accessible") },
            { reviewer: "sre", reason: expect.stringContaining("not accessible") },
          ],
        },
      ],
    });
    expect(made).toHaveLength(1);
  });
});
