import { nameOf, onEachBranch } from "../branch-rules.ts";
import { page } from "../fixes.ts";
import { everywhere, judgeKnown, no, notKnown, yes } from "../outcome.ts";
import type { FindingRule } from "./rule.ts";

const COPILOT_SETTINGS =
  "https://docs.github.com/copilot/how-tos/copilot-on-github/set-up-copilot/configure-code-review";

export const aiApprovals = {
  code: "ai-approvals",
  severity: "warning",
  says: "No rule of GitHub's own can be met by an AI's approval.",
  judge: (facts) =>
    onEachBranch(facts, (branch) =>
      judgeKnown(branch.protections, nameOf(branch), (places) =>
        everywhere(
          places.map(({ where, approvals }) =>
            judgeKnown(approvals, `${nameOf(branch)}: ${where}`, (count) =>
              // Copilot's approvals may count towards them, and no API tells whether they do.
              count === 0
                ? yes()
                : notKnown(
                    `${nameOf(branch)}: ${where} asks for ${count === 1 ? "an approval" : `${count} approvals`}`,
                    "only the page of the settings for Copilot code review",
                  ),
            ),
          ),
        ),
      ),
    ),
  fix: () => COPILOT_SETTINGS,
} as const satisfies FindingRule;

export const workflowApprovals = {
  code: "workflow-approvals",
  severity: "warning",
  says: "Workflows may not approve pull requests.",
  judge: ({ workflows }) =>
    judgeKnown(workflows, "the settings of GitHub Actions", ({ mayApprove }) =>
      mayApprove ? no("a workflow's token may approve pull requests") : yes(),
    ),
  fix: (facts) => {
    const { repository, workflows } = facts;
    // The command sets both, and what is not known would be changed unseen.
    if ("unknown" in workflows) return page(facts, "settings/actions");
    const { owner, name } = repository;
    const { permissions: kept } = workflows.known;
    return `gh api -X PUT repos/${owner}/${name}/actions/permissions/workflow -f default_workflow_permissions=${kept} -F can_approve_pull_request_reviews=false`;
  },
} as const satisfies FindingRule;
