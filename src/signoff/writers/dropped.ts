import type { Problem } from "../../policy/problem.ts";
import type { Account, CommitFacts, Snapshot } from "../snapshot.ts";
import type { Verdict } from "../verdict.ts";
import { listFirst, shortSha } from "../wording/words.ts";
import { type Pushers, tookPart } from "./pushers.ts";

type Recording = Verdict["toRecord"];

/**
 * What is recorded of all that was seen. Where its author has used up what is kept for one account, of the author's own
 * commits and of what the pull request told only this is kept: that there was something.
 */
export function withinCap(snapshot: Snapshot, pushers: Pushers, seen: Recording): Recording {
  const { author } = snapshot.pullRequest;
  if (author?.type !== "User") return seen;
  const keptFor = { account: author.id, day: snapshot.now.slice(0, "2026-01-01".length) };
  if (snapshot.recorded.usedUp !== true) return { ...seen, keptFor };
  const own = new Set(
    snapshot.commits.filter((commit) => isOwn(author, commit, snapshot, pushers)).map(({ sha }) => sha),
  );
  return {
    ...seen,
    keptFor,
    evidence: [],
    participants: seen.participants.filter(({ account }) => account.id !== author.id),
    commits: seen.commits.filter(({ sha }) => !own.has(sha)),
    change: null,
    dropped: {
      commits: seen.commits.map(({ sha }) => sha).filter((sha) => own.has(sha)),
      pullRequest: seen.evidence.length > 0,
    },
  };
}

/** Nobody else is known to have had a part in bringing it: other people's commits stay as they are known. */
function isOwn(author: Account, commit: CommitFacts, { recorded }: Snapshot, pushers: Pushers): boolean {
  const { sha } = commit;
  const others = recorded.commits.flatMap((record) => (record.sha === sha ? record.participants : []));
  const known = [...others.map(({ account }) => account), ...pushers.broughtBy(sha)];
  return tookPart(author, commit, pushers) && known.every(({ id }) => id === author.id);
}

/** What was seen and is not kept may have said who wrote the change. */
export function droppedProblems(
  { commits, recorded }: Snapshot,
  { dropped }: Pick<Recording, "dropped">,
): readonly Problem[] {
  const without = new Set([
    ...recorded.commits.filter((record) => record.dropped).map(({ sha }) => sha),
    ...(dropped?.commits ?? []),
  ]);
  const unknown = commits.filter(({ sha }) => without.has(sha));
  return [
    ...(unknown.length === 0
      ? []
      : [
          problem({
            code: "evidence/commit-not-kept",
            message: `It is not known who wrote ${listFirst(unknown.map(({ sha }) => shortSha(sha)))}: ${TOO_MANY}`,
            remedy:
              "Amend each of these commits, so that it has another id, and push again tomorrow. Somebody with write permission can do so at once.",
          }),
        ]),
    ...(recorded.dropped === true || dropped?.pullRequest === true
      ? [
          problem({
            code: "evidence/pull-request-not-kept",
            message: `Not all that this pull request told of its writers is known: ${TOO_MUCH}`,
            remedy:
              "Close it, and open a new pull request tomorrow. Somebody with write permission can do so at once.",
          }),
        ]
      : []),
  ];
}

const MORE_THAN_KEPT = "an account without write permission made more than is kept for one account";
const TOO_MUCH = `${MORE_THAN_KEPT}.`;
const TOO_MANY = `${MORE_THAN_KEPT}, or what was merged into it names more authors than GitHub tells.`;

function problem(given: Omit<Problem, "severity">): Problem {
  return { ...given, severity: "error" };
}
