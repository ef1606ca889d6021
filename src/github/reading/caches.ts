import { type ResolvePolicy, rememberPolicies } from "../../policy/remembered.ts";
import type { Attested } from "../../provenance/attested/attestation.ts";
import type { BaseEntry, ChangedFile, CommitFacts, Permission } from "../../signoff/snapshot.ts";
import type { RepositoryRef } from "../../store/repository.ts";
import { Cache } from "../client/cache.ts";
import { pullKey } from "../client/cache-keys.ts";
import { UnknownFields } from "../client/unknown-fields.ts";
import type { NamedOn } from "./addresses.ts";
import type { Blob } from "./content/blobs.ts";
import type { LinkEntry } from "./content/trees.ts";
import type { Waiting } from "./people/availability.ts";
import type { ReadComments } from "./people/comments.ts";
import type { AskedInIssues } from "./people/issues.ts";
import type { OpeningApp, Start } from "./people/origin.ts";
import type { Rules } from "./people/owners-in-question.ts";
import type { ReadTeam } from "./people/team-answer.ts";
import type { ReadUser } from "./people/users.ts";
import type { ReadChange } from "./pull.ts";
import type { Move } from "./pushes/activity.ts";

/** What is remembered between evaluations, so that a review costs one read and one write. */
export interface Caches {
  /** By repository, pull request and head. Dropped by every event of the pull request. */
  readonly changes: Cache<ReadChange>;
  /** By repository: what its last evaluation went by. It foresees what the next one needs, and decides nothing. */
  readonly rules: Cache<Rules>;
  /** By blob id: for ever the same. */
  readonly blobs: Cache<string>;
  /** Contents of changed files, by blob id: for ever the same. */
  readonly contents: Cache<Blob>;
  /** By repository and pull request: the app that opened it in its author's name, for ever the same. */
  readonly openingApps: Cache<OpeningApp | null>;
  /** By repository, pull request and head: who started a tool, which comes before its commit. */
  readonly starts: Cache<readonly Start[]>;
  /** By repository, pull request, head and the numbers that are named: who asked for it in issues. */
  readonly issues: Cache<AskedInIssues>;
  /** By repository and pull request: what was read of its comments. */
  readonly comments: Cache<ReadComments>;
  /** What is attested beside a commit, by repository, the commit of the notes' ref and the commit. */
  readonly notes: Cache<readonly Attested[]>;
  /** Commits that others undid or brought back, by repository and id; whose an address is may change in a day. */
  readonly earlierCommits: Cache<CommitFacts>;
  /** By repository and commit: whose the addresses on it are, which may change. */
  readonly addresses: Cache<NamedOn>;
  /** By repository and team. Dropped by events of teams and memberships. */
  readonly teams: Cache<ReadTeam>;
  /** By repository and login. Dropped by events of members. */
  readonly users: Cache<ReadUser>;
  /** By repository: whose reviews its open pull requests wait for. */
  readonly waiting: Cache<Waiting>;
  /** By repository and account id. Dropped by events of members. */
  readonly permissions: Cache<Permission>;
  /** Where the head of a range parts from its base, by repository and range: for ever the same. */
  readonly mergeBases: Cache<string>;
  /** Moves of branches, by repository, head and whose they are: what made the head came before it. */
  readonly moves: Cache<readonly Move[]>;
  /** What a merge base has, by repository, commit and path: for ever the same. */
  readonly baseEntries: Cache<BaseEntry | null>;
  /** The links in a commit or in a folder of it, by repository and id: for ever the same. */
  readonly linksOfTrees: Cache<readonly LinkEntry[]>;
  /** What configs say, by their texts: for ever the same. */
  readonly policies: ResolvePolicy;
  readonly unknownFields: UnknownFields;
}

const AUTHORITY_TTL_MS = 5 * 60_000;
const CHARACTERS = 64 * 1024 * 1024;
const FILE_OVERHEAD = 300;
const NOTE_OVERHEAD = 300;
const RULES_OVERHEAD = 10_000;
const DAY_MS = 24 * 60 * 60_000;

export function createCaches(): Caches {
  return {
    changes: new Cache({ capacity: CHARACTERS, weigh: ({ files }) => charactersOf(files) }),
    rules: new Cache({ capacity: CHARACTERS / 4, weigh: ({ size }) => size + RULES_OVERHEAD }),
    blobs: new Cache({ capacity: CHARACTERS / 4, weigh: (text) => text.length }),
    contents: new Cache({
      capacity: CHARACTERS / 2,
      weigh: (blob) => FILE_OVERHEAD + (blob.status === "text" ? blob.text.length : 0),
    }),
    openingApps: new Cache({ capacity: 5000 }),
    starts: new Cache({ capacity: 5000 }),
    issues: new Cache({ capacity: 5000 }),
    comments: new Cache({ capacity: 100_000, weigh: ({ commanders }) => commanders.length + 1 }),
    notes: new Cache({
      capacity: CHARACTERS / 4,
      weigh: (attested) => JSON.stringify(attested).length + NOTE_OVERHEAD,
    }),
    earlierCommits: new Cache({ capacity: 5000, ttlMs: DAY_MS }),
    addresses: new Cache({ capacity: 20_000, weigh: ({ size }) => size + 1, ttlMs: AUTHORITY_TTL_MS }),
    teams: new Cache({ capacity: 5000, ttlMs: AUTHORITY_TTL_MS }),
    users: new Cache({ capacity: 20_000, ttlMs: AUTHORITY_TTL_MS }),
    waiting: new Cache({ capacity: 5000, ttlMs: AUTHORITY_TTL_MS }),
    permissions: new Cache({ capacity: 20_000, ttlMs: AUTHORITY_TTL_MS }),
    mergeBases: new Cache({ capacity: 5000 }),
    moves: new Cache({ capacity: 100_000, weigh: (moves) => moves.length + 1 }),
    baseEntries: new Cache({ capacity: 100_000 }),
    linksOfTrees: new Cache({ capacity: 200_000, weigh: ({ length }) => length + 1 }),
    policies: rememberPolicies(),
    unknownFields: new UnknownFields(),
  };
}

function charactersOf(files: readonly ChangedFile[]): number {
  return files.reduce((sum, { path, patch, before, after }) => {
    return sum + [path, patch, before, after].reduce((own, text) => own + (text?.length ?? 0), FILE_OVERHEAD);
  }, 0);
}

/** For webhooks that say a pull request changed (its head, its base, its stack). */
export function dropPull(caches: Caches, repository: RepositoryRef, pull: number): void {
  caches.changes.dropPrefix(pullKey(repository, pull));
}

/** For webhooks that say a team, a membership or a member changed. */
export function dropAuthority(caches: Caches, installationId: number): void {
  caches.teams.dropPrefix(`${installationId}/`);
  caches.users.dropPrefix(`${installationId}/`);
  caches.permissions.dropPrefix(`${installationId}/`);
}
