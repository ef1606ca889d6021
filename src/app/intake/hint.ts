import { z } from "zod";
import { WEB_FLOW } from "../../provenance/catalogue/automation.ts";
import type { SeenRepository } from "../../store/repository.ts";
import type { Push } from "./push.ts";

const BRANCH = "refs/heads/";

const sha = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/);
const paths = z.array(z.string());
const pullsOfCheck = z.array(z.object({ number: z.int() })).default([]);

const account = z.object({
  login: z.string(),
  id: z.int().optional(),
  type: z.string().optional().catch(undefined),
});

/** What GitHub takes the writer of a text for in the repository. */
const association = z.string().optional().catch(undefined);

const namedRepositories = z
  .array(z.object({ id: z.int(), node_id: z.string().optional().catch(undefined), full_name: z.string() }))
  .optional()
  .catch(undefined);

export type AccountHint = z.infer<typeof account>;

/** The few fields that are read of any payload. A field that is not as expected counts as absent. */
const payloadSchema = z.object({
  action: z.string().optional().catch(undefined),
  installation: z.object({ id: z.int() }).optional().catch(undefined),
  sender: account.optional().catch(undefined),
  repository: z
    .object({
      id: z.int(),
      node_id: z.string().optional().catch(undefined),
      name: z.string(),
      default_branch: z.string().optional(),
      owner: z.object({ login: z.string() }),
      // Seconds since the epoch in payloads of pushes.
      created_at: z.union([z.string(), z.number()]).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  pull_request: z
    .object({
      number: z.int(),
      title: z.string().optional().catch(undefined),
      body: z.string().nullish().catch(undefined),
      merged: z.boolean().optional().catch(undefined),
      draft: z.boolean().optional().catch(undefined),
      state: z.string().optional().catch(undefined),
      requested_reviewers: z.array(account).optional().catch(undefined),
      user: account.nullish().catch(undefined),
      author_association: association,
      base: z.object({ ref: z.string() }).optional().catch(undefined),
      head: z.object({
        sha,
        repo: z
          .object({ id: z.int(), owner: account.optional().catch(undefined) })
          .nullish()
          .catch(undefined),
      }),
    })
    .optional()
    .catch(undefined),
  issue: z
    .object({
      number: z.int(),
      /** Of a pull request alone. */
      pull_request: z.object({}).optional().catch(undefined),
      title: z.string().optional().catch(undefined),
      body: z.string().nullish().catch(undefined),
      user: account.nullish().catch(undefined),
      author_association: association,
    })
    .optional()
    .catch(undefined),
  comment: z
    .object({
      id: z.int().optional().catch(undefined),
      body: z.string().catch(""),
      created_at: z.iso.datetime().optional().catch(undefined),
      performed_via_github_app: z.unknown().optional(),
      user: account.nullish().catch(undefined),
      author_association: association,
    })
    .optional()
    .catch(undefined),
  assignee: account.nullish().catch(undefined),
  /** What was put on or taken off. */
  label: z.object({ name: z.string() }).optional().catch(undefined),
  /** Whose it is: a repository's own, or one of an organization or an enterprise. */
  repository_ruleset: z.object({ source_type: z.string() }).optional().catch(undefined),
  /** Whose place in a team or a repository changed. */
  member: account.optional().catch(undefined),
  /** Of an organization. */
  membership: z
    .object({ user: account.nullish().catch(undefined) })
    .optional()
    .catch(undefined),
  check_run: z.object({ head_sha: sha, pull_requests: pullsOfCheck }).optional().catch(undefined),
  check_suite: z.object({ head_sha: sha, pull_requests: pullsOfCheck }).optional().catch(undefined),
  review: z
    .object({
      id: z.int(),
      state: z.string(),
      body: z.string().nullish().catch(undefined),
      user: account.nullish().catch(undefined),
      author_association: association,
    })
    .optional()
    .catch(undefined),
  /** What an edit, a renaming or a transfer changed. */
  changes: z
    .object({
      base: z.unknown(),
      title: z.object({ from: z.string() }).optional().catch(undefined),
      body: z.object({ from: z.string() }).optional().catch(undefined),
      default_branch: z.unknown(),
      repository: z
        .object({ name: z.object({ from: z.string() }) })
        .optional()
        .catch(undefined),
      owner: z
        .object({ from: z.record(z.string(), z.object({ login: z.string() })) })
        .optional()
        .catch(undefined),
    })
    .partial()
    .optional()
    .catch(undefined),
  merge_group: z
    .object({ head_sha: sha, base_sha: sha, base_ref: z.string().startsWith(BRANCH) })
    .optional()
    .catch(undefined),
  /** Why a merge group is gone. */
  reason: z.string().optional().catch(undefined),
  /** Those that an installation may see. */
  repositories: namedRepositories,
  repositories_added: namedRepositories,
  ref: z.string().optional().catch(undefined),
  forced: z.boolean().optional().catch(undefined),
  after: sha.optional().catch(undefined),
  deleted: z.boolean().optional().catch(undefined),
  head_commit: z.object({ id: sha, tree_id: sha }).optional().catch(undefined),
  commits: z
    .array(
      z.object({
        id: sha,
        distinct: z.boolean().optional().catch(undefined),
        committer: z.object({ username: z.string().optional() }).optional().catch(undefined),
        added: paths,
        modified: paths,
        removed: paths,
      }),
    )
    .optional()
    .catch(undefined),
});

type Payload = z.infer<typeof payloadSchema>;

export type Hint = Omit<
  Payload,
  "repository" | "ref" | "forced" | "after" | "deleted" | "head_commit" | "commits"
> & {
  readonly repository: SeenRepository | null;
  readonly push: Push | null;
};

/** What a payload says, as far as it can be read; `null` when it is no object at all. */
export function readHint(payload: unknown): Hint | null {
  const read = payloadSchema.safeParse(payload);
  if (!read.success) return null;
  const { repository: _, ref, forced, after, deleted, head_commit: __, commits, ...rest } = read.data;
  return { ...rest, repository: repositoryOf(read.data), push: pushOf(read.data) };
}

function repositoryOf({ installation, repository }: Payload): SeenRepository | null {
  if (!installation || !repository) return null;
  const { id: repositoryId, node_id: nodeId = null, name: repo, owner, created_at: created } = repository;
  const createdAt = created === undefined ? null : timeOf(created);
  return { installationId: installation.id, repositoryId, owner: owner.login, repo, nodeId, createdAt };
}

function timeOf(created: string | number): string | null {
  const time = new Date(typeof created === "number" ? created * 1000 : created);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

function pushOf(payload: Payload): Push | null {
  const { ref, forced, after, deleted, head_commit: head, commits, repository } = payload;
  if (!ref?.startsWith(BRANCH)) return null;
  const branch = ref.slice(BRANCH.length);
  return {
    branch,
    toDefaultBranch: branch === repository?.default_branch,
    forced: forced ?? false,
    paths: commits?.flatMap(({ added, modified, removed }) => [...added, ...modified, ...removed]) ?? null,
    commits: commits?.length ?? 0,
    after: deleted === true ? null : (after ?? null),
    ...(head !== undefined && head.id === after && { tree: head.tree_id }),
    brought: (commits ?? [])
      .filter(({ distinct }) => distinct !== false)
      .map(({ id, distinct, committer }) => ({
        sha: id,
        introduced: distinct === true,
        web: committer?.username === WEB_FLOW.login,
      })),
    newestByGitHub: commits?.at(-1)?.committer?.username === WEB_FLOW.login,
  };
}
