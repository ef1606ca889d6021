import { NOT_REQUIRED } from "./rules.set-ups.ts";
import type { SetUp } from "./set-up.ts";
import { CHECK } from "./shop.ts";

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
    says: [
      "an administrator of acme/shop (fine-grained token: “Administration: write”) would tell",
      "(fine-grained token: “Administration: read”) would tell see: http",
      "/acme/shop/settings/actions ",
    ],
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
  {
    why: "a token that is not shown which rules apply",
    given: ({ faults }) => {
      const message = "Resource not accessible by personal access token";
      faults.add({
        match: ({ path }) => path.includes("/rules/branches/"),
        respond: { status: 403, body: { message } },
      });
    },
    finds: {
      ...HIDDEN_RULES,
      "plan-enforces": "unknown",
      "check-required": "unknown",
      "check-pinned": "unknown",
      "rules-enforced": "unknown",
      "merge-queue-checked": "unknown",
      "ai-approvals": "unknown",
    },
    says: ["main: not visible; a token that can read acme/shop"],
  },
];

function withoutPin(): SetUp["finds"] {
  const { "check-pinned": _, ...others } = HIDDEN_FROM_MEMBERS;
  return others;
}
