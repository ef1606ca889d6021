import { settingRule } from "../builders.ts";
import { isFalse, isTrue, literalOf } from "../reading/tree.ts";
import { changed, type Rule, type RuleSet } from "../rule.ts";

const COUNTS = new Set(["required_approving_review_count", "approvals_required"]);

const STRICT = [
  "enforce_admins",
  "require_code_owner_reviews",
  "require_code_owner_review",
  "dismiss_stale_reviews",
  "dismiss_stale_reviews_on_push",
  "require_last_push_approval",
  "required_linear_history",
  "strict",
  "required_signatures",
  "require_signed_commits",
  "secret_scanning",
  "vulnerability_alerts",
];

const LENIENT = [
  "allow_force_pushes",
  "allows_force_pushes",
  "allow_deletions",
  "allows_deletions",
  "allow_auto_merge",
];

const BRANCH_RULES: Rule = settingRule({
  id: "branch-rules/weakened",
  kind: "widening",
  asks: "block",
  when: "branch rules kept as code (`.github/settings.yml`, Terraform) ask for less",
  of: ["settings", "terraform"],
  types: /^(?:file|github_branch_protection\w*|github_repository\w*|gitlab_\w+)$/,
  names: [...COUNTS, ...STRICT, ...LENIENT],
  became: ({ name, before, after }, part) => {
    if (part.before === undefined) return false;
    if (COUNTS.has(name))
      return (
        Number(literalOf(before) ?? 0) >
        Number(after === undefined ? 0 : (literalOf(after) ?? Number.POSITIVE_INFINITY))
      );
    return LENIENT.includes(name) ? isTrue(after) : isTrue(before) && (after === undefined || isFalse(after));
  },
  why: () => "changes can reach the branch with less",
  reports: [
    [
      "sets `required_approving_review_count` of `.github/settings.yml` to `0`: changes can reach the branch with less",
      changed(
        ".github/settings.yml",
        "branches:\n  - name: main\n    protection:\n      required_pull_request_reviews:\n        required_approving_review_count: 2\n",
        "branches:\n  - name: main\n    protection:\n      required_pull_request_reviews:\n        required_approving_review_count: 0\n",
      ),
    ],
    [
      "sets `allows_force_pushes` of `github_branch_protection.main` to `true`: changes can reach the branch with less",
      changed(
        "github.tf",
        'resource "github_branch_protection" "main" {\n  allows_force_pushes = false\n}\n',
        'resource "github_branch_protection" "main" {\n  allows_force_pushes = true\n}\n',
      ),
    ],
  ],
  ignores: [
    [
      "it asks for more",
      changed(
        "github.tf",
        'resource "github_branch_protection" "main" {\n  enforce_admins = false\n}\n',
        'resource "github_branch_protection" "main" {\n  enforce_admins = true\n}\n',
      ),
    ],
  ],
});

export const BRANCHES: RuleSet = {
  name: "branch-rules",
  title: "Branch rules kept as code",
  reads: ({ path }) => /^\.github\/settings\.ya?ml$|\.(?:tf|tofu)$/.test(path),
  rules: [BRANCH_RULES],
};
