import { z } from "zod";
import { type GitHubClient, parsed, rest } from "../../github/client/client.ts";
import { GitHubUnavailable } from "../../github/client/errors.ts";
import { APP_KEY, type Attempt } from "../repair/delivery-list.ts";

const answer = z.object({
  guid: z.string(),
  event: z.string(),
  request: z.object({ payload: z.record(z.string(), z.unknown()) }),
});

/** A payload has at most 25 MB, and comes here with a few hundred bytes around it. */
const MAX_BYTES = 26 * 1024 * 1024;

const BROKEN_OFF_MS = 10_000;

/**
 * What a delivery told. Read as text first: Octokit would make something else of large numbers than a webhook's body is
 * read as.
 * @throws {GitHubUnavailable | GitHubProblem | NotFound}
 */
export async function readPayload(client: GitHubClient, { id, guid, event }: Attempt): Promise<unknown> {
  const { data } = await rest(client, {
    route: "GET /app/hook/deliveries/{id}",
    parameters: { id, request: { parseSuccessResponseBody: false } },
    need: APP_KEY,
    absent: "not-there",
  });
  const told = parsed(answer, jsonOf(await textOf(data)), "a delivery");
  if (told.guid === guid && told.event === event) return told.request.payload;
  throw new GitHubUnavailable(
    `GitHub answered with delivery ${told.guid} in place of ${guid}`,
    BROKEN_OFF_MS,
  );
}

async function textOf(data: unknown): Promise<string> {
  if (!(data instanceof ReadableStream)) return "";
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  try {
    for await (const chunk of data) {
      if (!(chunk instanceof Uint8Array)) return "";
      bytes += chunk.length;
      if (bytes > MAX_BYTES) return "";
      text += decoder.decode(chunk, { stream: true });
    }
  } catch (error) {
    throw new GitHubUnavailable(`GitHub's answer broke off: ${String(error)}`, BROKEN_OFF_MS);
  }
  return text + decoder.decode();
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
