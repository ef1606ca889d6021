import { z } from "zod";
import { Failure } from "../failure.ts";
import { LARGEST, readOrdinaryFile } from "../files/ordinary-file.ts";

/** The payload as far as it names a change; other events have neither part. */
const payload = z.object({
  pull_request: z
    .object({
      base: z.object({ ref: z.string(), sha: z.string() }),
      head: z.object({ ref: z.string(), sha: z.string() }),
    })
    .optional(),
  merge_group: z.object({ base_ref: z.string(), head_sha: z.string() }).optional(),
});

/**
 * What the webhook payload says of the change, by the names of its fields. GitHub's runner keeps the payload in a file;
 * without one nothing is said. Throws a `Failure` when the file holds something else.
 */
export async function eventFields(
  path: string | undefined,
  directory: string,
): Promise<Readonly<Record<string, string>>> {
  if (path === undefined || path === "") return {};
  const text = await readOrdinaryFile(directory, path, LARGEST.event);
  const { pull_request: pull, merge_group: group } = parsed(text, path);
  return {
    ...(pull !== undefined && {
      "event.pull_request.base.ref": pull.base.ref,
      "event.pull_request.base.sha": pull.base.sha,
      "event.pull_request.head.ref": pull.head.ref,
      "event.pull_request.head.sha": pull.head.sha,
    }),
    ...(group !== undefined && {
      "event.merge_group.base_ref": group.base_ref,
      "event.merge_group.head_sha": group.head_sha,
    }),
  };
}

function parsed(text: string, path: string): z.infer<typeof payload> {
  try {
    return payload.parse(JSON.parse(text));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : "it is not valid JSON";
    throw new Failure(
      `GITHUB_EVENT_PATH names ${path}, which is no event of GitHub's (${reason}): give --base and --head`,
    );
  }
}
