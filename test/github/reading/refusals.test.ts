import { describe, expect, test } from "@jest/globals";
import { file, HEAD, person, type StubbedGitHub, stubbedGitHub } from "../stubbed-github.ts";
import { read, refusalOf, snapshotOf } from "./reading.ts";

describe("incomplete evidence is refused, with what to do", () => {
  const rename = (previous?: string) =>
    file("new.tf", { status: "renamed", ...(previous === undefined ? {} : { previous_filename: previous }) });

  test.each<[name: string, code: string, change: (of: StubbedGitHub) => void]>([
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
    const of = stubbedGitHub();
    change(of);
    const result = await read(of);
    expect(result).toMatchObject({ status: "refused", problem: { code, severity: "error" } });
    expect(result.status === "refused" && result.problem.remedy).toMatch(/^[A-Z].+\.$/);
  });
});

describe("what is refused is asked about once more: it may be closed by now", () => {
  const PULL = "GET /repos/acme/shop/pulls/7";
  const picks = Array.from(
    { length: 101 },
    (_, at) => `(cherry picked from commit ${`${at}`.padStart(40, "0")})`,
  );
  const unreadable = () => {
    const of = stubbedGitHub();
    of.pull.commits = [{ oid: HEAD, message: picks.join("\n"), author: person("dora", 1) }];
    return of;
  };
  const closed = { state: "closed", merged_at: null, merge_commit_sha: "5", head: { sha: HEAD } };
  const facts = { ...closed, base: { ref: "main", sha: "b" }, changed_files: 1 };

  test.each<readonly [name: string, status: number, body: object, result: object]>([
    ["merged", 200, { ...facts, merged_at: "2026-11-23T11:00:00Z" }, { status: "closed", mergedAs: "5" }],
    ["closed", 200, facts, { status: "closed" }],
    ["open", 200, { ...facts, state: "open" }, { problem: { code: "evidence/too-many-picks" } }],
    ["not told", 404, {}, { problem: { code: "evidence/too-many-picks" } }],
    ["not to be told", 403, {}, { problem: { code: "evidence/too-many-picks" } }],
  ])("%s", async (_, status, body, result) => {
    const answer = await read(unreadable(), {
      instead: (asked) => (asked === PULL ? ([status, body] as const) : undefined),
    });
    expect(answer).toMatchObject(result);
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
    ["cut off", blob({ isTruncated: true, byteSize: 600_000 }), "it has 600000 bytes"],
    ["without its text", blob({ text: null }), "GitHub did not give its text"],
  ])("%s", async (_, entry, reason) => {
    const of = stubbedGitHub();
    of.branches.main = { ".github/countersign.yml": entry };
    of.floor = { ".github/countersign.yml": entry };
    const { repository, organization } = (await snapshotOf(of)).policySources;
    expect(repository).toMatchObject({ status: "unreadable", path: ".github/countersign.yml", reason });
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
    const result = await read(stubbedGitHub(), { instead: answering(errors(error)) });
    expect(result).toMatchObject({ status: "refused", problem: { code: "evidence/partial" } });
    expect(result.status === "refused" && result.retryAfterMs).toBeGreaterThan(0);
  });

  test("not even beside the one error that may stand", async () => {
    const list = [
      { type: "NOT_FOUND", path: ["floor"], message: "no repository" },
      { type: "INTERNAL", path: ["repository"], message: "?" },
    ];
    expect(await refusalOf(stubbedGitHub(), { instead: answering(errors(...list)) })).toBe(
      "evidence/partial",
    );
  });

  test("an answer in another shape is refused", async () => {
    const data = { repository: { databaseId: 1 }, floor: null };
    expect(await refusalOf(stubbedGitHub(), { instead: answering({ data }) })).toBe("evidence/unexpected");
  });

  test.each([
    [["repository", "governed", "target", "codeowners0"], "Contents: read"],
    [["repository", "head", "checkSuites"], "Checks: write"],
    [["repository", "pullRequest"], "Pull requests: read"],
  ])("a permission that is gone is named (%j)", async (path, need) => {
    const message = "Resource not accessible by integration";
    const result = await read(stubbedGitHub(), {
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
    // A head that was judged before is read with the pull request itself.
    const memory = {
      approvals: [],
      evidence: [],
      participants: [],
      refusals: [],
      accounts: [],
      headSha: HEAD,
      headSeenAt: null,
    };
    const result = await read(stubbedGitHub(), {
      request: { memory },
      instead: (asked) =>
        asked.split("?")[0] === `GET ${path}`
          ? [status, { message: "Resource not accessible by integration" }]
          : undefined,
    });
    expect(result).toMatchObject({ status: "refused", problem: { code: "github/permission" } });
    expect(result.status === "refused" && result.problem.remedy).toContain(need);
  });

  test("a default branch that is not seen", async () => {
    const of = stubbedGitHub();
    of.pull.baseRef = "release";
    of.branches = { release: {} };
    expect(await refusalOf(of)).toBe("github/permission");
  });
});
