import { describe, expect, test } from "@jest/globals";
import { createCaches } from "../../../../src/github/reading/caches.ts";
import { readSnapshot } from "../../../../src/github/reading/read-snapshot.ts";
import { client, serve } from "../../served.ts";
import { file, HEAD, type StubbedGitHub, stubbedGitHub } from "../../stubbed-github.ts";
import { ALL_HEARD, read, refusalOf, request, snapshotOf } from "../reading.ts";

const EVALUATION = "POST /graphql CountersignEvaluation";
const MODES = "POST /graphql CountersignModes";
const HEAD_TREE = `GET /repos/acme/shop/git/trees/${HEAD}?recursive=1`;

function changing(count: number): StubbedGitHub {
  const of = stubbedGitHub();
  of.pull.files = Array.from({ length: count }, (_, index) => file(`infra/${index}`));
  return of;
}

describe("the mode of a changed file at the head", () => {
  test.each([
    ["a regular file", 0o100644, "100644"],
    ["a program", 0o100755, "100755"],
    ["a link", 0o120000, "120000"],
    ["a submodule", 0o160000, "160000"],
  ])("%s", async (_, mode, told) => {
    const of = changing(1);
    of.headFiles = { "infra/0": { mode } };
    expect((await snapshotOf(of)).files).toMatchObject([{ path: "infra/0", mode: told }]);
  });

  test("a removed file has none", async () => {
    const of = changing(1);
    of.pull.files.push(file("infra/gone", { status: "removed", sha: null }));
    const [, gone] = (await snapshotOf(of)).files;
    expect(gone).not.toHaveProperty("mode");
  });

  test.each([
    [100, [EVALUATION]],
    [101, [EVALUATION, MODES]],
    [400, [EVALUATION, MODES]],
    [401, [EVALUATION]],
    [3_000, [EVALUATION]],
  ])("%i files cost no more than", async (count, expected) => {
    const of = changing(count);
    const caches = createCaches();
    const asked = serve(of);
    const result = await readSnapshot(client(), request({ caches, recall: ALL_HEARD }));
    const files = result.status === "complete" ? result.snapshot.files : [];
    expect(files.filter(({ mode }) => mode === "100644")).toHaveLength(count);
    const byTree = asked.filter((line) => line === HEAD_TREE);
    expect(asked.filter((line) => line.startsWith("POST"))).toEqual(expected);
    expect(byTree).toHaveLength(count > 400 ? 1 : 0);
    asked.splice(0);
    await readSnapshot(client(), request({ caches, recall: ALL_HEARD }));
    expect(asked).toEqual([EVALUATION]);
  });

  test.each<readonly [string, (of: StubbedGitHub) => void, readonly string[]]>([
    [
      "the head's tree is too large to be listed at once",
      (of) => Object.assign(of, { largeTrees: true }),
      [MODES, MODES],
    ],
    ["the tree does not tell it", (of) => Object.assign(of, { treeLacks: "infra/400" }), [MODES]],
  ])("is asked for where %s", async (_, given, expected) => {
    const of = changing(401);
    given(of);
    const asked = serve(of);
    const result = await readSnapshot(client(), request({ recall: ALL_HEARD }));
    const files = result.status === "complete" ? result.snapshot.files : [];
    expect(files.filter(({ mode }) => mode === "100644")).toHaveLength(401);
    expect(asked.filter((line) => line.endsWith("Modes"))).toEqual(expected);
  });

  test("is told by the tree: a program, a link and a submodule among many files", async () => {
    const of = changing(401);
    of.headFiles = {
      "infra/398": { mode: 0o100755 },
      "infra/399": { mode: 0o120000 },
      "infra/400": { mode: 0o160000, type: "commit" },
    };
    const modes = (await snapshotOf(of)).files.slice(-4).map(({ mode }) => mode);
    expect(modes).toEqual(["100644", "100755", "120000", "160000"]);
  });

  test.each([
    ["a folder", { mode: 0o040000, type: "tree", object: null }],
    ["nothing", null],
  ])("is missed where the tree shows %s in its place", async (_, entry) => {
    const of = changing(401);
    of.headFiles = { "infra/400": entry };
    expect(await refusalOf(of)).toBe("evidence/file-without-mode");
  });

  test("is asked by itself where the evaluation left it out", async () => {
    const of = changing(2);
    of.headFaults = ["RESOURCE_LIMITS_EXCEEDED"];
    const asked = serve(of);
    const result = await readSnapshot(client(), request());
    expect(result).toMatchObject({ snapshot: { files: [{ mode: "100644" }, { mode: "100644" }] } });
    expect(asked.filter((line) => line.startsWith("POST"))).toEqual([EVALUATION, MODES]);
  });

  test.each([
    ["GitHub shows nothing there", null],
    ["GitHub shows a folder there", { mode: 0o040000, type: "tree", object: null }],
  ])("is missed where %s, and read again", async (_, entry) => {
    const of = changing(1);
    of.headFiles = { "infra/0": entry };
    expect(await refusalOf(of)).toBe("evidence/file-without-mode");
    expect(await read(of)).toMatchObject({ retryAfterMs: expect.any(Number) });
  });
});
