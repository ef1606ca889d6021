import { describe, expect, test } from "@jest/globals";
import { GitHubUnavailable } from "../../../src/github/client/errors.ts";
import {
  file,
  HEAD,
  person,
  type RestFile,
  type StubbedGitHub,
  sha,
  stubbedGitHub,
} from "../stubbed-github.ts";
import { REPOSITORY, type Reading, read, snapshotOf } from "./reading.ts";

describe("a complete snapshot", () => {
  test("holds the pull request as it is", async () => {
    expect(await snapshotOf(stubbedGitHub())).toMatchObject({
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
    const snapshot = await snapshotOf(stubbedGitHub());
    expect(JSON.parse(JSON.stringify(snapshot))).toEqual(snapshot);
  });

  test("comes with the newest check run of each name and the open pull requests on the same head", async () => {
    const of = stubbedGitHub();
    of.checkRuns = [
      { id: "CR_6", databaseId: 6, name: "countersign", externalId: "newer" },
      { id: "CR_5", databaseId: 5, name: "countersign", externalId: "older" },
      { id: "CR_4", databaseId: 4, name: "countersign (main)", externalId: null },
    ];
    const on = (number: number, state: string, headRefOid = HEAD) => ({
      number,
      state,
      headRefOid,
      baseRefName: "main",
    });
    of.pullsOnHead = [on(9, "OPEN"), on(7, "OPEN"), on(8, "CLOSED"), on(10, "OPEN", sha("0ther"))];
    expect(await read(of)).toMatchObject({
      checkRuns: [
        { id: 4, nodeId: "CR_4", name: "countersign (main)", externalId: null },
        { id: 6, nodeId: "CR_6", name: "countersign", externalId: "newer" },
      ],
      pullsOnHead: [7, 9],
    });
  });

  test("is none of another repository that has the name by now", async () => {
    const another = { ...REPOSITORY, repositoryId: 1 };
    expect(await read(stubbedGitHub(), { request: { repository: another } })).toEqual({ status: "gone" });
  });

  test("CODEOWNERS comes from the stack's base, the policy from the default branch (C06)", async () => {
    const of = stubbedGitHub();
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
    const of = stubbedGitHub();
    of.floor = { ".github/countersign.yml": "version: 1\n" };
    expect((await snapshotOf(of)).policySources.organization).toEqual({
      status: "found",
      path: "acme/.github: .github/countersign.yml",
      text: "version: 1\n",
    });
  });

  describe("C01: the policy file at the head is told apart, and only where the pull request changes it", () => {
    const PATH = ".github/countersign.yml";
    const weaker = { status: "found", path: PATH, text: "version: 1 # weaker" };

    test.each<[string, RestFile, Record<string, string>, unknown]>([
      ["changed", file(PATH), { [PATH]: "version: 1 # weaker" }, weaker],
      ["removed", file(PATH, { status: "removed", sha: null }), {}, { status: "absent" }],
      ["untouched", file("a.ts"), { [PATH]: "version: 1 # weaker" }, undefined],
    ])("%s", async (_, changed, headFiles, proposed) => {
      const of = stubbedGitHub();
      of.branches.main = { [PATH]: "version: 1" };
      of.headFiles = headFiles;
      of.pull.files = [changed];
      const sources = (await snapshotOf(of)).policySources;
      expect(sources.proposed).toEqual(proposed);
      expect(sources.repository).toMatchObject({ text: "version: 1" });
    });
  });

  test("files of several pages, with the place a rename came from", async () => {
    const of = stubbedGitHub();
    of.pull.files = Array.from({ length: 250 }, (_, index) => file(`src/${index}.ts`));
    of.pull.files.push(file("docs/new.md", { status: "renamed", previous_filename: "infra/old.tf" }));
    of.pull.files.push(file("gone.ts", { status: "removed" }));
    const { files } = await snapshotOf(of);
    expect(files).toHaveLength(252);
    expect(files[250]).toMatchObject({ status: "renamed", previousPath: "infra/old.tf" });
    expect(files[251]).toMatchObject({ status: "removed", contentId: null });
  });
});

describe("B13: a verdict is for the commit that was read", () => {
  test("the head is another one by now", async () => {
    const of = stubbedGitHub();
    of.pull.headSha = sha("f00d");
    expect(await read(of)).toEqual({ status: "moved", headSha: sha("f00d") });
  });

  test("the head moves between the first answer and the second", async () => {
    const of = stubbedGitHub();
    const instead = (asked: string) => {
      if (asked.endsWith("CountersignEvaluation")) of.pull.headSha = sha("f00d");
      return undefined;
    };
    expect(await read(of, { instead })).toEqual({ status: "moved", headSha: sha("f00d") });
  });

  test("the head moves between two pages", async () => {
    const of = stubbedGitHub();
    of.pageSize = 1;
    of.pull.commits.unshift({ oid: sha(1), message: "first", author: person("dora", 1) });
    const instead = (asked: string) => {
      if (asked.endsWith("CountersignPages")) of.pull.headSha = sha("f00d");
      return undefined;
    };
    expect(await read(of, { instead })).toEqual({ status: "moved", headSha: sha("f00d") });
  });

  const JUDGED = {
    approvals: [],
    evidence: [],
    participants: [],
    refusals: [],
    accounts: [],
    headSha: HEAD,
    headSeenAt: null,
  };

  test.each<[string, StubbedGitHub["pull"]["graphql"]]>([
    ["the head", { headSha: sha("f00d") }],
    ["the base branch", { baseRef: "lax" }],
    ["the number of files", { changedFiles: 2 }],
  ])("a contradiction about %s that passes is read again", async (_, graphql) => {
    const of = stubbedGitHub();
    of.pull.graphql = graphql;
    let reads = 0;
    const instead = (asked: string) => {
      if (asked.endsWith("CountersignEvaluation")) reads += 1;
      if (reads === 2) of.pull.graphql = {};
      return undefined;
    };
    expect(await read(of, { instead, request: { memory: JUDGED } })).toMatchObject({ status: "complete" });
    expect(reads).toBe(2);
  });

  test.each<[string, StubbedGitHub["pull"]["graphql"]]>([
    ["the base branch", { baseRef: "lax" }],
    ["the number of changed files", { changedFiles: 2 }],
    ["the number of changed files", { changedFiles: 0 }],
  ])("a contradiction about %s that stays is said, and tried again", async (what, graphql) => {
    const of = stubbedGitHub();
    of.pull.graphql = graphql;
    expect(await read(of, { request: { memory: JUDGED } })).toMatchObject({
      status: "refused",
      problem: { code: "evidence/contradictory", message: `GitHub contradicts itself about ${what}.` },
      retryAfterMs: 10_000,
    });
  });

  test("one about the head that stays is GitHub's failure: nothing is said of the commit", async () => {
    const of = stubbedGitHub();
    of.pull.graphql = { headSha: sha("f00d") };
    await expect(read(of, { request: { memory: JUDGED } })).rejects.toThrow(GitHubUnavailable);
  });

  test("a base commit that GitHub lets go stale in one answer alone does not block for ever", async () => {
    const of = stubbedGitHub();
    of.pull.graphql = { baseSha: sha("0ff") };
    expect(await snapshotOf(of, { request: { memory: JUDGED } })).toMatchObject({
      pullRequest: { base: { sha: sha("0ff") } },
    });
  });

  describe("the files alone are enough for a new head", () => {
    const PULL = "GET /repos/acme/shop/pulls/7";
    const asking = async (of: StubbedGitHub, given: Reading = {}) => {
      const asked: string[] = [];
      const instead = (line: string, body: unknown) => {
        asked.push(line);
        return given.instead?.(line, body);
      };
      expect(await read(of, { ...given, instead })).toMatchObject({ status: "complete" });
      return asked.filter((line) => line === PULL).length;
    };

    test("where they say that they are its own", async () => {
      expect(await asking(stubbedGitHub())).toBe(0);
    });

    test.each<[string, (of: StubbedGitHub) => void]>([
      [
        "they were all removed: GitHub names those at the base",
        (of) => {
          of.pull.files = [file("a.tf", { status: "removed" })];
        },
      ],
      [
        "there is none",
        (of) => {
          of.pull.files = [];
          of.trees = { head: sha("7ee"), base: sha("7ee") };
        },
      ],
      [
        "one of them is another head's",
        (of) => {
          of.pull.files = [
            file("a.tf"),
            file("b.tf", {
              contents_url: `https://api.github.com/repos/acme/shop/contents/b.tf?ref=${sha("f00d")}`,
            }),
          ];
        },
      ],
      [
        "a path pretends to be an address",
        (of) => {
          const path = `a.tf?ref=${HEAD}`;
          const address = `https://api.github.com/repos/acme/shop/contents/${encodeURIComponent(path)}`;
          of.pull.files = [file(path, { contents_url: `${address}?ref=${sha("f00d")}` })];
        },
      ],
      [
        "GitHub does not say whose they are",
        (of) => {
          of.pull.files = [file("a.tf", { contents_url: "" })];
        },
      ],
      [
        "they go on on another page",
        (of) => {
          of.pull.files = Array.from({ length: 100 }, (_, index) => file(`${index}.tf`));
        },
      ],
      [
        "the base was changed once, and may have been just now",
        (of) => {
          of.pull.timeline = [{ __typename: "BaseRefChangedEvent", createdAt: "2026-11-20T08:00:00Z" }];
        },
      ],
    ])("not where %s", async (_, change) => {
      const of = stubbedGitHub();
      change(of);
      expect(await asking(of)).toBe(1);
    });

    test("not for a head that was judged before: the event may be about its base", async () => {
      expect(await asking(stubbedGitHub(), { request: { memory: JUDGED } })).toBe(1);
    });

    test("of the head before, they are read again", async () => {
      const of = stubbedGitHub();
      const [before] = of.pull.files;
      if (before === undefined) throw new Error("no file");
      let answers = 0;
      const instead = (asked: string) => {
        if (!asked.includes("/files")) return undefined;
        answers += 1;
        const address = `https://api.github.com/repos/acme/shop/contents/old.ts?ref=${sha("01d")}`;
        return answers === 1
          ? ([200, [{ ...before, filename: "old.ts", contents_url: address }]] as const)
          : undefined;
      };
      expect((await snapshotOf(of, { instead })).files).toMatchObject([{ path: "infra/main.tf" }]);
      expect(answers).toBe(2);
    });
  });
});

describe("nothing to judge", () => {
  test("a closed pull request", async () => {
    const of = stubbedGitHub();
    of.pull.state = "CLOSED";
    expect(await read(of)).toEqual({ status: "closed" });
  });

  test("one that closes meanwhile", async () => {
    const of = stubbedGitHub();
    const instead = (asked: string) => {
      if (asked.endsWith("CountersignEvaluation")) of.pull.state = "MERGED";
      return undefined;
    };
    expect(await read(of, { instead })).toEqual({ status: "closed" });
  });

  test("one that is not there, or whose repository is not", async () => {
    const instead = (asked: string) =>
      asked.startsWith("GET") ? ([404, { message: "Not Found" }] as const) : undefined;
    expect(await read(stubbedGitHub(), { instead })).toEqual({ status: "gone" });
  });

  test("one whose repository was renamed between two answers", async () => {
    const error = { type: "NOT_FOUND", path: ["repository"], message: "Could not resolve" };
    const instead = (asked: string) =>
      asked.startsWith("POST") ? ([200, { data: null, errors: [error] }] as const) : undefined;
    expect(await read(stubbedGitHub(), { instead })).toEqual({ status: "gone" });
  });
});
