import type { Detector } from "../../../provenance/detector.ts";
import type { CommitFacts, Participant, PullRequestFacts, Recorded } from "../../../signoff/snapshot.ts";
import { knownPushers, tookPart } from "../../../signoff/writers/pushers.ts";
import type { GitHubClient } from "../../client/client.ts";
import { type PermissionsRequest, readsOnly } from "./permissions.ts";

interface Known {
  readonly pullRequest: PullRequestFacts;
  readonly commits: readonly CommitFacts[];
  readonly participants: readonly Participant[];
  readonly recorded: Recorded;
  readonly detector: Detector;
}

interface OutsiderRequest extends Omit<PermissionsRequest, "opinions"> {
  readonly evaluation: Opened;
}

/** The part of an answer that tells what its author is to the repository, and what shares its head. */
interface Opened {
  readonly repository: {
    readonly head: {
      readonly associatedPullRequests?:
        | { readonly nodes: readonly { readonly number: number; readonly state: string }[] }
        | null
        | undefined;
    } | null;
  };
  readonly pullRequest: { readonly authorAssociation: string };
}

/**
 * Whether a person without write permission opened it. Asked only where it can matter: it holds a mark and comes from a
 * fork, or somebody else pushed what they opened, and it holds a mark or shares its head with another pull request.
 * @throws {GitHubUnavailable | GitHubProblem}
 */
export async function isOutsiders(
  client: GitHubClient,
  request: OutsiderRequest,
  known: Known,
): Promise<boolean> {
  const { author } = known.pullRequest;
  const { pullRequest } = request.evaluation;
  // An app opens pull requests only where it is installed.
  if (author?.type !== "User" || pullRequest.authorAssociation === "OWNER") return false;
  const isMarked = holdsMark(known);
  const isAsked = isOfOthers(author.id, known)
    ? isMarked || mayShareHead(request, known)
    : isMarked && known.pullRequest.fork;
  return isAsked && readsOnly(client, request, author);
}

/** Others pushed one of the commits, or had made the same change before. */
function isOfOthers(author: number, { commits, participants, recorded }: Known): boolean {
  const pushers = knownPushers({ participants, recorded });
  const own = new Set(commits.map(({ sha }) => sha));
  const ofSameChange = recorded.commits.filter(({ sha }) => !own.has(sha));
  return (
    commits.some((commit) => !tookPart({ id: author }, commit, pushers)) ||
    ofSameChange.some((record) => record.participants.some(({ account }) => account.id !== author))
  );
}

/** GitHub names no pull requests of forks that share a head. */
function mayShareHead({ evaluation }: OutsiderRequest, { pullRequest }: Known): boolean {
  const onHead = evaluation.repository.head?.associatedPullRequests?.nodes ?? [];
  const others = onHead.filter(({ number, state }) => number !== pullRequest.number && state === "OPEN");
  return pullRequest.fork || others.length > 0;
}

function holdsMark({ pullRequest, participants, recorded, detector }: Known): boolean {
  const { author, body, labels, head, performedVia } = pullRequest;
  return (
    recorded.evidence.length > 0 ||
    recorded.dropped === true ||
    participants.some(({ role }) => role === "requester") ||
    performedVia !== undefined ||
    detector.pullRequest({ author, body, labels, headRef: head.ref }).length > 0
  );
}
