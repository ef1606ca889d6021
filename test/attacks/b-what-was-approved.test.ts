import { describe, expect } from "@jest/globals";
import { isEvaluation } from "../gate/gate.ts";
import { row } from "../gate/row.ts";

const DELETION = { "infra/production/main.tf": null } as const;

describe("What was approved", () => {
  row("B01", "a new commit changes a file of the area after the approval", async (gate) => {
    const pull = gate.kirosChange(DELETION);
    const approved = pull.headSha;
    gate.world.review(pull, gate.people.olga, "APPROVED");
    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });

    gate.pushTo(pull, { author: gate.bots.kiro, changes: { "infra/production/network.tf": null } });

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(pull, `“infra/production/network.tf” changed since ${approved.slice(0, 7)}`);
  });

  row("B06", "approved, then pushed and merged within a second", async (gate) => {
    const pull = gate.kirosChange(DELETION);
    gate.world.review(pull, gate.people.olga, "APPROVED");
    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });

    gate.double.webhooks.pause();
    gate.pushTo(pull, { author: gate.bots.kiro, changes: { "infra/production/network.tf": null } });
    const merge = gate.world.merge(pull, gate.people.kira);
    gate.double.webhooks.resume();

    expect(merge).toMatchObject({
      status: 405,
      message: expect.stringContaining('"countersign" is expected'),
    });
    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
  });

  row("B07", "a rename out of the production area", async (gate) => {
    const pull = gate.openPull({
      author: gate.bots.kiro,
      commits: [{ ...gate.kirosCommit({}), renames: { "infra/production/main.tf": "app/main.txt" } }],
    });

    const check = await gate.check(pull);
    expect(check).toMatchObject({ conclusion: "action_required" });
    expect(check?.title).toContain("infrastructure");
    await gate.says(pull, "infra/production/main.tf");
  });

  row("B10", "fewer files returned than changed_files says", async (gate) => {
    const pull = gate.kirosChange({ "app/one.ts": "1\n", "app/two.ts": "2\n" });
    gate.double.faults.add({
      match: ({ operation }) => operation === "GET /repos/{owner}/{repo}/pulls/{pull_number}/files",
      respond: (real) => ({ ...real, body: Array.isArray(real.body) ? real.body.slice(1) : real.body }),
    });

    expect(await gate.check(pull)).toMatchObject({ conclusion: "failure" });
    await gate.says(pull, /2 changed files.* (gave|returned|read) 1/);
  });

  row("B10", "more than 3,000 files", async (gate) => {
    const many = Object.fromEntries(
      Array.from({ length: 3_001 }, (_, n) => [`app/generated/${n}.ts`, `${n}\n`]),
    );
    const pull = gate.kirosChange(many);

    expect(await gate.check(pull)).toMatchObject({ conclusion: "failure" });
    await gate.says(pull, /3,?000 files/);
    await gate.says(pull, /[Ss]plit/);
  });

  row("B11", "the agent's commit hides behind 250 human ones", async (gate) => {
    const { wes } = gate.people;
    const human = (n: number) => ({
      author: wes,
      message: `Step ${n}`,
      changes: { "app/steps.md": `${n}\n` },
    });
    const commits = [gate.kirosCommit(), ...Array.from({ length: 255 }, (_, n) => human(n))];
    const pull = gate.openPull({ author: wes, commits });

    const check = await gate.check(pull);
    expect(check).toMatchObject({ conclusion: "action_required" });
    await gate.says(pull, /Kiro/);
  });

  row("B11", "GitHub gives fewer commits than it counts", async (gate) => {
    const pull = gate.kirosChange({ "app/one.ts": "1\n" });
    gate.double.faults.add({
      match: isEvaluation,
      respond: (real) => ({
        ...real,
        body: JSON.parse(JSON.stringify(real.body).replace(/("commits":\{"totalCount":)\d+/, "$17")),
      }),
    });

    expect(await gate.check(pull)).toMatchObject({ conclusion: "failure" });
    await gate.says(pull, "GitHub counts 7 commits on this pull request but gave 1 of them.");
  });

  row("B12", "GraphQL answers 200 with part of the data and errors", async (gate) => {
    const pull = gate.openPull({ author: gate.people.wes, commits: [gate.humanCommit(gate.people.wes)] });
    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
    gate.double.faults.add({
      match: isEvaluation,
      times: 1,
      respond: (real) => ({
        ...real,
        body: {
          ...(real.body as object),
          errors: [
            {
              type: "RESOURCE_LIMITS_EXCEEDED",
              path: ["repository", "pullRequest", "reviews"],
              message: "Resource limits for this query exceeded.",
            },
          ],
        },
      }),
    });
    gate.world.editPull(pull, { title: "Fill the cart faster" }, gate.people.wes);

    expect(await gate.check(pull)).toMatchObject({ conclusion: "failure" });
    await gate.says(pull, "GitHub answered only in part");
  });
});
