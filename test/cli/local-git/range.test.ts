import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { findRange } from "../../../src/cli/local-git/range.ts";
import { nameFromUrl, openRepository } from "../../../src/cli/local-git/repository/repository.ts";
import {
  createRepository,
  isolatedEnvironment,
  removeTemporaryDirectories,
  type TemporaryRepository,
  temporaryDirectory,
} from "../temporary-repository.ts";

afterAll(removeTemporaryDirectories);

function open(directory: string) {
  return openRepository({ from: directory, directory: ".", naming: "--repo DIR" });
}

async function rangeOf({ directory }: { readonly directory: string }, base?: string, head?: string) {
  return findRange(await open(directory), { base, head });
}

const START = { branch: "main", files: { a: "1" } };
const TOPIC = { branch: "topic", from: "main", files: { b: "2" } };

function remoteBranch(repository: TemporaryRepository, name: string, to: string): void {
  repository.git("update-ref", `refs/remotes/origin/${name}`, to);
}

describe("the base, when none is given", () => {
  test("is what origin/HEAD points at", async () => {
    const repository = createRepository(START, { ...TOPIC, branch: "trunk" }, TOPIC);
    remoteBranch(repository, "main", "main");
    remoteBranch(repository, "trunk", "trunk");
    repository.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk");

    const { base } = await rangeOf(repository);

    expect(base).toEqual({
      name: "origin/HEAD",
      branch: "trunk",
      chosen: "default",
      sha: repository.git("rev-parse", "trunk"),
    });
  });

  test.each([
    { why: "origin's goes before the local one", local: "main", remote: "main", name: "origin/main" },
    { why: "main goes before master", local: "main", remote: "master", name: "main" },
    { why: "an older origin", local: "trunk", remote: "master", name: "origin/master" },
    { why: "an older repository", local: "master", remote: null, name: "master" },
  ])("$why", async ({ local, remote, name }) => {
    const repository = createRepository({ ...START, branch: local }, { ...TOPIC, from: local });
    if (remote !== null) remoteBranch(repository, remote, local);

    expect((await rangeOf(repository)).base).toMatchObject({ name, branch: name.replace("origin/", "") });
  });

  test("is asked for when nothing of the kind exists", async () => {
    const repository = createRepository({ ...START, branch: "trunk" });

    await expect(rangeOf(repository)).rejects.toThrow("name one with --base REF");
  });
});

describe("a given base or head", () => {
  test("is refused where a branch and a tag of that name are two commits", async () => {
    const repository = createRepository(START, TOPIC);
    repository.git("tag", "main", "topic");

    await expect(rangeOf(repository, "main")).rejects.toThrow(
      /^main means two commits: refs\/heads\/main \([0-9a-f]{12}\) and refs\/tags\/main \([0-9a-f]{12}\)/,
    );
    expect((await rangeOf(repository, "refs/heads/main")).base.branch).toBe("main");
  });

  test("is the branch, where a tag of that name is the same commit", async () => {
    const repository = createRepository(START, TOPIC);
    repository.git("tag", "main", "main");

    expect((await rangeOf(repository, "main")).base.branch).toBe("main");
  });

  test("may be a tag, a commit or a remote branch", async () => {
    const repository = createRepository(START, TOPIC);
    const sha = repository.git("rev-parse", "main");
    repository.git("tag", "-a", "v1", "-m", "One", "main");
    remoteBranch(repository, "release/1", "main");

    for (const name of ["v1", sha, sha.slice(0, 8), "topic~1", "main", "origin/release/1"]) {
      expect((await rangeOf(repository, name)).base.sha).toBe(sha);
    }
    expect((await rangeOf(repository, "v1")).base.branch).toBeNull();
    expect((await rangeOf(repository, "origin/release/1")).base.branch).toBe("release/1");
  });

  test.each(["nowhere", "", "--all", "a..b", "main:a", "main@{9999}"])(
    "fails closed when it is no commit: %j",
    async (name) => {
      const repository = createRepository(START, TOPIC);

      await expect(rangeOf(repository, name)).rejects.toThrow("is not a commit in this repository");
      await expect(rangeOf(repository, "main", name)).rejects.toThrow("is not a commit in this repository");
    },
  );

  test("a detached HEAD has no branch", async () => {
    const repository = createRepository(START, TOPIC);
    repository.git("checkout", "--quiet", "--detach");

    expect((await rangeOf(repository)).head).toMatchObject({ name: "HEAD", branch: null });
  });

  test("fails closed on a branch without a commit", async () => {
    const repository = createRepository();

    await expect(rangeOf(repository)).rejects.toThrow("the branch main has no commit yet");
  });

  test("fails closed without common history", async () => {
    const repository = createRepository(START, { branch: "island", files: { c: "3" } });

    await expect(rangeOf(repository)).rejects.toThrow("main and HEAD have no common history");
  });
});

describe("the repository", () => {
  test("fails closed on a shallow clone, with what to do", async () => {
    const { directory } = createRepository(START, { ...START, files: { a: "2" } });
    const clone = join(temporaryDirectory(), "clone");
    execFileSync("git", ["clone", "--quiet", "--depth=1", `file://${directory}`, clone], {
      env: isolatedEnvironment(directory),
    });

    await expect(open(clone)).rejects.toThrow("git fetch --unshallow");
  });

  test("fails closed outside of one, with what to do", async () => {
    await expect(open(temporaryDirectory())).rejects.toThrow(/is not in a git repository: .*--repo DIR/);
  });

  test("fails closed on a folder that is not there", async () => {
    const asked = { from: temporaryDirectory(), directory: "gone", naming: "--repo DIR" };

    await expect(openRepository(asked)).rejects.toThrow("gone is not there");
  });

  test("is found from a folder within, from a worktree and bare", async () => {
    const repository = createRepository(START, TOPIC);
    const worktree = join(temporaryDirectory(), "tree");
    repository.git("worktree", "add", "--quiet", worktree, "main");
    const bare = join(temporaryDirectory(), "bare.git");
    repository.git("clone", "--quiet", "--bare", repository.directory, bare);

    expect((await rangeOf({ directory: worktree }, "main", "topic")).head.branch).toBe("topic");
    expect((await rangeOf({ directory: join(worktree, ".git", "..") })).head.branch).toBe("main");
    expect(await open(bare)).toMatchObject({ owner: "local", name: "bare" });
  });

  test.each([
    ["https://github.com/acme/shop.git", { owner: "acme", name: "shop" }],
    ["https://token@github.acme.example:8443/acme/shop/", { owner: "acme", name: "shop" }],
    ["git@github.com:acme/shop.git", { owner: "acme", name: "shop" }],
    ["ssh://git@github.com/acme/shop", { owner: "acme", name: "shop" }],
    ["git@github.com:shop.git", null],
    ["/srv/git/acme/shop.git", null],
    ["../shop", null],
    ["file:///srv/acme/shop", null],
  ])("is named after its origin %s", (url, name) => {
    expect(nameFromUrl(url)).toEqual(name);
  });
});
