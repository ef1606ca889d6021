import type { News } from "../../store/jobs.ts";
import type { HeardCommand } from "../../store/memory.ts";
import type { Task } from "../../store/task.ts";
import { askedBy, refOf } from "./asked.ts";
import type { Hint } from "./hint.ts";

/** Comments without such a line hold no command, whatever else they say. */
const MAY_COMMAND = /^ {0,3}\/countersign\b/m;

/** A comment that may hold a command. What it holds is read when it is judged, and by whom it is. */
export function commandsIn(event: string, hint: Hint): NonNullable<News["commands"]> {
  const { action, issue, comment } = hint;
  if (event !== "issue_comment" || (action !== "created" && action !== "edited")) return [];
  const { id: commentId, user, body = "" } = comment ?? {};
  if (issue === undefined || commentId === undefined || user?.id === undefined) return [];
  if (user.type !== "User" || !MAY_COMMAND.test(body)) return [];
  const said = stricterIn(hint);
  return [{ pull: issue.number, commentId, account: user.id, login: user.login, ...(said && { said }) }];
}

/** Only what makes the gate stricter counts as it was heard, though the comment be changed or gone when it is read. */
const MAY_BE_STRICTER = /^ {0,3}\/countersign +(?:withdraw|freeze)\b/m;
const LONGEST_SAID = 2_000;

function stricterIn({ action, comment }: Hint): HeardCommand["said"] | null {
  const { body = "", created_at: at, performed_via_github_app: app } = comment ?? {};
  if (action !== "created" || at === undefined || (app !== null && app !== undefined)) return null;
  return body.length <= LONGEST_SAID && MAY_BE_STRICTER.test(body) ? { body, at } : null;
}

/** It may be one by which the App follows something up. */
export function issueClosed({ repository, issue, sender }: Hint): readonly Task[] {
  if (!repository || !issue) return [];
  return [{ kind: "command", pull: issue.number, issue: true, ...refOf(repository), ...askedBy(sender) }];
}

export function commanded(hint: Hint): readonly Task[] {
  const { repository, sender, comment, issue } = hint;
  if (!repository) return [];
  return commandsIn("issue_comment", hint).map(({ pull }) => ({
    ...{ kind: "command", pull, ...refOf(repository) },
    ...(issue?.pull_request === undefined && { issue: true as const }),
    ...askedBy(comment?.user ?? sender),
  }));
}
