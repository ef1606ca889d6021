import { describe, expect, test } from "@jest/globals";
import { ManualClock } from "../app/manual-clock.ts";
import { APP_ID } from "../gate/app.ts";
import { PassingTime } from "../gate/clocked-row.ts";
import { type Gate, openGate } from "../gate/gate.ts";
import { plain } from "../gate/plain.ts";
import { metric } from "../gate/queue.ts";
import { opened } from "../gate/row.ts";
import type { Pull } from "../github-double/world/model.ts";

const CHECK = { context: "countersign", integrationId: APP_ID };
const FIX = `countersign doctor acme/shop --app-id ${APP_ID} --fix`;
const NOT_REQUIRED = `This check is not required on main, so GitHub merges without it. For an administrator: ${FIX} shows the ruleset that requires it.`;
const NOT_PINNED = `GitHub does not take this check from this App alone on main, so others can report it. For an administrator: ${FIX} shows the ruleset that names the App.`;

const DAY = 24 * 60 * 60;
const HOUR = 60 * 60;

/** What the check says of the rules, in one line; empty where it says nothing of them. */
async function saidOf(gate: Gate, pull: Pull): Promise<string> {
  await gate.settle();
  const lines = plain(gate.shown(pull)?.summary ?? "").split("\n");
  return lines.filter((line) => /not required on|App alone on|enforces no rules on/.test(line)).join("\n");
}

/** The only ruleset, as it is when the gate opens. */
function rulesetOf({ repo }: Gate) {
  const [ruleset] = repo.rulesets;
  if (ruleset === undefined) throw new Error("there is no ruleset");
  return ruleset;
}

/** A change that needs a countersignature; into each branch another one. */
const ofKiro = (gate: Gate, base = "main") =>
  gate.kirosChange({ "infra/production/main.tf": `# for ${base}\n` }, { base });

async function metricOf({ webhookUrl }: Gate, name: string, labels = ""): Promise<number> {
  const text = await (await fetch(new URL("/metrics", webhookUrl))).text();
  return metric(text, name, labels);
}

const unprotectedIn = (gate: Gate) => metricOf(gate, "countersign_unprotected_repositories");

/** How many looks there were, and what they cost in all. */
async function costOf(gate: Gate): Promise<{ readonly looks: number; readonly requests: number }> {
  const labels = '{kind="protection"}';
  return {
    looks: await metricOf(gate, "countersign_job_requests_count", labels),
    requests: await metricOf(gate, "countersign_job_requests_sum", labels),
  };
}

describe("news of the rules", () => {
  test("nobody has looked yet: the check says nothing of them", async () => {
    const gate = opened();
    gate.repo.rulesets.length = 0;
    expect(await saidOf(gate, ofKiro(gate))).toBe("");
    expect(await unprotectedIn(gate)).toBe(0);
  });

  test("the check is not required any more, and then again: a line comes and goes, and decides nothing", async () => {
    const gate = opened();
    const pull = ofKiro(gate);
    expect(await saidOf(gate, pull)).toBe("");
    const ruleset = rulesetOf(gate);

    gate.world.deleteRuleset(gate.repo, ruleset, gate.people.olga);
    expect(await saidOf(gate, pull)).toBe(NOT_REQUIRED);
    expect(gate.shown(pull)?.conclusion).toBe("action_required");
    expect(await unprotectedIn(gate)).toBe(1);

    gate.world.review(pull, gate.people.olga, "APPROVED");
    expect(await saidOf(gate, pull)).toBe(NOT_REQUIRED);
    expect(gate.passes(pull)).toBe(true);

    const given = { branches: ["main"], requiredChecks: [CHECK] };
    gate.world.ruleset(gate.repo, given, gate.people.olga);
    expect(await saidOf(gate, pull)).toBe("");
    expect(gate.passes(pull)).toBe(true);
    expect(await unprotectedIn(gate)).toBe(0);
  });

  test("the check is taken from anybody", async () => {
    const gate = opened();
    const pull = ofKiro(gate);
    gate.world.changeRuleset(
      gate.repo,
      rulesetOf(gate),
      { requiredChecks: [{ context: "countersign" }] },
      gate.people.olga,
    );
    expect(await saidOf(gate, pull)).toBe(NOT_PINNED);
    expect(await unprotectedIn(gate)).toBe(1);
  });

  test("rules for one branch alone: said on the pull requests into the other", async () => {
    const gate = opened();
    gate.configure("branches: [main, release]\n");
    gate.world.branch(gate.repo, "release", "main");
    const [intoMain, intoRelease] = [ofKiro(gate), ofKiro(gate, "release")];
    gate.world.changeRuleset(gate.repo, rulesetOf(gate), { branches: ["main"] }, gate.people.olga);

    expect(await saidOf(gate, intoRelease)).toBe(NOT_REQUIRED.replace("main", "release"));
    expect(await saidOf(gate, intoMain)).toBe("");
  });

  test("one head into two branches: said of the one that has no rules", async () => {
    const gate = opened();
    gate.configure("branches: [main, release, hotfix]\n");
    for (const branch of ["release", "hotfix"]) gate.world.branch(gate.repo, branch, "main");
    const pull = ofKiro(gate);
    gate.openAgain(pull, { author: gate.bots.kiro, base: "release" });
    gate.openAgain(pull, { author: gate.bots.kiro, base: "hotfix" });
    gate.world.changeRuleset(gate.repo, rulesetOf(gate), { branches: ["main"] }, gate.people.olga);

    expect(await saidOf(gate, pull)).toBe(NOT_REQUIRED.replace("main", "release and hotfix"));
  });

  test("a ruleset of the organization, whose news names no repository", async () => {
    const gate = opened();
    const pull = ofKiro(gate);
    await gate.settle();
    gate.repo.rulesets.length = 0;
    const given = { branches: ["~ALL"], requiredChecks: [{ context: "countersign" }] };
    const ruleset = gate.world.ruleset(gate.repo, { ...given, source: "Organization" }, gate.people.olga);
    expect(await saidOf(gate, pull)).toBe(NOT_PINNED);

    gate.world.changeRuleset(gate.repo, ruleset, { requiredChecks: [CHECK] }, gate.people.olga);
    expect(await saidOf(gate, pull)).toBe("");
  });

  test("branch protection: made, changed, switched off, on and taken away", async () => {
    const gate = opened();
    const pull = ofKiro(gate);
    const { world, repo, people } = gate;
    const by = people.olga;
    repo.rulesets.length = 0;

    world.protectBranch(repo, "main", { by });
    expect(await saidOf(gate, pull)).toBe(NOT_REQUIRED);
    world.protectBranch(repo, "main", { requiredChecks: [CHECK], by });
    expect(await saidOf(gate, pull)).toBe("");
    world.switchProtection(repo, "disabled", by);
    expect(await saidOf(gate, pull)).toBe(NOT_REQUIRED);
    world.switchProtection(repo, "enabled", by);
    expect(await saidOf(gate, pull)).toBe("");
    world.unprotectBranch(repo, "main", by);
    expect(await saidOf(gate, pull)).toBe(NOT_REQUIRED);
  });

  test("a plan without rules for private repositories", async () => {
    const gate = opened();
    const pull = ofKiro(gate);
    const message = "Upgrade to GitHub Pro or make this repository public to enable this feature.";
    gate.double.faults.add({
      match: ({ path }) => path.includes("/rules/branches/") || path.endsWith("/rulesets"),
      respond: { status: 403, body: { message } },
    });
    gate.world.changeRuleset(gate.repo, rulesetOf(gate), {}, gate.people.olga);

    expect(await saidOf(gate, pull)).toBe(
      "GitHub enforces no rules on main, so it merges without this check: the owner's plan has no rules for private repositories. What to do.",
    );
  });
});

describe("what GitHub refuses", () => {
  test("is not known: nothing is said of it, and nothing is asked again and again", async () => {
    const gate = opened();
    const pull = ofKiro(gate);
    const isRules = ({ path }: { readonly path: string }) => path.includes("/rules/branches/");
    gate.double.faults.refuse(isRules, 403);
    gate.world.deleteRuleset(gate.repo, rulesetOf(gate), gate.people.olga);

    expect(await saidOf(gate, pull)).toBe("");
    expect(gate.double.requests.filter(isRules)).toHaveLength(1);
    expect(await gate.waiting()).toBe(1);
    expect(await unprotectedIn(gate)).toBe(0);
  });

  test("is looked at once the right is granted", async () => {
    const gate = opened();
    const pull = ofKiro(gate);
    const { world, repo, installation, people } = gate;
    const ofBranch = /"GET \/repos\/\{owner\}\/\{repo\}\/branches/;
    world.withdrawPermission(installation, "administration");
    const end = gate.double.faults.refuse(({ path }) => path.includes("/rules/branches/"), 403);
    world.deleteRuleset(repo, rulesetOf(gate), people.olga);
    expect(await saidOf(gate, pull)).toBe("");
    expect(gate.double.requests.every(({ operation }) => !ofBranch.test(operation))).toBe(true);

    end();
    world.acceptPermissions(installation, people.olga);
    expect(await saidOf(gate, pull)).toBe(NOT_REQUIRED);
  });

  test("the repository itself: the look ends, and is made again with the next news", async () => {
    const gate = opened();
    const pull = ofKiro(gate);
    await gate.settle();
    const isRepository = ({ operation }: { readonly operation: string }) =>
      operation === "GET /repos/{owner}/{repo}";
    const end = gate.double.faults.refuse(isRepository, 403);
    const ruleset = rulesetOf(gate);
    gate.world.deleteRuleset(gate.repo, ruleset, gate.people.olga);
    expect(await saidOf(gate, pull)).toBe("");
    expect(gate.double.requests.filter(isRepository)).toHaveLength(1);
    expect(await gate.waiting()).toBe(1);

    end();
    gate.world.protectBranch(gate.repo, "main", { by: gate.people.olga });
    expect(await saidOf(gate, pull)).toBe(NOT_REQUIRED);
  });
});

describe("what is new to the App is looked at", () => {
  test("an installation: each repository once, for ten requests where it has no rules, config or CODEOWNERS", async () => {
    const gate = opened();
    const globex = gate.world.org("globex", { owners: [gate.people.sam] });
    for (const name of ["till", "depot"])
      gate.world.repository(globex, name, { files: { "README.md": "# Globex\n" } });
    gate.world.install(gate.installation.app, globex, gate.people.sam);
    await gate.settle();

    expect(await unprotectedIn(gate)).toBe(2);
    expect(await costOf(gate)).toEqual({ looks: 2, requests: 20 });
  });

  test("a look at a branch with a ruleset and CODEOWNERS: twelve requests", async () => {
    const gate = opened();
    gate.world.changeRuleset(gate.repo, rulesetOf(gate), {}, gate.people.olga);
    await gate.settle();
    expect(await costOf(gate)).toEqual({ looks: 1, requests: 12 });

    // GitHub does not count what is as it was: here, all but the ruleset, and what is asked by GraphQL or not kept.
    const before = gate.double.requests.length;
    gate.world.changeRuleset(gate.repo, rulesetOf(gate), { name: "under another name" }, gate.people.olga);
    await gate.settle();
    const counted = gate.double.requests.slice(before).filter((request) => request.counted);
    expect(counted.map(({ operation }) => operation).toSorted()).toEqual([
      "GET /repos/{owner}/{repo}/git/trees/{tree_sha}",
      "GET /repos/{owner}/{repo}/rulesets",
      "GET /repos/{owner}/{repo}/rulesets/{ruleset_id}",
      ...["POST /graphql", "POST /graphql", "POST /graphql"],
    ]);
  });

  test("a repository that is added", async () => {
    const gate = opened();
    const { world, repo, installation, people } = gate;
    repo.rulesets.length = 0;
    world.selectRepositories(installation, [], people.olga);
    await gate.settle();
    expect(await unprotectedIn(gate)).toBe(0);

    world.selectRepositories(installation, [repo], people.olga);
    await gate.settle();
    expect(await unprotectedIn(gate)).toBe(1);

    world.selectRepositories(installation, [], people.olga);
    await gate.settle();
    expect(await unprotectedIn(gate)).toBe(0);
  });
});

describe("as time passes", () => {
  async function withTime(story: (gate: Gate, time: PassingTime) => Promise<void>): Promise<void> {
    const clock = new ManualClock();
    const gate = await openGate({ clock });
    try {
      await story(gate, new PassingTime(gate, clock));
    } finally {
      await gate.close();
    }
    expect(gate.double.violations).toEqual([]);
  }

  const looks = ({ double }: Gate) =>
    double.requests.filter(({ operation }) => operation === "GET /repos/{owner}/{repo}/rulesets").length;

  test("rules that changed unheard are seen within a day, and looked at once a day", () =>
    withTime(async (gate, time) => {
      const pull = ofKiro(gate);
      await gate.settle();
      await time.leap(HOUR);
      expect(looks(gate)).toBe(1);
      gate.repo.rulesets.length = 0;
      await time.leap(22 * HOUR);
      expect(looks(gate)).toBe(1);
      expect(await saidOf(gate, pull)).toBe("");
      await time.leap(2 * HOUR);
      expect(looks(gate)).toBe(2);
      expect(await saidOf(gate, pull)).toBe(NOT_REQUIRED);
      const changes = gate.changesOf(pull);
      await time.leap(DAY);
      await time.leap(DAY);
      expect(looks(gate)).toBe(4);
      expect(gate.changesOf(pull)).toBe(changes);
    }));

  test("without a pull request into a governed branch nobody looks", () =>
    withTime(async (gate, time) => {
      gate.world.branch(gate.repo, "lax", "main");
      ofKiro(gate, "lax");
      await gate.settle();
      await time.leap(DAY);
      await time.leap(DAY);
      expect(looks(gate)).toBe(0);
    }));
});
