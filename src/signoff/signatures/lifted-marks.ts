import type { OwnerRef } from "../../ownership/owner.ts";
import type { Evidence } from "../../provenance/evidence.ts";
import type { Account, Snapshot } from "../snapshot.ts";
import type { LiftedMark, RejectedFalseAlarm, Verdict } from "../verdict.ts";
import { signingPlace } from "../wording/sentences.ts";
import { quote } from "../wording/visible.ts";
import { mention } from "../wording/words.ts";
import { knownPushers } from "../writers/pushers.ts";
import type { EvaluationContext } from "./evaluation-context.ts";
import { claimsIn, claimsToWeigh, type FalseAlarmClaim } from "./false-alarms.ts";
import { OwnerTable } from "./owner-table.ts";
import { writeAccess } from "./signers.ts";

const SUBJECT = /^mark by @(\S+)$/i;

/** The login of the outsider whose mark a claim is about; `null` for a claim about a hazard. */
export function writerOfMark({ rule }: FalseAlarmClaim): string | null {
  return SUBJECT.exec(rule)?.[1]?.toLowerCase() ?? null;
}

interface JudgedLifts {
  readonly lifted: readonly LiftedMark[];
  readonly rejected: readonly RejectedFalseAlarm[];
}

/**
 * Which outsiders' marks do not count, by the word of owners whose approvals count for all that has to be countersigned
 * with them, of as many as have to countersign it. What the outsider wrote or pushed themselves nobody lifts.
 */
export function judgeLifts(
  verdict: Pick<Verdict, "requirements" | "provenance">,
  context: Pick<EvaluationContext, "snapshot" | "passkeys">,
): JudgedLifts {
  const { snapshot } = context;
  const mayWrite = (by: Account) => writeAccess(snapshot, by) === "yes";
  const claims = claimsToWeigh(snapshot.reviews, mayWrite).flatMap((claim) => {
    const login = writerOfMark(claim);
    return login === null ? [] : [{ claim, login }];
  });
  if (claims.length === 0) return { lifted: [], rejected: [] };
  const writers = liftableWriters(snapshot, verdict.provenance.evidence);
  const checked = claims.map(({ claim, login }) => {
    const writer = writers.find((one) => one.login.toLowerCase() === login);
    return { claim, writer, objection: objectionTo(claim, verdict, context) };
  });
  const isEnough = enoughOf(snapshot, verdict);
  const judged = checked.map(({ objection, ...one }) => {
    const same = checked.filter((other) => other.objection === null && other.writer === one.writer);
    const reviewIds = new Set(same.map(({ claim }) => claim.review.id));
    return { ...one, objection: objection ?? (isEnough(reviewIds) ? null : TOO_FEW) };
  });
  return {
    lifted: judged.flatMap(({ claim: { review, reason }, writer, objection }): readonly LiftedMark[] =>
      writer === undefined || objection !== null || review.reviewer === null
        ? []
        : [{ writer, by: review.reviewer, reviewId: review.id, reason }],
    ),
    rejected: judged.flatMap(({ claim, writer, objection }) => {
      const clause =
        writer === undefined ? "nobody of that name left one on what others wrote and pushed" : objection;
      return clause === null ? [] : [rejection(claim, clause)];
    }),
  };
}

/** The snapshot without what these outsiders left on other people's commits. */
export function withoutMarks(snapshot: Snapshot, lifted: readonly LiftedMark[]): Snapshot {
  const ids = new Set(lifted.map(({ writer }) => writer.id));
  const stays = ({ writtenBy }: Evidence) => writtenBy?.outsider !== true || !ids.has(writtenBy.id);
  const { recorded } = snapshot;
  const commits = recorded.commits.map((record) => ({ ...record, evidence: record.evidence.filter(stays) }));
  return { ...snapshot, recorded: { ...recorded, commits, evidence: recorded.evidence.filter(stays) } };
}

function liftableWriters(snapshot: Snapshot, evidence: readonly Evidence[]): readonly LiftedMark["writer"][] {
  const { commits, pullRequest } = snapshot;
  const pushers = knownPushers(snapshot);
  const involved = new Set(
    [
      pullRequest.author,
      ...commits.flatMap(({ sha, author, committer, coAuthors }): readonly (Account | null)[] => [
        ...[author, committer, ...coAuthors].map(({ account }) => account),
        ...pushers.of(sha),
      ]),
    ].map((account) => account?.id),
  );
  const writers = evidence.flatMap(({ writtenBy }) =>
    writtenBy?.outsider === true && !involved.has(writtenBy.id)
      ? [{ id: writtenBy.id, login: writtenBy.login }]
      : [],
  );
  return [...new Map(writers.map((writer) => [writer.id, writer])).values()];
}

const TOO_FEW = "it takes as many to lift it as to countersign everything that it asks for";

/** Whether what has to be countersigned is, by these reviews alone. */
function enoughOf(
  snapshot: Snapshot,
  { requirements }: Pick<Verdict, "requirements">,
): (reviewIds: ReadonlySet<number>) => boolean {
  const table = new OwnerTable(snapshot);
  return (reviewIds) =>
    requirements.every(({ countersignatures, requirement: { from, senior, count } }) => {
      const by = countersignatures.filter(({ reviewId }) => reviewIds.has(reviewId)).map((each) => each.by);
      const owning = (owners: readonly OwnerRef[]) =>
        by.filter((account) => table.owns(owners, account)).length;
      return owning(from.owners) >= count && (senior.length === 0 || owning(senior) > 0);
    });
}

/** Why somebody's word does not lift a mark, as a clause; `null` when it does. */
function objectionTo(
  { review, reason }: FalseAlarmClaim,
  { requirements }: Pick<Verdict, "requirements">,
  { snapshot, passkeys }: Pick<EvaluationContext, "snapshot" | "passkeys">,
): string | null {
  const { reviewer: by, editedBy } = review;
  if (by === null) return "that account is deleted";
  if (review.state !== "approved") return "only an approving review can lift a mark";
  if (reason === "") return "gave no reason";
  if (editedBy !== undefined && editedBy?.id !== by.id) return "somebody else has edited the review since";
  if (requirements.some(({ refusals }) => refusals.length > 0)) return "an owner requested changes";
  const isSigned = requirements.every(({ countersignatures }) =>
    countersignatures.some(({ reviewId }) => reviewId === review.id),
  );
  if (requirements.length === 0 || !isSigned)
    return "that approval does not count for all that has to be countersigned";
  const decision = { kind: "false-alarm", reviewId: review.id, claims: claimsIn(review) } as const;
  const hasPasskey = requirements
    .filter(({ requirement }) => requirement.passkey)
    .every(({ requirement: { from, senior } }) =>
      passkeys.isSigned({ by, decision, owners: [...from.owners, ...senior] }),
    );
  return hasPasskey ? null : `that waits for their passkey${signingPlace(snapshot.passkeys)}`;
}

function rejection({ review, rule }: FalseAlarmClaim, clause: string): RejectedFalseAlarm {
  const { id: reviewId, reviewer: by } = review;
  const who = by === null ? "Somebody" : mention(by);
  return { reviewId, by, rule, sentence: `${who} called the ${quote(rule)} a false alarm, but ${clause}.` };
}
