/**
 * Something that a published pass rests on. An event that may end passes names facts, and one index tells which passes
 * rest on them. Keys are numeric ids: names are reused, ids are not.
 */
export type Fact = `${string}/${string}`;

interface Place {
  readonly installationId: number;
  readonly repositoryId: number;
}

/** What passed by an earlier version, which noted of no pass what it rests on: anything in these two. */
export const unknownFacts = ({ installationId, repositoryId }: Place): readonly Fact[] => [
  `unknown/installation/${installationId}`,
  `unknown/repository/${repositoryId}`,
];

const OF_INSTALLATION: readonly (string | undefined)[] = [
  "installation",
  "signer",
  "teams",
  "signatures",
  "refused",
];

/** With a fact, whatever may rest on it without being known to is in doubt. */
export function withUnknown(facts: readonly Fact[]): readonly Fact[] {
  const unknown = facts.flatMap((fact): readonly Fact[] => {
    const [kind, id] = fact.split("/");
    if (kind === "people") return [];
    return [`unknown/${OF_INSTALLATION.includes(kind) ? "installation" : "repository"}/${id}`];
  });
  return [...new Set([...facts, ...unknown])];
}

/** Everything an installation passed. */
export const installationFact = ({ installationId }: Pick<Place, "installationId">): Fact =>
  `installation/${installationId}`;

/** Everything that passed in a repository: its config, its default branch. */
export const repositoryFact = ({ repositoryId }: Pick<Place, "repositoryId">): Fact =>
  `repository/${repositoryId}`;

/** What passed by the CODEOWNERS of a branch. */
export const branchFact = ({ repositoryId }: Pick<Place, "repositoryId">, branch: string): Fact =>
  `branch/${repositoryId}/${branch}`;

/** What passed for a pull request, alone or in a merge group. */
export const pullFact = ({ repositoryId }: Pick<Place, "repositoryId">, pull: number): Fact =>
  `pull/${repositoryId}/${pull}`;

/** What passed on a head commit, for whichever pull request. */
export const headFact = ({ repositoryId }: Pick<Place, "repositoryId">, headSha: string): Fact =>
  `head/${repositoryId}/${headSha}`;

/**
 * What passed with what is known of a subject: a commit, or a change whatever its commits. Of what passed by an earlier
 * version it is not known which those are.
 */
export function subjectFacts({ repositoryId }: Pick<Place, "repositoryId">): {
  readonly prefix: Fact;
  readonly unknown: Fact;
} {
  return { prefix: `known/${repositoryId}/`, unknown: `unknown/repository/${repositoryId}` };
}

/** What passed with a pull request that holds this commit. */
export const commitFact = (place: Pick<Place, "repositoryId">, sha: string): Fact =>
  `${subjectFacts(place).prefix}${sha}`;

/** What passed with a pull request that makes this change; see `Snapshot.contentDigest`. */
export const contentFact = (place: Pick<Place, "repositoryId">, contentDigest: string): Fact =>
  `${subjectFacts(place).prefix}${contentSubject(contentDigest)}`;

/** Under which it is kept what is known of the commits of heads that made the same change. */
export const contentSubject = (contentDigest: string): string => `content ${contentDigest}`;

/** What was made of the change of a head, in whatever commits it is made: there, it is the head's. */
export const changeSubject = (headSha: string): string => `change of ${headSha}`;

/** What passed for a pull request because people let it through. */
export const overrideFact = ({ repositoryId }: Pick<Place, "repositoryId">, pull: number): Fact =>
  `override/${repositoryId}/${pull}`;

/** What passed although an area may be frozen, or all of them. */
export const freezeFact = ({ repositoryId }: Pick<Place, "repositoryId">, area: string): Fact =>
  `freeze/${repositoryId}/${area}`;

/** What passed on a head commit for a time. */
export const timedFact = ({ repositoryId }: Pick<Place, "repositoryId">, headSha: string): Fact =>
  `timed/${repositoryId}/${headSha}`;

/** What passed on a head commit for a pull request into this branch, by the rules of that branch. */
export const intoFact = (
  { repositoryId }: Pick<Place, "repositoryId">,
  headSha: string,
  branch: string,
): Fact => `into/${repositoryId}/${headSha}/${branch}`;

/** What passed because of one review: a countersignature, a dismissed false alarm. */
export const reviewFact = ({ repositoryId }: Pick<Place, "repositoryId">, reviewId: number): Fact =>
  `review/${repositoryId}/${reviewId}`;

/** What one person signed, anywhere in the installation. */
export const signerFact = ({ installationId }: Pick<Place, "installationId">, accountId: number): Fact =>
  `signer/${installationId}/${accountId}`;

/** What one person signed of one pull request. */
export const pullSignerFact = (
  { repositoryId }: Pick<Place, "repositoryId">,
  pull: number,
  accountId: number,
): Fact => `pull-signer/${repositoryId}/${pull}/${accountId}`;

/** What passed although this owner may refuse it. */
export const refuserFact = (
  { repositoryId }: Pick<Place, "repositoryId">,
  pull: number,
  accountId: number,
): Fact => `refuser/${repositoryId}/${pull}/${accountId}`;

/** What passed where it is not known who may refuse it. */
export const anyRefuserFact = ({ repositoryId }: Pick<Place, "repositoryId">, pull: number): Fact =>
  `refusers/${repositoryId}/${pull}`;

/** What passed although this pull request may be refused. */
export const refusableFact = ({ repositoryId }: Pick<Place, "repositoryId">, pull: number): Fact =>
  `${REFUSABLE}/${repositoryId}/${pull}`;

export const REFUSABLE = "refusable";

/** What passed although this person refuses it, or anybody: without the right to, which may be gained. */
export const refusedFact = (
  { installationId }: Pick<Place, "installationId">,
  accountId: number | null,
): Fact => `refused/${installationId}${accountId === null ? "" : `/${accountId}`}`;

/** The rights that people gained. No pass ends by it; what is judged meanwhile has to be judged again. */
export const gainsFact = ({ installationId }: Pick<Place, "installationId">): Fact =>
  `gains/${installationId}`;

/** What was signed by right of some team. A child team's members sign for its parents, so teams are not told apart. */
export const teamsFact = ({ installationId }: Pick<Place, "installationId">): Fact =>
  `teams/${installationId}`;

/** The same in one repository. */
export const repositoryTeamsFact = ({ repositoryId }: Pick<Place, "repositoryId">): Fact =>
  `repository-teams/${repositoryId}`;

/** Whatever rests on somebody's signature. */
export const signaturesFact = ({ installationId }: Pick<Place, "installationId">): Fact =>
  `signatures/${installationId}`;

/** What is known of people and teams. Nothing rests on it; it tells how old answers about them may be. */
export const peopleFact = ({ installationId }: Pick<Place, "installationId">): Fact =>
  `people/${installationId}`;
