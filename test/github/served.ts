import { Octokit } from "@octokit/rest";
import { execute, parse } from "graphql";
import type { GitHubClient } from "../../src/github/client/client.ts";
import { nock } from "../nock.ts";
import { GITHUB_SCHEMA } from "./github-schema.ts";
import { entriesAt, type RestFile, rootOf, type StubbedGitHub, sha } from "./stubbed-github.ts";

/** What GitHub was asked, in order: "GET /repos/acme/shop/pulls/7", "POST /graphql CountersignTeams". */
export type Asked = string[];

type Answer = readonly [status: number, body: unknown, headers?: Record<string, string>];

/** Answers for single requests, before the world's own; the first that is not `undefined` counts. */
export type Instead = (asked: string, body: unknown) => Answer | undefined;

const BASE = "https://api.github.com";

/** A client without retries and throttling, so that each failure is one answer. */
export function client(): GitHubClient {
  return new Octokit({ baseUrl: BASE, log: { debug() {}, info() {}, warn() {}, error() {} } });
}

/** Serves the world over nock: REST by hand, GraphQL executed over GitHub's own schema. */
export function serve(world: StubbedGitHub, instead: Instead = () => undefined): Asked {
  const asked: Asked = [];
  const answer = async (request: Request): Promise<Answer> => {
    const { pathname, search } = new URL(request.url);
    const path = decodeURIComponent(pathname + search);
    const text = await request.text();
    const body: unknown = text === "" ? null : JSON.parse(text);
    const name = /(?:query|mutation) (\w+)/.exec(textOf(body, "query"))?.[1];
    const line = `${request.method} ${path}${name === undefined ? "" : ` ${name}`}`;
    asked.push(line);
    const special = instead(line, body);
    if (special !== undefined) return special;
    return path === "/graphql" ? [200, await run(world, body)] : rest(world, path);
  };
  const scope = nock(BASE).persist();
  for (const method of ["GET", "POST", "PATCH", "DELETE"]) {
    scope
      .intercept(/.*/, method)
      .optionally()
      .reply(async (request: Request) => {
        const [status, data, headers] = await answer(request);
        const raw = typeof data === "string" || Buffer.isBuffer(data);
        return [
          status,
          raw ? data : JSON.stringify(data),
          { "content-type": "application/json", ...headers },
        ];
      });
  }
  return asked;
}

/** How Enterprise Server answers a document that asks for stacks. */
const UNKNOWN_STACK = {
  message: "Field 'stack' doesn't exist on type 'PullRequest'",
  extensions: { code: "undefinedField", typeName: "PullRequest", fieldName: "stack" },
};

async function run(world: StubbedGitHub, body: unknown): Promise<unknown> {
  const { query, variables } = body as { query: string; variables: Record<string, unknown> };
  if (!world.stacksInGraphql && query.includes("stack {")) return { errors: [UNKNOWN_STACK] };
  // Not validated at each request, which is slow: documents.test.ts does so once for every document.
  const result = await execute({
    schema: GITHUB_SCHEMA,
    document: parse(query),
    rootValue: rootOf(world),
    variableValues: variables,
  });
  if (result.errors === undefined) return result;
  return {
    data: result.data,
    errors: result.errors.map(({ path, message, extensions }) => ({ path, message, ...extensions })),
  };
}

function rest(world: StubbedGitHub, path: string): Answer {
  const { pull, permissions, copilotStarters } = world;
  const [route = "", query = ""] = path.split("?");
  const at = `/repos/${world.owner}/${world.repo}`;
  if (route === `${at}/pulls/${pull.number}`)
    return [
      200,
      {
        number: pull.number,
        state: pull.state === "OPEN" ? "open" : "closed",
        head: { sha: pull.headSha },
        base: { ref: pull.baseRef, sha: pull.baseSha },
        changed_files: pull.changedFiles ?? pull.files.length,
        ...(pull.stackBase === undefined ? {} : { stack: { base: { ref: pull.stackBase } } }),
      },
    ];
  if (route === `${at}/pulls/${pull.number}/files`) {
    const page = Number(new URLSearchParams(query).get("page") ?? 1);
    const files = pull.files.slice((page - 1) * 100, page * 100);
    const link = `<${BASE}${route}?per_page=100&page=${page + 1}>; rel="next"`;
    const goesOn = world.namesNextPages && pull.files.length > page * 100;
    return [
      200,
      files.map((file) => ({ contents_url: addressOf(world, file), ...file })),
      goesOn ? { link } : {},
    ];
  }
  if (route === `${at}/compare/${pull.baseSha}...${pull.headSha}`)
    return [200, { merge_base_commit: { sha: world.mergeBase } }];
  if (route === `${at}/issues/${pull.number}`)
    return [200, { number: pull.number, performed_via_github_app: world.openingApp }];
  if (route === `${at}/issues/${pull.number}/timeline`)
    return [
      200,
      copilotStarters.map((actor) => ({
        event: "copilot_work_started",
        created_at: "2026-11-20T08:00:00Z",
        actor,
      })),
    ];
  if (route === `${at}/activity`) return activity(world, new URLSearchParams(query));
  const commit = /\/git\/trees\/(.+)$/.exec(route)?.[1];
  if (commit !== undefined) return [200, treeOf(world, commit, query.includes("recursive"))];
  const login = /\/collaborators\/([^/]+)\/permission$/.exec(route)?.[1];
  const permission = login === undefined ? undefined : permissions[login];
  if (permission !== undefined) return [200, permission];
  return [404, { message: "Not Found" }];
}

/** GitHub goes on after a cursor, which the address of the next page holds. */
function activity({ owner, repo, moves, pageSize }: StubbedGitHub, query: URLSearchParams): Answer {
  const wanted = moves.filter(
    ({ ref, actor }) =>
      ref === (query.get("ref") ?? ref) && (query.get("actor") ?? actor?.login) === actor?.login,
  );
  const start = Number(query.get("after") ?? 0);
  const end = start + pageSize;
  query.set("after", String(end));
  const link = `<${BASE}/repos/${owner}/${repo}/activity?${query}>; rel="next"`;
  return [200, wanted.slice(start, end), end < wanted.length ? { link } : {}];
}

function treeOf(world: StubbedGitHub, commit: string, recursive: boolean): object {
  const truncated = world.largeTrees && recursive;
  const file = { path: "README.md", mode: "100644", type: "blob", sha: sha("b10b") };
  const linked = Object.entries(world.links).map(([path, id]) => {
    return { path, mode: "120000", type: "blob", sha: id };
  });
  const tree = world.largeTrees ? [file] : [file, ...linked, ...entriesAt(world, commit)];
  return { sha: sha("7ee2"), tree, truncated };
}

/** GitHub names what exists at the head, and what was removed at the base. */
function addressOf({ owner, repo, pull }: StubbedGitHub, { filename, status }: RestFile): string {
  const commit = status === "removed" ? pull.baseSha : pull.headSha;
  return `${BASE}/repos/${owner}/${repo}/contents/${encodeURIComponent(filename)}?ref=${commit}`;
}

function textOf(body: unknown, key: string): string {
  const value = typeof body === "object" && body !== null ? Reflect.get(body, key) : undefined;
  return typeof value === "string" ? value : "";
}
