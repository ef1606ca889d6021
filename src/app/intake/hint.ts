import { z } from "zod";
import type { RepositoryRef } from "../../store/store.ts";
import type { Push } from "./push.ts";

const BRANCH = "refs/heads/";

const sha = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/);
const paths = z.array(z.string());
const pullsOfCheck = z.array(z.object({ number: z.int() })).default([]);

/** The few fields that are read of any payload. A field that is not as expected counts as absent. */
const payloadSchema = z.object({
  action: z.string().optional().catch(undefined),
  installation: z.object({ id: z.int() }).optional().catch(undefined),
  sender: z
    .object({ login: z.string(), id: z.int().optional(), type: z.string().optional() })
    .optional()
    .catch(undefined),
  repository: z
    .object({
      name: z.string(),
      default_branch: z.string().optional(),
      owner: z.object({ login: z.string() }),
    })
    .optional()
    .catch(undefined),
  pull_request: z
    .object({ number: z.int(), head: z.object({ sha }) })
    .optional()
    .catch(undefined),
  check_run: z.object({ head_sha: sha, pull_requests: pullsOfCheck }).optional().catch(undefined),
  check_suite: z.object({ head_sha: sha, pull_requests: pullsOfCheck }).optional().catch(undefined),
  review: z.object({ state: z.string() }).optional().catch(undefined),
  /** What an edit, a renaming or a transfer changed. */
  changes: z
    .object({
      base: z.unknown(),
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
  repositories_added: z
    .array(z.object({ full_name: z.string() }))
    .optional()
    .catch(undefined),
  ref: z.string().optional().catch(undefined),
  forced: z.boolean().optional().catch(undefined),
  commits: z
    .array(z.object({ added: paths, modified: paths, removed: paths }))
    .optional()
    .catch(undefined),
});

type Payload = z.infer<typeof payloadSchema>;

export type Hint = Omit<Payload, "repository" | "ref" | "forced" | "commits"> & {
  readonly repository: RepositoryRef | null;
  readonly push: Push | null;
};

/** What a payload says, as far as it can be read; `null` when it is no object at all. */
export function readHint(payload: unknown): Hint | null {
  const read = payloadSchema.safeParse(payload);
  if (!read.success) return null;
  const { repository: _, ref, forced, commits, ...rest } = read.data;
  return { ...rest, repository: repositoryOf(read.data), push: pushOf(read.data) };
}

function repositoryOf({ installation, repository }: Payload): RepositoryRef | null {
  if (!installation || !repository) return null;
  return { installationId: installation.id, owner: repository.owner.login, repo: repository.name };
}

function pushOf({ ref, forced, commits, repository }: Payload): Push | null {
  if (!ref?.startsWith(BRANCH)) return null;
  const branch = ref.slice(BRANCH.length);
  return {
    branch,
    toDefaultBranch: branch === repository?.default_branch,
    forced: forced ?? false,
    paths: commits?.flatMap(({ added, modified, removed }) => [...added, ...modified, ...removed]) ?? null,
    commits: commits?.length ?? 0,
  };
}
