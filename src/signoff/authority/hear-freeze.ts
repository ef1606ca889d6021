import type { Account, CommandComment, FreezeHistory, FreezeRecord, LiftRecord } from "../snapshot.ts";
import { anotherLifts } from "../wording/override-words.ts";
import { isArea, signersOf } from "./freeze.ts";
import { type Hearing, type Result, refused } from "./hearing.ts";
import { type Contexts, speaks } from "./speaker.ts";
import { isAfter } from "./standing.ts";

const HOUR_MS = 60 * 60_000;
const LONGEST_MS = 30 * 24 * HOUR_MS;

/** Commands that freeze or lift, of one person in an hour. */
const MOST_AN_HOUR = 5;

/** How long a word for lifting waits for another person's. */
const LIFT_WAITS_MS = HOUR_MS;

interface Freezing {
  readonly area: string;
  readonly until: string;
  readonly reason: string;
}

/** Whoever may sign for an area may stop it, whether or not they took part in a change. */
export function frozen({ area, until, reason }: Freezing, comment: CommandComment, hearing: Hearing): Result {
  const { id: commentId, by, at } = comment;
  const because =
    obstacle(comment, hearing) ?? areaObstacle(area, hearing) ?? timeObstacle(until, comment, hearing);
  if (because !== null) return refused(because);
  if (!maySign(area, comment, hearing)) return refused(NOT_A_SIGNER);
  return { freeze: { commentId, by, at, area, until, reason } };
}

const NOT_A_SIGNER =
  "nothing here shows that you may sign for that area. Write it on a pull request that changes something you own in it";

function maySign(area: string, { by }: Pick<CommandComment, "by">, { touched, contexts }: Hearing): boolean {
  return contexts[0].signers.owns(signersOf(touched, area), by);
}

function areaObstacle(area: string, { policy }: Hearing): string | null {
  return isArea(policy, area) ? null : "the config has no area of that name";
}

function obstacle({ by, at }: CommandComment, { policy, history }: Hearing): string | null {
  if (policy.freeze === null) return "nobody can freeze anything here, as the config has no “freeze”";
  return commandsOf(by.id, at, history) < MOST_AN_HOUR
    ? null
    : `that was your ${MOST_AN_HOUR + 1}th in an hour. Wait, or let somebody else do it`;
}

function commandsOf(account: number, at: string, { recent }: FreezeHistory): number {
  const since = Date.parse(at) - HOUR_MS;
  return recent.filter((each) => each.account === account && Date.parse(each.at) > since).length;
}

function timeObstacle(until: string, { at }: CommandComment, { contexts }: Hearing): string | null {
  const end = Date.parse(until);
  if (end <= Date.parse(contexts[0].snapshot.now)) return "that time is over";
  return end - Date.parse(at) > LONGEST_MS ? "a freeze lasts at most 30 days" : null;
}

/**
 * Who froze it lifts what they froze; two others who may sign lift it together. Nobody does for their own change, and a
 * word says nothing of what was frozen after it.
 */
export function lifted({ area }: Pick<Freezing, "area">, comment: CommandComment, hearing: Hearing): Result {
  const { id: commentId, by, at } = comment;
  const { contexts, history } = hearing;
  const now = Date.parse(contexts[0].snapshot.now);
  const standing = history.frozen.filter(
    (each) => each.area === area && Date.parse(each.until) > now && !isAfter(each.at, at),
  );
  if (standing.length === 0) return refused("nobody froze that area by a comment");
  const because = obstacle(comment, hearing);
  if (because !== null) return refused(because);
  if (tookPart(comment, hearing)) return refused("you took part in a change that is held");
  const own = standing.filter((each) => each.by.id === by.id);
  const line = { commentId, by, at, area };
  if (!maySign(area, comment, hearing))
    return own.length === 0
      ? refused(NOT_A_SIGNER)
      : signedLift({ lift: { ...line, lifted: ids(own) } }, line, hearing);
  const seconding = history.lifts.filter(
    (each) =>
      each.area === area &&
      each.by.id !== by.id &&
      isSoon(each, comment) &&
      speaks(contexts, each.by) &&
      maySign(area, each, hearing) &&
      !tookPart(each, hearing),
  );
  const gone = standing.filter(
    (each) => own.includes(each) || seconding.some((word) => !isAfter(each.at, word.at)),
  );
  const result: Result = {
    lift: { ...line, lifted: ids(gone) },
    ...(gone.length < standing.length && { answer: anotherLifts(area) }),
  };
  return signedLift(result, line, hearing);
}

/** A word for lifting counts with its writer's passkey, where any is asked for. */
function signedLift(
  result: Result,
  { commentId, by, at, area }: Omit<LiftRecord, "lifted">,
  { contexts: [{ passkeys, snapshot }], touched }: Hearing,
): Result {
  const decision = { kind: "unfreeze", commentId, area } as const;
  const wanted = { by, decision, owners: signersOf(touched, area) };
  if (!passkeys.areAsked || passkeys.wasSigned(wanted)) return result;
  const waitsUntil = Date.parse(at) + LIFT_WAITS_MS;
  if (waitsUntil <= Date.parse(snapshot.now)) return refused("you did not sign it within an hour");
  passkeys.isSigned(wanted);
  return { waitsUntil };
}

/**
 * What people lifted still stands for a change in which they took part: that it is held may not have been known when
 * they spoke.
 */
export function stillFrozen(
  { thawed = [], lifts }: FreezeHistory,
  contexts: Contexts,
): readonly FreezeRecord[] {
  const counts = ({ by }: LiftRecord) => !isContributor(by, contexts);
  return thawed.filter((freeze) => {
    const words = lifts
      .filter(({ area, at }) => area === freeze.area && !isAfter(freeze.at, at))
      .filter(counts);
    const isLifted = words.some(
      (last) =>
        last.lifted?.includes(freeze.commentId) &&
        (last.by.id === freeze.by.id ||
          words.some((word) => word.by.id !== last.by.id && isSoon(word, last))),
    );
    return !isLifted;
  });
}

/** Whether a word for lifting comes in time for another one. */
function isSoon(word: Pick<LiftRecord, "at">, last: Pick<LiftRecord, "at">): boolean {
  return Date.parse(word.at) > Date.parse(last.at) - LIFT_WAITS_MS;
}

function ids(records: readonly { readonly commentId: number }[]): readonly number[] {
  return records.map(({ commentId }) => commentId);
}

/** In this change by any mark, or in another one that a freeze holds. */
function tookPart({ by }: Pick<CommandComment, "by">, { contexts, history }: Hearing): boolean {
  return history.held.includes(by.id) || isContributor(by, contexts);
}

/** Where it is not known who took part, anybody may have. */
function isContributor(by: Account, contexts: Contexts): boolean {
  return contexts.some(
    ({ contributors }) =>
      contributors.unknown.length > 0 ||
      (contributors.find(by) ?? contributors.find({ id: null, login: by.login })) !== undefined,
  );
}
