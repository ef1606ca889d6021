import { describe, expect, test } from "@jest/globals";
import { type OriginStorySetup, useOriginStory } from "../story/setup.ts";
import type { Pull } from "./world/model.ts";

/** All that the double can tell of, so that every payload is held to the published description. */
const EVENTS = [
  ...["pull_request", "pull_request_review", "issues", "issue_comment", "label", "push", "create", "delete"],
  ...["repository", "merge_group", "status", "check_run", "check_suite", "workflow_run"],
  ...["member", "membership", "organization", "team", "team_add"],
  ...["repository_ruleset", "branch_protection_rule", "branch_protection_configuration"],
];

const bed = useOriginStory({ events: EVENTS });

interface Row {
  readonly why: string;
  readonly act: (pull: Pull, bed: OriginStorySetup) => void;
  readonly says: readonly string[];
  /** What the last of them holds. */
  readonly holds?: object;
}

const rows: Readonly<Record<string, readonly Row[]>> = {
  "of heads": [
    {
      why: "closed, and opened again by somebody else from the same branch",
      act: (pull, { world, story }) => {
        world.close(pull, story.people.kira);
        const { headRef: head, baseRef: base } = pull;
        world.openPull(pull.repo, { head, base, title: "Mine", author: story.people.mallory });
      },
      says: ["pull_request.closed", "pull_request.opened"],
      holds: { number: 2, pull_request: { user: { login: "mallory" } } },
    },
    {
      why: "closed and reopened",
      act: (pull, { world, story }) => {
        world.close(pull, story.people.kira);
        world.reopen(pull, story.people.mallory);
      },
      says: ["pull_request.closed", "pull_request.reopened"],
      holds: { sender: { login: "mallory" }, pull_request: { state: "open", closed_at: null } },
    },
    {
      why: "the same commits in another branch",
      act: (pull, { world, story }) =>
        world.createBranch(pull.repo, "again", pull.headSha, story.people.mallory),
      says: ["create", "push"],
      holds: { created: true, deleted: false, forced: false, pusher: { name: "mallory" }, commits: [] },
    },
    {
      why: "pushed to while closed",
      act: (pull, { world, story }) => {
        world.close(pull, story.people.kira);
        const { sam } = story.people;
        world.commit(pull.repo, pull.headRef, { author: sam, by: sam, message: "m", changes: { x: "" } });
      },
      says: ["pull_request.closed", "check_suite.requested", "push"],
      holds: { pusher: { name: "sam" }, sender: { login: "sam" } },
    },
    {
      why: "force-pushed",
      act: (pull, { world, story }) =>
        world.forcePush(pull.repo, pull.headRef, world.tip(pull.repo, "main"), story.people.mallory),
      says: ["check_suite.requested", "push", "pull_request.synchronize"],
      holds: { after: expect.any(String), sender: { login: "mallory" } },
    },
    {
      why: "the branch is deleted",
      act: (pull, { world, story }) => world.deleteBranch(pull.repo, pull.headRef, story.people.kira),
      says: ["delete", "push", "pull_request.closed"],
      holds: { pull_request: { merged: false } },
    },
    {
      why: "retargeted",
      act: (pull, { world, story }) => {
        world.branch(pull.repo, "next", "main");
        world.retarget(pull, "next", story.people.kira);
      },
      says: ["pull_request.edited"],
      holds: { changes: { base: { ref: { from: "main" } } } },
    },
    {
      why: "merged",
      act: (pull, { world, story, installation: { app } }) => {
        world.checkRun(pull.repo, pull.headSha, { app, name: "countersign", conclusion: "success" });
        world.merge(pull, story.people.olga);
      },
      says: [
        "check_run.created",
        "check_run.completed",
        "pull_request.closed",
        "check_suite.requested",
        "push",
      ],
    },
    {
      why: "set to merge by itself, and not",
      act: (pull, { world, story }) => {
        world.enableAutoMerge(pull, story.people.kira, { method: "squash" });
        world.disableAutoMerge(pull, story.people.kira);
      },
      says: ["pull_request.auto_merge_enabled", "pull_request.auto_merge_disabled"],
    },
  ],
  "of merge queues": [
    {
      why: "queued, grouped, and ejected",
      act: (pull, { world, story }) => {
        world.enqueue([pull], story.people.kira);
        world.dequeue(pull, story.people.olga, "CI_FAILURE");
      },
      says: [
        ...[
          "pull_request.enqueued",
          "check_suite.requested",
          "create",
          "push",
          "merge_group.checks_requested",
        ],
        ...["delete", "push", "merge_group.destroyed", "pull_request.dequeued"],
      ],
      holds: { reason: "CI_FAILURE" },
    },
  ],
  "of issues and words": [
    {
      why: "an issue from beginning to end",
      act: (pull, { world, story: { people, bots } }) => {
        const issue = world.openIssue(pull.repo, { title: "Slow", author: people.kira });
        world.editIssue(issue, { title: "Slow checkout", body: "@kiro-agent fix it" }, people.kira);
        world.labelIssue(issue, "bug", people.kira);
        world.assign(issue, bots.kiro, people.kira);
        world.unassign(issue, bots.kiro, people.kira);
        world.closeIssue(issue, people.kira);
        world.reopenIssue(issue, people.kira);
      },
      says: ["opened", "edited", "labeled", "assigned", "unassigned", "closed", "reopened"].map(
        (action) => `issues.${action}`,
      ),
    },
    {
      why: "a comment written, edited by somebody else and deleted",
      act: (pull, { world, story: { people } }) => {
        const comment = world.comment(pull, people.kira, "@kiro-agent go on");
        world.editComment(pull, comment, { body: "nothing", by: people.sam });
        world.deleteComment(pull, comment, people.kira);
      },
      says: ["issue_comment.created", "issue_comment.edited", "issue_comment.deleted"],
      holds: { comment: { body: "nothing" }, issue: { pull_request: expect.any(Object) } },
    },
    {
      why: "a comment on an issue",
      act: (pull, { world, story: { people } }) =>
        world.comment(world.openIssue(pull.repo, { title: "t", author: people.kira }), people.kira, "hi"),
      says: ["issues.opened", "issue_comment.created"],
    },
    {
      why: "a review edited",
      act: (pull, { world, story: { people } }) => {
        const review = world.review(pull, people.olga, "APPROVED", "fine");
        world.editReview(pull, review, { body: "not so fine", by: people.olga });
      },
      says: ["pull_request_review.submitted", "pull_request_review.edited"],
    },
  ],
  "of names": [
    {
      why: "the organization is renamed",
      act: (_, { world, story }) => world.renameAccount(story.acme, "acme-corp", story.people.olga),
      says: ["organization.renamed", "installation_target.renamed"],
      holds: { changes: { login: { from: "acme" } }, account: { login: "acme-corp" } },
    },
    {
      why: "a repository is renamed",
      act: (pull, { world, story }) => world.renameRepository(pull.repo, "store", story.people.olga),
      says: ["repository.renamed"],
      holds: {
        changes: { repository: { name: { from: "shop" } } },
        repository: { full_name: "acme/store" },
      },
    },
    {
      why: "a repository comes from a user",
      act: (_, { world, story }) => {
        const tool = world.repository(story.people.wes, "tool");
        world.transferRepository(tool, story.acme, story.people.wes);
      },
      says: ["repository.transferred"],
      holds: { changes: { owner: { from: { user: { login: "wes" } } } } },
    },
    {
      why: "a repository is deleted and made anew",
      act: (pull, { world, story }) => {
        world.deleteRepository(pull.repo, story.people.olga);
        world.repository(story.acme, "shop");
      },
      says: ["repository.deleted", "repository.created"],
    },
    {
      why: "a repository becomes public, private and an archive",
      act: ({ repo }, { world, story }) => {
        world.setPrivate(repo, false, story.people.olga);
        world.setPrivate(repo, true, story.people.olga);
        world.archiveRepository(repo, story.people.olga);
      },
      says: ["repository.publicized", "repository.privatized", "repository.archived"],
    },
  ],
  "of people": [
    {
      why: "somebody joins a team and the organization, and leaves both",
      act: (_, { world, story: { acme, teams, people } }) => {
        const nina = world.user("nina");
        world.addToTeam(teams.sre, nina, people.olga);
        world.removeFromTeam(teams.sre, nina, people.olga);
        world.removeFromOrg(acme, nina, people.olga);
      },
      says: [
        ...["organization.member_added", "membership.added"],
        ...["membership.removed", "organization.member_removed"],
      ],
    },
    {
      why: "somebody's access to a repository changes",
      act: ({ repo }, { world, story: { people } }) => {
        world.permission(repo, people.wes, "write");
        world.permission(repo, people.wes, "admin");
        world.permission(repo, people.wes, "none");
      },
      says: ["member.added", "member.edited", "member.removed"],
    },
    {
      why: "a team's access changes",
      act: ({ repo }, { world, story: { teams } }) => {
        world.permission(repo, teams.web, "read");
        world.permission(repo, teams.web, "write");
        world.permission(repo, teams.web, "none");
      },
      says: ["team.added_to_repository", "team_add", "team.edited", "team.removed_from_repository"],
    },
    {
      why: "a team is renamed and deleted",
      act: (_, { world, story: { teams, people } }) => {
        world.renameTeam(teams.sre, "platform", people.olga);
        world.deleteTeam(teams.sre, people.olga);
      },
      says: ["team.edited", "team.deleted"],
      holds: { team: { slug: "platform" } },
    },
  ],
  "of the installation": [
    {
      why: "repositories are taken out of its sight, and given back",
      act: ({ repo }, { world, installation, story: { people } }) => {
        world.selectRepositories(installation, [], people.olga);
        world.selectRepositories(installation, [repo], people.olga);
      },
      says: ["installation_repositories.removed", "installation_repositories.added"],
      holds: { repository_selection: "selected", repositories_added: [{ full_name: "acme/shop" }] },
    },
    {
      why: "installed, and given what the App asks for",
      act: (_, { world, installation, story: { people } }) => {
        world.withdrawPermission(installation, "members");
        world.acceptPermissions(installation, people.olga);
        world.install(installation.app, people.olga, people.olga);
      },
      says: ["installation.new_permissions_accepted", "installation.created"],
      holds: { installation: { account: { login: "olga" } } },
    },
    {
      why: "suspended, and not",
      act: (_, { world, installation, story: { people } }) => {
        world.suspend(installation, people.olga);
        world.unsuspend(installation, people.olga);
      },
      says: ["installation.suspend", "installation.unsuspend"],
    },
    {
      why: "uninstalled",
      act: (_, { world, installation, story: { people } }) => world.uninstall(installation, people.olga),
      says: ["installation.deleted"],
    },
    {
      why: "installed once more",
      act: (_, { world, installation, story: { people } }) => {
        world.uninstall(installation, people.olga);
        world.install(installation.app, installation.account, people.olga);
      },
      says: ["installation.deleted", "installation.created"],
      holds: { repositories: [{ full_name: "acme/shop" }] },
    },
  ],
  "of rules": [
    {
      why: "a ruleset is made, changed and deleted",
      act: ({ repo }, { world, story: { people } }) => {
        const made = world.ruleset(repo, { branches: ["main"], requiredChecks: [] }, people.kira);
        world.changeRuleset(repo, made, { enforcement: "evaluate" }, people.kira);
        world.deleteRuleset(repo, made, people.kira);
      },
      says: ["created", "edited", "deleted"].map((action) => `repository_ruleset.${action}`),
      holds: { repository: { full_name: "acme/shop" }, repository_ruleset: { enforcement: "evaluate" } },
    },
    {
      why: "a ruleset of the organization, which is not one repository's",
      act: ({ repo }, { world, story: { people } }) => {
        const given = { branches: ["main"], requiredChecks: [], source: "Organization" } as const;
        world.ruleset(repo, given, people.kira);
      },
      says: ["repository_ruleset.created"],
      holds: { organization: { login: "acme" }, repository_ruleset: { source_type: "Organization" } },
    },
    {
      why: "a branch is protected, and is not any more",
      act: ({ repo }, { world, story: { people } }) => {
        const requiredChecks = [{ context: "ci" }];
        world.protectBranch(repo, "main", { requiredChecks, by: people.kira });
        world.protectBranch(repo, "main", { enforceAdmins: true, by: people.kira });
        world.switchProtection(repo, "disabled", people.kira);
        world.switchProtection(repo, "enabled", people.kira);
        world.unprotectBranch(repo, "main", people.kira);
      },
      says: [
        ...["branch_protection_rule.created", "branch_protection_rule.edited"],
        ...["branch_protection_configuration.disabled", "branch_protection_configuration.enabled"],
        "branch_protection_rule.deleted",
      ],
      holds: { rule: { name: "main", admin_enforced: true } },
    },
  ],
  "of checks": [
    {
      why: "a status, a run and its buttons",
      act: ({ repo, headSha }, { world, installation: { app }, story: { people } }) => {
        world.status(repo, headSha, { context: "ci", state: "success", by: people.kira });
        const actions = [{ label: "Again", description: "Judge it again", identifier: "again" }];
        const run = world.checkRun(repo, headSha, {
          app,
          name: "countersign",
          conclusion: "failure",
          actions,
        });
        world.rerequest(run, people.kira);
        world.pressAction(run, "again", people.kira);
      },
      says: [
        "status",
        ...["created", "completed", "rerequested", "requested_action"].map((action) => `check_run.${action}`),
      ],
    },
    {
      why: "a workflow that ran for a review is over",
      act: (pull, { world, story: { people } }) => {
        const path = ".github/workflows/review.yml";
        const run = { name: "Review", path, title: "review of 1", event: "pull_request_review" };
        world.workflowRan(pull, { ...run, by: people.olga });
      },
      says: ["workflow_run.completed"],
      holds: {
        workflow: { name: "Review" },
        workflow_run: { event: "pull_request_review", display_title: "review of 1", pull_requests: [] },
      },
    },
    {
      why: "a label is deleted",
      act: ({ repo }, { world, story: { people } }) => world.deleteLabel(repo, "bug", people.kira),
      says: ["label.deleted"],
    },
  ],
};

describe.each(Object.keys(rows))("webhooks %s", (name) => {
  test.each(rows[name] ?? [])("$why", ({ act, says, holds }) => {
    const { double, story } = bed();
    const pull = story.kiroDeletesProduction();
    const before = double.webhooks.deliveries.length;

    act(pull, bed());

    const told = double.webhooks.deliveries.slice(before);
    expect(told.map(({ event, action }) => (action ? `${event}.${action}` : event))).toEqual(says);
    if (holds) expect(told.at(-1)?.payload).toMatchObject(holds);
  });
});
