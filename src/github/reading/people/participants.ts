import type { Detector } from "../../../provenance/detector.ts";
import { toolStartedBy } from "../../../provenance/requests/labels.ts";
import type { Account, Participant } from "../../../signoff/snapshot.ts";
import { Pauses } from "../../client/pauses.ts";
import { type AccountAnswer, account } from "./actor.ts";
import { knownCommands } from "./known-commands.ts";
import type { Start } from "./origin.ts";
import type { ReviewAnswer } from "./reviews.ts";
import { type Remark, remark, type Timeline, writers } from "./timeline.ts";

/** The part of an answer that tells for whose pushes GitHub made check suites of the App, and whose fork it is. */
interface Pushed {
  readonly repository: {
    readonly head: {
      readonly checkSuites?:
        | {
            readonly nodes: readonly { readonly push: { readonly pusher: AccountAnswer } | null }[];
          }
        | null
        | undefined;
    } | null;
  };
  readonly pullRequest: {
    readonly headRefOid: string;
    readonly isCrossRepository: boolean;
    readonly headRepositoryOwner: AccountAnswer | null;
  };
}

/** Who pushed: the actors of force-pushes, and the pusher GitHub made the App's check suite for. */
export function pushers(
  { repository, pullRequest }: Pushed,
  { forcePushes }: Timeline,
): readonly Participant[] {
  const forced = forcePushes.flatMap(({ at, by, to }) =>
    by === null
      ? []
      : [
          {
            ...participant(by, "pusher", `force-pushed ${to?.slice(0, 7) ?? "the branch"}`),
            ...(to !== null && { sha: to }),
            forced: true as const,
            at,
            ...(pullRequest.isCrossRepository && { toFork: true as const }),
          },
        ],
  );
  const suites = repository.head?.checkSuites?.nodes ?? [];
  const pushed = suites.flatMap(({ push }) => {
    const by = account(push?.pusher ?? null);
    return by === null
      ? []
      : [{ ...participant(by, "pusher", "pushed the head commit"), sha: pullRequest.headRefOid }];
  });
  return [...forced, ...pushed, ...forkOwner(pullRequest)];
}

/** Of a fork no push before the opening is seen. */
function forkOwner({
  isCrossRepository,
  headRepositoryOwner,
}: Pushed["pullRequest"]): readonly Participant[] {
  const by = isCrossRepository ? account(headRepositoryOwner) : null;
  return by === null ? [] : [{ ...participant(by, "pusher", "owns the fork"), presumed: true, toFork: true }];
}

interface RequestEvidence {
  readonly timeline: Timeline;
  readonly reviews: readonly ReviewAnswer[];
  readonly detector: Detector;
}

/**
 * Who asked an agent: by assigning it, by a label, or by a command in a comment or a review. Of those there may be
 * hundreds, as long as others like, so each is read in turn with whatever else there is to do.
 */
export async function requesters({
  timeline,
  reviews,
  detector,
}: RequestEvidence): Promise<readonly Participant[]> {
  const assigners = timeline.assignments
    .filter(({ assignee }) => assignee.type === "Bot" || detector.machine(assignee)?.kind === "agent")
    .map(({ by, at, assignee }) => participant(by, "requester", `assigned ${assignee.login} (${day(at)})`));
  const labelers = timeline.labels.flatMap(({ by, at, label }) => {
    const tool = toolStartedBy(label);
    return tool === null ? [] : [participant(by, "requester", `started ${tool} by a label (${day(at)})`)];
  });
  const asked: Participant[] = [];
  const pauses = new Pauses();
  for (const each of [...timeline.comments, ...reviews.flatMap(reviewRemarks)]) {
    if (areAmong(asked, each)) continue;
    await pauses.pause();
    asked.push(...commanders(each));
  }
  return [...assigners, ...labelers, ...asked, ...reviews.flatMap(presumedCommanders)];
}

/** Not all that they wrote was read, so it may hold a command. */
function presumedCommanders({ author, comments }: ReviewAnswer): readonly Participant[] {
  const by = account(author);
  if (by === null || !comments.pageInfo.hasNextPage) return [];
  return [participant(by, "requester", "wrote more review comments than are read")];
}

function reviewRemarks(review: ReviewAnswer): readonly Remark[] {
  const own = {
    body: review.body,
    at: review.submittedAt ?? "",
    by: writers([review.author, review.editor]),
  };
  return [own, ...review.comments.nodes.map(remark)];
}

/** Whether all who wrote something are known to have given a command: whatever it says tells nothing new. */
export function areAmong(known: readonly Participant[], { by }: Remark): boolean {
  return by.every((one) => known.some(({ account }) => account.id === one.id));
}

/** Who gave an agent a command by what they wrote. */
export function commanders({ body, at, by }: Remark): readonly Participant[] {
  const tools = knownCommands(body);
  if (tools.length === 0) return [];
  return by.map((one) => participant(one, "requester", `gave ${tools.join(", ")} a command (${day(at)})`));
}

/** Who started Copilot on the pull request. */
export function starters(starts: readonly Start[]): readonly Participant[] {
  return starts.flatMap(({ by, at }) =>
    by === null ? [] : [participant(by, "requester", `asked Copilot to start (${day(at)})`)],
  );
}

/**
 * Each person once in each role, with the first reason, and once for each commit that they pushed, by the latest moment
 * told.
 */
export function distinct(participants: readonly Participant[]): readonly Participant[] {
  const known = new Map<string, Participant>();
  for (const one of participants) {
    const push = [one.sha, one.forced, one.presumed, one.toFork].join(" ");
    const key = `${one.role} ${one.account.id} ${push}`;
    const first = known.get(key);
    if (first === undefined) known.set(key, one);
    else if (one.at !== undefined && !isAfter(first.at, one.at)) known.set(key, { ...first, at: one.at });
  }
  return [...known.values()];
}

function isAfter(moment: string | undefined, other: string): boolean {
  return moment !== undefined && Date.parse(moment) > Date.parse(other);
}

function participant(by: Account, role: Participant["role"], because: string): Participant {
  return { account: by, role, because };
}

function day(at: string): string {
  return at.slice(0, 10);
}
