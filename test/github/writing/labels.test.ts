import { describe, expect, test } from "@jest/globals";
import { applyLabels } from "../../../src/github/writing/labels.ts";
import { nock } from "../../nock.ts";
import { REPOSITORY } from "../reading/reading.ts";
import { client } from "../served.ts";

const github = () => nock("https://api.github.com");
const PULL = { repository: REPOSITORY, pull: 7 };
const LABELS = "/repos/acme/shop/issues/7/labels";

describe("labels", () => {
  test("writes nothing if they are as wanted", async () => {
    const change = { add: ["AI-authored"], remove: ["production"], current: ["ai-authored", "bug"] };
    await applyLabels(client(), PULL, change);
    expect(nock.isDone()).toBe(true);
  });

  test("all that are missing go in one request, each that is too much in its own", async () => {
    github()
      .post(LABELS, { labels: ["ai-authored", "needs-countersign"] })
      .reply(200, []);
    github().delete(`${LABELS}/production`).reply(200, []);
    github().delete(`${LABELS}/two%20words`).reply(200, []);
    const add = ["ai-authored", "needs-countersign"];
    await applyLabels(client(), PULL, {
      add,
      remove: ["Production", "two words", "x"],
      current: ["production", "two words"],
    });
    expect(nock.pendingMocks()).toEqual([]);
  });

  test("accepts that somebody already removed one", async () => {
    github().delete(`${LABELS}/production`).reply(404, { message: "Label does not exist" });
    await applyLabels(client(), PULL, { add: [], remove: ["production"], current: ["production"] });
    expect(nock.pendingMocks()).toEqual([]);
  });

  test("names a missing permission", async () => {
    github().post(LABELS).reply(403, { message: "Resource not accessible by integration" });
    const change = { add: ["x"], remove: [], current: [] };
    await expect(applyLabels(client(), PULL, change)).rejects.toMatchObject({
      problem: { remedy: expect.stringContaining("Pull requests: write") },
    });
  });
});
