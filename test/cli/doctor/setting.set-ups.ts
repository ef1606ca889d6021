import { expect } from "@jest/globals";
import { NOT_REQUIRED } from "./rules.set-ups.ts";
import type { SetUp } from "./set-up.ts";
import { SOUND } from "./shop.ts";

/** The Apps, the settings of Actions and the organization. */
export const SETTING_SET_UPS: readonly SetUp[] = [
  {
    why: "a change that got in by an override, and waits for its owners",
    given: ({ config, world, repo, app, people }) => {
      config('override: { by: ["@acme/sre"] }');
      const asked = world.openIssue(repo, { title: "Accept it", body: null, author: app.bot });
      world.closeIssue(
        world.openIssue(repo, { title: "Accept it", body: null, author: app.bot }),
        people.olga,
      );
      world.openIssue(repo, { title: "It is slow", body: null, author: people.olga });
      expect(asked.number).toBe(1);
    },
    finds: { "follow-ups-accepted": "no" },
    says: ["issue #1 is open"],
  },
  {
    why: "a change that came past the check, and was accepted",
    given: ({ config, world, repo, app, people }) => {
      config("bypass: { follow-up: issue }");
      world.closeIssue(
        world.openIssue(repo, { title: "Accept it", body: null, author: app.bot }),
        people.olga,
      );
    },
    finds: {},
  },
  {
    why: "an administrator that is the account of an App",
    given: ({ world, repo }) => world.permission(repo, world.bot("release-helper"), "admin"),
    finds: { "rule-editors": "no" },
    says: ["@release-helper[bot] is an administrator and no person"],
  },
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
