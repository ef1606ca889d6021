import { describe, expect } from "@jest/globals";
import { kirosPull, SWEEP, signedPull } from "../action/kiro.ts";
import { useAction } from "../action/workflow.ts";
import type { SeenRequest } from "../github-double/faults.ts";
import { row } from "./plain-row.ts";

const isStatus = ({ method, path }: SeenRequest) => method === "POST" && path.includes("/statuses/");

describe("a pass of the Action", () => {
  const bed = useAction();

  row("J04", "another job or person sets the same status", async () => {
    const { world, story, run, status } = bed();
    const pull = kirosPull(bed());
    await run("schedule", SWEEP);
    const by = story.people.mallory;
    const description = status(pull.headSha)?.description ?? null;
    // By its words it is ours, and by its source, as every job's.
    const forged = { context: "countersign", state: "success", description, appId: 15368, by } as const;
    world.status(story.shop, pull.headSha, forged);
    expect(world.whyNotMergeable(pull, by)).toBeNull();
    await run("schedule", SWEEP);
    expect(status(pull.headSha)).toMatchObject({ state: "failure" });
  });

  row("J05", "the same head once more, into a branch with other owners", async () => {
    const { world, story, run, status } = bed();
    const pull = await signedPull(bed());
    const { olga, kira } = story.people;
    const config = "version: 1\nbranches: [main, next]\n";
    world.setFile(story.shop, "main", ".github/countersign.yml", config, olga);
    world.branch(story.shop, "next", "main");
    world.setFile(story.shop, "next", ".github/CODEOWNERS", "* @dana\n", olga);
    world.openPull(story.shop, { head: pull.headRef, base: "next", title: "Again", author: kira });
    await run("pull_request_target");
    expect(status(pull.headSha)).toEqual({ state: "failure", description: "Needs @dana: infrastructure" });
  });

  row("J05", "a fork's pull request of a head that was signed, into a branch with other owners", async () => {
    const { world, story, run, status } = bed();
    const pull = await signedPull(bed());
    const { olga, mallory } = story.people;
    const config = "version: 1\nbranches: [main, next]\n";
    world.setFile(story.shop, "main", ".github/countersign.yml", config, olga);
    world.branch(story.shop, "next", "main");
    world.setFile(story.shop, "next", ".github/CODEOWNERS", "* @dana\n", olga);
    const fork = world.fork(story.shop, mallory);
    world.openPull(story.shop, {
      ...{ head: pull.headRef, headRepo: fork, base: "next", title: "Again", author: mallory },
    });
    // Not the event of the fork's pull request: what is judged is the head.
    await run("issue_comment", { payload: { issue: { number: pull.number, pull_request: {} } } });
    expect(status(pull.headSha)).toMatchObject({ state: "failure" });
  });

  row.each([
    ["with an error", 502],
    ["as it refuses to", 403],
  ])("J06", "GitHub does not show the files: %s", async (_, answer: string | number) => {
    const { double, run, status } = bed();
    const pull = await signedPull(bed());
    double.faults.refuse(({ path }) => path.endsWith(`/pulls/${pull.number}/files`), Number(answer));
    const { stdout } = await run("pull_request_target");
    double.faults.clear();
    expect(stdout).toMatch(/::error title=Countersign::|Could not be evaluated/);
    expect(status(pull.headSha)?.state).toMatch(/^(?:error|failure)$/);
  });

  row("J06", "the list of files ends too early", async () => {
    const { world, reviewHeard, story, status } = bed();
    const pull = await signedPull(bed());
    world.misreportFiles(pull, { restCount: 9, graphqlCount: 9 });
    await reviewHeard(pull, story.people.olga);
    expect(status(pull.headSha)?.state).not.toBe("success");
  });

  row("J07", "GitHub cannot answer any more once the pass is shown", async () => {
    const { double, world, story, reviewHeard, status } = bed();
    const { olga } = story.people;
    const pull = kirosPull(bed());
    world.review(pull, olga, "APPROVED");
    const held = double.faults.hold(isStatus, { times: 1 });
    const running = reviewHeard(pull, olga);
    await held.asked();
    double.faults.refuse(({ path }) => path.endsWith(`/pulls/${pull.number}/files`), 502);
    held.release();
    expect(await running).toMatchObject({ code: 1 });
    double.faults.clear();
    expect(story.shop.statuses.map(({ state }) => state)).toEqual(["success", "error"]);
    expect(status(pull.headSha)).toMatchObject({ state: "error" });
  });

  row("J07", "an approval is dismissed while the verdict is on its way", async () => {
    const { double, world, story, reviewHeard, status } = bed();
    const { olga } = story.people;
    const pull = kirosPull(bed());
    const review = world.review(pull, olga, "APPROVED");
    const held = double.faults.hold(isStatus, { times: 1 });
    const running = reviewHeard(pull, olga);
    await held.asked();
    world.dismiss(pull, review, olga, "Looked again");
    held.release();
    await running;
    expect(story.shop.statuses.map(({ state }) => state)).toEqual(["success", "failure"]);
    expect(status(pull.headSha)).toMatchObject({ state: "failure" });
  });

  row("J08", "pointed at a branch that is not governed, and back", async () => {
    const { world, story, run, status } = bed();
    const pull = await signedPull(bed());
    world.branch(story.shop, "playground", "main");
    world.retarget(pull, "playground", story.people.kira);
    await run("pull_request_target");
    expect(status(pull.headSha)).toMatchObject({ state: "failure" });
    world.retarget(pull, "main", story.people.kira);
    await run("pull_request_target");
    // The approval was given before the base was this one again.
    expect(status(pull.headSha)).toMatchObject({ state: "failure" });
  });

  row("J08", "closed, so that anybody could open its head again into any branch", async () => {
    const { world, story, run, status } = bed();
    const pull = await signedPull(bed());
    world.close(pull, story.people.kira);
    await run("pull_request_target");
    expect(status(pull.headSha)).toMatchObject({ state: "failure" });
  });

  row("J09", "a head bears nearly as many statuses as GitHub takes", async () => {
    const { world, story, reviewHeard, status } = bed();
    const { olga, kira } = story.people;
    const pull = kirosPull(bed());
    for (let count = 0; count < 900; count += 1)
      world.status(story.shop, pull.headSha, { context: "countersign", state: "failure", by: kira });
    world.review(pull, olga, "APPROVED");
    await reviewHeard(pull, olga);
    expect(status(pull.headSha)).toEqual({
      state: "failure",
      description: expect.stringContaining("push a new commit"),
    });
  });
});

describe("the hour's requests", () => {
  const bed = useAction();

  row("J12", "strangers comment and review until most of them are used up", async () => {
    const { double, world, story, installation, reviewHeard, status } = bed();
    const pull = await signedPull(bed());
    const review = pull.reviews.at(-1);
    if (review === undefined) throw new Error("nobody reviewed it");
    double.limits.exhaust(installation, "graphql", 150);
    const before = double.requests.length;
    const { stdout } = await reviewHeard(pull, world.user("stranger"));
    expect(stdout).toContain("is left to the next sweep");
    expect(double.requests.length - before).toBeLessThanOrEqual(2);

    world.dismiss(pull, review, story.people.olga, "Looked again");
    await reviewHeard(pull, story.people.olga);
    expect(status(pull.headSha)).toMatchObject({ state: "failure" });
  });
});

describe("with the App", () => {
  const bed = useAction({ requires: "app" });

  row("J06", "GitHub does not show the files of what passes by two checks", async () => {
    const { double, world, story, run, reviewHeard, installApp } = bed();
    const inputs = installApp();
    const { olga } = story.people;
    const config = "version: 1\nbranches: [main]\nchecks: per-pattern\n";
    world.setFile(story.shop, "main", ".github/countersign.yml", config, olga);
    const pull = kirosPull(bed());
    world.review(pull, olga, "APPROVED");
    await reviewHeard(pull, olga, undefined, inputs);
    const shown = () => story.shop.runs.map(({ name, conclusion }) => [name, conclusion]).toSorted();
    expect(shown()).toEqual([
      ["countersign (main)", "success"],
      ["countersign", "success"],
    ]);

    double.faults.refuse(({ path }) => path.endsWith(`/pulls/${pull.number}/files`), 502);
    await run("schedule", { ...SWEEP, inputs });
    double.faults.clear();
    expect(shown()).toEqual([
      ["countersign (main)", "action_required"],
      ["countersign", "action_required"],
    ]);
  });

  row("J04", "a job sets a status of the name that is required of the App", async () => {
    const { world, story, run, installApp } = bed();
    const { mallory } = story.people;
    const pull = kirosPull(bed());
    await run("pull_request_target", { inputs: installApp() });
    world.status(story.shop, pull.headSha, { context: "countersign", state: "success", by: mallory });
    expect(world.merge(pull, mallory)).toMatchObject({ status: 405 });
  });
});
