import { createHash } from "node:crypto";
import { requestProblem, responseProblem } from "../contract/contract.ts";
import type { Logins } from "../login-flow.ts";
import type { Deliveries } from "../webhooks/deliveries.ts";
import { Refused } from "../world/refused.ts";
import type { State } from "../world/state.ts";
import type { World } from "../world/world.ts";
import { authorize } from "./access.ts";
import type { Tokens } from "./auth.ts";
import { type Limits, whoIs } from "./limits.ts";
import type { Caller, Reply } from "./route.ts";
import { findRoute, type Match } from "./table.ts";

export interface RestParts {
  readonly state: State;
  readonly world: World;
  readonly deliveries: Deliveries;
  readonly tokens: Tokens;
  readonly limits: Limits;
  readonly logins: Logins;
  readonly namesForks: boolean;
  /** Answers that the published description does not allow; `null`: they are not looked at. */
  readonly violations: string[] | null;
}

export interface RestRequest {
  readonly method: string;
  /** Below `/api/v3`, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
}

const DOCS = "https://docs.github.com/rest";
const VERSIONS = ["2022-11-28", "2026-03-10"];

/** Answers one REST request. */
export function answer(parts: RestParts, request: RestRequest, caller: Caller | Refused): Reply {
  const match = findRoute(request.method, request.path);
  const reply = attempt(() => {
    if (!match) throw new Refused(404, "Not Found");
    return handle(parts, request, { match, caller });
  });
  return held(parts, match?.route.operation, reply);
}

function handle(
  parts: RestParts,
  request: RestRequest,
  { match, caller: known }: { readonly match: Match; readonly caller: Caller | Refused },
): Reply {
  const version = request.headers["x-github-api-version"];
  if (version !== undefined && !VERSIONS.includes(version))
    throw new Refused(
      400,
      `API version ${version} is not supported; supported versions: ${VERSIONS.join(", ")}`,
    );
  const { route, params } = match;
  const caller = route.by === "nobody" ? ({ kind: "nobody" } as const) : known;
  if (caller instanceof Refused) throw caller;
  if (route.by === "anyone" && caller.kind === "app")
    throw new Refused(
      401,
      "This endpoint requires an installation or user access token, not a JSON web token.",
    );
  const { owner, repo: name } = params;
  const repo =
    owner !== undefined && name !== undefined ? (parts.state.repository(owner, name) ?? null) : null;
  if (route.by === "anyone") authorize(caller, route.needs, repo);
  const invalid = ["POST", "PUT", "PATCH", "DELETE"].includes(request.method)
    ? requestProblem(route.operation, request.body ?? {})
    : null;
  if (invalid !== null) throw new Refused(422, `Invalid request.\n\n${invalid}`);
  const { state, world, deliveries, tokens, limits, logins, namesForks } = parts;
  return route.handle({
    state,
    world,
    deliveries,
    tokens,
    logins,
    namesForks,
    params,
    caller,
    query: request.query,
    body: (request.body ?? {}) as Readonly<Record<string, unknown>>,
    address: `${state.origin}/api/v3${request.path}`,
    accept: request.headers.accept ?? "",
    authorization: request.headers.authorization ?? "",
    rate: () => limits.overview(budgetOf(caller)),
  });
}

/** Whose rate limit a request is counted against. */
export function budgetOf(caller: Caller): string {
  switch (caller.kind) {
    case "app":
      return `app ${caller.app.id}`;
    case "installation":
      return whoIs(caller.installation);
    case "user":
      return `user ${caller.account.id}`;
    case "nobody":
      return "nobody";
  }
}

export function attempt(work: () => Reply): Reply {
  try {
    return work();
  } catch (problem) {
    if (!(problem instanceof Refused)) throw problem;
    const { status, message, errors } = problem;
    return {
      status,
      body: {
        message,
        ...(errors.length > 0 ? { errors } : {}),
        documentation_url: DOCS,
        status: String(status),
      },
    };
  }
}

/** Holds an answer against the published description: one that breaks it becomes a 500 and is recorded. */
function held({ violations }: RestParts, operation: string | undefined, reply: Reply): Reply {
  const { text, ...sent } = reply;
  const written = text === undefined ? sent : { ...sent, body: text };
  if (violations === null || operation === undefined || reply.headers?.["content-type"]) return written;
  const broken = responseProblem(operation, reply.status, reply.body);
  if (broken === null) return written;
  violations.push(broken);
  return { status: 500, body: { message: `The double broke its contract: ${broken}`, status: "500" } };
}

export function etagOf(body: string): string {
  return `W/"${createHash("sha256").update(body).digest("hex")}"`;
}
