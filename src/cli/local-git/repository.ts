import { basename } from "node:path";
import { Failure } from "../failure.ts";
import { type Git, openGit } from "./git.ts";

export interface LocalRepository {
  readonly git: Git;
  /** As GitHub names it, read from the remote `origin`; else `local/<folder>`. */
  readonly owner: string;
  readonly name: string;
  /** The branch `origin/HEAD` points at; `null` when that is not known here. */
  readonly defaultBranch: string | null;
}

/** The owner of a repository that no remote gives one. */
export const NO_OWNER = "local";

/** Opens the repository that holds `directory`. Throws a `Failure` when there is none, or when its history is cut. */
export async function openRepository(directory: string): Promise<LocalRepository> {
  const { shallow, ...repository } = await findRepository(directory, "--repo DIR");
  if (shallow) {
    throw new Failure(
      "this clone is shallow, so commits are missing: run `git fetch --unshallow` " +
        "(with actions/checkout: `fetch-depth: 0`) and try again",
    );
  }
  return repository;
}

/** The same for who can do with a history that is cut; `naming` says how the command takes the folder. */
export async function findRepository(
  directory: string,
  naming: string,
): Promise<LocalRepository & { readonly shallow: boolean }> {
  const git = openGit(directory);
  const [gitDirectory, shallow] = await locate(git, { directory, naming });
  const [origin, originHead] = await Promise.all([
    git.find(["config", "--get", "remote.origin.url"]),
    git.find(["symbolic-ref", "--quiet", "refs/remotes/origin/HEAD"]),
  ]);
  const named = origin === null ? null : nameFromUrl(origin);
  return {
    git,
    ...(named ?? { owner: NO_OWNER, name: folderName(gitDirectory) }),
    defaultBranch: stripPrefix("refs/remotes/origin/", originHead),
    shallow,
  };
}

export function stripPrefix(prefix: string, text: string | null): string | null {
  return text?.startsWith(prefix) ? text.slice(prefix.length) : null;
}

async function locate(
  git: Git,
  { directory, naming }: { readonly directory: string; readonly naming: string },
): Promise<readonly [gitDirectory: string, shallow: boolean]> {
  try {
    const asked = ["rev-parse", "--path-format=absolute", "--git-common-dir", "--is-shallow-repository"];
    const [gitDirectory = "", shallow] = (await git.text(asked)).split("\n");
    return [gitDirectory, shallow === "true"];
  } catch (error) {
    if (error instanceof Failure && error.message.includes("not a git repository")) {
      throw new Failure(`${directory} is not in a git repository: go into one, or name it with ${naming}`);
    }
    if (error instanceof Failure && error.message.includes("dubious ownership")) {
      throw new Failure(
        `${directory} belongs to somebody else, so git does not read it: ` +
          "if you trust it, add it to git's safe.directory (git help config)",
      );
    }
    throw error;
  }
}

/** The last two steps of a hosted URL (`https://host/acme/shop.git`, `git@host:acme/shop`); not of a local path. */
export function nameFromUrl(url: string): { readonly owner: string; readonly name: string } | null {
  const hosted = /^(?:(?:https?|ssh|git):\/\/[^/]+\/|[^/@]+@[^/:]+:)(.+)$/.exec(url.trim());
  const steps = hosted?.[1]
    ?.replace(/\/+$/, "")
    .replace(/\.git$/, "")
    .split("/");
  const [name, owner] = [steps?.at(-1), steps?.at(-2)];
  return name && owner ? { owner, name } : null;
}

/** `shop` of `/home/ada/shop/.git` and of the bare `/srv/shop.git`. */
function folderName(gitDirectory: string): string {
  return basename(gitDirectory.replace(/[/\\]\.git$/, "")).replace(/\.git$/, "") || "repository";
}
