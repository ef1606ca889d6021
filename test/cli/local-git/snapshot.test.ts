import { afterAll, describe, expect, test } from "@jest/globals";
import { findRange } from "../../../src/cli/local-git/range.ts";
import { openRepository } from "../../../src/cli/local-git/repository/repository.ts";
import { readLocalChange } from "../../../src/cli/local-git/snapshot.ts";
import { resolvePolicy } from "../../../src/policy/resolve.ts";
import type { Snapshot } from "../../../src/signoff/snapshot.ts";
import {
  ADA,
  BEN,
  createRepository,
  KIRO,
  removeTemporaryDirectories,
  type TemporaryRepository,
} from "../temporary-repository.ts";

afterAll(removeTemporaryDirectories);

async function snapshotOf({ directory }: TemporaryRepository, base?: string): Promise<Snapshot> {
  const repository = await openRepository({ from: directory, directory: ".", naming: "--repo DIR" });
  const range = await findRange(repository, { base, head: undefined });
  const { snapshot } = await readLocalChange(repository, range, {
    policySources: { organization: { status: "absent" }, repository: { status: "absent" } },
    resolve: resolvePolicy,
    now: "2026-11-23T00:00:00.000Z",
    onCommit: () => {},
  });
  return snapshot;
}

const START = { branch: "main", files: { "infra/main.tf": "one\ntwo\nthree\nfour\n", "README.md": "hi\n" } };

describe("commits", () => {
  test("are those of the head that the base lacks, oldest first, with messages whole", async () => {
    const repository = createRepository(
      START,
      { branch: "topic", from: "main", message: "First\n\nA body.\n\n\nMore of it.\n", author: BEN },
      { branch: "main", message: "Meanwhile" },
      { branch: "topic", message: "Second", author: KIRO, committer: ADA },
    );

    const { commits, pullRequest } = await snapshotOf(repository);

    expect(commits.map(({ message }) => message)).toEqual(["First\n\nA body.\n\n\nMore of it.\n", "Second"]);
    expect(commits[1]).toMatchObject({
      sha: repository.git("rev-parse", "topic"),
      author: { ...KIRO, account: { id: 245459735, login: "kiro-agent[bot]", type: "Bot" } },
      committer: { ...ADA, account: { id: 1001, login: "ada", type: "User" } },
      committedViaWeb: false,
    });
    expect(pullRequest).toMatchObject({ author: null, head: { ref: "topic" }, base: { ref: "main" } });
  });

  test("hold both times, so that they are judged as the app judges them", async () => {
    const times = { at: 1_772_000_000, committedAt: 1_773_000_000 };
    const repository = createRepository(START, {
      branch: "topic",
      from: "main",
      author: ADA,
      committer: KIRO,
      ...times,
    });

    const [commit] = (await snapshotOf(repository)).commits;

    expect(commit).toMatchObject({
      authoredAt: "2026-02-25T06:13:20.000Z",
      committedAt: "2026-03-08T20:00:00.000Z",
    });
  });

  test("keep names as committed, whatever .mailmap and the settings say", async () => {
    const repository = createRepository(START, {
      branch: "topic",
      from: "main",
      author: KIRO,
      files: { ".mailmap": `Somebody Else <else@example.com> <${KIRO.email}>\n` },
    });
    repository.git("config", "log.mailmap", "true");
    repository.git("config", "log.showSignature", "true");
    repository.git("config", "format.pretty", "oneline");

    const { commits } = await snapshotOf(repository);

    expect(commits[0]?.author).toMatchObject(KIRO);
  });

  test("name co-authors once, the author left out", async () => {
    const message = [
      "Do it",
      "",
      "Co-authored-by: Ben <ben@example.com>",
      "co-authored-by: Ben again <BEN@example.com>",
      `Co-authored-by: Ada <${ADA.email}>`,
      "",
      "Co-Authored-By: Claude <noreply@anthropic.com>",
    ].join("\n");
    const repository = createRepository(START, { branch: "topic", from: "main", message });

    const { commits } = await snapshotOf(repository);

    expect(commits[0]?.coAuthors.map(({ email }) => email)).toEqual([
      "ben@example.com",
      "noreply@anthropic.com",
    ]);
  });

  test("may hold bytes that are no UTF-8", async () => {
    const message = Buffer.from([0x61, 0xff, 0x62, 0xc3, 0xa9]);
    const repository = createRepository(START, { branch: "topic", from: "main", message });

    const { commits } = await snapshotOf(repository);

    expect(commits[0]?.message).toBe("a\\xffbé");
  });

  test("made on github.com are recognised by their committer", async () => {
    const repository = createRepository(START, {
      branch: "topic",
      from: "main",
      committer: { name: "GitHub", email: "noreply@github.com" },
    });

    const { commits } = await snapshotOf(repository);

    expect(commits[0]?.committedViaWeb).toBe(true);
  });
});

describe("files", () => {
  test.each([
    {
      why: "an added file",
      step: { files: { "a.txt": "1\n2\n" } },
      file: { path: "a.txt", status: "added", mode: "100644", additions: 2, deletions: 0 },
    },
    {
      why: "a removed file has no content at the head",
      step: { removed: ["README.md"] },
      file: { path: "README.md", status: "removed", contentId: null, additions: 0, deletions: 1 },
    },
    {
      why: "a rename out of an area keeps its old path",
      step: { renamed: [["infra/main.tf", "attic/main.txt"]] as const },
      file: { path: "attic/main.txt", previousPath: "infra/main.tf", status: "renamed" },
    },
    {
      why: "a mode change is a change",
      step: { files: { "README.md": { mode: "100755", text: "hi\n" } as const } },
      file: { path: "README.md", status: "modified", mode: "100755", additions: 0, deletions: 0 },
    },
    {
      why: "a file that becomes a symbolic link",
      step: { files: { "README.md": { mode: "120000", text: "infra/main.tf" } as const } },
      file: { path: "README.md", status: "changed", mode: "120000" },
    },
    {
      why: "a binary file has no lines",
      step: { files: { "a.bin": "\0\0\0" } },
      file: { path: "a.bin", additions: 0, deletions: 0 },
    },
    {
      why: "a name with a line break, a tab and quotes",
      step: { files: { '"odd\\n\\t\\"name"': "" } },
      file: { path: 'odd\n\t"name', status: "added" },
    },
    {
      why: "a name that is no UTF-8",
      step: { files: { '"infra/\\377\\303\\251.tf"': "" } },
      file: { path: "infra/\\xffé.tf", status: "added" },
    },
    {
      why: "a name that looks like an option or a pattern",
      step: { files: { "--output=x/[*].tf": "" } },
      file: { path: "--output=x/[*].tf" },
    },
  ])("$why", async ({ step, file }) => {
    const repository = createRepository(START, { branch: "topic", from: "main", ...step });

    const { files } = await snapshotOf(repository);

    expect(files).toEqual([expect.objectContaining(file)]);
  });

  test("content ids are those of the head", async () => {
    const repository = createRepository(START, {
      branch: "topic",
      from: "main",
      files: { "README.md": "new\n" },
    });

    const { files } = await snapshotOf(repository);

    expect(files[0]?.contentId).toBe(repository.git("rev-parse", "topic:README.md"));
  });

  test("are compared with where the branch began, not with the base's tip", async () => {
    const repository = createRepository(
      START,
      { branch: "topic", from: "main", files: { "a.txt": "" } },
      { branch: "main", files: { "b.txt": "" } },
      { branch: "topic", files: { "c.txt": "" } },
    );

    const { files } = await snapshotOf(repository);

    expect(files.map(({ path }) => path)).toEqual(["a.txt", "c.txt"]);
  });

  test("a moved submodule shows although .gitmodules and the settings say to ignore it", async () => {
    const module = (id: string) => ({ mode: "160000", id: id.repeat(40) }) as const;
    const gitmodules = '[submodule "lib"]\n\tpath = lib\n\turl = ./lib\n\tignore = all\n';
    const repository = createRepository(
      { branch: "main", files: { lib: module("1"), ".gitmodules": gitmodules } },
      { branch: "topic", from: "main", files: { lib: module("2") } },
    );
    repository.git("config", "submodule.lib.ignore", "all");
    repository.git("config", "diff.ignoreSubmodules", "all");

    const { files } = await snapshotOf(repository);

    expect(files).toEqual([
      expect.objectContaining({ path: "lib", status: "modified", mode: "160000", contentId: "2".repeat(40) }),
    ]);
  });

  test("fails closed when two names cannot be told apart", async () => {
    const repository = createRepository(START, {
      branch: "topic",
      from: "main",
      files: { '"a\\377"': "", '"a\\\\xff"': "" },
    });

    await expect(snapshotOf(repository)).rejects.toThrow("two changed files cannot be told apart: a\\xff");
  });
});

describe("CODEOWNERS", () => {
  test.each([
    { why: "the base's, never the head's", paths: [".github/CODEOWNERS"], found: ".github/CODEOWNERS" },
    { why: ".github goes first", paths: ["CODEOWNERS", ".github/CODEOWNERS"], found: ".github/CODEOWNERS" },
    { why: "the root goes before docs", paths: ["docs/CODEOWNERS", "CODEOWNERS"], found: "CODEOWNERS" },
  ])("$why", async ({ paths, found }) => {
    const repository = createRepository(
      { branch: "main", files: Object.fromEntries(paths.map((path) => [path, `* @${path.length}\n`])) },
      { branch: "topic", from: "main", files: { [found]: "* @evil\n" } },
    );

    const { codeowners } = await snapshotOf(repository);

    expect(codeowners).toEqual({ path: found, text: `* @${found.length}\n` });
  });

  test("its teams are known to be unknown", async () => {
    const repository = createRepository(
      { branch: "main", files: { CODEOWNERS: "* @Acme/SRE @ada\n/docs ben@example.com\n" } },
      { branch: "topic", from: "main", files: { a: "" } },
    );

    const { authority } = await snapshotOf(repository);

    expect(authority.teams).toEqual({
      "acme/sre": {
        status: "unlisted",
        reason: "its members are unknown here; give them with --team acme/sre=LOGIN,…",
      },
    });
  });
});
