import { describe, expect } from "@jest/globals";
import { APP_ID } from "../gate/app.ts";
import type { Gate } from "../gate/gate.ts";
import { row } from "../gate/row.ts";
import type { CheckRun, Pull } from "../github-double/world/model.ts";

const EDIT = { "infra/production/main.tf": "# one instance less\n" } as const;
const ALL = "countersign";
const MAIN = "countersign (main)";
const RELEASE = "countersign (release/*)";
const PER_PATTERN = 'version: 1\nbranches: [main, "release/*"]\nchecks: per-pattern\n';

/** The app's newest check of each name on a commit. */
function checksOn({ repo, headSha }: Pick<Pull, "repo" | "headSha">): ReadonlyMap<string, CheckRun> {
  const own = repo.runs.filter(({ suite }) => suite.appId === APP_ID && suite.sha === headSha);
  return new Map(own.map((run) => [run.name, run]));
}

/** Those of them that GitHub lets a merge through on. */
function passing(on: Pick<Pull, "repo" | "headSha">): readonly string[] {
  const passes = ({ conclusion }: CheckRun) => conclusion === "success" || conclusion === "neutral";
  return [...checksOn(on)]
    .filter(([, run]) => passes(run))
    .map(([name]) => name)
    .toSorted();
}

function releaseBranch(gate: Gate, branch = "release/1"): void {
  gate.world.branch(gate.repo, branch, "main");
  gate.world.setFile(gate.repo, branch, "CODEOWNERS", "/infra/ @acme/data\n", gate.people.olga);
}

/** Kiro's change into a release, which Dana owns and has signed; nobody has signed it for main. */
async function signedForRelease(gate: Gate, config = PER_PATTERN): Promise<Pull> {
  gate.configure(config);
  releaseBranch(gate);
  gate.world.branch(gate.repo, "work", "main");
  gate.world.push(gate.repo, "work", [gate.kirosCommit(EDIT)], gate.bots.kiro);
  const words = { title: "Fix the slow checkout", author: gate.people.kira };
  const pull = gate.world.openPull(gate.repo, { head: "work", base: "release/1", ...words });
  gate.world.review(pull, gate.people.dana, "APPROVED");
  await gate.settle();
  return pull;
}

const requires = (gate: Gate, branch: string, context: string) =>
  gate.world.ruleset(gate.repo, {
    branches: [branch],
    requiredChecks: [{ context, integrationId: APP_ID }],
  });

/** What leaves nothing open into a release on the commit, where one more pull request is open into main. */
const AWAY: readonly (readonly [string, (gate: Gate, release: Pull) => void])[] = [
  ["closed", (gate, release) => gate.world.close(release, gate.people.kira)],
  ["pointed at main", (gate, release) => gate.world.retarget(release, "main", gate.people.kira)],
];

/** What makes an end of the checks of patterns. */
const NO_MORE: readonly (readonly [string, string])[] = [
  ["the key is one again", 'version: 1\nbranches: [main, "release/*"]\nchecks: one\n'],
  ["the key is gone", 'version: 1\nbranches: [main, "release/*"]\n'],
  ["the pattern is another", 'version: 1\nbranches: [main, "release/**"]\nchecks: per-pattern\n'],
  ["the branch is governed no more", "version: 1\nbranches: [main]\nchecks: per-pattern\n"],
  ["the config is invalid", "version: 1\nchecks: per-patern\n"],
];

/** Names as the config writes them, and as the check is called. */
const NAMES: readonly (readonly [string, string, string])[] = [
  ["the default", "", "countersign (default branch)"],
  ["a wildcard", 'branches: ["ma*"]\n', "countersign (ma*)"],
  ["one of any depth", 'branches: ["**"]\n', "countersign (**)"],
];

describe("Which policy: each pattern's own check", () => {
  row("C16", "a ruleset that requires main's own check holds before anything is heard", async (gate) => {
    const release = await signedForRelease(gate);
    requires(gate, "main", MAIN);
    requires(gate, "release/1", RELEASE);
    gate.double.webhooks.pause();
    const again = gate.openAgain(release, { author: gate.people.kira });

    expect(gate.world.whyNotMergeable(again, gate.people.kira)).toContain(MAIN);
    expect(gate.world.whyNotMergeable(release, gate.people.kira)).toBeNull();

    gate.double.webhooks.resume();
    await gate.settle();
    expect(gate.world.whyNotMergeable(again, gate.people.kira)).not.toBeNull();
    expect(checksOn(again).get(MAIN)?.conclusion).toBe("action_required");
    expect(gate.world.whyNotMergeable(release, gate.people.kira)).toBeNull();
  });

  row("C16", "what is signed for main as well passes for all", async (gate) => {
    const release = await signedForRelease(gate);
    const again = gate.openAgain(release, { author: gate.people.kira });
    gate.world.review(again, gate.people.olga, "APPROVED");
    await gate.settle();

    expect(passing(again)).toEqual([ALL, MAIN, RELEASE]);
  });

  row.each(AWAY)(
    "C16",
    "nothing open into a release is left on the commit: %s",
    async (gate, _how, leave) => {
      const release = await signedForRelease(gate);
      gate.openAgain(release, { author: gate.people.kira });
      await gate.settle();
      expect(passing(release)).toEqual([RELEASE]);

      leave(gate, release);
      await gate.settle();

      expect(passing(release)).toEqual([]);
      expect(checksOn(release).get(RELEASE)?.title).toMatch(/^Not in use/);
    },
  );

  row("C16", "nothing is left open at all, and it is opened again", async (gate) => {
    const release = await signedForRelease(gate);
    gate.world.close(release, gate.people.kira);
    await gate.settle();
    expect(passing(release)).toEqual([]);

    gate.world.reopen(release, gate.people.kira);
    await gate.settle();
    expect(passing(release)).toEqual([ALL, RELEASE]);
  });

  row.each(NO_MORE)("C16", "the config wants the check no more: %s", async (gate, _how, config) => {
    const release = await signedForRelease(gate);
    expect(passing(release)).toEqual([ALL, RELEASE]);

    gate.configure(config);
    await gate.settle();

    expect(passing(release)).not.toContain(RELEASE);
  });

  row(
    "C16",
    "the config wants the check no more, and that is not heard until the commit is judged again",
    async (gate) => {
      const release = await signedForRelease(gate);
      gate.double.webhooks.drop(({ event }) => event === "push");
      gate.configure('version: 1\nbranches: [main, "release/*"]\n');
      gate.world.review(release, gate.people.sam, "COMMENTED");
      await gate.settle();

      expect(passing(release)).toEqual([ALL]);
    },
  );

  row("C16", "the config is broken, and its fix passes by the checks that it brings back", async (gate) => {
    gate.configure(PER_PATTERN);
    gate.configure("version: 1\nchecks: per-patern\n");
    const { dana, wes } = gate.people;
    const fix = gate.openPull({
      author: dana,
      commits: [gate.humanCommit(dana, { ".github/countersign.yml": PER_PATTERN })],
    });
    await gate.settle();
    expect(passing(fix)).toEqual([]);

    gate.world.review(fix, wes, "APPROVED");
    await gate.settle();
    expect(passing(fix)).toEqual([ALL, MAIN]);
  });

  row("C16", "another pull request of the commit cannot be read, so no check of it passes", async (gate) => {
    const release = await signedForRelease(gate);
    gate.double.webhooks.pause();
    const again = gate.openAgain(release, { author: gate.people.kira });
    gate.world.misreportFiles(again, { restCount: 4000, graphqlCount: 4000 });
    gate.double.webhooks.resume();
    await gate.settle();

    expect(checksOn(release).get(RELEASE)?.conclusion).toBe("failure");
    expect(passing(release)).toEqual([]);
  });

  row("C16", "a branch that several patterns match has the check of each", async (gate) => {
    const release = await signedForRelease(
      gate,
      'version: 1\nbranches: ["**", "release/*", "release/1"]\nchecks: per-pattern\n',
    );
    const each = [ALL, "countersign (**)", RELEASE, "countersign (release/1)"].toSorted();
    expect(passing(release)).toEqual(each);

    // Main is matched by one of them, which then speaks of both.
    gate.openAgain(release, { author: gate.people.kira });
    await gate.settle();
    expect(passing(release)).toEqual([RELEASE, "countersign (release/1)"]);
  });

  row("C16", "two releases of one pattern share its check, with the stricter verdict", async (gate) => {
    const release = await signedForRelease(gate);
    gate.world.branch(gate.repo, "release/2", "main");
    gate.openAgain(release, { author: gate.people.kira, base: "release/2" });
    await gate.settle();

    expect(passing(release)).toEqual([]);
  });

  row("C16", "patterns that differ in case alone have checks that differ in more", async (gate) => {
    const config = 'version: 1\nbranches: [main, "release/*", "Release/*"]\nchecks: per-pattern\n';
    const release = await signedForRelease(gate, config);
    releaseBranch(gate, "Release/1");

    const names = passing(release).map((name) => name.toLowerCase());
    expect(names).toHaveLength(2);
    expect(names).not.toContain(RELEASE);

    gate.openAgain(release, { author: gate.people.kira, base: "Release/1" });
    await gate.settle();
    expect(new Set([...checksOn(release).keys()].map((name) => name.toLowerCase())).size).toBe(3);
  });

  row.each(NAMES)(
    "C16",
    "the default branch has the check of what governs it: %s",
    async (gate, _how, branches, name) => {
      gate.configure(`version: 1\n${branches}checks: per-pattern\n`);
      const { wes } = gate.people;
      const pull = gate.openPull({ author: wes, commits: [gate.humanCommit(wes)] });
      await gate.settle();

      expect(passing(pull)).toEqual([ALL, name]);
    },
  );

  row(
    "C16",
    "the organization wants checks of patterns, and a repository cannot do without",
    async (gate) => {
      gate.world.repository(gate.org, ".github", {
        files: { ".github/countersign.yml": "version: 1\nchecks: per-pattern\n" },
      });
      await gate.settle();
      const release = await signedForRelease(gate, 'version: 1\nbranches: ["release/*"]\nchecks: one\n');

      expect(passing(release)).toEqual([ALL, RELEASE]);
    },
  );

  row("C16", "a merge group has the check of the branch that it is merged into", async (gate) => {
    gate.configure(PER_PATTERN);
    const { wes, olga } = gate.people;
    const human = gate.openPull({ author: wes, commits: [gate.humanCommit(wes)] });
    const kiros = gate.kirosChange(EDIT);
    gate.world.review(kiros, olga, "APPROVED");
    await gate.settle();
    requires(gate, "main", MAIN);
    const group = { ...gate.world.enqueue([human, kiros], wes), repo: gate.repo };
    await gate.settle();
    expect(passing(group)).toEqual([ALL, MAIN]);

    gate.world.review(kiros, olga, "CHANGES_REQUESTED", "No.");
    await gate.settle();
    expect(passing(group)).toEqual([]);
    expect(checksOn(group).get(MAIN)?.conclusion).toBe("action_required");
  });

  row("C16", "a pull request of a stack has the check of the stack's base", async (gate) => {
    gate.configure(PER_PATTERN);
    const { kira } = gate.people;
    const lower = gate.openPull({ author: kira, head: "lower", commits: [gate.humanCommit(kira)] });
    const more = gate.humanCommit(kira, { "app/more.ts": "export {};\n" });
    const upper = gate.openPull({ author: kira, base: "lower", commits: [more] });
    gate.world.stack([lower, upper], kira);
    await gate.settle();

    expect(passing(upper)).toEqual([ALL, MAIN]);
  });

  row("C16", "the answer to the write is lost, and the approval taken back meanwhile", async (gate) => {
    const { dana } = gate.people;
    const release = await signedForRelease(gate);
    gate.world.review(release, dana, "CHANGES_REQUESTED", "Wait.");
    await gate.settle();
    gate.double.faults.loseAnswer(
      ({ operation, body }) =>
        operation === "POST /graphql" && JSON.stringify(body).includes("CountersignWrite"),
      { times: 1 },
    );
    gate.world.review(release, dana, "APPROVED");
    await gate.settle();
    gate.world.review(release, dana, "CHANGES_REQUESTED", "No.");
    await gate.settle();

    expect(passing(release)).toEqual([]);
  });
});
