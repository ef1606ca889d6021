import { Cache } from "../../github/client/cache.ts";
import type { GitHubClient } from "../../github/client/client.ts";
import { NotFound } from "../../github/client/errors.ts";
import { readCommitFacts } from "../../github/listing/commit-facts.ts";
import { listBranches } from "../../github/listing/list-branches.ts";
import { listPulls, mergedWith, pullsWithHead } from "../../github/listing/list-pulls.ts";
import { listRepositories } from "../../github/listing/list-repositories.ts";
import { readMerge } from "../../github/listing/merge.ts";
import { pullsInGroup } from "../../github/listing/merge-group.ts";
import { whereabouts } from "../../github/listing/whereabouts.ts";
import { readFacts } from "../../github/protection/read-facts.ts";
import {
  askAccess,
  askPermission,
  type Caches,
  foreseeRules,
  type Move,
  readBranchRules,
  readMerger,
  readMoves,
  readPull,
  readRange,
  readReplies,
  readSnapshot,
} from "../../github/reading/read-snapshot.ts";
import {
  applyLabels,
  findIssue,
  issueState,
  keepComment,
  openIssue,
  say,
  setIssueState,
  setLedgerStatus,
  withdraw,
  write,
} from "../../github/writing/write.ts";
import { COMMENT_MARK } from "../../signoff/report/comment.ts";
import { BYPASSED_LABEL, BYPASSED_MARK } from "../../watch/comment.ts";
import type { BranchMove, MoveKind } from "../../watch/moves.ts";
import type { Clock } from "../operation/clock.ts";
import { checkWriteOf } from "./check-write.ts";
import type { GitHubPort } from "./port.ts";

export interface GitHubOptions {
  readonly probot: { readonly auth: (installationId: number) => Promise<GitHubClient> };
  readonly appId: number;
  /** Where people see GitHub: `https://github.com`. */
  readonly host: string;
  readonly caches: Caches;
  readonly clock: Clock;
}

const CLIENTS = 1000;

const WRITERS: ReadonlySet<string> = new Set(["write", "maintain", "admin"]);

/** GitHub through Probot's authentication, one client for each installation. */
export function githubPort({ probot, appId, host, caches, clock }: GitHubOptions): GitHubPort {
  const clients = new Cache<GitHubClient>({ capacity: CLIENTS });
  const clientOf = async ({ installationId }: { readonly installationId: number }): Promise<GitHubClient> => {
    const key = String(installationId);
    const known = clients.get(key, clock.now());
    if (known) return known;
    const client = await probot.auth(installationId);
    clients.set(key, client, clock.now());
    return client;
  };
  return {
    read: async (repository, reading) =>
      readSnapshot(await clientOf(repository), {
        ...reading,
        repository,
        caches,
        appId,
        now: clock.now(),
      }),
    write: async (writing) =>
      write(
        await clientOf(writing.repository),
        { ...writing, checks: writing.checks.map(checkWriteOf) },
        { caches, now: clock.now() },
      ),
    headOf: async (repository, pull) => {
      const facts = await readPull(await clientOf(repository), repository, pull).catch((error: unknown) => {
        if (error instanceof NotFound) return null;
        throw error;
      });
      return facts === null || "status" in facts ? null : facts.headSha;
    },
    merger: async (repository, pull) => readMerger(await clientOf(repository), repository, pull),
    replies: async (request) =>
      readReplies(await clientOf(request.repository), { ...request, caches, now: clock.now() }),
    setLedgerStatus: async (repository, status) =>
      setLedgerStatus(await clientOf(repository), repository, status),
    openIssue: async (repository, issue) => openIssue(await clientOf(repository), repository, issue),
    findIssue: async (repository, wanted) =>
      findIssue(await clientOf(repository), repository, { ...wanted, appId }),
    issueState: async (repository, number) => issueState(await clientOf(repository), repository, number),
    setIssueState: async (repository, wanted) =>
      setIssueState(await clientOf(repository), repository, wanted),
    say: async (on, text) => say(await clientOf(on.repository), on, text),
    comment: async (pull, comment) =>
      keepComment(await clientOf(pull.repository), pull, { ...comment, marker: COMMENT_MARK, appId }),
    withdraw: async ({ repository, ...withdrawal }, reason) =>
      withdraw(await clientOf(repository), {
        ...withdrawal,
        ...{ repository, repositoryNodeId: repository.nodeId, appId, reason },
      }),
    mayWrite: async (repository, { account: id, login }) =>
      WRITERS.has(await askPermission(await clientOf(repository), repository, { id, login })),
    access: async (repository, { account: id, login }) =>
      askAccess(await clientOf(repository), repository, { id, login }),
    whereabouts: async (repository) => whereabouts(await clientOf(repository), repository),
    pullsWithHead: async (repository, sha) => pullsWithHead(await clientOf(repository), repository, sha),
    pullsInGroup: async (repository, made) => pullsInGroup(await clientOf(repository), repository, made),
    merge: async (repository, pull) => readMerge(await clientOf(repository), repository, pull),
    protection: async (repository) =>
      readFacts({
        asker: { client: await clientOf(repository), owner: repository.owner, repo: repository.repo },
        ...{ asApp: true, appId, host, now: clock.now() },
      }),
    moves: async (repository, { branch, ...wanted }) => {
      const of = branch === undefined ? {} : { ref: `${BRANCH}${branch}` };
      const { moves, whole } = await readMoves(await clientOf(repository), { repository, of, ...wanted });
      return { moves: moves.flatMap(branchMove), whole };
    },
    mergedWith: async (repository, sha) => mergedWith(await clientOf(repository), repository, sha),
    commitFacts: async (repository, sha) => readCommitFacts(await clientOf(repository), repository, sha),
    readRange: async (repository, range) =>
      readRange(await clientOf(repository), { ...range, repository, caches, now: clock.now() }),
    branchRules: async (repository, known) => {
      const now = clock.now();
      const read = await readBranchRules(await clientOf(repository), repository, known);
      if (read !== null) foreseeRules({ repository, caches, now }, read);
      return read;
    },
    branches: async (repository) => listBranches(await clientOf(repository), repository),
    markBypassed: async (pull, text) => {
      const client = await clientOf(pull.repository);
      await applyLabels(client, pull, { add: [BYPASSED_LABEL], remove: [], current: [] });
      await keepComment(client, pull, { marker: BYPASSED_MARK, text, begin: true, appId });
    },
    listedPulls: async (repository) => listPulls(await clientOf(repository), repository),
    repositories: async (installationId) =>
      listRepositories(await clientOf({ installationId }), installationId),
  };
}

const BRANCH = "refs/heads/";

const KINDS: ReadonlySet<string> = new Set<MoveKind>([
  "push",
  "force_push",
  "branch_creation",
  "branch_deletion",
  "pr_merge",
  "merge_queue_merge",
]);

/** Of a kind that is not documented it is not known how it came about. */
function branchMove({ ref, kind, ...move }: Move): readonly BranchMove[] {
  if (!ref.startsWith(BRANCH)) return [];
  return [{ ...move, branch: ref.slice(BRANCH.length), kind: isKind(kind) ? kind : "untold" }];
}

function isKind(kind: string): kind is MoveKind {
  return KINDS.has(kind);
}
