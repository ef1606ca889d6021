import { z } from "zod";

/**
 * GitHub's workflow syntax as far as our workflows use it, closed: a key that is not listed, or a value of another kind,
 * is refused. From "Workflow syntax for GitHub Actions".
 */

const text = z.string().min(1);
const id = z.string().regex(/^[A-Za-z_][\w-]*$/);
const variables = z.record(z.string().regex(/^[A-Z_][A-Z0-9_]*$/), text);

const SCOPES = ["contents", "packages", "id-token"] as const;
const permissions = z.partialRecord(z.enum(SCOPES), z.enum(["read", "write", "none"]));

const step = z.union([
  z.strictObject({
    name: text.optional(),
    id: id.optional(),
    /** By the hash of a commit only: a tag may be moved. */
    uses: z.string().regex(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/),
    with: z.record(z.string(), z.union([text, z.number(), z.boolean()])).optional(),
  }),
  z.strictObject({ name: text.optional(), id: id.optional(), env: variables.optional(), run: text }),
]);

const job = z.strictObject({
  needs: z.union([id, z.array(id).min(1)]).optional(),
  "runs-on": z.enum(["ubuntu-latest"]),
  "timeout-minutes": z.int().min(1).max(360),
  environment: text.optional(),
  permissions,
  env: variables.optional(),
  steps: z.array(step).min(1),
});

const branches = z.strictObject({ branches: z.array(text).min(1) });
const tags = z.strictObject({ tags: z.array(text).min(1) });

export const workflow = z.strictObject({
  name: text,
  on: z.strictObject({ pull_request: z.null().optional(), push: z.union([branches, tags]).optional() }),
  /** Nothing by default: each job asks. */
  permissions: z.strictObject({}),
  concurrency: z.strictObject({ group: text, "cancel-in-progress": z.union([z.boolean(), text]) }),
  jobs: z.record(id, job),
});
