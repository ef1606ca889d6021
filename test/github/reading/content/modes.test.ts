import { describe, expect, test } from "@jest/globals";
import { createCaches } from "../../../../src/github/reading/caches.ts";
import { readSnapshot } from "../../../../src/github/reading/read-snapshot.ts";
import { client, serve } from "../../served.ts";
import { file, type StubbedGitHub, stubbedGitHub } from "../../stubbed-github.ts";
import { read, refusalOf, request, snapshotOf } from "../reading.ts";

const EVALUATION = "POST /graphql CountersignEvaluation";
const MODES = "POST /graphql CountersignModes";

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
    [401, [EVALUATION, MODES, MODES]],
  ])("%i files cost no more than", async (count, expected) => {
    const of = changing(count);
    const caches = createCaches();
    const asked = serve(of);
    const result = await readSnapshot(client(), request({ caches }));
    const files = result.status === "complete" ? result.snapshot.files : [];
    expect(files.filter(({ mode }) => mode === "100644")).toHaveLength(count);
    expect(asked.filter((line) => line.startsWith("POST"))).toEqual(expected);
    asked.splice(0);
    await readSnapshot(client(), request({ caches }));
    expect(asked).toEqual([EVALUATION]);
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
