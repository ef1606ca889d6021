import { describe, expect } from "@jest/globals";
import { isEvaluation } from "../gate/gate.ts";
import { row } from "../gate/row.ts";

const FILES = "GET /repos/{owner}/{repo}/pulls/{pull_number}/files";

describe("What was read", () => {
  row("B08", "a rename without the path it came from", async (gate) => {
    const pull = gate.openPull({
      author: gate.bots.kiro,
      commits: [{ ...gate.kirosCommit({}), renames: { "infra/production/main.tf": "app/main.txt" } }],
    });
    gate.double.faults.add({
      match: ({ operation }) => operation === FILES,
      respond: (real) => ({ ...real, body: withoutSources(real.body) }),
    });

    expect(await gate.check(pull)).toMatchObject({ conclusion: "failure" });
    await gate.says(
      pull,
      "GitHub says that app/main.txt was moved or copied, but not from where. Remove the old file in one commit and add the new one in another",
    );
  });

  row("B10", "fewer files returned than changed_files says", async (gate) => {
    const pull = gate.kirosChange({ "app/one.ts": "1\n", "app/two.ts": "2\n" });
    gate.double.faults.add({
      match: ({ operation }) => operation === FILES,
      respond: (real) => ({ ...real, body: Array.isArray(real.body) ? real.body.slice(1) : real.body }),
    });

    expect(await gate.check(pull)).toMatchObject({ conclusion: "failure" });
    await gate.says(pull, "GitHub counts 2 changed files on this pull request but gave 1 of them.");
  });

  row("B10", "more than 3,000 files", async (gate) => {
    const many = Object.fromEntries(
      Array.from({ length: 3_001 }, (_, n) => [`app/generated/${n}.ts`, `${n}\n`]),
    );
    const pull = gate.kirosChange(many);

    expect(await gate.check(pull)).toMatchObject({ conclusion: "failure" });
    await gate.says(
      pull,
      "This pull request changes 3001 files; GitHub shows 3000 at most. Split it into pull requests of at most 3000 files each.",
    );
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

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(pull, `${gate.commitsOf(pull)[0]?.sha.slice(0, 7)} Fix the slow checkout: AI (Kiro)`);
    await gate.says(pull, "255 commits by humans, without a mark of AI or automation");
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

  row("B13", "the head moves while the pull request is read", async (gate) => {
    const pull = gate.kirosChange({ "app/cart.ts": "export const cart = [2];\n" });
    const before = pull.headSha;
    gate.double.faults.add({
      match: ({ operation }) => operation === "GET /repos/{owner}/{repo}/pulls/{pull_number}",
      times: 1,
      respond: (real) => {
        gate.pushTo(pull, { author: gate.bots.kiro, changes: { "infra/production/main.tf": null } });
        return real;
      },
    });

    expect(await gate.check(pull)).toMatchObject({
      conclusion: "action_required",
      title: "0 of 1 countersigned: infrastructure waits for @acme/sre",
    });
    await gate.says(pull, `Judged: pull request ${pull.number} at ${pull.headSha.slice(0, 7)}`);
    expect(gate.double.transitions.filter(({ sha }) => sha === before)).toEqual([]);
  });
});

/** The list of files as GitHub would give it if it lost where they came from. */
function withoutSources(files: unknown): unknown {
  return Array.isArray(files) ? files.map(({ previous_filename: _, ...file }) => file) : files;
}
