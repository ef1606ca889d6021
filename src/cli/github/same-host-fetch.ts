import { Failure } from "../failure.ts";

const TIMEOUT_MS = 30_000;
const MOST_REDIRECTS = 3;

/**
 * A `fetch` that waits for nothing for ever and stays with one host: GitHub sends on to another address of its own
 * when a repository was renamed, and whoever sends on elsewhere is not given the token.
 */
export function sameHostFetch(baseUrl: string): typeof fetch {
  const { origin } = new URL(baseUrl);
  return async (input, init = {}) => {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    let url = addressOf(input);
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
      if (url.origin !== origin) {
        throw new Failure(
          `${origin} sends on to ${url.origin}, which is not given the token: check GHE_HOST`,
        );
      }
      const response = await fetch(url, { ...init, signal, redirect: "manual" });
      const location = response.headers.get("location");
      if (response.status < 300 || response.status >= 400 || location === null) return response;
      if ((init.method ?? "GET") !== "GET")
        throw new Failure(`${origin} sends a question on elsewhere: check GHE_HOST`);
      url = new URL(location, url);
    }
    throw new Failure(`${origin} sends on without end`);
  };
}

function addressOf(input: string | URL | Request): URL {
  return new URL(input instanceof Request ? input.url : input);
}
