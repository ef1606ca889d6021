import type { Snapshot } from "../../signoff/snapshot.ts";
import type { RequirementOutcome } from "../../signoff/verdict.ts";
import {
  anyRefuserFact,
  branchFact,
  type Fact,
  headFact,
  installationFact,
  pullFact,
  pullSignerFact,
  refuserFact,
  repositoryFact,
  repositoryTeamsFact,
  reviewFact,
  signaturesFact,
  signerFact,
  teamsFact,
} from "../../store/fact.ts";
import type { RepositoryRef } from "../../store/store.ts";
import type { JudgedPull } from "./judge-head.ts";

/** All that a pass on this head rests on, each once. */
export function passFacts(
  repository: RepositoryRef,
  headSha: string,
  judged: readonly JudgedPull[],
): readonly Fact[] {
  const facts = [
    installationFact(repository),
    repositoryFact(repository),
    headFact(repository, headSha),
    ...judged.flatMap((one) => factsOfPull(repository, one)),
  ];
  return [...new Set(facts)];
}

function factsOfPull(repository: RepositoryRef, { pull, verdict, snapshot }: JudgedPull): readonly Fact[] {
  const { base, governedBy } = snapshot?.pullRequest ?? {};
  const branches = [base?.ref, governedBy?.ref].filter((ref) => ref !== undefined);
  return [
    pullFact(repository, pull),
    ...branches.map((branch) => branchFact(repository, branch)),
    ...verdict.requirements.flatMap((outcome) => factsOfSignatures(repository, pull, outcome)),
    ...factsOfRefusers(repository, pull, snapshot),
  ];
}

/** Whoever owns what is changed may refuse it; somebody known by login alone may be anybody. */
function factsOfRefusers(
  repository: RepositoryRef,
  pull: number,
  snapshot: Snapshot | null,
): readonly Fact[] {
  if (snapshot === null) return [anyRefuserFact(repository, pull)];
  const teams = Object.values(snapshot.authority.teams);
  const users = Object.values(snapshot.authority.users ?? {});
  const members = teams.flatMap((team) => (team.status === "known" ? team.members : []));
  const owners = [...members, ...users].filter((account) => account !== null);
  const isWhole = teams.every(({ status }) => status !== "unlisted");
  return [
    ...owners.map(({ id }) => refuserFact(repository, pull, id)),
    ...(isWhole ? [] : [anyRefuserFact(repository, pull)]),
  ];
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
    ...countersignatures.flatMap(({ by, reviewId }) => [
      reviewFact(repository, reviewId),
      signerFact(repository, by.id),
      pullSignerFact(repository, pull, by.id),
    ]),
  ];
}
