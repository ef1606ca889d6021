import type { SetUp } from "./set-up.ts";
import { APP_ID, CHECK, SOUND } from "./shop.ts";

const OTHER_CHECK = { context: "ci" };

/** Nothing asks for the check, so nothing of the gate holds on the branch. */
export const NOT_REQUIRED = {
  "check-required": "no",
  "check-pinned": "no",
  "bypass-always": "no",
  "bypass-pull-request": "no",
  "bypass-exempt": "no",
  "administrators-held": "no",
} as const;

const OPEN_BRANCH = { ...NOT_REQUIRED, "force-pushes-blocked": "no", "deletions-blocked": "no" } as const;

export const RULE_SET_UPS: readonly SetUp[] = [
  { why: "a sound one", finds: {} },
  {
    why: "no rules at all",
    given: ({ unprotect }) => unprotect(),
    finds: OPEN_BRANCH,
    says: ["main: no rule requires it", "fix: countersign doctor acme/shop --fix"],
  },
  {
    why: "a private repository on the free plan, which has no rules",
    given: ({ faults }) => {
      const message = "Upgrade to GitHub Pro or make this repository public to enable this feature.";
      faults.add({
        match: ({ path }) => /\/rulesets|\/rules\/|\/protection$/.test(path),
        respond: { status: 403, body: { message } },
      });
    },
    finds: { "plan-enforces": "no", ...OPEN_BRANCH, "rules-enforced": "unknown" },
    says: ["GitHub's free plan has no rules for private repositories"],
  },
  {
    why: "a ruleset that requires another check",
    given: ({ ruleset, world, repo, unprotect }) => {
      unprotect();
      world.ruleset(repo, { ...SOUND, requiredChecks: [OTHER_CHECK], name: ruleset.name });
    },
    finds: NOT_REQUIRED,
  },
  {
    why: "a check of a name that only begins the same",
    given: ({ world, repo, unprotect }) => {
      unprotect();
      world.ruleset(repo, { ...SOUND, requiredChecks: [{ ...CHECK, context: "countersign (main)" }] });
    },
    finds: NOT_REQUIRED,
  },
  {
    why: "E10: a check that is not pinned, so that any workflow or user can report it",
    given: ({ world, repo, unprotect }) => {
      unprotect();
      world.ruleset(repo, { ...SOUND, requiredChecks: [{ context: "countersign" }] });
    },
    finds: { "check-pinned": "no" },
    says: [
      "ruleset “countersign” of acme/shop accepts it from any source: everybody with write access can report it",
    ],
  },
  {
    why: "E10: a check pinned to GitHub Actions",
    given: ({ world, repo, unprotect }) => {
      unprotect();
      world.ruleset(repo, { ...SOUND, requiredChecks: [{ context: "countersign", integrationId: 15368 }] });
    },
    finds: { "check-pinned": "no" },
    says: ["every workflow can report it"],
  },
  {
    why: "E10: a check pinned to another App",
    given: ({ world, repo, unprotect }) => {
      unprotect();
      world.ruleset(repo, { ...SOUND, requiredChecks: [{ context: "countersign", integrationId: 99 }] });
    },
    finds: { "check-pinned": "no" },
    says: ["accepts it from another App"],
  },
  {
    why: "one ruleset that is not pinned beside one that is",
    given: ({ world, repo }) => {
      world.ruleset(repo, { branches: ["main"], requiredChecks: [{ context: "countersign" }] });
    },
    finds: {},
  },
  {
    why: "a pinned ruleset with a bypass beside one without that anybody can report to",
    given: ({ world, repo, ruleset, people }) => {
      ruleset.bypass = [{ actor_type: "User", actor_id: people.kira.id, bypass_mode: "always" }];
      world.ruleset(repo, { branches: ["main"], requiredChecks: [{ context: "countersign" }] });
    },
    finds: { "bypass-always": "no", "force-pushes-blocked": "no", "deletions-blocked": "no" },
    says: ["main: the user"],
  },
  {
    why: "two rulesets, one of them without exceptions",
    given: ({ world, repo, ruleset }) => {
      ruleset.bypass = [{ actor_type: "RepositoryRole", actor_id: 5, bypass_mode: "always" }];
      world.ruleset(repo, { ...SOUND, name: "strict" });
    },
    finds: {},
  },
  {
    why: "administrators who may always bypass it",
    given: ({ ruleset }) => {
      ruleset.bypass = [{ actor_type: "RepositoryRole", actor_id: 5, bypass_mode: "always" }];
    },
    finds: {
      "bypass-always": "no",
      "administrators-held": "no",
      "force-pushes-blocked": "no",
      "deletions-blocked": "no",
    },
    says: ["main: administrators by ruleset “countersign” of acme/shop"],
  },
  {
    why: "the organization's owners who may bypass it on pull requests",
    given: ({ ruleset }) => {
      ruleset.bypass = [{ actor_type: "OrganizationAdmin", actor_id: null, bypass_mode: "pull_request" }];
    },
    finds: { "bypass-pull-request": "no", "administrators-held": "no" },
  },
  {
    why: "a team that is exempt",
    given: ({ ruleset, teams }) => {
      ruleset.bypass = [{ actor_type: "Team", actor_id: teams.sre.id, bypass_mode: "exempt" }];
    },
    finds: { "bypass-exempt": "no", "force-pushes-blocked": "no", "deletions-blocked": "no" },
    says: ["the team"],
  },
  {
    why: "deploy keys that may bypass it",
    given: ({ ruleset }) => {
      ruleset.bypass = [{ actor_type: "DeployKey", actor_id: null, bypass_mode: "always" }];
    },
    finds: { "bypass-always": "no", "force-pushes-blocked": "no", "deletions-blocked": "no" },
    says: ["main: deploy keys by"],
  },
  {
    why: "an agent's App among those who may bypass it",
    given: ({ ruleset, install }) => {
      const { app } = install("kiro-agent", { contents: "write" });
      ruleset.bypass = [{ actor_type: "Integration", actor_id: app.id, bypass_mode: "always" }];
    },
    finds: {
      "bypass-always": "no",
      "force-pushes-blocked": "no",
      "deletions-blocked": "no",
      "agent-app-contents": "no",
    },
  },
  {
    why: "a ruleset that is only evaluated",
    given: ({ ruleset }) => {
      ruleset.enforcement = "evaluate";
    },
    finds: { ...OPEN_BRANCH, "rules-enforced": "no" },
    says: ["ruleset “countersign” of acme/shop: only evaluated, it blocks nothing"],
  },
  {
    why: "a ruleset that is switched off",
    given: ({ ruleset }) => {
      ruleset.enforcement = "disabled";
    },
    finds: { ...OPEN_BRANCH, "rules-enforced": "no" },
    says: ["switched off"],
  },
  {
    why: "a ruleset that is only evaluated beside an active one",
    given: ({ world, repo }) => {
      world.ruleset(repo, { ...SOUND, name: "trial", enforcement: "evaluate" });
    },
    finds: {},
  },
  {
    why: "a ruleset for another branch",
    given: ({ ruleset }) => {
      ruleset.branches = ["refs/heads/release"];
    },
    finds: OPEN_BRANCH,
  },
  {
    why: "a ruleset that leaves the default branch out",
    given: ({ ruleset }) => {
      ruleset.branches = ["~ALL"];
      ruleset.excluded = ["refs/heads/main"];
    },
    finds: OPEN_BRANCH,
  },
  {
    why: "a ruleset for tags",
    given: ({ ruleset }) => {
      ruleset.target = "tag";
    },
    finds: OPEN_BRANCH,
  },
  {
    why: "force pushes and deletions that nothing blocks",
    given: ({ ruleset }) => {
      ruleset.rules = ruleset.rules.filter(({ type }) => type === "required_status_checks");
    },
    finds: { "force-pushes-blocked": "no", "deletions-blocked": "no" },
  },
  {
    why: "the organization's ruleset",
    given: ({ world, repo, unprotect }) => {
      unprotect();
      world.ruleset(repo, { ...SOUND, source: "Organization" });
    },
    finds: {},
  },
  {
    why: "the enterprise's ruleset, whose exceptions nobody here sees",
    given: ({ world, repo, unprotect }) => {
      unprotect();
      world.ruleset(repo, { ...SOUND, source: "Enterprise" });
    },
    finds: {
      "bypass-always": "unknown",
      "bypass-pull-request": "unknown",
      "bypass-exempt": "unknown",
      "administrators-held": "unknown",
      "force-pushes-blocked": "unknown",
      "deletions-blocked": "unknown",
    },
    says: ["an owner of the enterprise acme-enterprise would tell"],
  },
  {
    why: "classic protection that holds administrators",
    given: ({ world, repo, unprotect }) => {
      unprotect();
      world.protectBranch(repo, "main", { requiredChecks: [CHECK], enforceAdmins: true });
    },
    finds: {},
  },
  {
    why: "classic protection that lets administrators pass",
    given: ({ world, repo, unprotect }) => {
      unprotect();
      world.protectBranch(repo, "main", { requiredChecks: [CHECK] });
    },
    finds: {
      "bypass-always": "no",
      "administrators-held": "no",
      "force-pushes-blocked": "no",
      "deletions-blocked": "no",
    },
    says: ["branch protection of main lets administrators pass"],
  },
  {
    why: "E10: classic protection that takes the check from anybody",
    given: ({ world, repo, unprotect }) => {
      unprotect();
      world.protectBranch(repo, "main", {
        requiredChecks: [{ context: "countersign" }],
        enforceAdmins: true,
      });
    },
    finds: { "check-pinned": "no" },
    says: ["branch protection of main accepts it from any source"],
  },
  {
    why: "classic protection that allows force pushes and deletions",
    given: ({ world, repo, unprotect }) => {
      unprotect();
      world.protectBranch(repo, "main", {
        requiredChecks: [CHECK],
        enforceAdmins: true,
        allowForcePushes: true,
        allowDeletions: true,
      });
    },
    finds: { "force-pushes-blocked": "no", "deletions-blocked": "no" },
  },
  {
    why: "classic protection with somebody who may force-push nevertheless",
    given: ({ world, repo, unprotect, people }) => {
      unprotect();
      world.protectBranch(repo, "main", {
        requiredChecks: [CHECK],
        enforceAdmins: true,
        forcePushers: [people.kira],
      });
    },
    finds: { "force-pushes-blocked": "no" },
  },
  {
    why: "classic protection beside a ruleset with exceptions",
    given: ({ world, repo, ruleset }) => {
      ruleset.bypass = [{ actor_type: "RepositoryRole", actor_id: 5, bypass_mode: "always" }];
      world.protectBranch(repo, "main", { requiredChecks: [CHECK], enforceAdmins: true });
    },
    finds: {},
  },
  {
    why: "a merge queue that waits for the check",
    given: ({ ruleset }) => {
      ruleset.rules = [...ruleset.rules, QUEUE];
    },
    finds: {},
  },
  {
    why: "a merge queue where the check is not required",
    given: ({ world, repo, unprotect }) => {
      unprotect();
      world.ruleset(repo, { ...SOUND, requiredChecks: [], rules: [...SOUND.rules, QUEUE] });
    },
    finds: { ...NOT_REQUIRED, "merge-queue-checked": "no" },
  },
  {
    why: "a merge queue of which the App does not hear",
    given: ({ ruleset, installation, world }) => {
      ruleset.rules = [...ruleset.rules, QUEUE];
      world.withdrawPermission(installation, "merge_queues");
    },
    finds: { "merge-queue-checked": "no" },
    says: ["the App hears of no merge group"],
  },
  {
    why: "a merge queue that waits for an App which is suspended",
    given: ({ ruleset, installation, world, people }) => {
      ruleset.rules = [...ruleset.rules, QUEUE];
      world.suspend(installation, people.ada);
    },
    finds: { "merge-queue-checked": "no" },
  },
  {
    why: "a merge queue that waits for an App which is not installed",
    given: ({ world, repo, unprotect }) => {
      unprotect();
      const requiredChecks = [{ context: "countersign", integrationId: 77 }];
      world.ruleset(repo, { ...SOUND, requiredChecks, rules: [...SOUND.rules, QUEUE] });
    },
    options: { appId: 77 },
    finds: { "merge-queue-checked": "no" },
  },
  {
    why: "an App of another name that is named",
    given: ({ world, repo, unprotect }) => {
      unprotect();
      world.ruleset(repo, { ...SOUND, requiredChecks: [{ context: "countersign", integrationId: 77 }] });
    },
    options: { appId: 77 },
    finds: {},
  },
  {
    why: "two Apps that could be meant",
    given: ({ install }) => {
      install("countersign-trial", {});
    },
    finds: { "check-pinned": "unknown" },
    says: ["the option --app-id with the number of your App would tell"],
  },
  {
    why: "no App of ours",
    given: ({ world, installation, people }) => world.uninstall(installation, people.ada),
    finds: { "check-pinned": "unknown" },
  },
  {
    why: "one of two Apps that could be meant, by its number",
    given: ({ install }) => {
      install("countersign-trial", {});
    },
    options: { appId: APP_ID },
    finds: {},
  },
];

const QUEUE = {
  type: "merge_queue",
  parameters: {
    check_response_timeout_minutes: 60,
    grouping_strategy: "ALLGREEN",
    max_entries_to_build: 5,
    max_entries_to_merge: 5,
    merge_method: "MERGE",
    min_entries_to_merge: 1,
    min_entries_to_merge_wait_minutes: 5,
  },
} as const;
