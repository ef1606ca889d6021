import type { Policy } from "../../policy/policy.ts";
import type { PullRequestFacts } from "../../signoff/snapshot.ts";
import type { LinePlace, ReviewRequest, TimeFacts } from "../../signoff/time-facts.ts";
import { account } from "./people/actor.ts";
import type { Waiting } from "./people/availability.ts";
import type { Timeline } from "./people/timeline.ts";
import type { PullRequestData } from "./pull-request-data.ts";
import { sourceFileContent } from "./rules/source-file.ts";

/** What the App knows of the changes beside a pull request. */
export interface Beside {
  /** How many reviews wait for somebody in the other repositories of the installation, by account id. */
  readonly load: () => Promise<Readonly<Record<number, number>>>;
  /** The places in the lines of the repository. */
  readonly lines: () => Promise<readonly LinePlace[]>;
}

interface Known {
  readonly policy: Policy | null;
  readonly facts: PullRequestFacts;
  readonly evaluation: PullRequestData;
  readonly events: Pick<Timeline, "requests">;
  /** The open pull requests of the repository, with those whose reviews they wait for. */
  readonly waiting: Waiting | undefined;
  readonly beside: Beside | undefined;
  readonly activeAt: string | undefined;
}

/** `undefined` where the policy asks nothing of it. It costs no request. */
export async function timeFacts(known: Known): Promise<TimeFacts | undefined> {
  const { policy, facts, evaluation, events, beside, activeAt } = known;
  if (policy === null || !asksForTime(policy.time)) return undefined;
  const { maxReviewsPerPerson, maxOpenChanges } = policy.time;
  const attributes = attributesIn(evaluation);
  return {
    requests: standing(facts, events.requests),
    ...(events.requests.length > 0 && { earlierRequests: events.requests }),
    firstComments: firstComments(evaluation),
    ...(activeAt !== undefined && { activeAt }),
    ...(attributes !== null && { attributes }),
    ...(maxReviewsPerPerson !== null && beside && { load: await loadOf(known, beside) }),
    ...(maxOpenChanges !== null && beside && { lines: await beside.lines() }),
  };
}

function asksForTime(time: Policy["time"]): boolean {
  const { maxReviewsPerPerson, maxOpenChanges, maxLines, fastApprovals, respondWithin } = time;
  const set = [maxReviewsPerPerson, maxOpenChanges, maxLines, respondWithin].some((each) => each !== null);
  return set || fastApprovals !== "off";
}

/** Requests that stand, with the last time that each was made; of one that no event tells, since the text was written. */
function standing(
  { requestedReviewers: { users, teams }, writtenAt }: PullRequestFacts,
  requests: readonly ReviewRequest[],
): readonly ReviewRequest[] {
  const last = (kind: ReviewRequest["kind"], name: string) =>
    requests.findLast((each) => each.kind === kind && each.name.toLowerCase() === name.toLowerCase())?.at ??
    writtenAt;
  const of = (kind: ReviewRequest["kind"], names: readonly string[]) =>
    names.flatMap((name): readonly ReviewRequest[] => {
      const at = last(kind, name);
      return at === undefined ? [] : [{ kind, name, at }];
    });
  return [...of("user", users), ...of("team", teams)];
}

/** Of the latest comments: whoever wrote earlier ones began to look earlier than this says. */
function firstComments({ pullRequest }: PullRequestData): Readonly<Record<number, string>> {
  const first: Record<number, string> = {};
  for (const { author, createdAt } of pullRequest.comments.nodes) {
    const id = account(author)?.id;
    if (id === undefined) continue;
    const known = first[id];
    if (known === undefined || Date.parse(createdAt) < Date.parse(known)) first[id] = createdAt;
  }
  return first;
}

/** What cannot be read calls nothing generated. */
function attributesIn({ governed }: PullRequestData): string | null {
  const answer = governed?.target?.attributes;
  if (!answer) return null;
  const content = sourceFileContent(answer);
  return content.status === "text" ? content.text : null;
}

/** Here as GitHub tells it, elsewhere as it was heard. */
async function loadOf(
  { facts, waiting = [] }: Known,
  { load }: Beside,
): Promise<Readonly<Record<number, number>>> {
  const here = waiting.filter(({ pull }) => pull !== facts.number).flatMap(({ ids }) => ids);
  const all: Record<number, number> = { ...(await load()) };
  for (const id of here) all[id] = (all[id] ?? 0) + 1;
  return all;
}
