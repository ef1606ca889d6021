import { describe, expect, test } from "@jest/globals";
import { kirosPull, ownedByPeople, SWEEP } from "./kiro.ts";
import { useAction } from "./workflow.ts";

describe("by the token of a workflow", () => {
  const bed = useAction({ bundled: true });

  test("blocked when it is opened, green when an owner approves, blocked again by a push", async () => {
    const { world, story, run, reviewHeard, status } = bed();
    const { olga, kira } = story.people;
    const pull = kirosPull(bed());

    const opened = await run("pull_request_target");
    expect(opened.code).toBe(0);
    expect(opened.stdout).toContain(
      `#${pull.number} at ${pull.headSha.slice(0, 7)}, countersign: action_required`,
    );
    expect(opened.summary).toContain("@olga");
    expect(opened.outputs).toMatch(/^conclusion<<(\S+)\naction_required\n\1\n$/);
    expect(status(pull.headSha)).toEqual({ state: "failure", description: NEEDS });
    expect(world.merge(pull, kira)).toMatchObject({ status: 405 });

    world.review(pull, olga, "APPROVED");
    await reviewHeard(pull, olga);
    expect(status(pull.headSha)).toMatchObject({ state: "success" });
    expect(world.whyNotMergeable(pull, kira)).toBeNull();

    world.commit(story.shop, pull.headRef, {
      ...{ author: story.bots.kiro, by: story.bots.kiro, message: "More" },
      changes: { "infra/production/dns.tf": "# new\n" },
    });
    expect(world.merge(pull, kira)).toMatchObject({ status: 405 });
    await run("pull_request_target");
    expect(status(pull.headSha)).toEqual({ state: "failure", description: NEEDS });
  });

  test("an approval that is dismissed takes the green back", async () => {
    const { world, story, reviewHeard, status } = bed();
    const { olga } = story.people;
    const pull = kirosPull(bed());
    const review = world.review(pull, olga, "APPROVED");
    await reviewHeard(pull, olga);
    expect(status(pull.headSha)).toMatchObject({ state: "success" });

    world.dismiss(pull, review, olga, "Looked again");
    await reviewHeard(pull, olga);
    expect(status(pull.headSha)).toMatchObject({ state: "failure" });
  });

  test("a pull request from a fork, whose head lies in another repository", async () => {
    const { world, story, run, reviewHeard, status } = bed();
    const { mallory, olga } = story.people;
    ownedByPeople(bed());
    const fork = world.fork(story.shop, mallory);
    world.branch(fork, "topic", "main");
    world.commit(fork, "topic", {
      ...{ author: mallory, by: mallory, changes: { "infra/production/dns.tf": null } },
      message: "Drop it\n\nCo-authored-by: Claude <noreply@anthropic.com>",
    });
    const pull = world.openPull(story.shop, {
      ...{ head: "topic", headRepo: fork, base: "main", title: "Drop", author: mallory },
    });

    await run("pull_request_target");
    expect(status(pull.headSha)).toMatchObject({ state: "failure" });
    world.review(pull, olga, "APPROVED");
    await reviewHeard(pull, olga);
    expect(status(pull.headSha)).toMatchObject({ state: "success" });
  });

  test("a sweep finds what no event told of, and writes nothing else", async () => {
    const { world, story, run, status } = bed();
    const pull = kirosPull(bed());
    await run("schedule", SWEEP);
    expect(status(pull.headSha)).toMatchObject({ state: "failure" });
    world.review(pull, story.people.olga, "APPROVED");

    await run("schedule", SWEEP);
    expect(status(pull.headSha)).toMatchObject({ state: "success" });

    const written = story.shop.statuses.length;
    const { stdout } = await run("workflow_dispatch", {
      payload: { ref: "refs/heads/main", repository: { default_branch: "main" } },
    });
    expect(stdout).toContain("success (unchanged)");
    expect(story.shop.statuses).toHaveLength(written);
  });

  test("labels are set and owners asked, where the token may", async () => {
    const { story, run } = bed();
    const pull = kirosPull(bed());
    await run("pull_request_target");
    expect([...pull.labels].map(({ name }) => name).toSorted()).toEqual([
      ...["ai-authored", "needs-countersign", "production"],
    ]);
    expect(story.shop.statuses).toHaveLength(1);
  });

  test("with `fail` the step fails where something is blocked, and else does not", async () => {
    const { run } = bed();
    kirosPull(bed());
    expect(await run("pull_request_target", { inputs: { fail: "true" } })).toMatchObject({ code: 1 });
    expect(await run("pull_request_target")).toMatchObject({ code: 0 });
  });
});

const NEEDS = "Needs @olga or @sam: infrastructure";
