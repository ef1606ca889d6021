import { describe, expect, test } from "@jest/globals";
import { createCaches } from "../../../../src/github/reading/caches.ts";
import { readSnapshot } from "../../../../src/github/reading/read-snapshot.ts";
import { client, serve } from "../../served.ts";
import { sha, stubbedGitHub } from "../../stubbed-github.ts";
import { refusalOf, request, snapshotOf } from "../reading.ts";

describe("CODEOWNERS", () => {
  test.each([
    [[".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"], ".github/CODEOWNERS"],
    [["CODEOWNERS", "docs/CODEOWNERS"], "CODEOWNERS"],
    [["docs/CODEOWNERS"], "docs/CODEOWNERS"],
  ])("the first of GitHub's places wins: of %j, %s", async (places, path) => {
    const of = stubbedGitHub();
    of.branches.main = Object.fromEntries(places.map((place) => [place, `* @${place.length}`]));
    expect((await snapshotOf(of)).codeowners).toEqual({ path, text: `* @${path.length}` });
  });

  test("an empty file is not a missing one", async () => {
    const of = stubbedGitHub();
    of.branches.main = { CODEOWNERS: "", "docs/CODEOWNERS": "* @dora" };
    expect((await snapshotOf(of)).codeowners).toEqual({ path: "CODEOWNERS", text: "" });
  });

  const long = () => {
    const of = stubbedGitHub();
    const object = {
      __typename: "Blob",
      byteSize: 700_000,
      isBinary: false,
      isTruncated: true,
      text: "* @d",
    };
    of.branches.main = { CODEOWNERS: { oid: sha("10ng"), object } };
    return of;
  };
  const BLOB = `GET /repos/acme/shop/git/blobs/${sha("10ng")}`;
  const TEXT = "* @dora # grüße\n";
  const answering = (type: string, body: string | Buffer) => (asked: string) =>
    asked === BLOB ? ([200, body, { "content-type": type }] as const) : undefined;

  test.each(["application/vnd.github.raw+json; charset=utf-8", "application/octet-stream"])(
    "one too long for GraphQL is read whole, once (as %s)",
    async (type) => {
      const caches = createCaches();
      const asked = serve(long(), answering(type, TEXT));
      const first = await readSnapshot(client(), request({ caches }));
      await readSnapshot(client(), request({ caches }));
      expect(first).toMatchObject({ snapshot: { codeowners: { path: "CODEOWNERS", text: TEXT } } });
      expect(asked.filter((line) => line === BLOB)).toHaveLength(1);
    },
  );

  test("one that is not UTF-8 is refused", async () => {
    const instead = answering("application/octet-stream", Buffer.of(0x2a, 0x20, 0xff));
    expect(await refusalOf(long(), { instead })).toBe("codeowners/unreadable");
  });

  test("one that cannot be read whole is refused", async () => {
    expect(await refusalOf(long())).toBe("github/permission");
  });
});
