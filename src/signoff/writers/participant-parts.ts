import type { Evidence } from "../../provenance/evidence.ts";
import { requestersNamedIn } from "../../provenance/requests/named-requesters.ts";
import type { Account, CommitFacts, Participant, Snapshot, UnlinkedIdentity } from "../snapshot.ts";
import { joinAnd } from "../wording/words.ts";
import type { AttestedRequester } from "./attested-requesters.ts";
import { type ContributorSources, doneBy, humanOf, openedWith, type Part, type Who } from "./part.ts";
import type { People } from "./people.ts";
import { isNamedOn, knownPushers } from "./pushers.ts";

export function opener(
  { pullRequest: { author } }: Snapshot,
  { people }: ContributorSources,
): readonly Part[] {
  if (author === null || !people.isHuman(author)) return [];
  return [{ who: { account: author }, role: "author", did: { clause: "opened the pull request" } }];
}

/** Those of the pull request, and those who are known of its commits from elsewhere. */
export function participants(snapshot: Snapshot, sources: ContributorSources): readonly Part[] {
  const { people } = sources;
  const { participants: own, recorded } = snapshot;
  const { author, number } = snapshot.pullRequest;
  // That this pull request was opened, it tells by itself.
  const isOpening = ({ role, account, because }: Participant) =>
    role === "opener" && account.id === author?.id && because === openedWith(number);
  const known = recorded.commits.flatMap((commit) => commit.participants).filter((each) => !isOpening(each));
  const commits: CommitsBySha = new Map(snapshot.commits.map((commit) => [commit.sha, commit]));
  const mergePushed = pushedMerges(snapshot, commits);
  const isNamed = ({ role, sha, account }: Participant) => {
    const commit = commits.get(sha);
    return role === "commit-author" && commit !== undefined && isNamedOn(commit, account);
  };
  return (
    [...own, ...known]
      // The commit itself tells it already.
      .filter((each) => people.isHuman(each.account) && !isNamed(each))
      .flatMap((each): readonly Part[] => {
        const { account, role, because, identity } = each;
        const did = { clause: because };
        const who = identity === undefined ? { account } : unlinked(identity, snapshot, sources);
        const merge = mergePushed(each);
        return who === null ? [] : [{ who, role, ...(merge === undefined ? { did } : doneBy(merge, did)) }];
      })
  );
}

/**
 * Whoever had an address that belonged to no account: the account behind it now or, where somebody of that name wrote the
 * commits that stand in their place and pushed them, behind theirs. Anybody can write any name into a commit.
 */
function unlinked(
  { name, email }: UnlinkedIdentity,
  snapshot: Snapshot,
  { isPerson }: ContributorSources,
): Who | null {
  if (!isPerson({ name, email, account: null })) return null;
  const pushers = knownPushers(snapshot);
  const linked = snapshot.commits.flatMap(({ sha, author, committer, coAuthors }) =>
    [author, committer, ...coAuthors].flatMap((one) =>
      one.account === null ? [] : [{ ...one, account: one.account, sha }],
    ),
  );
  const isSame = (one: string, other: string) => one !== "" && one.toLowerCase() === other.toLowerCase();
  const pushed = linked.filter(({ sha, account }) => pushers.of(sha).some(({ id }) => id === account.id));
  const found =
    linked.find((one) => isSame(one.email, email)) ??
    pushed.find((one) => isSame(one.name.trim(), name.trim()));
  return found === undefined
    ? { account: null, identity: { name, email, former: true } }
    : { account: found.account };
}

/**
 * The merge that a push brought and nothing else: made on GitHub's pages, which pushes it alone, or upon a commit that
 * was demonstrably pushed before.
 */
function pushedMerges(
  snapshot: Snapshot,
  commits: CommitsBySha,
): (participant: Participant) => CommitFacts | undefined {
  const pushers = knownPushers(snapshot);
  return ({ role, sha, forced, presumed }) => {
    const merge = commits.get(sha);
    if (role !== "pusher" || forced || presumed || merge?.mergeChanged === undefined) return undefined;
    const isAlone = merge.parents
      ?.slice(0, 1)
      .some((onto) => merge.committedViaWeb || pushers.of(onto).length > 0);
    return isAlone ? merge : undefined;
  };
}

/** Not every participant is known by a commit. */
type CommitsBySha = ReadonlyMap<string | undefined, CommitFacts>;

/**
 * Requesters whom the tools' own lines name; those of a body that was edited since are named on record. Anybody can
 * write such a line, so it counts only where a machine wrote it.
 */
export function namedRequesters(
  snapshot: Snapshot,
  { people, isPerson }: ContributorSources,
): readonly Part[] {
  const { pullRequest, commits, recorded } = snapshot;
  const { author, editedBy, performedVia, fork } = pullRequest;
  const isMachine = (account: Account | null | undefined) => account != null && !people.isHuman(account);
  const opened = isMachine(author) || performedVia !== undefined;
  const pushers = knownPushers(snapshot);
  const isMachines = ({ sha, author: wrote }: CommitFacts) => {
    const pushed = pushers.of(sha);
    if (pushed.some(isMachine)) return true;
    // Where nobody is known to have pushed it first, whoever can push to the repository is trusted with git's own word.
    return pushers.introducing(sha).length === 0 && (opened || (!fork && !isPerson(wrote)));
  };
  const texts: readonly { readonly text: string; readonly sha: string | null }[] = [
    ...((editedBy === undefined ? opened : isMachine(editedBy))
      ? [{ text: pullRequest.body, sha: null }]
      : []),
    ...(opened ? recorded.evidence.flatMap(machineText) : []),
    ...commits.filter(isMachines).map(({ sha, message }) => ({ text: message, sha })),
  ];
  return texts.flatMap(({ text, sha }) =>
    requestersNamedIn(text).map(({ tool, login }): Part => {
      const did =
        sha === null ? { clause: `asked ${tool} for this change` } : { verb: `asked ${tool} for`, sha };
      return { who: keyOfOwners(login, people), role: "requester", did };
    }),
  );
}

/** A person who writes into a machine's pull request, or opens its commits again, names nobody in its place. */
function machineText({
  text,
  writtenBy,
}: Evidence): readonly { readonly text: string; readonly sha: null }[] {
  return writtenBy === undefined ? [{ text, sha: null }] : [];
}

export function directed(
  { identity, tools, sha }: AttestedRequester,
  sources: ContributorSources,
): readonly Part[] {
  const who = humanOf(identity, sources);
  return who === null ? [] : [{ who, role: "requester", did: { verb: `asked ${joinAnd(tools)} for`, sha } }];
}

function keyOfOwners(login: string, people: People): Who {
  const account = people.byLogin(login);
  return account === null ? { account, login } : { account };
}
