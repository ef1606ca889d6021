import { describe, expect, test } from "@jest/globals";
import { GitHubUnavailable } from "../../src/github/errors.ts";
import { read, refusalOf, snapshotOf } from "./reading.ts";
import { file, HEAD, person, sha, type World, world } from "./world.ts";

describe("a complete snapshot", () => {
  test("holds the pull request as it is", async () => {
    expect(await snapshotOf(world())).toMatchObject({
      now: "2026-11-23T12:00:00.000Z",
      repository: { owner: "acme", name: "shop", defaultBranch: "main" },
      pullRequest: {
        number: 7,
        author: { id: 1, login: "dora", type: "User" },
        state: "open",
        head: { sha: HEAD, ref: "topic" },
        base: { ref: "main", sha: sha("ba5e") },
        governedBy: { ref: "main", sha: sha("ba5e") },
        labels: ["ai-authored"],
        requestedReviewers: { users: ["emil"], teams: ["sre"] },
      },
      files: [{ path: "infra/main.tf", status: "modified" }],
      policySources: { organization: { status: "absent" }, repository: { status: "absent" } },
      codeowners: null,
      recorded: { headMovedAt: null, baseChangedAt: null },
    });
  });

  test("is plain JSON", async () => {
    const snapshot = await snapshotOf(world());
    expect(JSON.parse(JSON.stringify(snapshot))).toEqual(snapshot);
  });

  test("comes with the App's check run and the open pull requests on the same head", async () => {
    const of = world();
    of.checkRuns = [
      { databaseId: 5, externalId: "older" },
      { databaseId: 6, externalId: "newer" },
    ];
    const on = (number: number, state: string, headRefOid = HEAD) => ({
      number,
      state,
      headRefOid,
      baseRefName: "main",
    });
    of.pullsOnHead = [on(9, "OPEN"), on(7, "OPEN"), on(8, "CLOSED"), on(10, "OPEN", sha("0ther"))];
    expect(await read(of)).toMatchObject({
      checkRun: { id: 6, externalId: "newer" },
      pullsOnHead: [7, 9],
    });
  });

  test("CODEOWNERS comes from the stack's base, the policy from the default branch (C06)", async () => {
    const of = world();
    of.pull.baseRef = "lower";
    of.pull.stackBase = "release";
    of.branches = {
      main: { ".github/countersign.yml": "version: 1\n", CODEOWNERS: "* @of-main" },
      lower: { ".github/countersign.yml": "version: 1 # weak", CODEOWNERS: "* @of-lower" },
      release: { CODEOWNERS: "* @of-release" },
    };
    expect(await snapshotOf(of)).toMatchObject({
      pullRequest: { base: { ref: "lower" }, governedBy: { ref: "release" } },
      policySources: { repository: { status: "found", text: "version: 1\n" } },
      codeowners: { path: "CODEOWNERS", text: "* @of-release" },
    });
  });

  test("the organization's floor comes from its .github repository and says so", async () => {
    const of = world();
    of.floor = { ".github/countersign.yml": "version: 1\n" };
    expect((await snapshotOf(of)).policySources.organization).toEqual({
      status: "found",
      path: "acme/.github: .github/countersign.yml",
      text: "version: 1\n",
    });
  });

  test("files of several pages, with the place a rename came from", async () => {
    const of = world();
    of.pull.files = Array.from({ length: 250 }, (_, index) => file(`src/${index}.ts`));
    of.pull.files.push(file("docs/new.md", { status: "renamed", previous_filename: "infra/old.tf" }));
    of.pull.files.push(file("gone.ts", { status: "removed" }));
    const { files } = await snapshotOf(of);
    expect(files).toHaveLength(252);
    expect(files[250]).toMatchObject({ status: "renamed", previousPath: "infra/old.tf" });
    expect(files[251]).toMatchObject({ status: "removed", contentId: null });
  });
});

describe("incomplete evidence is refused, with what to do", () => {
  const rename = (previous?: string) =>
    file("new.tf", { status: "renamed", ...(previous === undefined ? {} : { previous_filename: previous }) });

  test.each<[name: string, code: string, change: (of: World) => void]>([
    [
      "B08 a rename without the place it came from",
      "evidence/rename-without-source",
      (of) => {
        of.pull.files = [rename()];
      },
    ],
    [
      "B08 a rename from nowhere",
      "evidence/rename-without-source",
      (of) => {
        of.pull.files = [rename("")];
      },
    ],
    [
      "B10 more files than GitHub shows",
      "evidence/too-many-files",
      (of) => {
        of.pull.changedFiles = 3001;
      },
    ],
    [
      "B10 fewer files than GitHub counts",
      "evidence/files-incomplete",
      (of) => {
        of.pull.changedFiles = 2;
      },
    ],
    [
      "B10 no files though GitHub counts some",
      "evidence/files-incomplete",
      (of) => {
        of.pull.files = [];
        of.pull.changedFiles = 1;
      },
    ],
    [
      "B10 a file twice, which hides another",
      "evidence/files-repeated",
      (of) => {
        of.pull.files = [file("a.ts"), file("a.ts")];
      },
    ],
    [
      "a file whose content GitHub does not name",
      "evidence/file-without-content",
      (of) => {
        of.pull.files = [file("a.ts", { sha: null })];
      },
    ],
    [
      "B11 fewer commits than GitHub counts",
      "evidence/commits-incomplete",
      (of) => {
        of.pull.commitCount = 2;
      },
    ],
    [
      "B11 a commit twice, which hides another",
      "evidence/commits-incomplete",
      (of) => {
        of.pull.commits = [...of.pull.commits, ...of.pull.commits];
      },
    ],
    [
      "B11 more commits than GitHub counts",
      "evidence/commits-incomplete",
      (of) => {
        of.pull.commits = [...of.pull.commits, ...of.pull.commits];
        of.pull.commitCount = 1;
      },
    ],
    [
      "more co-authors than were read",
      "evidence/authors-incomplete",
      (of) => {
        of.pull.commits = [{ oid: HEAD, message: "x", author: person("dora", 1), authorCount: 101 }];
      },
    ],
    [
      "C07 the governing branch is missing, whatever tag has its name",
      "evidence/no-governing-branch",
      (of) => {
        of.pull.stackBase = "v1";
      },
    ],
    [
      "CODEOWNERS is a symbolic link",
      "codeowners/unreadable",
      (of) => {
        of.branches.main = { CODEOWNERS: { mode: 0o120000 } };
      },
    ],
    [
      "CODEOWNERS is a folder, though another one exists",
      "codeowners/unreadable",
      (of) => {
        of.branches.main = {
          ".github/CODEOWNERS": { mode: 0o40000, type: "tree", object: { __typename: "Tree" } },
          CODEOWNERS: "* @dora",
        };
      },
    ],
    [
      "CODEOWNERS is not text",
      "codeowners/unreadable",
      (of) => {
        const object = { __typename: "Blob", byteSize: 9, isBinary: true, isTruncated: false, text: null };
        of.branches.main = { CODEOWNERS: { object } };
      },
    ],
    [
      "CODEOWNERS is larger than GitHub loads",
      "codeowners/unreadable",
      (of) => {
        const object = { __typename: "Blob", byteSize: 3_000_000, isBinary: false, isTruncated: true };
        of.branches.main = { CODEOWNERS: { object } };
      },
    ],
  ])("%s", async (_, code, change) => {
    const of = world();
    change(of);
    const result = await read(of);
    expect(result).toMatchObject({ status: "refused", problem: { code, severity: "error" } });
    expect(result.status === "refused" && result.problem.remedy).toMatch(/^[A-Z].+\.$/);
  });

  test("what is known of the pull request comes along", async () => {
    const of = world();
    of.pull.changedFiles = 3001;
    expect(await read(of)).toMatchObject({
      pull: { number: 7, baseRef: "main", governedRef: "main", headSha: HEAD },
      retryAfterMs: null,
    });
  });
});

describe("a policy that cannot be read is not an absent one (C08)", () => {
  const blob = (fields: object) => ({
    object: { __typename: "Blob", byteSize: 9, isBinary: false, isTruncated: false, text: "x", ...fields },
  });

  test.each([
    ["a symbolic link", { mode: 0o120000 }, "it is a symbolic link"],
    ["a folder", { type: "tree", object: { __typename: "Tree" } }, "it is not a file"],
    ["a submodule", { type: "commit", mode: 0o160000, object: null }, "it is not a file"],
    ["binary", blob({ isBinary: true, text: null }), "it is not text"],
    ["of unknown kind", blob({ isBinary: null }), "it is not text"],
    ["cut off", blob({ isTruncated: true, byteSize: 600_000 }), "it is too long (600000 bytes)"],
    ["without its text", blob({ text: null }), "GitHub did not give its text"],
  ])("%s", async (_, entry, reason) => {
    const of = world();
    of.branches.main = { ".github/countersign.yml": entry };
    of.floor = { ".github/countersign.yml": entry };
    const { repository, organization } = (await snapshotOf(of)).policySources;
    expect(repository).toEqual({ status: "unreadable", path: ".github/countersign.yml", reason });
    expect(organization).toMatchObject({ status: "unreadable", reason });
  });
});

describe("B12: an answer with errors is not used", () => {
  const errors = (...list: object[]) => ({ data: { repository: null, floor: null }, errors: list });
  const answering = (body: unknown) => (asked: string) =>
    asked.endsWith("CountersignEvaluation") ? ([200, body] as const) : undefined;

  test.each([
    ["something is missing", { type: "NOT_FOUND", path: ["repository", "governed"], message: "?" }],
    ["the floor fails otherwise", { type: "SERVICE_UNAVAILABLE", path: ["floor"], message: "?" }],
    ["an error without type", { path: ["repository", "pullRequest"], message: "Something went wrong" }],
    ["a limit was hit", { type: "RESOURCE_LIMITS_EXCEEDED", message: "resource limits" }],
  ])("%s", async (_, error) => {
    const result = await read(world(), { instead: answering(errors(error)) });
    expect(result).toMatchObject({ status: "refused", problem: { code: "evidence/partial" } });
    expect(result.status === "refused" && result.retryAfterMs).toBeGreaterThan(0);
  });

  test("not even beside the one error that may stand", async () => {
    const list = [
      { type: "NOT_FOUND", path: ["floor"], message: "no repository" },
      { type: "INTERNAL", path: ["repository"], message: "?" },
    ];
    expect(await refusalOf(world(), { instead: answering(errors(...list)) })).toBe("evidence/partial");
  });

  test("an answer in another shape is refused", async () => {
    const data = { repository: { databaseId: 1 }, floor: null };
    expect(await refusalOf(world(), { instead: answering({ data }) })).toBe("evidence/unexpected");
  });

  test.each([
    [["repository", "governed", "target", "codeowners0"], "Contents: read"],
    [["repository", "head", "checkSuites"], "Checks: write"],
    [["repository", "pullRequest"], "Pull requests: read"],
  ])("a permission that is gone is named (%j)", async (path, need) => {
    const message = "Resource not accessible by integration";
    const result = await read(world(), {
      instead: answering(errors({ type: "FORBIDDEN", path, message })),
    });
    expect(result).toMatchObject({ status: "refused", problem: { code: "github/permission" } });
    expect(result.status === "refused" && result.problem.remedy).toContain(need);
  });
});

describe("E15: a permission that is gone is never read as absence", () => {
  test.each([
    ["403 on the pull request", 403, "/repos/acme/shop/pulls/7", "Pull requests: read"],
    ["403 on its files", 403, "/repos/acme/shop/pulls/7/files", "Pull requests: read"],
    ["404 on its files", 404, "/repos/acme/shop/pulls/7/files", "Pull requests: read"],
  ])("%s", async (_, status, path, need) => {
    const result = await read(world(), {
      instead: (asked) =>
        asked.split("?")[0] === `GET ${path}`
          ? [status, { message: "Resource not accessible by integration" }]
          : undefined,
    });
    expect(result).toMatchObject({ status: "refused", problem: { code: "github/permission" } });
    expect(result.status === "refused" && result.problem.remedy).toContain(need);
  });

  test("a default branch that is not seen", async () => {
    const of = world();
    of.pull.baseRef = "release";
    of.branches = { release: {} };
    expect(await refusalOf(of)).toBe("github/permission");
  });
});

describe("B13: a verdict is for the commit that was read", () => {
  test("the head is another one by now", async () => {
    const of = world();
    of.pull.headSha = sha("f00d");
    expect(await read(of)).toEqual({ status: "moved", headSha: sha("f00d") });
  });

  test("the head moves between the first answer and the second", async () => {
    const of = world();
    const instead = (asked: string) => {
      if (asked.endsWith("CountersignEvaluation")) of.pull.headSha = sha("f00d");
      return undefined;
    };
    expect(await read(of, { instead })).toEqual({ status: "moved", headSha: sha("f00d") });
  });

  test("the head moves between two pages", async () => {
    const of = world();
    of.pageSize = 1;
    of.pull.commits.unshift({ oid: sha(1), message: "first", author: person("dora", 1) });
    const instead = (asked: string) => {
      if (asked.endsWith("CountersignPages")) of.pull.headSha = sha("f00d");
      return undefined;
    };
    expect(await read(of, { instead })).toEqual({ status: "moved", headSha: sha("f00d") });
  });

  test.each<[string, World["pull"]["graphql"]]>([
    ["the head", { headSha: sha("f00d") }],
    ["the base branch", { baseRef: "lax" }],
    ["the number of files", { changedFiles: 2 }],
  ])("a contradiction about %s that passes is read again", async (_, graphql) => {
    const of = world();
    of.pull.graphql = graphql;
    let reads = 0;
    const instead = (asked: string) => {
      if (asked.endsWith("CountersignEvaluation")) reads += 1;
      if (reads === 3) of.pull.graphql = {};
      return undefined;
    };
    expect(await read(of, { instead })).toMatchObject({ status: "complete" });
    expect(reads).toBe(3);
  });

  test("a contradiction that stays is GitHub's failure, to be tried later", async () => {
    const of = world();
    of.pull.graphql = { baseRef: "lax" };
    await expect(read(of)).rejects.toThrow(GitHubUnavailable);
  });

  test("a base commit that GitHub lets go stale in one answer alone does not block for ever", async () => {
    const of = world();
    of.pull.graphql = { baseSha: sha("0ff") };
    expect(await snapshotOf(of)).toMatchObject({ pullRequest: { base: { sha: sha("0ff") } } });
  });
});

describe("nothing to judge", () => {
  test("a closed pull request", async () => {
    const of = world();
    of.pull.state = "CLOSED";
    expect(await read(of)).toEqual({ status: "closed" });
  });

  test("one that closes meanwhile", async () => {
    const of = world();
    const instead = (asked: string) => {
      if (asked.endsWith("CountersignEvaluation")) of.pull.state = "MERGED";
      return undefined;
    };
    expect(await read(of, { instead })).toEqual({ status: "closed" });
  });

  test("one that is not there, or whose repository is not", async () => {
    const instead = (asked: string) =>
      asked.startsWith("GET") ? ([404, { message: "Not Found" }] as const) : undefined;
    expect(await read(world(), { instead })).toEqual({ status: "gone" });
  });

  test("one whose repository was renamed between two answers", async () => {
    const error = { type: "NOT_FOUND", path: ["repository"], message: "Could not resolve" };
    const instead = (asked: string) =>
      asked.startsWith("POST") ? ([200, { data: null, errors: [error] }] as const) : undefined;
    expect(await read(world(), { instead })).toEqual({ status: "gone" });
  });
});
