import { NOT_REQUIRED } from "./rules.set-ups.ts";
import type { SetUp } from "./set-up.ts";
import { CHECK, SOUND } from "./shop.ts";

/** The config, CODEOWNERS and the people. */
export const CONFIG_SET_UPS: readonly SetUp[] = [
  {
    why: "no config, so that the defaults govern the default branch",
    given: ({ write }) => {
      write(".github/countersign.yml", null);
    },
    finds: {},
  },
  {
    why: "a config that cannot be read",
    given: ({ config }) => {
      config("mode: sometimes");
    },
    finds: { "config-valid": "no", signers: "no" },
    says: [".github/countersign.yml:", "fix: countersign validate --github acme/shop"],
  },
  {
    why: "a config that only observes",
    given: ({ config }) => {
      config("mode: observe");
    },
    finds: { "config-enforces": "no" },
    says: ["fix: http://127.0.0.1", "/acme/shop/blob/HEAD/.github/countersign.yml"],
  },
  {
    why: "an area that is only observed",
    given: ({ config }) => {
      config("production: [{ name: migrations, mode: observe }]");
    },
    finds: { "config-enforces": "no" },
    says: ["migrations has `mode: observe`: it is only reported"],
  },
  {
    why: "a config that leaves the default branch out",
    given: ({ config, ruleset, world, repo }) => {
      config("branches: [release]");
      world.branch(repo, "release", "main");
      ruleset.branches = ["refs/heads/release"];
    },
    finds: { "default-branch-governed": "no" },
  },
  {
    why: "a second governed branch without rules",
    given: ({ config, world, repo }) => {
      config("branches: [main, release]");
      world.branch(repo, "release", "main");
    },
    finds: { ...NOT_REQUIRED, "force-pushes-blocked": "no", "deletions-blocked": "no" },
    says: ["release: no rule requires it"],
  },
  {
    why: "a governed branch that does not exist yet, without rules",
    given: ({ config }) => {
      config("branches: [main, release]");
    },
    finds: { ...NOT_REQUIRED, "force-pushes-blocked": "no", "deletions-blocked": "no" },
    says: ["new branches like release: no rule requires it"],
  },
  {
    why: "release branches of which the rules name one alone",
    given: ({ config, ruleset, world, repo }) => {
      config("branches: [main, release/*]");
      world.branch(repo, "release/1", "main");
      ruleset.branches = ["~DEFAULT_BRANCH", "refs/heads/release/1"];
    },
    finds: { ...NOT_REQUIRED, "force-pushes-blocked": "no", "deletions-blocked": "no" },
    says: ["new branches like release/*: no rule requires it"],
  },
  {
    why: "release branches that the rules name by a pattern",
    given: ({ config, ruleset, world, repo }) => {
      config("branches: [main, release/*]");
      world.branch(repo, "release/1", "main");
      ruleset.branches = ["~DEFAULT_BRANCH", "refs/heads/release/*"];
    },
    finds: {},
  },
  ...["[a-z]*", "[0-9]*", "c*", "*r"].map(
    (name): SetUp => ({
      why: `release branches of which the rules reach those like ${name} alone`,
      given: ({ config, ruleset }) => {
        config("branches: [main, release/*]");
        ruleset.branches = ["~DEFAULT_BRANCH", `refs/heads/release/${name}`];
      },
      finds: { ...NOT_REQUIRED, "force-pushes-blocked": "no", "deletions-blocked": "no" },
      says: ["new branches like release/*: no rule requires it"],
    }),
  ),
  {
    why: "new branches in folders that the rules do not reach",
    given: ({ config, ruleset }) => {
      config("branches: [main, hotfix/**]");
      ruleset.branches = ["~DEFAULT_BRANCH", "refs/heads/hotfix/*"];
    },
    finds: { ...NOT_REQUIRED, "force-pushes-blocked": "no", "deletions-blocked": "no" },
    says: ["new branches like hotfix/**: no rule requires it"],
  },
  {
    why: "new branches in no folder, where the rules expect one",
    given: ({ config, ruleset }) => {
      config('branches: [main, "**/stable"]');
      ruleset.branches = ["~DEFAULT_BRANCH", "refs/heads/*/stable", "refs/heads/*/*/stable"];
    },
    finds: { ...NOT_REQUIRED, "force-pushes-blocked": "no", "deletions-blocked": "no" },
    says: ["new branches like **/stable: no rule requires it"],
  },
  {
    why: "a new branch with the name of a folder, which the rules do not reach",
    given: ({ config, ruleset }) => {
      config("branches: [main, hotfix/**]");
      ruleset.branches = ["~DEFAULT_BRANCH", "refs/heads/hotfix/**/*"];
    },
    finds: { ...NOT_REQUIRED, "force-pushes-blocked": "no", "deletions-blocked": "no" },
    says: ["new branches like hotfix/**: no rule requires it"],
  },
  {
    why: "every branch governed, and rules for every branch",
    given: ({ config, ruleset }) => {
      config('branches: ["**"]');
      ruleset.branches = ["~ALL"];
    },
    finds: {},
  },
  {
    why: "folders of branches that the rules reach",
    given: ({ config, ruleset }) => {
      config('branches: [main, hotfix/**, "**/stable"]');
      ruleset.branches = ["main", "hotfix", "hotfix/**/*", "**/stable"].map((name) => `refs/heads/${name}`);
    },
    finds: {},
  },
  ...["refs/heads/release/v*", "refs/heads/release/legacy", "refs/heads/release/[v]?"].map(
    (excluded): SetUp => ({
      why: `release branches of which the rules leave out ${excluded}`,
      given: ({ config, ruleset }) => {
        config("branches: [main, release/*]");
        ruleset.branches = ["~DEFAULT_BRANCH", "refs/heads/release/*"];
        ruleset.excluded = [excluded];
      },
      finds: { ...NOT_REQUIRED, "force-pushes-blocked": "no", "deletions-blocked": "no" },
      says: [`new branches like ${excluded.slice("refs/heads/".length)}: no rule requires it`],
    }),
  ),
  ...["*/wip", "**/wip", "**/*-wip", "*/[a-f]*", "rel*/**/*.x"].map(
    (excluded): SetUp => ({
      why: `release branches of which the rules leave out ${excluded}, wherever they are`,
      given: ({ config, ruleset }) => {
        config("branches: [main, release/*]");
        ruleset.branches = ["~ALL"];
        ruleset.excluded = [`refs/heads/${excluded}`];
      },
      finds: { ...NOT_REQUIRED, "force-pushes-blocked": "no", "deletions-blocked": "no" },
      says: [`new branches like ${excluded}: no rule requires it`],
    }),
  ),
  {
    why: "rules that leave out branches that nothing governs",
    given: ({ config, ruleset }) => {
      config("branches: [main, release/*]");
      ruleset.branches = ["~ALL"];
      ruleset.excluded = ["topic/*", "release/*/draft", "*/*/wip", "wip"].map((name) => `refs/heads/${name}`);
    },
    finds: {},
  },
  {
    why: "release branches that can be made of anything, as the check is not required then",
    given: ({ config, world, repo, unprotect }) => {
      config("branches: [main, release/*]");
      unprotect();
      world.ruleset(repo, { ...SOUND, branches: ["~ALL"], exceptNew: true });
    },
    finds: NOT_REQUIRED,
    says: [
      "new branches like release/*: ruleset “countersign” of acme/shop requires it only once they exist, so that one can be made of anything",
    ],
  },
  {
    why: "release branches of which the rules let nobody make one",
    given: ({ config, world, repo, unprotect }) => {
      config("branches: [main, release/*]");
      unprotect();
      const rules = [...SOUND.rules, { type: "creation" }];
      world.ruleset(repo, { ...SOUND, branches: ["~ALL"], exceptNew: true, rules });
    },
    finds: {},
  },
  {
    why: "a branch that exists, and a check that is not required when one is made",
    given: ({ world, repo, unprotect }) => {
      unprotect();
      world.ruleset(repo, { ...SOUND, exceptNew: true });
    },
    finds: {},
  },
  {
    why: "a check for each pattern, of which the rules require one each",
    given: ({ config, world, repo, unprotect }) => {
      config("branches: [main, release/*]\nchecks: per-pattern");
      unprotect();
      for (const pattern of ["main", "release/*"])
        world.ruleset(repo, {
          ...SOUND,
          name: pattern,
          branches: [pattern],
          requiredChecks: [{ ...CHECK, context: `countersign (${pattern})` }],
        });
    },
    finds: {},
  },
  {
    why: "rules that require the check of another pattern",
    given: ({ config, world, repo, unprotect }) => {
      config("branches: [main, release/*]\nchecks: per-pattern");
      unprotect();
      world.ruleset(repo, {
        ...SOUND,
        branches: ["~ALL"],
        requiredChecks: [{ ...CHECK, context: "countersign (release/*)" }],
      });
    },
    finds: NOT_REQUIRED,
    says: ["main: no rule requires it"],
  },
  {
    why: "no CODEOWNERS",
    given: ({ write }) => {
      write(".github/CODEOWNERS", null);
    },
    finds: { "codeowners-valid": "no", signers: "no" },
    says: ["main: there is no CODEOWNERS", "nobody owns it"],
  },
  {
    why: "an error in CODEOWNERS",
    given: ({ write }) => {
      write(".github/CODEOWNERS", "* @acme/sre\n/docs/ @acme/gone\n");
    },
    finds: { "codeowners-valid": "no" },
    says: ["main: 1 error"],
  },
  {
    why: "an area whose only owner may not write",
    given: ({ write, world, people }) => {
      world.user("zoe");
      write(".github/CODEOWNERS", `* @acme/sre\n/infra/ @${people.dana.login} @zoe\n/db/ @zoe\n`);
    },
    finds: { "codeowners-valid": "no", signers: "no" },
    says: ["migrations, db/", "1 must sign, and 0 of @zoe can"],
  },
  {
    why: "an area that needs more people than there are",
    given: ({ config }) => {
      config("production: [{ name: infrastructure, countersignatures: 3 }]");
    },
    finds: { signers: "no" },
    says: ["3 must sign, and 2 of @acme/sre can"],
  },
  {
    why: "a machine among the owners, which signs for nobody",
    given: ({ config, write, world, repo, people }) => {
      config("production: [{ name: migrations, countersignatures: 2 }]");
      const robot = world.user("deploy-robot");
      world.permission(repo, robot, "write");
      write(
        ".github/countersign.yml",
        "version: 1\ndetect: { agents: [deploy-robot] }\nproduction: [{ name: migrations, countersignatures: 2 }]\n",
      );
      write(".github/CODEOWNERS", `* @acme/sre\n/db/ @${people.dana.login} @deploy-robot\n`);
    },
    finds: { signers: "no" },
    says: ["2 must sign, and 1 of @dana, @deploy-robot can"],
  },
  {
    why: "seniors of whom nobody can sign",
    given: ({ config, world }) => {
      world.user("zoe");
      config('production: [{ name: migrations, senior: ["@zoe"] }]');
    },
    finds: { signers: "no" },
    says: ["senior: 1 must sign, and 0 of @zoe can"],
  },
  {
    why: "an area with two owners, of whom one asks agents most often",
    given: ({ write, asks, people }) => {
      write(".github/CODEOWNERS", "* @acme/sre\n/db/ @dana\n");
      asks(people.sam);
      asks(people.dana);
      asks(people.dana);
    },
    finds: { signers: "no" },
    says: ["1 must sign, and 0 of @dana can, without the one who asks agents most often"],
  },
  {
    why: "an area whose only owner asks agents less often than somebody else",
    given: ({ write, asks, people }) => {
      write(".github/CODEOWNERS", "* @acme/sre\n/db/ @dana\n");
      asks(people.sam);
      asks(people.sam);
      asks(people.dana);
    },
    finds: {},
  },
  {
    why: "an outsider who opens many AI changes",
    given: ({ write, asks, people, world }) => {
      write(".github/CODEOWNERS", "* @acme/sre\n/db/ @dana\n");
      const mallory = world.user("mallory");
      asks(people.dana);
      asks(mallory);
      asks(mallory);
    },
    finds: { signers: "no" },
  },
  {
    why: "one person alone, whose areas may observe until there is another",
    given: ({ write, teams }) => {
      for (const team of Object.values(teams)) team.members.clear();
      write(".github/CODEOWNERS", "* @ada\n");
    },
    finds: {},
    says: [
      "@ada is the only one who can sign, and nobody signs for what they took part in.",
      "production: - name: infrastructure mode: observe",
    ],
  },
  {
    why: "an area that the config names people for",
    given: ({ config }) => {
      config('production: [{ name: billing, paths: [/billing/], from: ["@acme/data"] }]');
    },
    finds: {},
  },
  {
    why: "a secret team, through which nobody can sign",
    given: ({ config, world, acme, people }) => {
      world.team(acme, "hidden", { members: [people.omar], privacy: "secret" });
      config('production: [{ name: billing, paths: [/billing/], from: ["@acme/hidden"] }]');
    },
    finds: { signers: "no" },
  },
  {
    why: "a team that may not write, through which nobody can sign",
    given: ({ config, world, acme, people }) => {
      world.team(acme, "readers", { members: [people.omar, people.sam], permission: "read" });
      config('production: [{ name: billing, paths: [/billing/], from: ["@acme/readers"] }]');
    },
    finds: { signers: "no" },
  },
  {
    why: "a team that cannot be seen",
    given: ({ config }) => {
      config('production: [{ name: billing, paths: [/billing/], from: ["@acme/gone"] }]');
    },
    finds: { signers: "unknown" },
  },
  {
    why: "another organization's team",
    given: ({ config }) => {
      config('production: [{ name: billing, paths: [/billing/], from: ["@other/sre"] }]');
    },
    finds: { signers: "no" },
  },
];
