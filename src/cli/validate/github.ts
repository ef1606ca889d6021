import { z } from "zod";
import { API_VERSION } from "../../github/client/client.ts";
import { redact } from "../../github/client/redact.ts";
import { CODEOWNERS_LOCATIONS } from "../../ownership/ownership.ts";
import { CONFIG_PATH } from "../../policy/source.ts";
import { Failure } from "../failure.ts";
import { type Environment, refuseForeignAddress, tokenOf } from "../github/host.ts";
import { openOctokit } from "../github/octokit.ts";
import type { RepositoryName } from "../github/repository-name.ts";
import type { ReportedError } from "./compare.ts";
import type { File, Inputs } from "./problems.ts";

export interface GitHubRequest extends RepositoryName {
  /** The branch, tag or commit; absent: the default branch. */
  readonly ref?: string | undefined;
  readonly environment: Environment;
}

/**
 * A repository's config and CODEOWNERS as GitHub holds them in one commit, and what GitHub says of the CODEOWNERS.
 * Only reads. Throws a `Failure` when GitHub does not answer.
 */
export async function readGitHub({ ref, environment, host, ...repository }: GitHubRequest): Promise<Inputs> {
  refuseForeignAddress(host, environment);
  const ask = openGitHub(environment, repository);
  const names = ref === undefined ? await defaultBranch(ask) : fullNames(ref);
  const commits = await Promise.all(names.map((name) => ask(ROUTES.commit, commitAnswer, { ref: name })));
  const sha = onlyCommit(commits, names, ref ?? "");
  if (sha === null) throw notFound(repository, ref);
  const at = { ref: sha };
  const read = async (path: string): Promise<readonly File[]> => {
    const text = await ask(ROUTES.contents, textAnswer, { ...at, path });
    return text === null ? [] : [{ name: path, text }];
  };
  const configs = await read(CONFIG_PATH);
  const codeowners = await readFirst(CODEOWNERS_LOCATIONS, read);
  const reported = codeowners.length === 0 ? null : await ask(ROUTES.errors, errorsAnswer, at);
  const controlled = [...configs, ...codeowners].map(({ name }) => name);
  if (controlled.length === 0) {
    throw new Failure(
      `${repository.owner}/${repository.repo} has no ${CONFIG_PATH} and no CODEOWNERS at ${ref ?? names[0]?.slice("heads/".length)}`,
    );
  }
  return { configs, codeowners, controlled, misplaced: [], files: null, reported: reported?.errors ?? null };
}

async function defaultBranch(ask: Ask): Promise<readonly string[]> {
  const repository = await ask(ROUTES.repository, repositoryAnswer);
  return repository === null ? [] : [`heads/${repository.default_branch}`];
}

/** What a name can stand for, each by a name that means nothing else. */
function fullNames(ref: string): readonly string[] {
  if (ref.startsWith("refs/")) return [ref.slice("refs/".length)];
  return [`heads/${ref}`, `tags/${ref}`, ...(/^[0-9a-f]{7,64}$/i.test(ref) ? [ref] : [])];
}

/** Throws a `Failure` when a name stands for two commits: whoever may push could have made one of them. */
function onlyCommit(
  commits: readonly ({ readonly sha: string } | null)[],
  names: readonly string[],
  ref: string,
): string | null {
  const found = commits.flatMap((commit, index) =>
    commit === null ? [] : [{ ...commit, name: names[index] }],
  );
  const [first] = found;
  const other = found.find(({ sha }) => sha !== first?.sha);
  if (first === undefined || other === undefined) return first?.sha ?? null;
  const [one, two] = [first, other].map(({ name, sha }) => `${name} (${sha.slice(0, 12)})`);
  throw new Failure(`${ref} means two commits: ${one} and ${two}. Write refs/heads/… or refs/tags/….`);
}

async function readFirst(
  paths: readonly string[],
  read: (path: string) => Promise<readonly File[]>,
): Promise<readonly File[]> {
  for (const path of paths) {
    const found = await read(path);
    if (found.length > 0) return found;
  }
  return [];
}

const ROUTES = {
  repository: "GET /repos/{owner}/{repo}",
  commit: "GET /repos/{owner}/{repo}/commits/{ref}",
  contents: "GET /repos/{owner}/{repo}/contents/{path}",
  errors: "GET /repos/{owner}/{repo}/codeowners/errors",
} as const;

const repositoryAnswer = z.object({ default_branch: z.string() });
/** Raw content comes as text or as bytes, by the type GitHub gives it. */
const textAnswer = z.union([
  z.string(),
  z.instanceof(ArrayBuffer).transform((bytes) => new TextDecoder().decode(bytes)),
]);
const commitAnswer = z.object({ sha: z.string() });
const errorsAnswer = z.object({
  errors: z.array(
    z
      .object({
        line: z.int(),
        column: z.int(),
        kind: z.string(),
        source: z.string().nullish(),
        suggestion: z.string().nullish(),
      })
      .transform(
        ({ source, suggestion, ...error }): ReportedError => ({
          ...error,
          source: source ?? null,
          suggestion: suggestion ?? null,
        }),
      ),
  ),
});

type Ask = <T>(
  route: string,
  answer: z.ZodType<T>,
  parameters?: Readonly<Record<string, unknown>>,
) => Promise<T | null>;

/** Asks GitHub one thing; `null` when there is no such thing. */
function openGitHub(environment: Environment, repository: RepositoryName): Ask {
  const octokit = openOctokit(environment);
  return async (route, answer, parameters = {}) => {
    const response = await octokit
      .request(route, {
        ...repository,
        ...parameters,
        headers: {
          "x-github-api-version": API_VERSION,
          ...(route === ROUTES.contents && { accept: "application/vnd.github.raw+json" }),
        },
      })
      .catch((error: unknown) => refused(error, { route, hasToken: tokenOf(environment) !== null }));
    if (response === null) return null;
    const parsed = answer.safeParse(response.data);
    if (parsed.success) return parsed.data;
    throw new Failure(`GitHub's answer to ${route} is not as documented: ${parsed.error.issues[0]?.message}`);
  };
}

function refused(
  error: unknown,
  { route, hasToken }: { readonly route: string; readonly hasToken: boolean },
): null {
  if (error instanceof Error && error.cause instanceof Failure) throw error.cause;
  const message = redact(error instanceof Error ? error.message : String(error));
  const status = error instanceof Error && "status" in error ? error.status : undefined;
  // What is no commit is answered with 422.
  if (status === 404 || (status === 422 && route === ROUTES.commit)) return null;
  if (status === 401)
    throw new Failure(`GitHub does not accept the token in GITHUB_TOKEN or GH_TOKEN: ${message}`);
  const remedy = hasToken ? "" : " (no token was given: set GITHUB_TOKEN)";
  throw new Failure(
    `GitHub did not answer${typeof status === "number" ? ` (${status})` : ""}: ${message}${remedy}`,
  );
}

function notFound({ owner, repo }: RepositoryName, ref: string | undefined): Failure {
  const what = ref === undefined ? `${owner}/${repo}` : `${ref} of ${owner}/${repo}`;
  return new Failure(
    `${what} does not exist or is not visible: check its spelling, and set GITHUB_TOKEN to a token that can read it`,
  );
}
