import type { OwnerRef } from "../../ownership/owner.ts";
import type { ScopedRequirement } from "../requirements/requirements.ts";
import type { Countersignature, Requirement, RequirementOutcome, Signer } from "../verdict.ts";
import {
  emailOwnersRemedy,
  noSeniorRemedy,
  tooFewRemedy,
  unknownContributorRemedy,
  unknownTeamsRemedy,
} from "../wording/sentences.ts";
import { countReview, fastAmong, type OwnerReview } from "./countersignatures.ts";
import type { EvaluationContext } from "./evaluation-context.ts";
import { refusalsOf } from "./refusals.ts";

/** What became of one requirement. */
export function outcomeOf(asked: ScopedRequirement, context: EvaluationContext): RequirementOutcome {
  const scoped = withPasskey(withExtra(asked, context), context);
  const { requirement } = scoped;
  const authorities = [...requirement.from.owners, ...requirement.senior];
  const theirs = context.latestReviews.flatMap((latestReview): readonly OwnerReview[] => {
    const as = context.signers.ownerOf(authorities, latestReview.by);
    return as === null ? [] : [{ ...latestReview, as }];
  });
  const counted = theirs
    .map((ownerReview) => countReview(ownerReview, scoped, context))
    .filter((weight) => weight !== null);
  const countersignatures = counted.filter((weight) => "headSha" in weight);
  const needs = missingSignatures({ requirement, countersignatures }, context);
  const fast = fastAmong(countersignatures, requirement, context);
  const base = {
    requirement,
    ...(fast > 0 && { fast }),
    countersignatures,
    awaits: needs.map(({ from }) => from),
    cannotSign: context.signers.unable(needs.flatMap(({ from }) => from)),
    refusals: refusalsOf(scoped, theirs, context),
    ignoredReviews: counted.filter((weight) => "code" in weight),
  };
  const remedy = scoped.obstacle ?? remedyOf(requirement, needs, context);
  const canSign = remedy === null ? distinct(needs.flatMap(({ candidates }) => candidates)) : [];
  if (base.refusals.length > 0) return { ...base, status: "refused", canSign };
  if (remedy !== null) return { ...base, status: "impossible", canSign, remedy };
  return { ...base, status: needs.length === 0 ? "signed" : "waiting", canSign };
}

/** One more than the area asks for, but never more than there are people. */
function withExtra(scoped: ScopedRequirement, { signers }: EvaluationContext): ScopedRequirement {
  const { requirement, extra } = scoped;
  const { count, from } = requirement;
  if (extra !== true) return scoped;
  const isUnlisted = from.owners.some((owner) => signers.team(owner)?.status === "unlisted");
  if (!isUnlisted && signers.candidates(from.owners, requirement).length <= count) return scoped;
  const because = `${requirement.because} One countersignature more is needed because of its size.`;
  return { ...scoped, requirement: { ...requirement, count: count + 1, extra, because } };
}

function withPasskey(scoped: ScopedRequirement, { passkeys }: EvaluationContext): ScopedRequirement {
  if (!passkeys.asks(scoped)) return scoped;
  return { ...scoped, requirement: { ...scoped.requirement, passkey: true } };
}

/** Signatures still missing, from these owners, and who could give them. */
export interface MissingSignatures {
  readonly from: readonly OwnerRef[];
  readonly missing: number;
  readonly candidates: readonly Signer[];
}

/** The owners' signatures, and one of a senior unless an owner who signed is one. */
export function missingSignatures(
  { requirement, countersignatures }: Pick<RequirementOutcome, "requirement" | "countersignatures">,
  context: Pick<EvaluationContext, "signers">,
): readonly MissingSignatures[] {
  const { from, senior, count } = requirement;
  const signed = (owners: readonly OwnerRef[]) =>
    countersignatures.filter(({ by }) => context.signers.owns(owners, by)).length;
  const need = (owners: readonly OwnerRef[], missing: number): readonly MissingSignatures[] => {
    if (missing <= 0) return [];
    return [
      {
        from: owners,
        missing,
        candidates: unsigned(context.signers.candidates(owners, requirement), countersignatures),
      },
    ];
  };
  return [
    ...need(from.owners, count - signed(from.owners)),
    ...(senior.length === 0 ? [] : need(senior, 1 - signed(senior))),
  ];
}

function unsigned(
  candidates: readonly Signer[],
  countersignatures: readonly Countersignature[],
): readonly Signer[] {
  const signed: ReadonlySet<number | null> = new Set(countersignatures.map(({ by }) => by.id));
  return candidates.filter(({ id }) => !signed.has(id));
}

/** What to do when nobody can give what is missing; `null` when somebody can. */
function remedyOf(
  requirement: Requirement,
  needs: readonly MissingSignatures[],
  { contributors, signers }: EvaluationContext,
): string | null {
  if (contributors.unknown.length > 0) return unknownContributorRemedy(contributors.unknown);
  const unlisted = (owner: OwnerRef) => signers.team(owner)?.status === "unlisted";
  const short = needs.find(
    ({ from, missing, candidates }) => candidates.length < missing && !from.some(unlisted),
  );
  if (short === undefined) return null;
  const { owners } = requirement.from;
  if (short.from !== owners) return noSeniorRemedy(requirement);
  if (owners.every(({ kind }) => kind === "email")) return emailOwnersRemedy(requirement);
  const unreadable = signers.unable(owners).filter(({ owner }) => owner.kind === "team");
  if (unreadable.length > 0) return unknownTeamsRemedy(unreadable);
  return tooFewRemedy(requirement, requirement.count - short.missing + short.candidates.length);
}

function distinct(signers: readonly Signer[]): readonly Signer[] {
  return [...new Map(signers.map((signer) => [signer.login.toLowerCase(), signer])).values()];
}
