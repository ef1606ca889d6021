import { describe, expect } from "@jest/globals";
import { isEvaluation } from "../gate/gate.ts";
import { FILES as BASE_FILES } from "../gate/people.ts";
import { row } from "../gate/row.ts";
import type { SeenRequest } from "../github-double/faults.ts";

const PULL = "GET /repos/{owner}/{repo}/pulls/{pull_number}";
const FILES = `${PULL}/files`;
const RESTORED = { "infra/production/main.tf": BASE_FILES["infra/production/main.tf"] };

/** What an evaluation reads of a pull request, in whatever order. */
function isReading(request: SeenRequest): boolean {
  return request.operation === PULL || request.operation === FILES || isEvaluation(request);
}

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

  row("B10", "GitHub returns fewer files than changed_files", async (gate) => {
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

  row("B11", "the agent's commit is hidden among 250 human ones", async (gate) => {
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
    await gate.says(pull, "255 commits by humans, with no evidence of AI or automation");
  });

  row("B11", "GitHub returns fewer commits than it counts", async (gate) => {
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

  row.each([
    ["after the first answer", 1],
    ["after the second answer", 2],
  ])("B13", "the head moves while the pull request is read: %s", async (gate, _which, nth) => {
    const pull = gate.kirosChange({ "infra/production/main.tf": null });
    const before = pull.headSha;
    let answers = 0;
    gate.double.faults.add({
      match: (request) => isReading(request) && ++answers === nth,
      respond: (real) => {
        const harmless = { ...RESTORED, "app/cart.ts": "export const cart = [2];\n" };
        gate.pushTo(pull, { author: gate.bots.kiro, changes: harmless });
        return real;
      },
    });

    expect(await gate.check(pull)).toMatchObject({ conclusion: "neutral" });
    await gate.says(pull, `Evaluated: pull request ${pull.number} at ${pull.headSha.slice(0, 7)}`);
    expect(answers).toBeGreaterThan(nth);
    const published = gate.double.transitions.filter(({ sha }) => sha === before);
    expect(published.filter(({ conclusion }) => conclusion !== "action_required")).toEqual([]);
  });
});

/** The list of files as GitHub would give it if it lost where they came from. */
function withoutSources(files: unknown): unknown {
  return Array.isArray(files) ? files.map(({ previous_filename: _, ...file }) => file) : files;
}
