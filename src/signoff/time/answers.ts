import type { Hours } from "../../policy/keys/working-hours.ts";
import type { Policy } from "../../policy/policy.ts";
import type { Snapshot } from "../snapshot.ts";
import type { ReviewRequest } from "../time-facts.ts";
import type { Verdict } from "../verdict.ts";
import { afterWorkingTime } from "./working-time.ts";

/** A request that waits for an answer. */
export interface Expected {
  readonly request: ReviewRequest;
  /** By when, in milliseconds; `null` where that is years away. */
  readonly due: number | null;
  readonly isLate: boolean;
}

interface Asked {
  /** Since when it is no draft, in milliseconds; `null` while it is one. */
  readonly readySince: number | null;
  /** Whether an answer of theirs is of use: anybody can ask anybody. */
  readonly isMeant: (request: ReviewRequest) => boolean;
}

/** The requests that wait for an answer, in the time of those who were asked. Nobody has to look at a draft. */
export function expectedAnswers(
  snapshot: Snapshot,
  rules: Policy["time"],
  { readySince, isMeant }: Asked,
): readonly Expected[] {
  const { now, time } = snapshot;
  if (rules.respondWithin === null || time === undefined || readySince === null) return [];
  const at = Date.parse(now);
  return time.requests.filter(isMeant).map((request) => {
    const due = dueOf(request, snapshot, { rules, readySince });
    return { request, due, isLate: due !== null && due <= at };
  });
}

/** By when those are to answer who are about to be asked, in milliseconds. */
export function duesOfAsking(
  { users, teams }: Verdict["reviewRequests"],
  snapshot: Snapshot,
  rules: Policy["time"],
): readonly number[] {
  const { now: at, time } = snapshot;
  if (rules.respondWithin === null || time === undefined) return [];
  const isAsked = ({ kind, name }: ReviewRequest) =>
    time.requests.some((known) => known.kind === kind && isSame(known.name, name));
  const asking = [
    ...users.map((name): ReviewRequest => ({ kind: "user", name, at })),
    ...teams.map((name): ReviewRequest => ({ kind: "team", name, at })),
  ].filter((request) => !isAsked(request));
  return asking.flatMap((request) => dueOf(request, snapshot, { rules, readySince: Date.parse(at) }) ?? []);
}

function dueOf(
  request: ReviewRequest,
  snapshot: Snapshot,
  { rules, readySince }: { readonly rules: Policy["time"]; readonly readySince: number },
): number | null {
  const { respondWithin, workingHours } = rules;
  if (respondWithin === null) return null;
  const since = Math.max(Date.parse(request.at), readySince);
  return afterWorkingTime(since, respondWithin, hoursOf(request, snapshot, workingHours));
}

/** A person works in the hours of the first team that has hours of its own and that they are known to be in. */
function hoursOf(
  { kind, name }: ReviewRequest,
  { repository, authority }: Snapshot,
  all: Policy["time"]["workingHours"],
): Hours {
  if (kind === "team") return all.teams[`${repository.owner}/${name}`.toLowerCase()] ?? all;
  const own = Object.keys(all.teams).find((team) => {
    const known = authority.teams[team];
    return known?.status === "known" && known.members.some(({ login }) => isSame(login, name));
  });
  return (own === undefined ? undefined : all.teams[own]) ?? all;
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
