import { describe, expect, test } from "@jest/globals";
import { APP_ID, type OriginStorySetup, refusal, useOriginStory } from "../story/setup.ts";
import type { CheckRunFields } from "./world/checks.ts";
import type { Pull } from "./world/model.ts";

const bed = useOriginStory();

const expected = 'Required status check "countersign" is expected.';
const failing = 'Required status check "countersign" is failing.';

/** A check run of the app the ruleset names. */
function ours(pull: Pull, fields: CheckRunFields): void {
  const { world, installation, story } = bed();
  world.checkRun(story.shop, pull.headSha, { name: "countersign", app: installation.app, ...fields });
}

interface Row {
  readonly why: string;
  readonly given: (pull: Pull, bed: OriginStorySetup) => void;
  readonly says: string;
}

describe("the merge button stays shut", () => {
  test.each<Row>([
    { why: "no check at all", given: () => {}, says: expected },
    {
      why: "queued",
      given: (pull) => ours(pull, { status: "queued" }),
      says: 'Required status check "countersign" is queued.',
    },
    {
      why: "in progress",
      given: (pull) => ours(pull, { status: "in_progress" }),
      says: 'Required status check "countersign" is in progress.',
    },
    { why: "failure", given: (pull) => ours(pull, { conclusion: "failure" }), says: failing },
    { why: "action required", given: (pull) => ours(pull, { conclusion: "action_required" }), says: failing },
    { why: "cancelled", given: (pull) => ours(pull, { conclusion: "cancelled" }), says: failing },
    { why: "timed out", given: (pull) => ours(pull, { conclusion: "timed_out" }), says: failing },
    { why: "stale", given: (pull) => ours(pull, { conclusion: "stale" }), says: failing },
    {
      why: "green once, red since",
      given: (pull) => {
        ours(pull, { conclusion: "success" });
        ours(pull, { conclusion: "failure" });
      },
      says: failing,
    },
    {
      why: "a check of the same name by another app",
      given: (pull, { world, story }) => {
        world.checkRun(story.shop, pull.headSha, {
          name: "countersign",
          app: world.app("other"),
          conclusion: "success",
        });
      },
      says: expected,
    },
    {
      why: "a status of the same name by a person",
      given: (pull, { world, story }) => {
        world.status(story.shop, pull.headSha, {
          context: "countersign",
          state: "success",
          by: story.people.mallory,
        });
      },
      says: expected,
    },
    {
      why: "green on the commit before",
      given: (pull, { world, story }) => {
        ours(pull, { conclusion: "success" });
        world.commit(story.shop, pull.headRef, {
          author: story.bots.kiro,
          by: story.bots.kiro,
          message: "More",
          changes: { x: "1\n" },
        });
      },
      says: expected,
    },
    {
      why: "two checks required, both missing",
      given: (_, { world, story }) => {
        world.ruleset(story.shop, { branches: ["~DEFAULT_BRANCH"], requiredChecks: [{ context: "ci" }] });
      },
      says: "2 of 2 required status checks are expected.",
    },
    {
      why: "two checks required, missing and failing",
      given: (pull, { world, story }) => {
        world.ruleset(story.shop, { branches: ["ma*"], requiredChecks: [{ context: "ci" }] });
        ours(pull, { conclusion: "failure" });
      },
      says: "2 of 2 required status checks have not succeeded: 1 expected and 1 failing.",
    },
  ])("$why", ({ given, says }) => {
    const { world, story } = bed();
    const pull = story.kiroDeletesProduction();
    given(pull, bed());
    expect(world.merge(pull, story.people.olga)).toEqual({
      status: 405,
      message: `Repository rule violations found\n\n${says}\n\n`,
    });
    expect(world.fileText(story.shop, "main", "infra/production/main.tf")).not.toBeNull();
  });

  test.each<Omit<Row, "says"> & { readonly status: number; readonly says: string }>([
    {
      why: "draft",
      given: (pull, { world, story }) => world.convertToDraft(pull, story.people.kira),
      status: 405,
      says: "Pull Request is still a draft",
    },
    {
      why: "closed",
      given: (pull, { world, story }) => world.close(pull, story.people.kira),
      status: 405,
      says: "Pull Request is not mergeable",
    },
    {
      why: "conflict",
      given: (_, { world, story }) => {
        world.setFile(story.shop, "main", "infra/production/main.tf", "changed\n", story.people.sam);
      },
      status: 405,
      says: "Pull Request is not mergeable",
    },
  ])("$why", ({ given, status, says }) => {
    const { world, story } = bed();
    const pull = story.kiroDeletesProduction();
    ours(pull, { conclusion: "success" });
    given(pull, bed());
    expect(world.merge(pull, story.people.olga)).toEqual({ status, message: says });
  });
});

describe("the merge button opens", () => {
  test.each(["success", "neutral", "skipped"] as const)(
    "with %s of the app the ruleset names",
    (conclusion) => {
      const { world, story } = bed();
      const pull = story.kiroDeletesProduction();
      ours(pull, { conclusion });
      expect(world.merge(pull, story.people.olga)).toMatchObject({
        status: 200,
        sha: expect.stringMatching(/^[0-9a-f]{40}$/),
      });
      expect(pull).toMatchObject({ state: "closed", mergedBy: story.people.olga });
      expect(world.fileText(story.shop, "main", "infra/production/main.tf")).toBeNull();
      expect(world.contains(story.shop, "main", pull.headSha)).toBe(true);
    },
  );

  test("for a base no ruleset governs", () => {
    const { world, story } = bed();
    const pull = story.kiroDeletesProduction();
    world.branch(story.shop, "next", "main");
    world.retarget(pull, "next", story.people.kira);
    expect(world.merge(pull, story.people.kira).status).toBe(200);
  });

  test("for who may bypass the rules", () => {
    const { world, story } = bed();
    const { shop, people } = story;
    shop.rulesets.length = 0;
    world.ruleset(shop, {
      branches: ["main"],
      requiredChecks: [{ context: "countersign" }],
      bypass: [people.sam],
    });
    const pull = story.kiroDeletesProduction();
    expect(world.merge(pull, people.olga).status).toBe(405);
    expect(world.merge(pull, people.sam).status).toBe(200);
  });
});

describe("the merge API", () => {
  test("answers what the button answers", async () => {
    const { story, octokitOf } = bed();
    const pull = story.kiroDeletesProduction();
    const merge = octokitOf(story.people.olga).rest.pulls.merge;
    const target = { owner: "acme", repo: "shop", pull_number: pull.number };
    expect(await refusal(merge(target))).toMatchObject({
      status: 405,
      message: expect.stringContaining(expected),
    });
    ours(pull, { conclusion: "success" });
    expect(
      await refusal(merge({ ...target, sha: story.shop.refs.get("refs/heads/main") ?? "" })),
    ).toMatchObject({ status: 409 });
    expect((await merge(target)).data).toMatchObject({ merged: true });
  });

  test("tells the app's id in the rules of the branch", async () => {
    const { octokit } = bed();
    const { data } = await octokit.rest.repos.getBranchRules({ owner: "acme", repo: "shop", branch: "main" });
    expect(data).toMatchObject([
      {
        type: "required_status_checks",
        parameters: { required_status_checks: [{ context: "countersign", integration_id: APP_ID }] },
      },
    ]);
  });
});
