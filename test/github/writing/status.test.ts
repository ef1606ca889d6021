import { describe, expect, test } from "@jest/globals";
import { countStatuses, setStatus } from "../../../src/github/writing/status.ts";
import { nock } from "../../nock.ts";
import { REPOSITORY } from "../reading/reading.ts";
import { client } from "../served.ts";
import { HEAD } from "../stubbed-github.ts";

const github = () => nock("https://api.github.com");
const AT = `/repos/${REPOSITORY.owner}/${REPOSITORY.repo}`;
const LIST = `https://api.github.com/repositories/1/commits/${HEAD}/statuses?per_page=1`;

describe("how many statuses a commit has", () => {
  test.each([
    { why: "a list that does not go on", link: undefined, count: 1 },
    {
      why: "one that says how far it goes",
      link: `<${LIST}&page=2>; rel="next", <${LIST}&page=907>; rel="last"`,
      count: 907,
    },
    {
      why: "one that does not say it",
      link: `<${LIST}&page=2>; rel="next"`,
      count: Number.POSITIVE_INFINITY,
    },
    {
      why: "one whose last page has no number",
      link: `<${LIST}&page=2>; rel="next", <${LIST}&page=x>; rel="last"`,
      count: Number.POSITIVE_INFINITY,
    },
  ])("$why: $count", async ({ link, count }) => {
    github()
      .get(`${AT}/commits/${HEAD}/statuses`)
      .query({ per_page: 1 })
      .reply(200, [{}], link === undefined ? {} : { link });
    expect(await countStatuses(client(), REPOSITORY, HEAD)).toBe(count);
  });
});

describe("a status", () => {
  test.each([
    { why: "as it is", description: "Needs @olga", sent: "Needs @olga" },
    { why: "of 140 characters", description: "x".repeat(140), sent: "x".repeat(140) },
    { why: "cut at GitHub's limit", description: "x".repeat(141), sent: `${"x".repeat(139)}…` },
    {
      why: "cut in the middle of a pair",
      description: `${"x".repeat(138)}😀😀`,
      sent: `${"x".repeat(138)}\ufffd…`,
    },
  ])("$why", async ({ description, sent }) => {
    const body = { state: "failure", context: "countersign", description: sent };
    github().post(`${AT}/statuses/${HEAD}`, body).reply(201, {});
    const status = { sha: HEAD, context: "countersign", state: "failure", description } as const;
    await setStatus(client(), REPOSITORY, status);
    expect(nock.isDone()).toBe(true);
  });
});
