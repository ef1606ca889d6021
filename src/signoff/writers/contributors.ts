import type { Policy } from "../../policy/policy.ts";
import { requestersNamedIn } from "../../provenance/requests.ts";
import type { Account, CommitFacts, GitIdentity, Participant, Snapshot } from "../snapshot.ts";
import type { Contributor, ContributorRole } from "../verdict.ts";
import { joinAnd, listFirst, shortSha } from "../wording/words.ts";
import { type AttestedRequester, attestedRequesters } from "./attested-requesters.ts";
import type { People } from "./people.ts";

/** Everybody who took part in making the change. None of them may countersign it. */
export interface Contributors {
  readonly all: readonly Contributor[];
  /** Contributors whom nobody can tell from an approver: their e-mail maps to no account. */
  readonly unknown: readonly Contributor[];
  /** By id; somebody known by login alone, by login. */
  find(person: { readonly id: number | null; readonly login: string }): Contributor | undefined;
}

/** What the contributors are read with, beyond the snapshot itself. */
export interface ContributorSources {
  readonly people: People;
  /** Whether a git identity is a person's: not a tool's, another machine's or GitHub's own. */
  readonly isPerson: (identity: GitIdentity) => boolean;
  /** Whether who made a suggestion that somebody else applied took part by it. */
  readonly suggestions: Policy["review"]["suggestions"];
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
  const all = [...byPerson.values()].flatMap((own): readonly Contributor[] =>
    own[0] ? [{ ...own[0].who, roles: roles(own) }] : [],
  );
  const byId = new Map(
    all.flatMap((each) => (each.account === null ? [] : [[each.account.id, each] as const])),
  );
  const byLogin = new Map(all.flatMap((each) => loginOf(each).map((login) => [login, each] as const)));
  return {
    all,
    unknown: all.filter(({ account, login }) => account === null && login === undefined),
    find: ({ id, login }) => (id === null ? byLogin.get(login.toLowerCase()) : byId.get(id)),
  };
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
    { identity: author, role: "commit-author", verb: isWebMerge(commit) ? "made the merge" : "wrote" },
    ...(isGitHub(commit) ? [] : [{ identity: committer, role: "committer", verb: "committed" } as const]),
    ...coAuthors(commit, sources),
  ];
  return hands.flatMap(({ identity, role, verb }) => {
    const who = humanOf(identity, sources);
    return who === null ? [] : [{ who, role, did: { verb, sha } }];
  });
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
 * By "Update branch" or by resolving conflicts on GitHub's pages. The two look the same, and the second may change
 * anything, so whoever did either took part.
 */
function isWebMerge({ committedViaWeb, message }: CommitFacts): boolean {
  return committedViaWeb && /^Merge (?:remote-tracking )?branch '/.test(message);
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

function participants(snapshot: Snapshot, { people }: ContributorSources): readonly Part[] {
  return snapshot.participants
    .filter(({ account }) => people.isHuman(account))
    .map(({ account, role, because }) => ({ who: { account }, role, did: { clause: because } }));
}

/** Requesters whom the tools' own lines name; those of a body that was edited since are named on record. */
function namedRequesters(
  { pullRequest, commits, recorded }: Snapshot,
  { people }: ContributorSources,
): readonly Part[] {
  const texts: readonly { readonly text: string; readonly sha: string | null }[] = [
    ...[pullRequest.body, ...recorded.evidence.map(({ text }) => text)].map((text) => ({ text, sha: null })),
    ...commits.map(({ sha, message }) => ({ text: message, sha })),
  ];
  return texts.flatMap(({ text, sha }) =>
    requestersNamedIn(text).map(({ tool, login }): Part => {
      const did =
        sha === null ? { clause: `asked ${tool} for this change` } : { verb: `asked ${tool} for`, sha };
      return { who: keyOfOwners(login, people), role: "requester", did };
    }),
  );
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
