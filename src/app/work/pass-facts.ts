import { cherryPickedFrom } from "../../provenance/text/cherry-picks.ts";
import type { Review, Snapshot } from "../../signoff/snapshot.ts";
import type { FalseAlarm, RequirementOutcome, Verdict } from "../../signoff/verdict.ts";
import {
  anyRefuserFact,
  branchFact,
  commitFact,
  contentFact,
  type Fact,
  freezeFact,
  gainsFact,
  headFact,
  installationFact,
  intoFact,
  overrideFact,
  pullFact,
  pullSignerFact,
  refusableFact,
  refusedFact,
  refuserFact,
  repositoryFact,
  repositoryTeamsFact,
  reviewFact,
  signaturesFact,
  signerFact,
  teamsFact,
  timedFact,
} from "../../store/fact.ts";
import type { RepositoryRef } from "../../store/repository.ts";
import type { JudgedPull } from "./judge-head.ts";

/** All that a pass on this head rests on, each once. */
export function passFacts(
  repository: RepositoryRef,
  headSha: string,
  judged: { readonly deciding: readonly JudgedPull[]; readonly idle: readonly JudgedPull[] },
): readonly Fact[] {
  const facts = [
    installationFact(repository),
    gainsFact(repository),
    repositoryFact(repository),
    headFact(repository, headSha),
    ...(judged.deciding.some(({ verdict }) => verdict.changesAt !== undefined)
      ? [timedFact(repository, headSha)]
      : []),
    ...judged.deciding.flatMap((one) => factsOfPull(repository, headSha, one)),
    // A refusal there would decide.
    ...judged.idle.flatMap(({ pull, snapshot }) => factsOfRefusers(repository, pull, snapshot)),
  ];
  return [...new Set(facts)];
}

function factsOfPull(
  repository: RepositoryRef,
  headSha: string,
  { pull, verdict, snapshot }: JudgedPull,
): readonly Fact[] {
  const { base, governedBy, head } = snapshot?.pullRequest ?? {};
  const branches = [base?.ref, governedBy?.ref].filter((ref) => ref !== undefined);
  // In a stack it passed by the rules of the stack's base.
  const isInStack = base?.ref !== governedBy?.ref;
  return [
    ...(base === undefined || isInStack ? [] : [intoFact(repository, headSha, base.ref)]),
    pullFact(repository, pull),
    // Of a merge group it is another commit than the group's.
    ...(head === undefined ? [] : [headFact(repository, head.sha)]),
    ...(snapshot?.commits ?? []).flatMap(({ sha, message }) =>
      // What is known of a commit is known of those that were picked from it.
      [sha, ...cherryPickedFrom(message)].map((known) => commitFact(repository, known)),
    ),
    ...(snapshot?.contentDigest === undefined ? [] : [contentFact(repository, snapshot.contentDigest)]),
    ...branches.map((branch) => branchFact(repository, branch)),
    ...verdict.requirements.flatMap((outcome) => factsOfSignatures(repository, pull, outcome)),
    ...factsOfRefusers(repository, pull, snapshot),
    ...factsOfLifts(repository, pull, verdict),
    ...factsOfOverride(repository, pull, verdict),
    ...factsOfPasskeys(repository, snapshot),
    ...(verdict.freezable ?? []).map((area) => freezeFact(repository, area)),
  ];
}

/** Those who let it through had to be among whom the config names, and able to write. */
function factsOfOverride(repository: RepositoryRef, pull: number, { override }: Verdict): readonly Fact[] {
  if (override === undefined) return [];
  return [
    overrideFact(repository, pull),
    signaturesFact(repository),
    teamsFact(repository),
    repositoryTeamsFact(repository),
    ...override.by.flatMap(({ id }) => [signerFact(repository, id), pullSignerFact(repository, pull, id)]),
  ];
}

/** A key that is removed may have signed it, or vouched for one that did; whoever vouched had to be able to sign. */
function factsOfPasskeys(repository: RepositoryRef, snapshot: Snapshot | null): readonly Fact[] {
  const { signed = [], vouches = [] } = snapshot?.passkeys ?? {};
  if (signed.length === 0) return [];
  return [
    signaturesFact(repository),
    teamsFact(repository),
    repositoryTeamsFact(repository),
    ...vouches.map(({ by }) => signerFact(repository, by.id)),
  ];
}

/** Whoever lifted a mark had to be able to sign. */
function factsOfLifts(
  repository: RepositoryRef,
  pull: number,
  { liftedMarks = [] }: Verdict,
): readonly Fact[] {
  return liftedMarks.flatMap(({ by, reviewId }) => [
    signaturesFact(repository),
    teamsFact(repository),
    repositoryTeamsFact(repository),
    ...factsOfReview(repository, pull, { by, reviewId }),
  ]);
}

function factsOfReview(
  repository: RepositoryRef,
  pull: number,
  { by, reviewId }: Pick<FalseAlarm, "by" | "reviewId">,
): readonly Fact[] {
  return [
    reviewFact(repository, reviewId),
    signerFact(repository, by.id),
    pullSignerFact(repository, pull, by.id),
  ];
}

/** Whoever owns what is changed may refuse it; somebody known by login alone may be anybody. */
function factsOfRefusers(
  repository: RepositoryRef,
  pull: number,
  snapshot: Snapshot | null,
): readonly Fact[] {
  if (snapshot === null) return [anyRefuserFact(repository, pull)];
  const refusals = snapshot.reviews.filter(isRefusal);
  const teams = Object.values(snapshot.authority.teams);
  const users = Object.values(snapshot.authority.users ?? {});
  const members = teams.flatMap((team) => (team.status === "known" ? team.members : []));
  const owners = [...members, ...users].filter((account) => account !== null);
  const isWhole = teams.every(({ status }) => status !== "unlisted");
  return [
    ...owners.map(({ id }) => refuserFact(repository, pull, id)),
    ...(isWhole ? [] : [anyRefuserFact(repository, pull)]),
    refusableFact(repository, pull),
    ...refusals.flatMap(({ reviewer }) => [
      refusedFact(repository, null),
      ...(reviewer === null ? [] : [refusedFact(repository, reviewer.id)]),
    ]),
  ];
}

/** Somebody's "no", whether or not they had the right to it, or who dismissed it. */
function isRefusal({ state, dismissal }: Review): boolean {
  return state === "changes_requested" || dismissal?.previously === "changes_requested";
}

function factsOfSignatures(
  repository: RepositoryRef,
  pull: number,
  { countersignatures, requirement }: RequirementOutcome,
): readonly Fact[] {
  if (countersignatures.length === 0) return [];
  const teams = [...requirement.from.owners, ...requirement.senior].some(({ kind }) => kind === "team");
  return [
    signaturesFact(repository),
    ...(teams ? [teamsFact(repository), repositoryTeamsFact(repository)] : []),
    ...countersignatures.flatMap((signature) => factsOfReview(repository, pull, signature)),
  ];
}
