import { describe, expect, test } from "@jest/globals";
import { kirosPull, SWEEP } from "./kiro.ts";
import { useAction } from "./workflow.ts";

describe("what the token of a workflow may not see", () => {
  const bed = useAction();

  test("the merge queue: the group is blocked", async () => {
    const { world, story, run, reviewHeard, status } = bed();
    const pull = kirosPull(bed());
    world.review(pull, story.people.olga, "APPROVED");
    await reviewHeard(pull, story.people.olga);
    const group = world.enqueue([pull], story.people.olga);

    const { stdout } = await run("merge_group");

    expect(stdout).toContain("::error title=Countersign::");
    expect(stdout).toContain("Needed: Merge queues: read. Give the workflow the permissions");
    expect(status(group.headSha)).toMatchObject({ state: "error" });
  });
});

describe("by the own App", () => {
  const bed = useAction({ requires: "app" });

  test("the check is the App's: blocked, signed by a team's member, merged by a queue", async () => {
    const { world, story, run, reviewHeard, installApp } = bed();
    const inputs = installApp();
    const { olga, kira } = story.people;
    const pull = story.kiroDeletesProduction();
    await run("pull_request_target", { inputs });
    expect(world.merge(pull, kira)).toMatchObject({ status: 405 });
    expect(story.shop.runs).toMatchObject([{ name: "countersign", conclusion: "action_required" }]);
    expect(story.shop.statuses).toEqual([]);

    world.review(pull, olga, "APPROVED");
    const { stdout } = await reviewHeard(pull, olga, undefined, inputs);
    expect(world.whyNotMergeable(pull, kira)).toBeNull();
    expect(stdout).toContain("::add-mask::ghs_");

    const group = world.enqueue([pull], olga);
    await run("merge_group", { inputs });
    expect(story.shop.runs.filter(({ suite }) => suite.sha === group.headSha)).toMatchObject([
      { name: "countersign", conclusion: "success" },
    ]);
  });

  test("that is not installed: one sentence, and nothing written", async () => {
    const { story, run } = bed();
    story.kiroDeletesProduction();
    const inputs = { ...bed().installApp(), "app-id": "99" };
    const { code, stdout } = await run("pull_request_target", { inputs });
    expect(code).toBe(1);
    expect(stdout).toContain("::error title=Countersign::");
    expect(story.shop.runs).toEqual([]);
  });
});

describe("a sweep", () => {
  const bed = useAction();

  test("ends where the hour's requests end, and says what is left", async () => {
    const { double, story, installation, run } = bed();
    kirosPull(bed());
    double.limits.exhaust(installation, "graphql", 150);
    const { code, stdout } = await run("schedule", SWEEP);
    expect(code).toBe(0);
    expect(stdout).toContain("1 of the open pull requests' heads were not looked at");
    expect(story.shop.statuses).toEqual([]);
  });
});
