import type { z } from "zod";
import type { Known } from "../../doctor/known.ts";
import { type GitHubClient, namesNextPage, parsed, rest } from "../client/client.ts";
import { GitHubProblem, NotFound } from "../client/errors.ts";
import { LIMITS } from "../client/limits.ts";

/** Whose token asks, and about which repository. */
export interface Asker {
  readonly client: GitHubClient;
  readonly owner: string;
  readonly repo: string;
}

export interface Question<Answer> {
  /** `GET /path/{with}/{names}`; `owner` and `repo` are known. */
  readonly route: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly answer: z.ZodType<Answer>;
  /** What a token needs to be told. */
  readonly right: string;
}

/**
 * One answer; not known where GitHub says that the token may not see it, or that there is no such thing.
 * @throws {GitHubUnavailable | GitHubProblem} when GitHub gives no answer
 */
export async function ask<Answer>(asker: Asker, question: Question<Answer>): Promise<Known<Answer>> {
  return seen(question.right, async () => parsedAnswer(question, await respond(asker, question)));
}

/**
 * The same, for what may not be there: `null` where GitHub answers that it is not.
 * @throws {GitHubUnavailable | GitHubProblem} when GitHub gives no answer
 */
export async function find<Answer>(asker: Asker, question: Question<Answer>): Promise<Known<Answer | null>> {
  return seen(question.right, async () => {
    try {
      return parsedAnswer(question, await respond(asker, question));
    } catch (error) {
      if (error instanceof NotFound) return null;
      throw error;
    }
  });
}

/**
 * All pages of a list, up to `pages`; more of them are as good as none.
 * @throws {GitHubUnavailable | GitHubProblem} when GitHub gives no answer
 */
export async function askList<Item>(
  asker: Asker,
  question: Question<readonly Item[]>,
  pages: number,
): Promise<Known<readonly Item[]>> {
  return seen(question.right, async () => {
    const items: Item[] = [];
    for (let page = 1; page <= pages; page += 1) {
      const parameters = { ...question.parameters, per_page: LIMITS.pageSize, page };
      const { headers, data } = await respond(asker, { ...question, parameters });
      items.push(...parsed(question.answer, data, question.route));
      if (!namesNextPage(headers)) return items;
    }
    throw new TooMany();
  });
}

/** There is more than is read. */
class TooMany extends Error {}

function respond<Answer>({ client, owner, repo }: Asker, { route, parameters, right }: Question<Answer>) {
  return rest(client, {
    route,
    parameters: { owner, repo, ...parameters },
    need: right,
    absent: "not-there",
  });
}

function parsedAnswer<Answer>(
  { answer, route }: Question<Answer>,
  { data }: { readonly data: unknown },
): Answer {
  return parsed(answer, data, route);
}

/** What is done with an answer, where the token may have one. */
export async function seen<Value>(right: string, look: () => Promise<Value>): Promise<Known<Value>> {
  try {
    return { known: await look() };
  } catch (error) {
    if (error instanceof TooMany) return { unknown: `${right}, and fewer of them than are looked through,` };
    if (isHidden(error)) return { unknown: isNotInPlan(error) ? OTHER_PLAN : right };
    throw error;
  }
}

/** What is needed where GitHub has no rules for a repository: it is private, and its owner has the free plan. */
export const OTHER_PLAN = "a plan with rules for private repositories";

/** GitHub's words for it, as people quote them. */
function isNotInPlan(error: unknown): boolean {
  return error instanceof Error && /\bupgrade to github\b/i.test(error.message);
}

function isHidden(error: unknown): boolean {
  return (
    error instanceof NotFound ||
    (error instanceof GitHubProblem && error.problem.code === "github/permission")
  );
}
