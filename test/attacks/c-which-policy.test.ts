import { afterEach, describe, expect, jest } from "@jest/globals";
import { CONFIG_PATH } from "../../src/policy/source.ts";
import { type Gate, isEvaluation } from "../gate/gate.ts";
import { row } from "../gate/row.ts";
import type { Fault } from "../github-double/faults.ts";

const DELETION = { "infra/production/main.tf": null } as const;
const WAITS = "Needs @acme/sre: infrastructure";

/** What a person waits at most, on the slowest of machines; without a budget it would be hours. */
const BUDGET_MS = 20_000;
/** As long as paths get. */
const SLOW_PATH = `app/${`${"a".repeat(250)}/`.repeat(15)}a`;

async function takesThePassBack(gate: Gate, respond: Fault["respond"]): Promise<void> {
  const { wes, kira } = gate.people;
  const pull = gate.openPull({ author: wes, commits: [gate.humanCommit(wes)] });
  expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
  gate.double.faults.add({ match: isEvaluation, respond });

  gate.world.label(pull, "bug", kira);

  expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
  await gate.says(
    pull,
    "Something changed that this pass may have rested on. The pull request is being checked again.",
  );
}

/** What GitHub takes too long for is given up soon. */
function impatience(): void {
  const { timeout } = AbortSignal;
  jest.spyOn(AbortSignal, "timeout").mockImplementation(() => timeout.call(AbortSignal, 1000));
}

afterEach(() => {
  jest.restoreAllMocks();
});

describe("Which policy", () => {
  row("C04", "a pull request is retargeted from an ungoverned branch to main", async (gate) => {
    gate.world.branch(gate.repo, "playground", "main");
    const pull = gate.kirosChange(DELETION, { base: "playground" });
    expect(await gate.check(pull)).toBeNull();

    gate.double.webhooks.pause();
    gate.world.retarget(pull, "main", gate.people.kira);
    expect(gate.world.merge(pull, gate.people.kira)).toMatchObject({ status: 405 });
    gate.double.webhooks.resume();
    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required", title: WAITS });
  });

  row("C05", "a second pull request with the same head into a lax base", async (gate) => {
    gate.configure("version: 1\nbranches: [main, lax]\n");
    gate.world.branch(gate.repo, "lax", "main");
    const strict = gate.kirosChange(DELETION);
    expect(await gate.check(strict)).toMatchObject({ conclusion: "action_required" });
    gate.world.setFile(gate.repo, "lax", "infra/production/main.tf", null, gate.people.olga);
    const lax = gate.world.openPull(gate.repo, {
      head: strict.headRef,
      base: "lax",
      title: "The same commit, elsewhere",
      author: gate.bots.kiro,
    });

    const check = await gate.check(lax);
    expect(lax.headSha).toBe(strict.headSha);
    expect(check).toMatchObject({ conclusion: "action_required", title: WAITS });
    await gate.says(
      strict,
      `Evaluated: pull requests ${strict.number} and ${lax.number}, which share the head ${lax.headSha.slice(0, 7)} of acme/shop; the strictest verdict is shown.`,
    );
  });

  row("C08", "the config on the default branch is not YAML", async (gate) => {
    gate.configure("version: 1\nproduction: [\n");
    const pull = gate.kirosChange(DELETION);

    expect(await gate.check(pull)).toMatchObject({ conclusion: "failure" });
    await gate.says(pull, /\.github\/countersign\.yml:3:1 .* Close the bracket or brace/);
  });

  row("C08", "the config on the default branch has an unknown key", async (gate) => {
    gate.configure("version: 1\nbranchs: [main]\n");
    const pull = gate.openPull({ author: gate.people.wes, commits: [gate.humanCommit(gate.people.wes)] });

    expect(await gate.check(pull)).toMatchObject({ conclusion: "failure" });
    await gate.says(pull, '.github/countersign.yml:2:1 There is no key "branchs". Did you mean "branches"?');
  });

  row("C08", "the pull request only fixes the invalid config", async (gate) => {
    const { dana, wes } = gate.people;
    gate.configure("version: 1\nbranchs: [main]\n");
    const fix = gate.humanCommit(dana, { [CONFIG_PATH]: "version: 1\nbranches: [main]\n" });
    const pull = gate.openPull({ author: dana, commits: [fix] });

    expect(await gate.check(pull)).toMatchObject({
      conclusion: "action_required",
      title: "Needs @acme/web: control-files",
    });
    await gate.says(pull, "The config on the default branch is invalid, and this pull request fixes it.");
    gate.world.review(pull, wes, "APPROVED");
    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
  });

  row("C08", "the pull request fixes the invalid config and changes something else", async (gate) => {
    const { dana } = gate.people;
    gate.configure("version: 1\nbranchs: [main]\n");
    const more = { [CONFIG_PATH]: "version: 1\n", "app/cart.ts": "export const cart = [1];\n" };
    const pull = gate.openPull({ author: dana, commits: [gate.humanCommit(dana, more)] });

    expect(await gate.check(pull)).toMatchObject({ conclusion: "failure" });
    await gate.says(pull, "There is no key");
  });

  row("C08", "the permission to read contents is withdrawn", async (gate) => {
    const pull = gate.kirosChange(DELETION);
    gate.double.faults.add({
      match: isEvaluation,
      respond: (real) => ({
        ...real,
        body: {
          data: { repository: null, floor: null },
          errors: [
            {
              type: "FORBIDDEN",
              path: ["repository", "defaultBranchRef", "target"],
              message: "Resource not accessible by integration",
            },
          ],
        },
      }),
    });

    expect(await gate.check(pull)).toMatchObject({ conclusion: "failure" });
    await gate.says(pull, "Contents: read");
  });

  row("C08", "there is no config: the organization's applies, or the built-in rules", async (gate) => {
    const bare = gate.kirosChange(DELETION);
    expect(await gate.check(bare)).toMatchObject({ conclusion: "action_required", title: WAITS });
    await gate.says(bare, "it touches infrastructure (built-in)");

    const floor = "version: 1\nproduction: [{ name: infrastructure, countersignatures: 2 }]\n";
    gate.world.repository(gate.org, ".github", { files: { [CONFIG_PATH]: floor } });
    const floored = gate.kirosChange({ "infra/production/network.tf": null });

    expect(await gate.check(floored)).toMatchObject({
      conclusion: "action_required",
      title: "Needs 2 of @acme/sre: infrastructure",
    });
  });

  row("C08", "GitHub does not return the config while a check passes", async (gate) => {
    await takesThePassBack(gate, { status: 502 });
  });

  row("C08", "GitHub never answers the request for the config while a check passes", async (gate) => {
    impatience();
    await takesThePassBack(gate, "hang");
  });

  row("C11", "CODEOWNERS is too large for GitHub", async (gate) => {
    const lines = `${"# nobody reads this far ".repeat(4)}\n`;
    const padding = lines.repeat(Math.ceil(3_000_000 / lines.length));
    gate.world.setFile(gate.repo, "main", "CODEOWNERS", `${padding}* @acme/sre\n`, gate.people.olga);
    const pull = gate.kirosChange(DELETION);
    gate.world.review(pull, gate.people.olga, "APPROVED");

    expect(await gate.check(pull)).toMatchObject({ conclusion: "failure" });
    await gate.says(pull, /CODEOWNERS of the base branch cannot be read: it is of 30\d{5} bytes/);
    await gate.says(pull, "Make CODEOWNERS a regular UTF-8 text file of less than 3000000 bytes.");
  });

  row("C11", "the deciding line of CODEOWNERS is invalid", async (gate) => {
    const owners = "* @acme/web\n/infra/[pq]roduction/ @acme/sre\n/db/ @acme/data\n";
    gate.world.setFile(gate.repo, "main", "CODEOWNERS", owners, gate.people.olga);
    const pull = gate.kirosChange({ ...DELETION, "db/migrations/0002_drop.sql": "DROP TABLE orders;\n" });
    gate.world.review(pull, gate.people.wes, "APPROVED");
    gate.world.review(pull, gate.people.dana, "APPROVED");

    const check = await gate.check(pull);
    expect(check).toMatchObject({
      conclusion: "action_required",
      title: "Nobody can countersign infrastructure yet",
    });
    await gate.says(
      pull,
      "The owner of infra/production/main.tf cannot be determined, because CODEOWNERS line 2 is invalid: `[` and `]` must each be escaped with a `\\`.",
    );
  });

  row("C12", "labels are added and removed by hand", async (gate) => {
    const { kira } = gate.people;
    const pull = gate.kirosChange(DELETION);
    await gate.check(pull);
    expect(gate.labelsOf(pull)).toEqual(["ai-authored", "needs-countersign", "production"]);

    for (const name of gate.labelsOf(pull)) gate.world.unlabel(pull, name, kira);
    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required", title: WAITS });
    expect(gate.labelsOf(pull)).toEqual(["ai-authored", "needs-countersign", "production"]);
  });

  row("C12", "labels are added by hand to a human's pull request", async (gate) => {
    const { wes, kira } = gate.people;
    const pull = gate.openPull({ author: wes, commits: [gate.humanCommit(wes)] });
    gate.world.label(pull, "ai-authored", kira);

    expect(await gate.check(pull)).toMatchObject({ conclusion: "success", title: "No AI-authored change" });
    expect(gate.labelsOf(pull)).toEqual([]);
  });

  row.each([
    [5_000, /\.github\/countersign\.yml:1:1 The file has \d+ characters\. Use up to 65536/],
    [100_000, /\.github\/countersign\.yml The file could not be read: it has \d+ bytes\./],
  ])("C13", "the config contains far too many patterns: %d", async (gate, count, sentence) => {
    const paths = Array.from({ length: count }, (_, n) => `"/services/${n}/"`);
    gate.configure(`version: 1\nproduction: [{ name: all, paths: [${paths.join(", ")}] }]\n`);
    const pull = gate.kirosChange(DELETION);

    expect(await gate.check(pull)).toMatchObject({ conclusion: "failure" });
    await gate.says(pull, sentence);
  });

  row("C13", "the config contains patterns that are slow to match", async (gate) => {
    const slow = `/app/**/${"*a".repeat(200)}b/**/${"*a".repeat(30)}c`;
    const paths = Array.from({ length: 100 }, (_, n) => `"${slow}${n}"`);
    gate.configure(`version: 1\nproduction: [{ name: slow, paths: [${paths.join(", ")}] }]\n`);
    const pull = gate.kirosChange({ ...DELETION, [SLOW_PATH]: "x\n" });
    const started = performance.now();

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(pull, "infrastructure ⏳ needs approval from @acme/sre");
    expect(performance.now() - started).toBeLessThan(BUDGET_MS);
  });

  row("C13", "CODEOWNERS contains patterns that are slow to match", async (gate) => {
    const slow = Array.from({ length: 5_000 }, (_, n) => `/app/**/${"*a".repeat(30)}b${n} @acme/web`);
    gate.world.setFile(gate.repo, "main", "CODEOWNERS", slow.join("\n"), gate.people.olga);
    gate.configure("version: 1\nreview: { block: true }\n");
    const pull = gate.kirosChange({ [SLOW_PATH]: "x\n" });
    const started = performance.now();

    expect(await gate.check(pull)).toMatchObject({ conclusion: "failure" });
    await gate.says(pull, "CODEOWNERS costs too much to match");
    expect(performance.now() - started).toBeLessThan(BUDGET_MS);
  });

  row.each([
    [70_000, "The file has 70000 characters. Use up to 65536 characters"],
    [600_000, "The file could not be read: it has 600000 bytes. Use up to 65536 characters"],
  ])("C13", "the config exceeds the length limit: %d", async (gate, length, sentence) => {
    gate.configure("version: 1\n".padEnd(length - 1, "#").concat("\n"));
    const pull = gate.kirosChange(DELETION);

    expect(await gate.check(pull)).toMatchObject({ conclusion: "failure" });
    await gate.says(pull, sentence);
  });

  row("C13", "the config contains a regular expression that might never finish", async (gate) => {
    gate.configure('version: 1\ndetect: { signals: [{ tool: Slow, line: "^(a+)+$" }] }\n');
    const pull = gate.kirosChange(DELETION, { body: `${"a".repeat(50_000)}b` });

    expect(await gate.check(pull)).toMatchObject({ conclusion: "failure" });
    await gate.says(pull, "Write a regular expression that is simple and bounded.");
  });
});
