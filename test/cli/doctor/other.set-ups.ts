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

/** The Apps, the settings of Actions and the organization. */
export const SETTING_SET_UPS: readonly SetUp[] = [
  {
    why: "an agent's App that may push, where the check is required",
    given: ({ install }) => {
      install("kiro-agent", { contents: "write", pull_requests: "write" });
    },
    finds: {},
  },
  {
    why: "an agent's App that may push, where it is not",
    given: ({ install, unprotect }) => {
      install("kiro-agent", { contents: "write" });
      unprotect();
    },
    finds: {
      ...NOT_REQUIRED,
      "force-pushes-blocked": "no",
      "deletions-blocked": "no",
      "agent-app-contents": "no",
    },
    says: ["the App kiro-agent may write: main: no rule requires it"],
  },
  {
    why: "an agent's App that may write, where anybody can report the check",
    given: ({ install, world, repo, unprotect }) => {
      install("kiro-agent", { contents: "write", statuses: "write" });
      unprotect();
      world.ruleset(repo, { ...SOUND, requiredChecks: [{ context: "countersign" }] });
    },
    finds: { "check-pinned": "no", "agent-app-contents": "no" },
  },
  {
    why: "an agent's App that may change workflows",
    given: ({ install }) => {
      install("kiro-agent", { contents: "write", workflows: "write" });
    },
    finds: { "agent-app-workflows": "no" },
    says: ["the App kiro-agent may change workflows"],
  },
  {
    why: "an agent's App that may change the rules",
    given: ({ install }) => {
      install("kiro-agent", { administration: "write" });
    },
    finds: { "agent-app-administration": "no" },
    says: ["/organizations/acme/settings/installations/"],
  },
  {
    why: "an agent's App that may change the organization's rules",
    given: ({ install }) => {
      install("kiro-agent", { organization_administration: "write" });
    },
    finds: { "agent-app-administration": "no" },
  },
  {
    why: "an agent's App that may read alone",
    given: ({ install }) => {
      install("kiro-agent", { contents: "read", administration: "read" });
    },
    finds: {},
  },
  {
    why: "an agent's App that is suspended",
    given: ({ install, world, people }) => {
      world.suspend(install("kiro-agent", { administration: "write" }), people.ada);
    },
    finds: {},
  },
  {
    why: "an agent's App on selected repositories",
    given: ({ install, world, people, repo }) => {
      const installation = install("kiro-agent", { workflows: "write" });
      world.selectRepositories(installation, [repo], people.ada);
    },
    finds: { "agent-app-workflows": "unknown" },
  },
  {
    why: "another App that may change the rules",
    given: ({ install }) => {
      install("settings-as-code", { administration: "write" });
    },
    finds: { "rule-editors": "no" },
    says: ["the App settings-as-code may change rulesets and branch protection"],
  },
  {
    why: "a machine account among the administrators",
    given: ({ world, repo }) => {
      world.permission(repo, world.user("kiro-agent", { id: 244629292 }), "admin");
    },
    finds: { "rule-editors": "no" },
    says: ["@kiro-agent is an administrator and no person"],
  },
  {
    why: "workflows that may approve",
    given: ({ world, repo }) => world.setWorkflows(repo, { mayApprove: true }),
    finds: { "workflow-approvals": "no" },
    says: [
      "gh api -X PUT repos/acme/shop/actions/permissions/workflow -f default_workflow_permissions=read -F can_approve_pull_request_reviews=false",
    ],
  },
  {
    why: "approvals that GitHub asks for, which an AI's may be",
    given: ({ ruleset }) => {
      ruleset.rules = [...ruleset.rules, approvals(1)];
    },
    finds: { "ai-approvals": "unknown" },
    says: ["asks for an approval"],
  },
  {
    why: "the same, known and accepted",
    given: ({ ruleset }) => {
      ruleset.rules = [...ruleset.rules, approvals(2)];
    },
    options: { allowUnknown: ["ai-approvals"] },
    exits: 0,
    finds: { "ai-approvals": "unknown" },
  },
  {
    why: "another unknown than the one that is accepted",
    given: ({ ruleset }) => {
      ruleset.rules = [...ruleset.rules, approvals(2)];
    },
    options: { allowUnknown: ["floor-visible"] },
    finds: { "ai-approvals": "unknown" },
  },
  {
    why: "pull requests that need no approval of GitHub's own",
    given: ({ ruleset }) => {
      ruleset.rules = [...ruleset.rules, approvals(0)];
    },
    finds: {},
  },
  {
    why: "an organization's config that the App sees",
    given: ({ world, acme }) => {
      world.repository(acme, ".github", { files: { ".github/countersign.yml": "version: 1\n" } });
    },
    finds: {},
  },
  {
    why: "an organization's config that the App may not see",
    given: ({ world, acme, repo, installation, people }) => {
      world.repository(acme, ".github", { files: { ".github/countersign.yml": "version: 1\n" } });
      world.selectRepositories(installation, [repo], people.ada);
    },
    finds: { "floor-visible": "unknown" },
    says: ["acme/.github has a config, and whether the App is installed there"],
  },
  {
    why: "a public config of the organization, which every App sees",
    given: ({ world, acme, repo, installation, people }) => {
      world.repository(acme, ".github", {
        private: false,
        files: { ".github/countersign.yml": "version: 1\n" },
      });
      world.selectRepositories(installation, [repo], people.ada);
    },
    finds: {},
  },
  {
    why: "an organization's config that is invalid",
    given: ({ world, acme }) => {
      world.repository(acme, ".github", { files: { ".github/countersign.yml": "mode: 7\n" } });
    },
    finds: { "config-valid": "no", signers: "no" },
  },
];

function approvals(count: number) {
  return {
    type: "pull_request",
    parameters: {
      dismiss_stale_reviews_on_push: false,
      require_code_owner_review: false,
      require_last_push_approval: false,
      required_approving_review_count: count,
      required_review_thread_resolution: false,
    },
  };
}

const HIDDEN_RULES = {
  "bypass-always": "unknown",
  "bypass-pull-request": "unknown",
  "bypass-exempt": "unknown",
  "administrators-held": "unknown",
  "force-pushes-blocked": "unknown",
  "deletions-blocked": "unknown",
} as const;

/** What an organization's owner alone is told. */
const HIDDEN_FROM_MEMBERS = {
  "check-pinned": "unknown",
  "floor-visible": "unknown",
  "rule-editors": "unknown",
  "agent-app-administration": "unknown",
  "agent-app-workflows": "unknown",
  "agent-app-contents": "unknown",
} as const;

/** Whose token asks. */
export const TOKEN_SET_UPS: readonly SetUp[] = [
  {
    why: "an administrator who does not own the organization",
    token: ({ world, repo, people }) => {
      world.permission(repo, people.olga, "admin");
      return world.userToken(people.olga);
    },
    finds: HIDDEN_FROM_MEMBERS,
    says: ["an owner of the organization acme (classic token: “admin:org”) would tell"],
  },
  {
    why: "an administrator who names the App",
    token: ({ world, repo, people }) => {
      world.permission(repo, people.olga, "admin");
      return world.userToken(people.olga);
    },
    options: { appId: CHECK.integrationId },
    finds: withoutPin(),
  },
  {
    why: "somebody who may write",
    token: ({ world, people }) => world.userToken(people.olga),
    finds: { ...HIDDEN_FROM_MEMBERS, ...HIDDEN_RULES, "workflow-approvals": "unknown" },
    says: ["an administrator of acme/shop (fine-grained token: “Administration: write”) would tell"],
  },
  {
    why: "somebody who may write, and bypass the ruleset",
    given: ({ ruleset, people }) => {
      ruleset.bypass = [{ actor_type: "User", actor_id: people.olga.id, bypass_mode: "always" }];
    },
    token: ({ world, people }) => world.userToken(people.olga),
    finds: {
      ...HIDDEN_FROM_MEMBERS,
      ...HIDDEN_RULES,
      "bypass-always": "no",
      "force-pushes-blocked": "no",
      "deletions-blocked": "no",
      "agent-app-contents": "unknown",
      "workflow-approvals": "unknown",
    },
    says: ["main: you by ruleset"],
  },
  {
    why: "somebody who may write, where the check is not required",
    given: ({ unprotect }) => unprotect(),
    token: ({ world, people }) => world.userToken(people.olga),
    finds: {
      ...HIDDEN_FROM_MEMBERS,
      ...NOT_REQUIRED,
      "rules-enforced": "unknown",
      "force-pushes-blocked": "no",
      "deletions-blocked": "no",
      "workflow-approvals": "unknown",
    },
  },
  {
    why: "somebody who may write, with classic protection",
    given: ({ world, repo, unprotect }) => {
      unprotect();
      world.protectBranch(repo, "main", { requiredChecks: [CHECK], enforceAdmins: true, approvals: 1 });
    },
    token: ({ world, people }) => world.userToken(people.olga),
    finds: {
      ...HIDDEN_FROM_MEMBERS,
      ...HIDDEN_RULES,
      "ai-approvals": "unknown",
      "workflow-approvals": "unknown",
    },
  },
  {
    why: "somebody who may only read",
    token: ({ world, acme }) => {
      const ivan = world.user("ivan");
      acme.members.add(ivan);
      return world.userToken(ivan);
    },
    finds: {
      ...HIDDEN_FROM_MEMBERS,
      ...HIDDEN_RULES,
      "workflow-approvals": "unknown",
      signers: "unknown",
    },
    says: ["somebody with write access to acme/shop would tell"],
  },
  {
    why: "the owner's fine-grained token that may read",
    token: ({ world, people }) =>
      world.userToken(people.ada, {
        permissions: { contents: "read", members: "read", pull_requests: "read" },
      }),
    finds: { ...HIDDEN_FROM_MEMBERS, "workflow-approvals": "unknown" },
  },
  {
    why: "the owner's fine-grained token that may administrate",
    token: ({ world, people }) =>
      world.userToken(people.ada, {
        permissions: {
          contents: "read",
          members: "read",
          administration: "read",
          organization_administration: "read",
        },
      }),
    finds: { "floor-visible": "unknown" },
    says: ["an owner of acme with a classic token with the scope “repo” would tell"],
  },
];

function withoutPin(): SetUp["finds"] {
  const { "check-pinned": _, ...others } = HIDDEN_FROM_MEMBERS;
  return others;
}
