import { expect } from "@jest/globals";
import { kirosPull, ownedByPeople, signedPull } from "../action/kiro.ts";
import { useAction } from "../action/workflow.ts";
import type { Pull } from "../github-double/world/model.ts";
import { row } from "./plain-row.ts";

const bed = useAction();

const USE = "Use pull_request_target, issue_comment, workflow_run, merge_group, schedule, workflow_dispatch";

row.each([["pull_request"], ["pull_request_review"], ["push"], ["repository_dispatch"], ["constructor"]])(
  "J01",
  "an event whose workflow may come from the pull request: %s",
  async (event) => {
    const pull = kirosPull(bed());
    const payload = { action: "opened", pull_request: { number: pull.number } };
    const { code, stdout } = await bed().run(event, { payload });

    expect(code).toBe(1);
    expect(stdout).toContain(`::error title=Countersign::the event ${event} is not trusted`);
    expect(stdout).toContain(USE);
    expect(bed().story.shop.statuses).toEqual([]);
    expect(bed().double.requests).toEqual([]);
  },
);

row("J01", "the workflow is started by hand on a branch of one's own", async () => {
  kirosPull(bed());
  const payload = { ref: "refs/heads/mine", repository: { default_branch: "main" } };
  const { code, stdout } = await bed().run("workflow_dispatch", { payload });
  expect(code).toBe(1);
  expect(stdout).toContain("start it on main");
  expect(bed().story.shop.statuses).toEqual([]);
});

row("J01", "the pull request edits the workflow that judges it", async () => {
  const { world, story, run, status } = bed();
  ownedByPeople(bed());
  world.branch(story.shop, "quiet", "main");
  world.commit(story.shop, "quiet", {
    ...{ author: story.bots.kiro, by: story.bots.kiro, message: "Tidy the workflows" },
    changes: { ".github/workflows/countersign.yml": "on: pull_request_target\njobs: {}\n" },
  });
  const pull = world.openPull(story.shop, {
    ...{ head: "quiet", base: "main", title: "Tidy", author: story.bots.kiro },
  });
  await run("pull_request_target");
  expect(status(pull.headSha)).toMatchObject({ state: "failure" });
});

row("J02", "a pull request from a fork brings its own rules", async () => {
  const { world, story, run, status } = bed();
  const { mallory, olga } = story.people;
  ownedByPeople(bed());
  const fork = world.fork(story.shop, mallory);
  world.branch(fork, "mine", "main");
  world.commit(fork, "mine", {
    ...{ author: mallory, by: mallory, message: "Mine\n\nCo-authored-by: Claude <noreply@anthropic.com>" },
    changes: {
      "infra/production/dns.tf": null,
      ".github/CODEOWNERS": "* @mallory\n",
      ".github/countersign.yml": "version: 1\nmode: observe\n",
    },
  });
  const pull = world.openPull(story.shop, {
    ...{ head: "mine", headRepo: fork, base: "main", title: "Mine", author: mallory },
  });
  world.review(pull, mallory, "COMMENTED", "Fine.");
  await run("pull_request_target");
  expect(status(pull.headSha)).toMatchObject({ state: "failure" });
  await bed().reviewHeard(pull, olga);
  expect(status(pull.headSha)).toMatchObject({ state: "failure" });
});

row.each([
  ["countersign 1; echo green"],
  ["countersign 0"],
  ["countersign 99999999999999999999"],
  ["countersign 1\ncountersign 2"],
  ["Countersign review"],
])("J03", "what the review's workflow names is no number: %j", async (title) => {
  const pull = await signedPull(bed());
  const before = bed().story.shop.statuses.length;
  const { code, stdout } = await bed().reviewHeard(pull, bed().story.people.mallory, title);
  expect(code).toBe(0);
  expect(stdout).toContain("names no pull request in its `run-name`");
  expect(bed().story.shop.statuses).toHaveLength(before);
});

row("J03", "a number that is no open pull request here", async () => {
  const pull = kirosPull(bed());
  const { stdout } = await bed().reviewHeard(pull, bed().story.people.mallory, "countersign 4711");
  expect(stdout).toContain("#4711 is no open pull request here");
  expect(bed().story.shop.statuses).toEqual([]);
});

row("J03", "the run for a review that was dismissed since is replayed", async () => {
  const { world, story, reviewHeard, status } = bed();
  const { olga, mallory } = story.people;
  const pull: Pull = kirosPull(bed());
  const review = world.review(pull, olga, "APPROVED");
  await reviewHeard(pull, olga);
  world.dismiss(pull, review, olga, "Looked again");
  await reviewHeard(pull, mallory);
  expect(status(pull.headSha)).toMatchObject({ state: "failure" });
});

row("J10", "a title and a path that hold a runner's commands", async () => {
  const { world, story, run } = bed();
  ownedByPeople(bed());
  world.branch(story.shop, "loud", "main");
  world.commit(story.shop, "loud", {
    ...{ author: story.bots.kiro, by: story.bots.kiro, message: "::add-mask::a\n::set-output name=x::y" },
    changes: {
      "infra/\n::error::x/##[group]a.tf": 'resource "aws_db_instance" "x" {}\n',
      ".github/countersign.yml": 'mode: "##[error]x"\n',
    },
  });
  world.openPull(story.shop, {
    ...{ head: "loud", base: "main", title: "::stop-commands::x", author: story.bots.kiro },
  });
  const { stdout, outputs } = await run("pull_request_target");
  const commands = stdout.split("\n").filter((line) => /^\s*::/.test(line) || line.includes("##["));
  for (const command of commands) expect(command).toMatch(/^::(?:add-mask::ghs_|notice title=Countersign::)/);
  expect(stdout).toContain("Would break .github/countersign.yml");
  expect(outputs).toMatch(/^conclusion<<(\S+)\nfailure\n\1\n$/);
});

row("J11", "owners in teams, which the token of a workflow does not see", async () => {
  const { world, story, run, reviewHeard, status } = bed();
  const pull = story.kiroDeletesProduction();
  world.review(pull, story.people.olga, "APPROVED");
  const { stdout, summary, code } = await run("pull_request_target");
  await reviewHeard(pull, story.people.olga);

  expect(status(pull.headSha)).toMatchObject({ state: "failure" });
  expect(code).toBe(0);
  for (const said of [stdout, summary])
    expect(said).toContain(
      "Nobody can countersign through @acme/sre and @acme/web: the token of a workflow does not see who is in a team. Give the action your App",
    );
});
