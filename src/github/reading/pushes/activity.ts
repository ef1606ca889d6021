import { z } from "zod";
import type { Account } from "../../../signoff/snapshot.ts";
import type { RepositoryRef } from "../../../store/repository.ts";
import { type GitHubClient, namesNextPage, parsed, rest } from "../../client/client.ts";
import { headersOf, NotFound } from "../../client/errors.ts";
import { LIMITS } from "../../client/limits.ts";

/** What moved a branch. */
export interface Move {
  /** GitHub's own. */
  readonly id: string;
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
    id: z.union([z.int(), z.bigint()]).transform(String),
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
  /** Of one branch, by one account, or all of them. */
  readonly of: { readonly ref: string } | { readonly actor: string } | { readonly ref?: never };
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
  const { moves, whole } = await readMoves(client, question);
  return whole ? moves : null;
}

export interface MovesQuestion extends ActivityQuestion {
  /** The id of a move: it and what came before are not looked for. */
  readonly upTo?: string | null;
}

/**
 * The same as far as it is read, newest first, and whether that is all.
 * @throws {NotFound | GitHubUnavailable | GitHubProblem}
 */
export async function readMoves(
  client: GitHubClient,
  question: MovesQuestion,
): Promise<{ readonly moves: readonly Move[]; readonly whole: boolean }> {
  const moves: Move[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < LIMITS.activityPages; page += 1) {
    const { answers, next, more } = await readPage(client, question, cursor);
    const wanted = wantedOf(answers, question);
    moves.push(...wanted.map(moveOf));
    if (!more || wanted.length < answers.length) return { moves, whole: true };
    if (next === null) break;
    cursor = next;
  }
  return { moves, whole: false };
}

function wantedOf(answers: readonly Answer[], { since, upTo }: MovesQuestion): readonly Answer[] {
  const last = answers.findIndex(({ id }) => id === upTo);
  const newer = last === -1 ? answers : answers.slice(0, last);
  return newer.filter(({ timestamp }) => Date.parse(timestamp) >= since);
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

function moveOf({ id, before, after, ref, activity_type: kind, timestamp: at, actor: by }: Answer): Move {
  return { id, before, after, ref, kind, at, by };
}
