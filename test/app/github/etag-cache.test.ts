import { expect, test } from "@jest/globals";
import { EtagCache } from "../../../src/app/github/etag-cache.ts";
import { accounted } from "../../../src/app/github/usage.ts";
import { ManualClock } from "../manual-clock.ts";

test.each([
  ["/repos/{owner}/{repo}/pulls/{pull}/files", true],
  ["/repos/{owner}/{repo}/git/trees/{tree}", false],
  ["/repos/{owner}/{repo}/git/blobs/{blob}", false],
])("the answer about %s is kept: %s", async (url, kept) => {
  const cache = new EtagCache<{ readonly headers: object; readonly data: unknown }>(new ManualClock());
  const asked = { method: "GET", url, headers: {} };
  const known = await accounted({ installationId: 7, requests: 0 }, async () => {
    cache.keep(asked, { headers: { etag: '"one"' }, data: {} });
    return cache.known(asked);
  });
  expect(known !== undefined).toBe(kept);
});

test("an answer with a number that Octokit can only hold as a bigint is kept", async () => {
  const cache = new EtagCache<{ readonly headers: object; readonly data: unknown }>(new ManualClock());
  const asked = { method: "GET", url: "/repos/{owner}/{repo}/activity", headers: {} };
  const response = { headers: { etag: '"one"' }, data: [{ id: 3804004623172239366n }] };
  const known = await accounted({ installationId: 7, requests: 0 }, async () => {
    cache.keep(asked, response);
    return cache.known(asked);
  });
  expect(known?.response).toBe(response);
});
