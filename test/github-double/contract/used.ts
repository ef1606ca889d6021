import { ROUTES } from "../rest/table.ts";
import type { WorldEvent } from "../world/events.ts";

/** The operations of GitHub's REST API that the double answers, as "METHOD /path/{template}". */
export const OPERATIONS: readonly string[] = ROUTES.map(({ operation }) => operation);

/** The events that the double tells of. */
export const EVENTS = Object.keys({
  branch_protection_configuration: true,
  branch_protection_rule: true,
  check_run: true,
  check_suite: true,
  create: true,
  delete: true,
  installation: true,
  installation_repositories: true,
  installation_target: true,
  issue_comment: true,
  issues: true,
  label: true,
  member: true,
  membership: true,
  merge_group: true,
  organization: true,
  pull_request: true,
  pull_request_review: true,
  push: true,
  repository: true,
  repository_ruleset: true,
  status: true,
  team: true,
  team_add: true,
  workflow_run: true,
} satisfies Readonly<Record<WorldEvent["event"], true>>);
