import type { Invalidation } from "../../store/store.ts";
import type { Hint } from "./hint.ts";

type Invalidations = Readonly<Record<string, Invalidation["of"] | ((hint: Hint) => boolean)>>;

/**
 * What may end a pass that was given, by event and action: which passes, or whether any. Passes are withdrawn before
 * they are judged again, since judging takes time and may fail.
 *
 * What a pull request's own text, labels and assignees say is not here: whoever changes those could have merged
 * before, many bots change them, and each doubt costs two writes.
 */
const INVALIDATIONS: Invalidations = {
  // Reviews of a closed pull request are not followed.
  "pull_request.reopened": "all",
  "pull_request.edited": ({ changes }) => changes?.base !== undefined,
  "pull_request.stacked": "all",
  "pull_request.unstacked": "all",
  "pull_request_review.submitted": ({ review }) => review?.state.toLowerCase() === "changes_requested",
  "pull_request_review.dismissed": "signed",
  "push.": "all",
  "repository.edited": ({ changes }) => changes?.default_branch !== undefined,
  "repository.transferred": "all",
  "member.added": "signed",
  "member.edited": "signed",
  "member.removed": "signed",
  "membership.added": "signed",
  "membership.removed": "signed",
  "organization.member_added": "signed",
  "organization.member_removed": "signed",
  "team.added_to_repository": "signed",
  "team.removed_from_repository": "signed",
  "team.edited": "signed",
  "team.deleted": "signed",
  "team_add.": "signed",
  // While it was suspended, or without a permission, nothing was heard.
  "installation.unsuspend": "all",
  "installation.new_permissions_accepted": "signed",
  "installation_repositories.added": "all",
};

/** Which passes an event puts in doubt; `null` for none. */
export function invalidationOf(event: string, hint: Hint): Invalidation["of"] | null {
  const name = `${event}.${hint.action ?? ""}`;
  const invalidation = Object.hasOwn(INVALIDATIONS, name) ? INVALIDATIONS[name] : undefined;
  if (typeof invalidation === "function") return invalidation(hint) ? "all" : null;
  return invalidation ?? null;
}
