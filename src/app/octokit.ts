import { ProbotOctokit } from "probot";

/** An answer that takes longer is as good as none; GitHub gives up on GraphQL after 10 seconds. */
const TIMEOUT_MS = 30_000;

/**
 * Probot's client without its waiting. Probot shares one bucket of one write or GraphQL query a second among all
 * installations, and sleeps in memory until a limit is over; here a refused request fails at once, and its job waits
 * in the store, where a restart does not lose it.
 */
export function countedOctokit(requested: (route: string, status: number) => void): typeof ProbotOctokit {
  const Counted = ProbotOctokit.plugin((octokit) => {
    octokit.hook.after("request", ({ status }, options) => requested(routeOf(options), status));
    octokit.hook.error("request", (error, options) => {
      requested(routeOf(options), "status" in error && typeof error.status === "number" ? error.status : 0);
      throw error;
    });
    return {};
  });
  // Probot merges its own throttle settings over an object, but not over what a function answers.
  return Counted.defaults((options: object) => ({
    ...options,
    throttle: { enabled: false },
    retry: { enabled: false },
  }));
}

/** The template of the path. GraphQL's comes as a whole address, with the host in it. */
function routeOf({ method, url }: { readonly method: string; readonly url: string }): string {
  return `${method} ${url.endsWith("/graphql") ? "/graphql" : url}`;
}

/** `fetch` that does not wait for ever. */
export const boundedFetch: typeof fetch = (input, init) =>
  fetch(input, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
