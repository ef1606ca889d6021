import type { GithubDouble } from "../github-double/double.ts";
import type { Answer, HttpRequest } from "../github-double/http.ts";
import type { Life } from "./life.ts";

/** What may come between a request and its answer. */
export interface Interruptions {
  /** Awaited before the request reaches GitHub. */
  readonly before: () => Promise<void>;
  /** Awaited before its answer, which is as old as the request, reaches the app. */
  readonly after: () => Promise<void>;
}

/** `fetch` to the double in this process. What hangs is given up at once. */
export function directFetch(
  double: Pick<GithubDouble, "respond">,
  life: Life,
  { before, after }: Interruptions,
): typeof fetch {
  // Octokit keeps the requests for tokens that are under way for all of a process: those of one that ended have to end.
  const cut: Promise<never> = life.ended.then(() => Promise.reject(new TypeError("the process has ended")));
  cut.catch(() => {});
  const followed = async (url: URL, request: Omit<HttpRequest, "path" | "query">): Promise<Answer> => {
    const answer = await double.respond({ ...request, path: url.pathname, query: url.searchParams });
    const isMoved = typeof answer === "object" && (answer.status === 301 || answer.status === 307);
    return isMoved && answer.headers.location ? followed(new URL(answer.headers.location), request) : answer;
  };
  const ask = async (input: string | URL | Request, init: RequestInit = {}) => {
    const url = new URL(typeof input === "object" && "url" in input ? input.url : input);
    await before();
    if (life.isOver) return cut;
    const answer = await followed(url, {
      method: init.method ?? "GET",
      headers: Object.fromEntries(new Headers(init.headers)),
      body: typeof init.body === "string" && init.body !== "" ? JSON.parse(init.body) : undefined,
    });
    await after();
    if (answer === "hang") throw new DOMException("The operation was aborted due to timeout", "TimeoutError");
    if (answer === "drop") throw new TypeError("fetch failed");
    const { status, headers, body } = answer;
    const response = new Response(status === 204 || status === 304 ? null : body, { status, headers });
    Object.defineProperty(response, "url", { value: url.href });
    return response;
  };
  return (input, init) => (life.isOver ? cut : Promise.race([ask(input, init), cut]));
}
