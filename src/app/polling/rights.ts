import type { Attempt } from "../repair/delivery-list.ts";

/** Events that nobody without rights to the repository or the account can cause, whole or by action. */
const NEED_RIGHTS: ReadonlySet<string> = new Set([
  "branch_protection_configuration",
  "branch_protection_rule",
  "installation",
  "installation_repositories",
  "installation_target",
  "label",
  "member",
  "membership",
  "merge_group",
  "organization",
  "push",
  "repository",
  "repository_ruleset",
  "team",
  "team_add",
  "pull_request_review.dismissed",
]);

export function needsRights({ event, action }: Attempt): boolean {
  return NEED_RIGHTS.has(event) || NEED_RIGHTS.has(`${event}.${action ?? ""}`);
}
