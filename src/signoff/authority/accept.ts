import type { Account, CommandComment } from "../snapshot.ts";
import { inDoubt, nothingCame } from "../wording/override-words.ts";
import { readCommand } from "./read-command.ts";

/** What is asked for, and who cannot give it. */
interface Asked {
  readonly commitSha: string;
  readonly involved: readonly number[];
  readonly involvedLogins: readonly string[];
}

/** Somebody's word about what got in. */
export interface Reply {
  readonly by: Account;
  readonly mayWrite: boolean;
  /** Of the areas that wait, those that they own. */
  readonly owns: readonly string[];
}

export type Acceptance =
  | { readonly status: "accepted"; readonly areas: readonly string[]; readonly reason: string }
  | { readonly status: "refused"; readonly answer: string }
  | { readonly status: "nothing" };

const NOTHING: Acceptance = { status: "nothing" };

/** What a comment on the issue of a follow-up comes to. Whoever may not write is told nothing. */
export function acceptanceBy(reply: Reply, comment: CommandComment, asked: Asked): Acceptance {
  if (!reply.mayWrite) return NOTHING;
  const read = readCommand(comment.body);
  if (read.status === "none") return NOTHING;
  if (comment.doubt !== undefined) return { status: "refused", answer: inDoubt(comment.doubt) };
  if (read.status === "malformed") return refused(`it ${read.because}`);
  if (read.command.kind !== "accept") return refused("here one can only accept");
  const { sha, reason } = read.command;
  if (!asked.commitSha.startsWith(sha)) return refused(`this is about ${asked.commitSha.slice(0, 12)}`);
  const obstacle = acceptanceObstacle(reply, asked);
  return obstacle === null ? { status: "accepted", areas: reply.owns, reason } : refused(obstacle);
}

/** Why somebody cannot accept it; `null` when they can. */
export function acceptanceObstacle(
  { by, mayWrite, owns }: Reply,
  { involved, involvedLogins }: Pick<Asked, "involved" | "involvedLogins">,
): string | null {
  if (by.type !== "User" || !mayWrite) return "you have no write access to this repository";
  if (involved.includes(by.id) || involvedLogins.includes(by.login.toLowerCase()))
    return "you took part in the change, let it through or merged it";
  return owns.length === 0 ? "you own nothing of what nobody signed for" : null;
}

function refused(because: string): Acceptance {
  return { status: "refused", answer: nothingCame(because) };
}
