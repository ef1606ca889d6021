import type { Octokit } from "@octokit/rest";
import type { GitHubClient, GitHubResponse } from "../../github/client/client.ts";
import { GitHubUnavailable, headersOf, mapped, TokenRefused } from "../../github/client/errors.ts";
import { onlyReading } from "../simulate/reading-client.ts";
import { type Budget, Stopped } from "./budget.ts";

interface Meter {
  readonly budget: Budget;
  readonly wait: (ms: number) => Promise<void>;
}

/** Longer than this nobody waits before a terminal: what was read is kept, and it goes on another time. */
const LONGEST_WAIT_MS = 90_000;
const MOST_RETRIES = 3;

/**
 * A client that cannot write, counts what it asks, and asks again where GitHub says to wait a little. What several
 * readers ask for at the same time is asked once.
 */
export function meteredClient(octokit: Octokit, { budget, wait }: Meter): GitHubClient {
  hearQuota(octokit, budget);
  const client = onlyReading(octokit);
  // Whoever is told to wait has all others wait as well: GitHub counts them together.
  let pause = Promise.resolve();
  let answered = false;
  const patiently = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
    for (let tries = 0; ; tries += 1) {
      await pause;
      budget.take();
      try {
        const answer = await ask();
        answered = true;
        return answer;
      } catch (error) {
        const isInVain = tries >= MOST_RETRIES || (!answered && isWithoutAnswer(error));
        const ms = isInVain ? null : pauseAfter(error);
        if (ms === null) throw error;
        pause = wait(ms);
      }
    }
  };
  const running = new Map<string, Promise<GitHubResponse>>();
  const request: GitHubClient["request"] = (route, parameters) => {
    const key = JSON.stringify([route, parameters]);
    const answer = running.get(key) ?? patiently(() => client.request(route, parameters));
    running.set(key, answer);
    return answer.finally(() => running.delete(key));
  };
  return {
    request,
    graphql: (document, variables) => patiently(() => client.graphql(document, variables)),
  };
}

/** Has the budget hear what each answer says of the hour. */
export function hearQuota(octokit: Octokit, budget: Budget): void {
  octokit.hook.after("request", ({ headers }) => budget.heard(headersOf({ headers })));
  octokit.hook.error("request", (error) => {
    if ("response" in error) budget.heard(headersOf(error.response));
    throw error;
  });
}

/** Nobody was there: a host that never answered is misspelt rather than busy. */
function isWithoutAnswer(error: unknown): boolean {
  return error instanceof Error && !("response" in error && error.response !== undefined);
}

/** How long to wait before the same is asked again; `null` where that helps nothing. */
function pauseAfter(error: unknown): number | null {
  if (error instanceof Stopped) return null;
  const meaning = mapped(error, "");
  if (!(meaning instanceof GitHubUnavailable) || meaning instanceof TokenRefused) return null;
  return meaning.retryAfterMs <= LONGEST_WAIT_MS ? meaning.retryAfterMs : null;
}
