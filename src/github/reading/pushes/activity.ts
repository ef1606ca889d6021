import { z } from "zod";
import type { Account } from "../../../signoff/snapshot.ts";
import type { RepositoryRef } from "../../../store/repository.ts";
import { type GitHubClient, namesNextPage, parsed, rest } from "../../client/client.ts";
import { headersOf, NotFound } from "../../client/errors.ts";
import { LIMITS } from "../../client/limits.ts";

/** What moved a branch. */
export interface Move {
  /** Zeros where the branch was made by it. */
  readonly before: string;
  readonly after: string;
  /** With `refs/heads/`. */
  readonly ref: string;
  readonly kind: string;
  readonly at: string;
  /** `null` where the account is gone. */
  readonly by: Account | null;
}

const accountAnswer = z.object({
  id: z.int(),
  login: z.string(),
  type: z.enum(["User", "Bot", "Mannequin", "Organization"]),
});

const activityAnswer = z.array(
  z.object({
    before: z.string(),
    after: z.string(),
    ref: z.string(),
    timestamp: z.string(),
    activity_type: z.string(),
    actor: accountAnswer.nullable(),
  }),
);

export interface ActivityQuestion {
  readonly repository: RepositoryRef;
  /** Of one branch, or by one account. */
  readonly of: { readonly ref: string } | { readonly actor: string };
  /** What is older is not looked for. Milliseconds. */
  readonly since: number;
}

/**
 * The moves of branches, newest first; `null` where GitHub knows of no such branch or account, or has more to tell than
 * is read. How far back it remembers is not documented.
 * @throws {GitHubUnavailable | GitHubProblem}
 */
export async function readActivity(
  client: GitHubClient,
  question: ActivityQuestion,
): Promise<readonly Move[] | null> {
  try {
    return await readPages(client, question);
  } catch (error) {
    if (error instanceof NotFound) return null;
    throw error;
  }
}

async function readPages(client: GitHubClient, question: ActivityQuestion): Promise<readonly Move[] | null> {
  const moves: Move[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < LIMITS.activityPages; page += 1) {
    const { answers, next, more } = await readPage(client, question, cursor);
    const recent = answers.filter(({ timestamp }) => Date.parse(timestamp) >= question.since);
    moves.push(...recent.map(moveOf));
    if (!more || recent.length < answers.length) return moves;
    if (next === null) return null;
    cursor = next;
  }
  return null;
}

type Answer = z.infer<typeof activityAnswer>[number];

interface Page {
  readonly answers: readonly Answer[];
  /** Whether GitHub names a next page, and by what that is asked for. */
  readonly more: boolean;
  readonly next: string | null;
}

async function readPage(
  client: GitHubClient,
  { repository: { owner, repo }, of }: ActivityQuestion,
  cursor: string | null,
): Promise<Page> {
  const { headers, data } = await rest(client, {
    route: "GET /repos/{owner}/{repo}/activity",
    parameters: { owner, repo, ...of, per_page: LIMITS.pageSize, ...(cursor !== null && { after: cursor }) },
    need: "Contents: read",
    absent: "not-there",
  });
  const answers = parsed(activityAnswer, data, "the pushes to the repository");
  return { answers, more: namesNextPage(headers), next: cursorIn(headers) };
}

/** Pages of the activity have no numbers: the address of the next one holds the place to go on from. */
function cursorIn(headers: object): string | null {
  const address = /<([^<>]*)>; ?rel="?next"?/.exec(headersOf({ headers }).link ?? "")?.[1];
  return address !== undefined && URL.canParse(address) ? new URL(address).searchParams.get("after") : null;
}

function moveOf({ before, after, ref, activity_type: kind, timestamp: at, actor: by }: Answer): Move {
  return { before, after, ref, kind, at, by };
}
