import { join } from "node:path";
import { Failure } from "../../failure.ts";
import { readOrdinaryFile } from "../../files/ordinary-file.ts";
import { statsOf } from "../../files/place.ts";
import { findGit } from "../process/executable.ts";
import { bindGit, type Git } from "../process/git.ts";
import { isolatedGitDirectory } from "../process/isolated.ts";
import { type GitLimits, LIMITS, variablesOf } from "../process/start.ts";
import { type Asked, findGitFolder, type GitFolder, repositoryName } from "./folder.ts";
import { objectsOf } from "./objects-folder.ts";
import { openRefs, type Refs } from "./refs.ts";

export interface LocalRepository {
  /** Its objects. */
  readonly git: Git;
  /** The files that are checked out or would be added, which no setting of the repository bends; `null` where it is bare. */
  readonly workTree: Git | null;
  /** Its names for the objects. */
  readonly refs: Refs;
  /** As GitHub names it, read from the remote `origin`; else `local/<folder>`. */
  readonly owner: string;
  readonly name: string;
  /** The branch `origin/HEAD` points at; `null` when that is not known here. */
  readonly defaultBranch: string | null;
  /** The folder that paths are said from, as git writes it: empty at the root. */
  readonly prefix: string;
  /** The commits at which the history of a shallow clone is cut: what came before is not here. */
  readonly cut: ReadonlySet<string>;
}

/** The owner of a repository that no remote gives one. */
export const NO_OWNER = "local";

/** Opens the repository that holds a folder. Throws a `Failure` when there is none, or when its history is cut. */
export async function openRepository(asked: Asked): Promise<LocalRepository> {
  const repository = await findRepository(asked);
  if (repository.cut.size > 0) {
    throw new Failure(
      "this clone is shallow, so commits are missing: run `git fetch --unshallow`, or have CI clone all of it " +
        "(actions/checkout: `fetch-depth: 0`; GitLab: `GIT_DEPTH: 0`; Azure Pipelines: `fetchDepth: 0`; " +
        "Jenkins: no shallow clone)",
    );
  }
  return repository;
}

/** The same for who can do with a history that is cut. */
export async function findRepository(asked: Asked): Promise<LocalRepository> {
  const { limits = LIMITS } = asked;
  const folder = await findGitFolder(asked);
  const program = await findGit(folder.top);
  const objectFormat = await confirm(folder, asked, { program, limits });
  const objects = await objectsOf(folder.commonDirectory, process.env);
  const cut = await cutsOf(folder);
  const git = bindGit({
    program,
    limits,
    variables: {
      ...objects,
      GIT_DIR: isolatedGitDirectory(objectFormat),
      ...(cut.size > 0 && { GIT_SHALLOW_FILE: join(folder.commonDirectory, SHALLOW) }),
    },
  });
  const named = bindGit({ program, limits, variables: { GIT_DIR: folder.gitDirectory } });
  const workTree = folder.bare ? null : bindWorkTree(folder, { program, limits, objectFormat });
  const refs = openRefs(named, git);
  const [origin, defaultBranch] = await Promise.all([originOf(named, folder), refs.defaultBranch()]);
  return {
    git,
    workTree,
    refs,
    ...(origin ?? { owner: NO_OWNER, name: repositoryName(folder) }),
    defaultBranch,
    prefix: folder.prefix,
    cut,
  };
}

/** Lists files by the index and the folder alone. */
function bindWorkTree(
  { top, gitDirectory }: GitFolder,
  { objectFormat, ...call }: Call & { readonly objectFormat: string },
): Git {
  return bindGit({
    ...call,
    directory: top,
    settings: { "core.untrackedCache": "false" },
    variables: {
      GIT_DIR: isolatedGitDirectory(objectFormat),
      GIT_WORK_TREE: top,
      GIT_INDEX_FILE: join(gitDirectory, "index"),
    },
  });
}

const SHALLOW = "shallow";
const MOST_CUTS = 64 << 20;

async function cutsOf({ commonDirectory }: GitFolder): Promise<ReadonlySet<string>> {
  if ((await statsOf(join(commonDirectory, SHALLOW))) === null) return new Set();
  const listed = await readOrdinaryFile(commonDirectory, SHALLOW, MOST_CUTS);
  return new Set(listed.split("\n").filter((line) => line !== ""));
}

interface Call {
  readonly program: string;
  readonly limits: GitLimits;
}

/** Git's own word on the folder: that it is a repository whose owner is trusted, and how its objects are named. */
async function confirm(
  { top, bare, gitDirectory }: GitFolder,
  { directory }: Asked,
  call: Call,
): Promise<string> {
  const args = ["rev-parse", "--path-format=absolute", "--git-dir", "--show-object-format"];
  const ask = (trusted: readonly string[]): Promise<string> =>
    bindGit({
      ...call,
      directory: top,
      settings: { ...(bare && { "safe.bareRepository": "all" }), "safe.directory": trusted },
    }).text(args);
  const answer = await ask([]).catch(async (error: unknown) => {
    if (!isDistrusted(error)) throw error;
    return ask(await trustedFolders(call)).catch((again: unknown) => {
      throw isDistrusted(again) ? distrusted(directory) : again;
    });
  });
  const [found = "", objectFormat = ""] = answer.split("\n");
  if (found !== gitDirectory) throw new Failure(`git takes ${found} for the repository of ${directory}`);
  return objectFormat;
}

function isDistrusted(error: unknown): boolean {
  return error instanceof Failure && error.message.includes("dubious ownership");
}

function distrusted(directory: string): Failure {
  return new Failure(
    `${directory} belongs to somebody else, so git does not read it: ` +
      "if you trust it, add it to git's safe.directory (git help config)",
  );
}

const USERS_SETTINGS = [
  "HOME",
  "XDG_CONFIG_HOME",
  "GIT_CONFIG_GLOBAL",
  "GIT_CONFIG_SYSTEM",
  "GIT_CONFIG_NOSYSTEM",
];

/** The folders of others that whoever runs the command trusts: the one setting of theirs that counts here. */
async function trustedFolders(call: Call): Promise<readonly string[]> {
  const unset = {
    GIT_CONFIG_GLOBAL: undefined,
    GIT_CONFIG_SYSTEM: undefined,
    GIT_CONFIG_NOSYSTEM: undefined,
  };
  const git = bindGit({
    ...call,
    variables: { ...unset, ...variablesOf(USERS_SETTINGS), GIT_DIR: isolatedGitDirectory("sha1") },
  });
  const listed = await git.find(["config", "--includes", "--null", "--get-all", "safe.directory"]);
  return listed?.split("\0").slice(0, -1) ?? [];
}

async function originOf(
  git: Git,
  { commonDirectory }: GitFolder,
): Promise<{ readonly owner: string; readonly name: string } | null> {
  const settings = join(commonDirectory, "config");
  if ((await statsOf(settings)) === null) return null;
  const asked = ["config", "--file", settings, "--no-includes", "--get", "remote.origin.url"];
  const url = await git.find(asked);
  return url === null ? null : nameFromUrl(url);
}

/** The last two steps of a hosted URL (`https://host/acme/shop.git`, `git@host:acme/shop`); not of a local path. */
export function nameFromUrl(url: string): { readonly owner: string; readonly name: string } | null {
  const hosted = /^(?:(?:https?|ssh|git):\/\/[^/]+\/|[^/@]+@[^/:]+:)(.+)$/.exec(url.trim());
  const steps = hosted?.[1]
    ?.replace(/(?<!\/)\/+$/, "")
    .replace(/\.git$/, "")
    .split("/");
  const [name, owner] = [steps?.at(-1), steps?.at(-2)];
  return name && owner ? { owner, name } : null;
}
