import { z } from "zod";
import type { ChangedFile } from "../../../signoff/snapshot.ts";
import type { RepositoryRef } from "../../../store/repository.ts";
import { aliased } from "../../client/aliased.ts";
import { type GitHubClient, ODD_ANSWER_RETRY_MS, parsed } from "../../client/client.ts";
import { GitHubProblem } from "../../client/errors.ts";
import { graphql } from "../../client/graphql.ts";
import { LIMITS } from "../../client/limits.ts";
import { readWholeTree } from "./trees.ts";

/** Git's modes of files by path: "100644", "100755", "120000" (a link), "160000" (a submodule). */
export type KnownModes = Readonly<Record<string, string>>;

/** What is asked of a commit about files, by path. */
export const MODES = aliased({
  variable: "path",
  type: "String!",
  fields: { mode: (path) => `file(path: ${path}) { mode }` },
});

const commitAnswer = z.looseObject({}).nullish();
const modeAnswer = z.object({ mode: z.int() }).nullish();

/** What a commit's answer tells of them. A path at which it shows no file is left out. */
export function parseModes(commit: unknown, paths: readonly string[]): KnownModes {
  const answers = parsed(commitAnswer, commit, "the head commit");
  return Object.fromEntries(
    MODES.answers("mode", answers, paths).flatMap(([path, answer]) => {
      const mode = modeOf(parsed(modeAnswer, answer, path)?.mode ?? 0);
      return mode === null ? [] : [[path, mode]];
    }),
  );
}

const FILE_MODES: readonly string[] = ["100644", "100755", "100664", "120000", "160000"];

/** GraphQL gives a mode as a number; what is no file's is `null`. */
function modeOf(mode: number): string | null {
  const digits = mode.toString(8).padStart(6, "0");
  return FILE_MODES.includes(digits) ? digits : null;
}

/** The files that have a mode at the head which is not known yet. */
export function modesWanted(files: readonly ChangedFile[]): readonly string[] {
  return files.flatMap(({ path, status, mode }) =>
    status === "removed" || mode !== undefined ? [] : [path],
  );
}

export function modesDocument(count: number): string {
  return `
query CountersignModes($owner: String!, $name: String!, $headSha: GitObjectID!, ${MODES.variables(count)}) {
  repository(owner: $owner, name: $name, followRenames: false) {
    head: object(oid: $headSha) { __typename ... on Commit { ${MODES.part("mode", count)} } }
  }
}`;
}

const modesAnswer = z.object({ repository: z.object({ head: z.unknown() }) });

/** What one tree told of files at the head. */
export interface HeadTree {
  readonly modes: KnownModes;
  /** Bytes of contents, by their ids. */
  readonly sizes: ReadonlyMap<string, number>;
}

const NOT_LISTED: HeadTree = { modes: {}, sizes: new Map() };

/**
 * The tree of the head, where one document cannot ask for all modes that are wanted and not told; nothing of a tree that
 * GitHub does not list at once.
 * @throws {GitHubUnavailable | GitHubProblem}
 */
export async function readHeadTree(
  client: GitHubClient,
  files: readonly ChangedFile[],
  { repository, headSha, told }: ModesRequest,
): Promise<HeadTree> {
  const paths = modesWanted(files);
  if (untold(paths, told).length <= LIMITS.pathsPerQuery) return NOT_LISTED;
  const tree = await readWholeTree(client, repository, { commit: headSha, paths });
  if (tree === null) return NOT_LISTED;
  const entries = [...tree.values()];
  return {
    modes: Object.fromEntries(
      entries.flatMap(({ path, mode }) => (FILE_MODES.includes(mode) ? [[path, mode]] : [])),
    ),
    sizes: new Map(entries.flatMap(({ sha, size }) => (size === undefined ? [] : [[sha, size]]))),
  };
}

function untold(paths: readonly string[], told: KnownModes): readonly string[] {
  return paths.filter((path) => !Object.hasOwn(told, path));
}

interface ModesRequest {
  readonly repository: RepositoryRef;
  readonly headSha: string;
  readonly told: KnownModes;
}

/**
 * The files with their modes at the head: REST does not tell them, and a script that becomes executable or a file
 * that becomes a link keeps its content. What was not told already is asked for.
 * @throws {GitHubProblem} also `evidence/file-without-mode`
 */
export async function withModes(
  client: GitHubClient,
  files: readonly ChangedFile[],
  { repository, headSha, told }: ModesRequest,
): Promise<readonly ChangedFile[]> {
  const missing = untold(modesWanted(files), told);
  const modes = new Map(Object.entries(told));
  for (let start = 0; start < missing.length; start += LIMITS.pathsPerQuery) {
    const paths = missing.slice(start, start + LIMITS.pathsPerQuery);
    const variables = { owner: repository.owner, name: repository.repo, headSha, ...MODES.values(paths) };
    const answer = await graphql(client, { document: modesDocument(paths.length), variables });
    const { head } = parsed(modesAnswer, answer, "the modes of files").repository;
    for (const [path, mode] of Object.entries(parseModes(head, paths))) modes.set(path, mode);
  }
  return files.map((file) => withMode(file, modes));
}

function withMode(file: ChangedFile, modes: ReadonlyMap<string, string>): ChangedFile {
  if (file.status === "removed" || file.mode !== undefined) return file;
  const mode = modes.get(file.path);
  if (mode === undefined) throw fileWithoutMode(file.path);
  return { ...file, mode };
}

function fileWithoutMode(path: string): GitHubProblem {
  return new GitHubProblem(
    {
      code: "evidence/file-without-mode",
      message: `GitHub does not say what kind of file ${path} is, so nobody can be shown to have approved it.`,
      remedy: `No action needed; Countersign will retry. If it persists, give ${path} a name in plain UTF-8.`,
    },
    ODD_ANSWER_RETRY_MS,
  );
}
