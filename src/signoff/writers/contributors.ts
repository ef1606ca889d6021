import type { Policy } from "../../policy/policy.ts";
import type { Evidence } from "../../provenance/evidence.ts";
import { requestersNamedIn } from "../../provenance/requests/named-requesters.ts";
import type { Account, CommitFacts, GitIdentity, Participant, Snapshot } from "../snapshot.ts";
import type { Contributor, ContributorRole, Requirement } from "../verdict.ts";
import { quote } from "../wording/visible.ts";
import { joinAnd, listFirst, shortSha } from "../wording/words.ts";
import { type AttestedRequester, attestedRequesters } from "./attested-requesters.ts";
import type { People } from "./people.ts";
import { knownPushers } from "./pushers.ts";

/** Everybody who took part in making the change. None of them may countersign it. */
export interface Contributors {
  readonly all: readonly Contributor[];
  /** Contributors whom nobody can tell from an approver: their e-mail maps to no account. */
  readonly unknown: readonly Contributor[];
  /**
   * By id; somebody known by login alone, by login. Who took part by merges alone is one only for requirements that
   * those touched.
   */
  find(
    person: { readonly id: number | null; readonly login: string },
    requirement?: Pick<Requirement, "area" | "from">,
  ): Contributor | undefined;
}

/** What the contributors are read with, beyond the snapshot itself. */
export interface ContributorSources {
  readonly people: People;
  /** Whether a git identity is a person's: not a tool's, another machine's or GitHub's own. */
  readonly isPerson: (identity: GitIdentity) => boolean;
  /** Whether who made a suggestion that somebody else applied took part by it. */
  readonly suggestions: Policy["review"]["suggestions"];
  /** The names of the areas that hold a path. */
  readonly areasOf: (path: string) => readonly string[];
}

/** By the account, by the login where nobody is known to bear it, or by what git says of somebody without account. */
type Who =
  | { readonly account: Account }
  | { readonly account: null; readonly login: string }
  | { readonly account: null; readonly identity: Pick<GitIdentity, "name" | "email"> };

interface Part {
  readonly who: Who;
  readonly role: ContributorRole["role"];
  /** What was done, and to which commit, or a clause of its own. */
  readonly did: { readonly verb: string; readonly sha: string } | { readonly clause: string };
  /** Set for a part in a merge of which it is known what it changed by itself. */
  readonly only?: readonly string[];
}

export function findContributors(snapshot: Snapshot, sources: ContributorSources): Contributors {
  const parts = [
    ...opener(snapshot, sources),
    ...snapshot.commits.flatMap((commit) => committed(commit, sources)),
    ...participants(snapshot, sources),
    ...namedRequesters(snapshot, sources),
    ...attestedRequesters(snapshot).flatMap((requester) => directed(requester, sources)),
  ];
  const byPerson = Map.groupBy(parts, ({ who }) => keyOf(who));
  const all = [...byPerson.values()].flatMap((own): readonly Contributor[] => contributorOf(own, sources));
  const byId = new Map(
    all.flatMap((each) => (each.account === null ? [] : [[each.account.id, each] as const])),
  );
  const byLogin = new Map(all.flatMap((each) => loginOf(each).map((login) => [login, each] as const)));
  return {
    all,
    unknown: all.filter(({ account, login }) => account === null && login === undefined),
    find({ id, login }, requirement) {
      const found = id === null ? byLogin.get(login.toLowerCase()) : byId.get(id);
      return found !== undefined && concerns(found, requirement) ? found : undefined;
    },
  };
}

function contributorOf(parts: readonly Part[], { areasOf }: ContributorSources): readonly Contributor[] {
  const [first] = parts;
  if (first === undefined) return [];
  // Merges that changed nothing by themselves are no part beside others, and none at all.
  const telling = parts.filter(({ only }) => only === undefined || only.length > 0);
  const paths = new Set(telling.flatMap(({ only = [] }) => only));
  const isLimited = telling.every(({ only }) => only !== undefined);
  if (!isLimited) return [{ ...first.who, roles: roles(telling) }];
  if (paths.size === 0) return [];
  const areas = [...new Set([...paths].flatMap(areasOf))];
  return [{ ...first.who, roles: roles(telling), only: { areas, paths: [...paths] } }];
}

function concerns({ only }: Contributor, requirement?: Pick<Requirement, "area" | "from">): boolean {
  if (only === undefined || requirement === undefined) return true;
  return (
    only.areas.includes(requirement.area) || requirement.from.paths.some((path) => only.paths.includes(path))
  );
}

/** Those of the snapshot, and the requesters whom only a tool's words or records name, as far as their accounts are known. */
export function participantsSeen({ participants }: Snapshot, { all }: Contributors): readonly Participant[] {
  const keyOf = (role: string, { id }: Account) => `${role} ${id}`;
  const seen = new Set(participants.map(({ role, account }) => keyOf(role, account)));
  const named = all.flatMap(({ account, roles }) =>
    roles.flatMap(({ role, because }): readonly Participant[] =>
      account === null || role !== "requester" || seen.has(keyOf(role, account))
        ? []
        : [{ account, role, because }],
    ),
  );
  return [...participants, ...named];
}

function loginOf({ account, login }: Contributor): readonly string[] {
  const known = account?.login ?? login;
  return known === undefined ? [] : [known.toLowerCase()];
}

function opener({ pullRequest: { author } }: Snapshot, { people }: ContributorSources): readonly Part[] {
  if (author === null || !people.isHuman(author)) return [];
  return [{ who: { account: author }, role: "author", did: { clause: "opened the pull request" } }];
}

function committed(commit: CommitFacts, sources: ContributorSources): readonly Part[] {
  const { sha, author, committer } = commit;
  const hands: readonly CommitRole[] = [
    { identity: author, role: "commit-author", verb: isMerge(commit) ? "made the merge" : "wrote" },
    ...(isGitHub(commit) ? [] : [{ identity: committer, role: "committer", verb: "committed" } as const]),
    ...coAuthors(commit, sources),
  ];
  return hands.flatMap(({ identity, role, verb }) => {
    const who = humanOf(identity, sources);
    return who === null ? [] : [{ who, role, ...doneBy(commit, { verb, sha }) }];
  });
}

/** What somebody did by a commit: of a merge, only what it changed by itself. */
function doneBy({ sha, mergeChanged }: CommitFacts, did: Part["did"]): Pick<Part, "did" | "only"> {
  if (mergeChanged === undefined) return { did };
  const changed = listFirst(mergeChanged.map(quote));
  return { did: { clause: `made the merge ${shortSha(sha)}, which changes ${changed}` }, only: mergeChanged };
}

interface CommitRole {
  readonly identity: GitIdentity;
  readonly role: ContributorRole["role"];
  readonly verb: string;
}

function coAuthors(commit: CommitFacts, { suggestions }: ContributorSources): readonly CommitRole[] {
  if (!isSuggestion(commit)) {
    return commit.coAuthors.map((identity) => ({ identity, role: "co-author", verb: "co-wrote" }));
  }
  if (suggestions === "ignored") return [];
  return commit.coAuthors.map((identity) => ({ identity, role: "suggester", verb: "suggested" }));
}

/** GitHub names whoever made the suggestions as co-authors of whoever applied them. */
function isSuggestion({ committedViaWeb, message }: CommitFacts): boolean {
  return committedViaWeb && /^Apply suggestions? from /.test(message);
}

/**
 * Also by "Update branch" or by resolving conflicts on GitHub's pages. The two look the same, and the second may change
 * anything, so whoever did either took part, unless it is known what the merge changed by itself.
 */
function isMerge({ committedViaWeb, message, parents = [] }: CommitFacts): boolean {
  return parents.length > 1 || (committedViaWeb && /^Merge (?:remote-tracking )?branch '/.test(message));
}

/** What is merged or edited on GitHub's pages GitHub commits, under an address that maps to nobody. */
function isGitHub({ committer, committedViaWeb }: CommitFacts): boolean {
  return committedViaWeb && committer.account === null;
}

function humanOf(identity: GitIdentity, { isPerson }: ContributorSources): Who | null {
  if (!isPerson(identity)) return null;
  const { account, name, email } = identity;
  return account === null ? { account, identity: { name, email } } : { account };
}

/** Those of the pull request, and those who are known of its commits from elsewhere. */
function participants(snapshot: Snapshot, { people }: ContributorSources): readonly Part[] {
  const { participants: own, recorded } = snapshot;
  const known = recorded.commits.flatMap(({ sha, participants }) =>
    participants.map((each) => ({ ...(each.role === "pusher" && { sha }), ...each })),
  );
  const mergePushed = pushedMerges(snapshot);
  return [...own, ...known]
    .filter(({ account }) => people.isHuman(account))
    .map((each): Part => {
      const { account, role, because } = each;
      const did = { clause: because };
      const merge = mergePushed(each);
      return { who: { account }, role, ...(merge === undefined ? { did } : doneBy(merge, did)) };
    });
}

/**
 * The merge that a push brought and nothing else: made on GitHub's pages, which pushes it alone, or upon a commit that
 * was demonstrably pushed before.
 */
function pushedMerges(snapshot: Snapshot): (participant: Participant) => CommitFacts | undefined {
  const bySha = new Map(snapshot.commits.map((commit) => [commit.sha, commit]));
  const pushers = knownPushers(snapshot);
  return ({ role, sha, forced, presumed }) => {
    if (role !== "pusher" || sha === undefined || forced || presumed) return undefined;
    const merge = bySha.get(sha);
    const [onto] = merge?.parents ?? [];
    if (merge?.mergeChanged === undefined || onto === undefined) return undefined;
    return merge.committedViaWeb || pushers.of(onto).length > 0 ? merge : undefined;
  };
}

/**
 * Requesters whom the tools' own lines name; those of a body that was edited since are named on record. Anybody can
 * write such a line, so it counts only where a machine wrote it.
 */
function namedRequesters(snapshot: Snapshot, { people, isPerson }: ContributorSources): readonly Part[] {
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

function directed({ identity, tools, sha }: AttestedRequester, sources: ContributorSources): readonly Part[] {
  const who = humanOf(identity, sources);
  return who === null ? [] : [{ who, role: "requester", did: { verb: `asked ${joinAnd(tools)} for`, sha } }];
}

function keyOfOwners(login: string, people: People): Who {
  const account = people.byLogin(login);
  return account === null ? { account, login } : { account };
}

function keyOf(who: Who): string {
  if (who.account !== null) return `id ${who.account.id}`;
  if ("login" in who) return `login ${who.login.toLowerCase()}`;
  const { name, email } = who.identity;
  return `mail ${(email || name).toLowerCase()}`;
}

function roles(parts: readonly Part[]): readonly ContributorRole[] {
  const byRole = Map.groupBy(parts, ({ role }) => role);
  return [...byRole].map(([role, own]) => ({ role, because: because(own.map(({ did }) => did)) }));
}

function because(deeds: readonly Part["did"][]): string {
  const clauses = new Set(deeds.flatMap((did) => ("clause" in did ? [did.clause] : [])));
  const byVerb = Map.groupBy(
    deeds.flatMap((did) => ("verb" in did ? [did] : [])),
    ({ verb }) => verb,
  );
  const verbs = [...byVerb].map(
    ([verb, own]) => `${verb} ${listFirst([...new Set(own.map(({ sha }) => shortSha(sha)))])}`,
  );
  return [...clauses, ...verbs].join(" and ");
}
