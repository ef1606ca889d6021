import { emptied } from "./emptied.ts";
import { HeldAnswers } from "./held-answers.ts";

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  /** As in the request log. */
  readonly operation: string;
  readonly body: unknown;
  /** The installation whose token asks. */
  readonly installationId: number | null;
}

export interface RawResponse {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** No answer comes: the connection stays open, or is closed. */
export type Silence = "hang" | "drop";

/** What strikes a request. `real` does the work that was asked for and gives its answer. */
export type Strike = (real: () => RawResponse) => RawResponse | Silence | Promise<RawResponse | Silence>;

export interface Fault {
  readonly match: Match;
  /** How often it strikes; default: always. */
  readonly times?: number;
  /** An answer instead of the real one, none at all with nothing done, or the real one changed. */
  readonly respond: RawResponse | Silence | ((real: RawResponse) => RawResponse);
}

export type Match = (request: SeenRequest) => boolean;

interface Times {
  readonly times?: number;
}

interface Entry {
  readonly match: Match;
  readonly strike: Strike;
  left: number;
}

/** What goes wrong between the app and GitHub. All but `clear` give what takes the fault away again. */
export class Faults {
  #faults: Entry[] = [];

  add({ match, times, respond }: Fault): () => void {
    if (typeof respond !== "function") return this.#add(match, () => respond, times);
    return this.#add(match, (real) => respond(real()), times);
  }

  /** What was asked for is done, and its answer is lost: the connection is closed, or stays open without a word. */
  loseAnswer(match: Match, { times, how = "drop" }: Times & { readonly how?: Silence } = {}): () => void {
    return this.#add(
      match,
      (real) => {
        real();
        return how;
      },
      times,
    );
  }

  /**
   * Answers wait until the test lets them go. Each holds what was true when it was asked for, unless `as` says that
   * the work itself waits, too.
   */
  hold(
    match: Match,
    { times, as = "asked" }: Times & { readonly as?: "asked" | "released" } = {},
  ): HeldAnswers {
    const held = new HeldAnswers();
    const stop = this.#add(match, (real) => held.keep(as === "asked" ? fixed(real()) : real), times);
    held.whenReleased(stop);
    return held;
  }

  /** GitHub says no in place of an answer, and does nothing. */
  refuse(
    match: Match,
    status: number,
    { times, message = MESSAGES[status] ?? "Server Error" }: Times & { readonly message?: string } = {},
  ): () => void {
    const body = { message, documentation_url: "https://docs.github.com/rest", status: String(status) };
    return this.#add(match, () => ({ status, body }), times);
  }

  /** The secondary rate limit, which GitHub keeps beside the hourly ones. */
  secondaryLimit(
    match: Match,
    { times, retryAfter = 60 }: Times & { readonly retryAfter?: number } = {},
  ): () => void {
    const body = { message: SECONDARY, documentation_url: "https://docs.github.com/rest" };
    const headers = { "retry-after": String(retryAfter) };
    return this.#add(match, () => ({ status: 403, body, headers }), times);
  }

  /**
   * Lists come back empty, with counts of 0. In REST it is the body, or the list in it; in GraphQL the connections
   * whose field or alias is named.
   */
  emptyList(
    match: Match,
    { times, connections = [] }: Times & { readonly connections?: readonly string[] } = {},
  ): () => void {
    return this.#add(
      match,
      (real) => {
        const answer = real();
        return { ...answer, body: emptied(answer.body, connections), headers: {} };
      },
      times,
    );
  }

  clear(): void {
    this.#faults = [];
  }

  /** What strikes a request, used up once; `null`: nothing. */
  strike(request: SeenRequest): Strike | null {
    const entry = this.#faults.find(({ match, left }) => left > 0 && match(request));
    if (!entry) return null;
    entry.left -= 1;
    return entry.strike;
  }

  #add(match: Match, strike: Strike, times = Number.POSITIVE_INFINITY): () => void {
    const entry = { match, strike, left: times };
    this.#faults.push(entry);
    return () => {
      this.#faults = this.#faults.filter((each) => each !== entry);
    };
  }
}

const MESSAGES: Readonly<Record<number, string>> = {
  401: "Bad credentials",
  403: "Resource not accessible by integration",
  404: "Not Found",
  500: "Server Error",
  502: "Server Error",
  503: "Service unavailable",
};

const SECONDARY = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";

function fixed(answer: RawResponse): () => RawResponse {
  // The answer may hold parts of the living world; what it says must not change while it waits.
  const copy = structuredClone(answer);
  return () => copy;
}
