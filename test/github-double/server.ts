import type { Fault, Faults, RawResponse } from "./faults.ts";
import { answerGraphql } from "./graphql/execute.ts";
import type { HttpRequest, HttpResponse } from "./http.ts";
import { Tokens } from "./rest/auth.ts";
import { Limits, type Resource } from "./rest/limits.ts";
import { answer, attempt, budgetOf, etagOf } from "./rest/rest.ts";
import type { Caller } from "./rest/route.ts";
import { findRoute } from "./rest/table.ts";
import type { Deliveries } from "./webhooks/deliveries.ts";
import { Refused } from "./world/refused.ts";
import type { State } from "./world/state.ts";
import type { World } from "./world/world.ts";

const REST_ROOT = "/api/v3";
const GRAPHQL_PATH = "/api/graphql";

/** One request the double was asked. */
export interface RequestRecord {
  readonly method: string;
  readonly path: string;
  /** "GET /repos/{owner}/{repo}/pulls/{pull_number}", "POST /graphql", or the bare path of what is not an operation. */
  readonly operation: string;
  /** 0 for a request that was left hanging. */
  readonly status: number;
  readonly installationId: number | null;
  /** It used up the primary rate limit of its installation. */
  readonly counted: boolean;
}

interface ServerParts {
  readonly state: State;
  readonly world: World;
  readonly faults: Faults;
  readonly webhooks: Deliveries;
  readonly violations: string[];
  readonly requests: RequestRecord[];
  readonly validate: boolean;
  readonly stacks: boolean;
  readonly hourlyLimit: number;
}

/** Turns requests into answers, with what GitHub adds to each: rate limits, ETags and a line in the log. */
export class Server {
  readonly #parts: ServerParts;
  readonly #tokens: Tokens;
  readonly #limits: Limits;

  constructor(parts: ServerParts) {
    this.#parts = parts;
    this.#tokens = new Tokens(parts.state);
    this.#limits = new Limits(parts.state, parts.hourlyLimit);
  }

  respond(request: HttpRequest): HttpResponse | null {
    const operation = operationOf(request);
    const caller = this.#identify(request);
    const seen = { method: request.method, path: request.path, operation, body: request.body };
    const fault = this.#parts.faults.strike(seen);
    const reply = this.#faulty(fault, () => this.#answer(request, caller));
    if (reply === null) {
      this.#log(request, { operation, caller, status: 0, counted: false });
      return null;
    }
    const response = this.#finished(request, reply, caller);
    const counted = isInstallation(caller) && response.status !== 304 && operation !== "GET /rate_limit";
    this.#log(request, { operation, caller, status: response.status, counted });
    return response;
  }

  #faulty(fault: Fault["respond"] | null, real: () => RawResponse): RawResponse | null {
    if (fault === null) return real();
    if (fault === "hang") return null;
    return typeof fault === "function" ? fault(real()) : fault;
  }

  #identify({ headers }: HttpRequest): Caller | Refused {
    try {
      return this.#tokens.identify(headers.authorization);
    } catch (problem) {
      if (problem instanceof Refused) return problem;
      throw problem;
    }
  }

  #answer(request: HttpRequest, caller: Caller | Refused): RawResponse {
    const { state, world, webhooks: deliveries, violations, validate, stacks } = this.#parts;
    const limits = this.#limits;
    if (request.path === GRAPHQL_PATH)
      return attempt(() => {
        if (caller instanceof Refused) throw caller;
        const parts = { state, world, stacks, limits, violations };
        return { status: 200, body: answerGraphql(parts, request.body, caller) };
      });
    const parts = {
      state,
      world,
      deliveries,
      tokens: this.#tokens,
      limits,
      violations: validate ? violations : null,
    };
    return answer(parts, { ...request, path: request.path.replace(REST_ROOT, "") }, caller);
  }

  /** Adds ETag and rate limit; an answer the client has already is sent as 304 and costs nothing. */
  #finished(request: HttpRequest, reply: RawResponse, caller: Caller | Refused): HttpResponse {
    const graphql = request.path === GRAPHQL_PATH;
    const resource: Resource = graphql ? "graphql" : "core";
    const body = typeof reply.body === "string" ? reply.body : JSON.stringify(reply.body ?? {});
    const etag = etagOf(body);
    const fresh =
      request.method === "GET" && reply.status === 200 && request.headers["if-none-match"] === etag;
    const who = caller instanceof Refused ? "nobody" : budgetOf(caller);
    const free = fresh || graphql || request.path === `${REST_ROOT}/rate_limit`;
    if (!free) this.#limits.spend(who, resource, 1);
    const headers = {
      "content-type": "application/json; charset=utf-8",
      "x-github-request-id": `DOUBLE:${this.#parts.requests.length}`,
      ...this.#limits.headers(who, resource),
      ...(request.method === "GET" && reply.status === 200 ? { etag } : {}),
      ...reply.headers,
    };
    return { status: fresh ? 304 : reply.status, headers, body };
  }

  #log(
    { method, path }: HttpRequest,
    {
      caller,
      ...rest
    }: Pick<RequestRecord, "operation" | "status" | "counted"> & { readonly caller: Caller | Refused },
  ): void {
    const installationId = isInstallation(caller) ? caller.installation.id : null;
    this.#parts.requests.push({ method, path, ...rest, installationId });
  }
}

function isInstallation(caller: Caller | Refused): caller is Caller & { readonly kind: "installation" } {
  return !(caller instanceof Refused) && caller.kind === "installation";
}

function operationOf({ method, path }: HttpRequest): string {
  if (path === GRAPHQL_PATH) return `${method} /graphql`;
  if (!path.startsWith(REST_ROOT)) return `${method} ${path}`;
  return findRoute(method, path.replace(REST_ROOT, ""))?.route.operation ?? `${method} ${path}`;
}
