import { describe, expect, test } from "@jest/globals";
import { useOriginStory } from "../story/setup.ts";
import { nodeId } from "./shapes/links.ts";
import type { Pull } from "./world/model.ts";

const bed = useOriginStory();

interface Refused {
  readonly data?: unknown;
  readonly errors: readonly { readonly type?: string; readonly path?: readonly string[]; message: string }[];
}

/** Runs a mutation of these fields as the app; what it selects of each is the client's own id. */
async function mutate(fields: Readonly<Record<string, readonly [name: string, input: object]>>) {
  const entries = Object.entries(fields);
  const types = { addLabelsToLabelable: "AddLabelsToLabelable" } as Readonly<Record<string, string>>;
  const typeOf = (name: string) => `${types[name] ?? name[0]?.toUpperCase() + name.slice(1)}Input!`;
  const variables = entries.map(([alias, [name]]) => `$${alias}: ${typeOf(name)}`).join(", ");
  const selected = entries.map(
    ([alias, [name]]) => `${alias}: ${name}(input: $${alias}) { clientMutationId }`,
  );
  const inputs = Object.fromEntries(entries.map(([alias, [, input]]) => [alias, input]));
  return bed().octokit.graphql(`mutation (${variables}) { ${selected.join(" ")} }`, inputs);
}

async function refused(answer: Promise<unknown>): Promise<Refused> {
  return answer.then(
    () => {
      throw new Error("it was not refused");
    },
    (error: Refused) => error,
  );
}

const repositoryId = () => nodeId("Repository", bed().story.shop.id);
const pullId = (pull: Pull) => nodeId("PullRequest", pull.id);
const labelId = (name: string) => nodeId("Label", bed().story.shop.labels.get(name)?.id ?? 0);
const output = (more: object = {}) => ({ title: "t", summary: "s", ...more });
const annotations = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    path: "a.tf",
    location: { startLine: index + 1, endLine: index + 2 },
    annotationLevel: "WARNING",
    message: "m",
    title: "t",
  }));

describe("check runs", () => {
  const created = (headSha: string, more: object = {}) =>
    ["createCheckRun", { repositoryId: repositoryId(), headSha, name: "countersign", ...more }] as const;

  test("are made and updated as by REST", async () => {
    const { story, double } = bed();
    const { headSha } = story.kiroDeletesProduction();
    const done = { status: "COMPLETED", conclusion: "ACTION_REQUIRED", externalId: "x" };
    const details = {
      ...done,
      detailsUrl: "https://example.com/",
      output: output({ annotations: annotations(2) }),
    };
    await mutate({ check: created(headSha, details) });
    const run = story.shop.runs.at(-1);
    expect(run).toMatchObject({
      status: "completed",
      conclusion: "action_required",
      externalId: "x",
      detailsUrl: "https://example.com/",
      summary: "s",
      text: null,
    });
    expect(run?.annotations[1]).toEqual({
      path: "a.tf",
      start_line: 2,
      end_line: 3,
      annotation_level: "warning",
      message: "m",
      title: "t",
    });
    const checkRunId = nodeId("CheckRun", run?.id ?? 0);
    const passed = { repositoryId: repositoryId(), checkRunId, status: "COMPLETED", conclusion: "SUCCESS" };
    await mutate({ check: ["updateCheckRun", { ...passed, output: output({ text: "now" }) }] });
    expect(run).toMatchObject({ conclusion: "success", text: "now", externalId: "x" });
    expect(run?.annotations).toHaveLength(2);
    expect(double.transitions.map(({ conclusion }) => conclusion)).toEqual(["action_required", "success"]);
  });

  test.each([
    ["a summary that is too long", output({ summary: "x".repeat(65_536) }), /output\/summary/],
    ["more than 50 annotations", output({ annotations: annotations(51) }), /annotations/],
  ])("refuse %s", async (_, given, message) => {
    const { story } = bed();
    const { headSha } = story.kiroDeletesProduction();
    const { errors } = await refused(mutate({ check: created(headSha, { output: given }) }));
    expect(errors).toMatchObject([
      { type: "UNPROCESSABLE", path: ["check"], message: expect.stringMatching(message) },
    ]);
    expect(story.shop.runs).toEqual([]);
  });

  test("are updated only by the app that made them", async () => {
    const { world, story } = bed();
    const { headSha } = story.kiroDeletesProduction();
    const theirs = world.checkRun(story.shop, headSha, { name: "ci", app: world.app("ci") });
    const input = {
      repositoryId: repositoryId(),
      checkRunId: nodeId("CheckRun", theirs.id),
      conclusion: "SUCCESS",
    };
    const { errors } = await refused(mutate({ check: ["updateCheckRun", input] }));
    expect(errors).toMatchObject([{ type: "FORBIDDEN", message: expect.stringContaining("Invalid app_id") }]);
    expect(theirs.conclusion).toBeNull();
  });

  test("are not made by people", async () => {
    const { story, octokitOf } = bed();
    const { headSha } = story.kiroDeletesProduction();
    const input = { repositoryId: repositoryId(), headSha, name: "countersign" };
    const asKira = octokitOf(story.people.kira).graphql(
      "mutation ($input: CreateCheckRunInput!) { createCheckRun(input: $input) { clientMutationId } }",
      { input },
    );
    expect((await refused(asKira)).errors).toMatchObject([{ type: "FORBIDDEN" }]);
  });

  test("need a commit", async () => {
    const { errors } = await refused(mutate({ check: created("f".repeat(40)) }));
    expect(errors).toMatchObject([
      { type: "UNPROCESSABLE", message: expect.stringContaining("No commit found") },
    ]);
  });
});

describe("several in one document", () => {
  test("are done in turn, and one that fails keeps none of the others from being done", async () => {
    const { story } = bed();
    const pull = story.kiroDeletesProduction();
    const input = { repositoryId: repositoryId(), headSha: pull.headSha, name: "countersign" };
    const { data, errors } = await refused(
      mutate({
        labels: ["addLabelsToLabelable", { labelableId: pullId(pull), labelIds: ["no-such-label"] }],
        check: ["createCheckRun", { ...input, clientMutationId: "1" }],
        requests: [
          "requestReviews",
          { pullRequestId: pullId(pull), teamIds: [nodeId("Team", story.teams.sre.id)] },
        ],
      }),
    );
    expect(data).toEqual({
      labels: null,
      check: { clientMutationId: "1" },
      requests: { clientMutationId: null },
    });
    expect(errors).toMatchObject([
      {
        type: "NOT_FOUND",
        path: ["labels"],
        message: "Could not resolve to a node with the global id of 'no-such-label'",
      },
    ]);
    expect([...pull.requested]).toEqual([story.teams.sre]);
  });

  test("of a kind GitHub does not know refuse the whole document before anything is done", async () => {
    const { story, octokit } = bed();
    const pull = story.kiroDeletesProduction();
    const query = `mutation ($labels: AddLabelsToLabelableInput!) {
      labels: addLabelsToLabelable(input: $labels) { clientMutationId }
      nothing: signForAll { clientMutationId }
    }`;
    const labels = { labelableId: pullId(pull), labelIds: [labelId("bug")] };
    const { data, errors } = await refused(octokit.graphql(query, { labels }));
    expect(data).toBeUndefined();
    expect(errors).toMatchObject([
      {
        message: "Field 'signForAll' doesn't exist on type 'Mutation'",
        extensions: { code: "undefinedField", typeName: "Mutation", fieldName: "signForAll" },
      },
    ]);
    expect(pull.labels.size).toBe(0);
  });
});

describe("labels", () => {
  test("are put on and taken off by their ids, which queries tell by name", async () => {
    const { story, octokit } = bed();
    const pull = story.kiroDeletesProduction();
    const told = await octokit.graphql(
      `{ repository(owner: "acme", name: "shop") { known: label(name: "BUG") { id name } unknown: label(name: "x") { id } } }`,
    );
    expect(told).toEqual({ repository: { known: { id: labelId("bug"), name: "bug" }, unknown: null } });
    const input = { labelableId: pullId(pull), labelIds: [labelId("bug")] };
    await mutate({ labels: ["addLabelsToLabelable", input] });
    expect([...pull.labels].map(({ name }) => name)).toEqual(["bug"]);
    await mutate({ labels: ["removeLabelsFromLabelable", input] });
    expect(pull.labels.size).toBe(0);
  });

  test("need a permission", async () => {
    const { world, story, installation } = bed();
    const pull = story.kiroDeletesProduction();
    world.withdrawPermission(installation, "pull_requests");
    const input = { labelableId: pullId(pull), labelIds: [labelId("bug")] };
    expect((await refused(mutate({ labels: ["addLabelsToLabelable", input] }))).errors).toMatchObject([
      { type: "FORBIDDEN", path: ["labels"], message: "Resource not accessible by integration" },
    ]);
  });
});

describe("review requests", () => {
  const request = (pull: Pull, more: object) =>
    mutate({ requests: ["requestReviews", { pullRequestId: pullId(pull), ...more }] });

  test("are added to those there are, or take their place", async () => {
    const { world, story } = bed();
    const { olga, sam } = story.people;
    const pull = story.kiroDeletesProduction();
    for (const person of [olga, sam]) world.permission(story.shop, person, "write");
    await request(pull, { userIds: [nodeId("User", olga.id)], union: true });
    await request(pull, { userIds: [nodeId("User", sam.id)], union: true });
    expect([...pull.requested]).toEqual([olga, sam]);
    await request(pull, { teamIds: [nodeId("Team", story.teams.data.id)] });
    expect([...pull.requested]).toEqual([story.teams.data]);
  });

  test("are refused as a whole for one who cannot review", async () => {
    const { world, story } = bed();
    const pull = story.kiroDeletesProduction();
    world.permission(story.shop, story.people.olga, "write");
    const userIds = [story.people.olga.id, 999_999].map((id) => nodeId("User", id));
    expect((await refused(request(pull, { userIds }))).errors).toMatchObject([
      { type: "NOT_FOUND", path: ["requests"] },
    ]);
    expect(pull.requested.size).toBe(0);
  });

  test("are refused beyond fifteen", async () => {
    const { world, story } = bed();
    const pull = story.kiroDeletesProduction();
    const people = Array.from({ length: 16 }, (_, index) => world.user(`person-${index}`));
    for (const person of people) world.permission(story.shop, person, "write");
    const userIds = people.map(({ id }) => nodeId("User", id));
    expect((await refused(request(pull, { userIds }))).errors).toMatchObject([{ type: "UNPROCESSABLE" }]);
  });
});
