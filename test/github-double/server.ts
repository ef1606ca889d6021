import type { Faults, RawResponse, Silence } from "./faults.ts";
import { answerGraphql } from "./graphql/execute.ts";
import type { Answer, HttpRequest, HttpResponse } from "./http.ts";
import type { Logins } from "./login-flow.ts";
import type { Tokens } from "./rest/auth.ts";
import type { Limits, Resource } from "./rest/limits.ts";
import { moved } from "./rest/moved.ts";
import { outOfQuota } from "./rest/quota.ts";
import { answer, attempt, budgetOf, etagOf } from "./rest/rest.ts";
import type { Caller } from "./rest/route.ts";
import { findRoute } from "./rest/table.ts";
import type { Deliveries } from "./webhooks/deliveries.ts";
import { Refused } from "./world/refused.ts";
import type { State } from "./world/state.ts";
import type { World } from "./world/world.ts";

const REST_ROOT = "/api/v3";
const GRAPHQL_PATH = "/api/graphql";

/** That of an Enterprise Server, which every answer names. */
const ENTERPRISE_VERSION = "enterprise-server@3.17.2";

/** One request the double was asked. */
export interface RequestRecord {
  readonly method: string;
  readonly path: string;
  /** "GET /repos/{owner}/{repo}/pulls/{pull_number}", "POST /graphql", or the bare path of what is not an operation. */
  readonly operation: string;
  /** The name of a GraphQL document; `null` of what has none. */
  readonly document: string | null;
  /** 0 for a request that has no answer: it is held, or lost, or was left hanging. */
  readonly status: number;
  readonly installationId: number | null;
  /** It used up the primary rate limit of its installation. */
  readonly counted: boolean;
}

interface ServerParts {
  readonly state: State;
  readonly world: World;
  readonly faults: Faults;
  readonly tokens: Tokens;
  readonly limits: Limits;
  readonly logins: Logins;
  readonly webhooks: Deliveries;
  readonly violations: string[];
  readonly requests: RequestRecord[];
  readonly validate: boolean;
  readonly stacks: boolean;
  readonly namesForks: boolean;
  readonly web: string | null;
}

interface Asked {
  readonly request: HttpRequest;
  readonly caller: Caller | Refused;
  readonly operation: string;
}

/** Turns requests into answers, with what GitHub adds to each: rate limits, ETags and a line in the log. */
export class Server {
  readonly #parts: ServerParts;

  constructor(parts: ServerParts) {
    this.#parts = parts;
  }

  respond(given: HttpRequest): Answer | Promise<Answer> {
    const request = { ...given, path: byName(this.#parts.state, given.path) };
    const caller = this.#identify(request);
    const asked = { request, caller, operation: operationOf(request) };
    const note = this.#log(asked);
    const { method, path, body } = request;
    const { operation } = asked;
    const { installationId } = note;
    const strike = this.#parts.faults.strike({ method, path, operation, body, installationId });
    const real = () => this.#answer(asked);
    const reply = strike === null ? real() : strike(real);
    return reply instanceof Promise
      ? reply.then((late) => this.#finished(asked, late, note))
      : this.#finished(asked, reply, note);
  }

  #identify({ headers }: HttpRequest): Caller | Refused {
    try {
      return this.#parts.tokens.identify(headers.authorization);
    } catch (problem) {
      if (problem instanceof Refused) return problem;
      throw problem;
    }
  }

  #answer({ request, caller, operation }: Asked): RawResponse {
    const { state, world, webhooks: deliveries, tokens, limits } = this.#parts;
    const { violations, validate, stacks, namesForks, logins, web } = this.#parts;
    const login = logins.answer(request);
    if (login !== null) return login;
    if (web !== null && !request.path.startsWith("/api/"))
      return { status: 302, body: "", headers: { location: `${web}${request.path}` } };
    if (!(caller instanceof Refused)) {
      const no = outOfQuota(limits, caller, { operation, body: request.body });
      if (no) return no;
    }
    if (request.path === GRAPHQL_PATH)
      return attempt(() => {
        if (caller instanceof Refused) throw caller;
        const parts = { state, world, stacks, namesForks, limits, violations };
        return { status: 200, body: answerGraphql(parts, request.body, caller) };
      });
    const held = validate ? violations : null;
    const parts = { state, world, deliveries, tokens, limits, logins, namesForks, violations: held };
    const below = { ...request, path: request.path.replace(REST_ROOT, "") };
    return moved(state, below, caller) ?? answer(parts, below, caller);
  }

  #finished({ request, caller, operation }: Asked, reply: RawResponse | Silence, note: Noted): Answer {
    if (reply === "hang" || reply === "drop") return reply;
    const response = this.#dressed(request, reply, caller);
    note.status = response.status;
    note.counted = isInstallation(caller) && response.status !== 304 && operation !== "GET /rate_limit";
    return response;
  }

  /** Adds ETag and rate limit; an answer the client has already is sent as 304 and costs nothing. */
  #dressed(request: HttpRequest, reply: RawResponse, caller: Caller | Refused): HttpResponse {
    const { limits, requests } = this.#parts;
    const graphql = request.path === GRAPHQL_PATH;
    const resource: Resource = graphql ? "graphql" : "core";
    const body = typeof reply.body === "string" ? reply.body : JSON.stringify(reply.body ?? {});
    const tagged = request.method === "GET" && reply.status === 200;
    const etag = tagged ? etagOf(body) : "";
    const fresh = tagged && request.headers["if-none-match"] === etag;
    const who = caller instanceof Refused ? "nobody" : budgetOf(caller);
    const free = fresh || graphql || request.path === `${REST_ROOT}/rate_limit`;
    if (!free) limits.spend(who, resource, 1);
    const headers = {
      "content-type": "application/json; charset=utf-8",
      "x-github-request-id": `DOUBLE:${requests.length}`,
      ...limits.headers(who, resource),
      ...(tagged ? { etag } : {}),
      ...scopesOf(caller),
      ...(this.#parts.stacks ? {} : { "x-github-enterprise-version": ENTERPRISE_VERSION }),
      ...reply.headers,
    };
    return { status: fresh ? 304 : reply.status, headers, body };
  }

  #log({ request: { method, path, body }, caller, operation }: Asked): Noted {
    const installationId = isInstallation(caller) ? caller.installation.id : null;
    const document = documentIn(body);
    const note = { method, path, operation, document, status: 0, installationId, counted: false };
    this.#parts.requests.push(note);
    return note;
  }
}

function documentIn(body: unknown): string | null {
  const query = typeof body === "object" && body !== null && "query" in body ? body.query : undefined;
  return typeof query === "string" ? (/^\s*(?:query|mutation)\s+(\w+)/.exec(query)?.[1] ?? null) : null;
}

/** A classic token's answers tell what it may be used for. */
function scopesOf(caller: Caller | Refused): Readonly<Record<string, string>> {
  if (caller instanceof Refused || caller.kind !== "user" || caller.scopes === null) return {};
  return { "x-oauth-scopes": caller.scopes.join(", ") };
}

/** A line of the log, whose end is written when the answer is sent. */
type Noted = { -readonly [Field in keyof RequestRecord]: RequestRecord[Field] };

function isInstallation(caller: Caller | Refused): caller is Caller & { readonly kind: "installation" } {
  return !(caller instanceof Refused) && caller.kind === "installation";
}

function operationOf({ method, path }: HttpRequest): string {
  if (path === GRAPHQL_PATH) return `${method} /graphql`;
  if (!path.startsWith(REST_ROOT)) return `${method} ${path}`;
  return findRoute(method, path.replace(REST_ROOT, ""))?.route.operation ?? `${method} ${path}`;
}

/** `/repositories/{id}/…`, where GitHub's redirects lead, as the path by owner and name. */
function byName(state: State, path: string): string {
  return path.replace(/^\/api\/v3\/repositories\/(\d+)(?=\/|$)/, (given, id: string) => {
    const repo = [...state.repositories.values()].find((each) => each.id === Number(id));
    return repo ? `${REST_ROOT}/repos/${repo.owner.login}/${repo.name}` : given;
  });
}
