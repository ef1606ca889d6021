import type { CommandComment } from "../snapshot.ts";
import type { CommandOutcome, EndedOverride, Verdict } from "../verdict.ts";
import { inDoubt, nothingCame, otherReason } from "../wording/override-words.ts";
import { shortSha } from "../wording/words.ts";
import { frozen, lifted } from "./hear-freeze.ts";
import { type Hearing, type Result, refused } from "./hearing.ts";
import { type Command, readCommand } from "./read-command.ts";
import { type Contexts, overrideObstacle, speaks } from "./speaker.ts";
import { isAfter, isAmbiguous, overrideDecision, wasPushedAfter } from "./standing.ts";

/** What a command came to. */
export interface Heard extends Pick<Result, "waitsUntil"> {
  readonly outcome: CommandOutcome;
  readonly ended: readonly EndedOverride[];
}

const NOTHING: Result = {};

/** One comment. Of somebody who may not write nothing is heard, and they are told nothing. */
export function hear(comment: CommandComment, hearing: Hearing): Heard {
  const {
    ended = [],
    waitsUntil,
    ...result
  } = speaks(hearing.contexts, comment.by) ? resultOf(comment, hearing) : NOTHING;
  const { id: commentId, by, at } = comment;
  const outcome = { commentId, by, at, ...result };
  return { outcome, ended, ...(waitsUntil !== undefined && { waitsUntil }) };
}

function resultOf(comment: CommandComment, hearing: Hearing): Result {
  const read = readCommand(comment.body);
  if (read.status === "none") return NOTHING;
  if (comment.doubt !== undefined) return { answer: inDoubt(comment.doubt) };
  if (read.status === "malformed") return refused(`it ${read.because}`);
  if (comment.asHeard && read.command.kind !== "withdraw" && read.command.kind !== "freeze") return NOTHING;
  return carriedOut(read.command, comment, hearing);
}

function carriedOut(command: Command, comment: CommandComment, hearing: Hearing): Result {
  switch (command.kind) {
    case "override":
      return asked(command, comment, hearing);
    case "withdraw":
      return withdrawn(comment, hearing);
    case "help":
      return { help: true };
    case "accept":
      return refused("it belongs on the issue of a follow-up");
    case "freeze":
      return frozen(command, comment, hearing);
    case "unfreeze":
      return lifted(command, comment, hearing);
  }
}

interface Ask {
  readonly sha: string;
  readonly reason: string;
}

function asked({ sha, reason }: Ask, comment: CommandComment, hearing: Hearing): Result {
  const { contexts, policy, open } = hearing;
  const because =
    overrideObstacle(contexts, policy, comment.by) ??
    commitObstacle(sha, comment, hearing) ??
    verdictObstacle(hearing);
  if (because !== null) return refused(because);
  const [{ snapshot, passkeys }] = contexts;
  const { head, base } = snapshot.pullRequest;
  const same = open.some(
    (each) => each.by.id === comment.by.id && each.headSha === head.sha && each.reason === reason,
  );
  if (same) return refused("you said so already; now somebody else has to repeat the line");
  const { id: commentId, by, at } = comment;
  const lasts = policy.override.expiresAfter;
  const isRepeated = open.some((each) => each.headSha === head.sha && each.reason === reason);
  const decision = overrideDecision({ commentId, headSha: head.sha, reason }, isRepeated);
  if (passkeys.areAsked && !passkeys.isSigned({ by, decision, owners: policy.override.by }))
    return { waitsUntil: Date.parse(at) + lasts };
  const place = { headSha: head.sha, named: sha, baseRef: base.ref };
  const other = open.find((each) => each.headSha === head.sha && each.reason !== reason);
  return {
    override: { commentId, by, at, ...place, reason, lasts },
    ...(other !== undefined && { answer: otherReason(other) }),
  };
}

function commitObstacle(sha: string, { at }: CommandComment, { contexts, policy }: Hearing): string | null {
  const [{ snapshot }] = contexts;
  const { pullRequest, recorded, now } = snapshot;
  const head = pullRequest.head.sha;
  if (!head.startsWith(sha))
    return `it names ${shortSha(sha)}, and the head is ${head.slice(0, 12)} now. Look at it, and write a new one`;
  if (isAmbiguous(snapshot, sha))
    return "what it names begins more than one commit of this pull request. Write the whole id";
  if (wasPushedAfter(snapshot, at))
    return "the branch was pushed to afterwards, or not yet judged. Look at what the check says of it, and write a new one";
  if (isAfter(recorded.baseChangedAt, at))
    return "the base was changed afterwards. Look at it, and write a new one";
  if (isAfter(recorded.withdrawnAt ?? null, at)) return "an override was withdrawn afterwards";
  if (Date.parse(now) - Date.parse(at) >= policy.override.expiresAfter)
    return "it was heard too late. Write a new one";
  return null;
}

/** What no override lifts, or needs one. */
function verdictObstacle({ verdict, contexts }: Hearing): string | null {
  if (verdict.conclusion === "failure") return "the change cannot be evaluated; the check says what to fix";
  if (verdict.conclusion !== "action_required") return "there is nothing to override";
  return standsAgainst(verdict, contexts);
}

/** What stands that an override does not lift; `null` for nothing. */
export function standsAgainst({ requirements }: Verdict, contexts: Contexts): string | null {
  if (requirements.some(({ refusals, status }) => status === "refused" || refusals.length > 0))
    return "an owner refuses the change, and no override lifts that";
  if (contexts.some(({ contributors }) => contributors.unknown.length > 0))
    return "it is not known who wrote all of it; the check says what to do";
  return null;
}

/** Either of those who overrode, an owner passed over, and whoever may override. */
function withdrawn(
  { id: commentId, by, at }: CommandComment,
  { contexts, policy, verdict, open }: Hearing,
): Result {
  const [{ signers }] = contexts;
  const owners = verdict.requirements.flatMap(({ requirement, status }) =>
    status === "signed" ? [] : [...requirement.from.owners, ...requirement.senior],
  );
  const may =
    open.some((each) => each.by.id === by.id) || signers.owns([...owners, ...policy.override.by], by);
  if (!may)
    return refused("only who overrode, who may override and owners who are passed over can withdraw it");
  return {
    withdrawal: { commentId, at },
    ended: open.map((record) => ({ record, because: "withdrawn", by })),
    ...(open.length === 0 && { answer: nothingCame("there is no override to withdraw") }),
  };
}
