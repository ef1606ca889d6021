import { describe, expect, test } from "@jest/globals";
import { GitHubUnavailable } from "../../../../src/github/client/errors.ts";
import { createCaches } from "../../../../src/github/reading/caches.ts";
import { EMPTY_BLOB } from "../../../../src/github/reading/content/blobs.ts";
import { readSnapshot } from "../../../../src/github/reading/read-snapshot.ts";
import { client, serve } from "../../served.ts";
import { file, type RestFile, type StubbedGitHub, sha, stubbedGitHub } from "../../stubbed-github.ts";
import { refusalOf, request, snapshotOf } from "../reading.ts";

const EVALUATION = "POST /graphql CountersignEvaluation";
const CONTENTS = "POST /graphql CountersignContents";
const BASE_FILES = "POST /graphql CountersignBaseFiles";

/** Changes a file of which GitHub gives no diff. */
const undiffed = (filename: string, given: Partial<RestFile> = {}): RestFile => {
  const { patch: _, ...rest } = file(filename, given);
  return rest;
};

function changing(...files: RestFile[]): StubbedGitHub {
  const of = stubbedGitHub();
  of.pull.files = files;
  return of;
}

async function textsOf(of: StubbedGitHub): Promise<object> {
  const [first] = (await snapshotOf(of)).files;
  const { before, after, unread } = first ?? {};
  return {
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
    ...(unread && { unread }),
  };
}

describe("the texts of a changed file", () => {
  interface Row {
    readonly why: string;
    readonly file: RestFile;
    readonly blob?: object;
    readonly base?: StubbedGitHub["baseFiles"][string];
    readonly texts: object;
  }

  test.each<Row>([
    {
      why: "the text before is made from the diff and the text after",
      file: file("infra/a.tf"),
      texts: { before: "old\n", after: "new\n" },
    },
    {
      why: "a new file is told by its diff alone",
      file: file("infra/a.tf", { status: "added", deletions: 0, patch: "@@ -0,0 +1 @@\n+new" }),
      texts: {},
    },
    {
      why: "a removed file is told by its diff alone",
      file: file("infra/a.tf", { status: "removed", sha: null, additions: 0, patch: "@@ -1 +0,0 @@\n-old" }),
      texts: {},
    },
    {
      why: "a new file without a diff is read",
      file: undiffed("infra/a.tf", { status: "added", additions: 9_000, deletions: 0 }),
      texts: { after: "new\n" },
    },
    {
      why: "an empty new file needs no reading",
      file: undiffed("infra/a.tf", { status: "added", additions: 0, deletions: 0, sha: EMPTY_BLOB }),
      texts: { after: "" },
    },
    {
      why: "a diff that does not fit the text leaves the text before unknown",
      file: file("infra/a.tf", { patch: "@@ -1 +1 @@\n-old\n+another" }),
      texts: { after: "new\n", unread: "odd-diff" },
    },
    {
      why: "a diff that is cut tells nothing",
      file: file("infra/a.tf", { patch: "@@ -1,3 +1,3 @@\n-old\n+new" }),
      texts: { after: "new\n", unread: "odd-diff" },
    },
    {
      why: "a text too long for GraphQL leaves the diff",
      file: file("infra/a.tf"),
      blob: { isTruncated: true },
      texts: {},
    },
    {
      why: "a text too long for GraphQL without a diff is unread",
      file: undiffed("infra/a.tf"),
      blob: { isTruncated: true },
      texts: { unread: "too-large" },
    },
    {
      why: "what is no text is said to be none",
      file: undiffed("infra/a.tf", { additions: 0, deletions: 0 }),
      blob: { isBinary: true, text: null },
      texts: { unread: "binary" },
    },
    {
      why: "without a diff the base tells the text before",
      file: undiffed("infra/a.tf"),
      base: "as it is on the base\n",
      texts: { before: "as it is on the base\n", after: "new\n" },
    },
    {
      why: "a mode that changed alone changes no text",
      file: undiffed("infra/a.tf", { additions: 0, deletions: 0 }),
      base: { oid: sha("infra/a.tf".length) },
      texts: { before: "new\n", after: "new\n" },
    },
    {
      why: "a removed file without a diff is told by the base",
      file: undiffed("infra/a.tf", { status: "removed", sha: null }),
      base: "as it is on the base\n",
      texts: { before: "as it is on the base\n" },
    },
    {
      why: "a removed file that the base does not have is unread",
      file: undiffed("infra/a.tf", { status: "removed", sha: null }),
      texts: { unread: "no-diff" },
    },
    {
      why: "a changed file without a diff that the base does not have is unread",
      file: undiffed("infra/a.tf"),
      texts: { unread: "no-diff" },
    },
    { why: "a file that no rule reads is not asked for", file: undiffed("docs/a.png"), texts: {} },
  ])("$why", async ({ file: changed, blob = {}, base, texts }) => {
    const of = changing(changed);
    of.blobs = { [changed.sha ?? ""]: blob };
    if (base !== undefined) of.baseFiles = { [changed.filename]: base };
    expect(await textsOf(of)).toEqual(texts);
  });

  test("a moved file without a diff is sought on the base where it was", async () => {
    const of = changing(
      undiffed("infra/b.tf", {
        status: "renamed",
        previous_filename: "infra/a.tf",
        additions: 0,
        deletions: 0,
      }),
    );
    of.baseFiles = { "infra/a.tf": { oid: sha("infra/a.tf".length) } };
    expect(await textsOf(of)).toEqual({ before: "new\n", after: "new\n" });
  });

  test("a submodule has none", async () => {
    const of = changing(file("infra/lib"));
    of.headFiles = { "infra/lib": { mode: 0o160000 } };
    of.blobs = { [sha("infra/lib".length)]: { __typename: "Commit" } };
    expect(await textsOf(of)).toEqual({});
  });
});

describe("what reading them costs", () => {
  const asking = async (of: StubbedGitHub) => {
    const asked = serve(of);
    const caches = createCaches();
    const step = async () => {
      await readSnapshot(client(), request({ caches }));
      return asked.splice(0).filter((line) => line.startsWith("POST"));
    };
    return { first: await step(), again: await step() };
  };
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => file(`infra/${index}.tf`, { sha: sha(1000 + index) }));

  test.each([
    ["nothing beside the evaluation, for 50 changed texts", many(50), [EVALUATION]],
    [
      "one request more for each further 50",
      many(101),
      [EVALUATION, "POST /graphql CountersignModes", CONTENTS, CONTENTS],
    ],
    ["one for files without a diff", [undiffed("infra/a.tf")], [EVALUATION, BASE_FILES]],
  ])("%s", async (_, files, expected) => {
    const { first, again } = await asking(changing(...files));
    expect(first).toEqual(expected);
    expect(again).toEqual([EVALUATION]);
  });

  describe("of more than 400 files, by the sizes that the head's tree tells", () => {
    const contents = (asked: readonly string[]) => asked.filter((line) => line === CONTENTS).length;

    test.each([
      ["500 in one", 4, 550, 1],
      ["one more for each further 500", 4, 551, 2],
      ["4 MB in one", 12_000, 550, 2],
    ])("%s", async (_, size, count, expected) => {
      const of = changing(...many(count));
      const text = `${"x".repeat(size - 1)}\n`;
      of.blobs = Object.fromEntries(many(count).map(({ sha: id }) => [id, { text }]));
      const { first, again } = await asking(of);
      expect(contents(first)).toBe(expected);
      expect(again).toEqual([EVALUATION]);
    });

    test.each([
      ["not in time", [502, { message: "Bad Gateway" }]],
      ["in part", [200, { data: {}, errors: [{ type: "RESOURCE_LIMITS_EXCEEDED", message: "too much" }] }]],
    ] as const)("fewer at a time where GitHub answers so many %s", async (_, answer) => {
      const of = changing(...many(450));
      const asked = serve(of, (line, body) =>
        line === CONTENTS && JSON.stringify(body).includes("blob50:") ? [answer[0], answer[1]] : undefined,
      );
      const result = await readSnapshot(client(), request());
      const files = result.status === "complete" ? result.snapshot.files : [];
      expect(files.filter(({ after }) => after === "new\n")).toHaveLength(450);
      expect(contents(asked)).toBe(1 + 8);
    });

    test("and is not read where even fewer get no answer", async () => {
      const of = changing(...many(450));
      serve(of, (line) => (line === CONTENTS ? [502, { message: "Bad Gateway" }] : undefined));
      await expect(readSnapshot(client(), request())).rejects.toThrow(GitHubUnavailable);
    });
  });

  test("no more than 32 million characters in all, beyond which the diffs have to do", async () => {
    const of = changing(...many(151));
    const text = `${"x".repeat(511_999)}\n`;
    of.blobs = Object.fromEntries(many(151).map(({ sha: id }) => [id, { text }]));
    const { first, again } = await asking(of);
    expect(first.filter((line) => line === CONTENTS)).toHaveLength(1);
    expect(again).toEqual([EVALUATION]);
  });

  test("a permission that is missing is named", async () => {
    const of = changing(...many(51));
    const code = refusalOf(of, {
      instead: (line) =>
        line === CONTENTS
          ? [
              200,
              {
                data: { repository: null },
                errors: [{ type: "FORBIDDEN", path: ["repository", "blob0"], message: "no" }],
              },
            ]
          : undefined,
    });
    expect(await code).toBe("github/permission");
  });
});
