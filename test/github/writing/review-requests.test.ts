import { describe, expect, test } from "@jest/globals";
import { missingReviewers, requestReviews } from "../../../src/github/writing/review-requests.ts";
import { nock } from "../../nock.ts";
import { REPOSITORY } from "../reading/reading.ts";
import { client } from "../served.ts";

const PULL = { repository: REPOSITORY, pull: 7 };
const NOBODY = { users: [], teams: [] };

function expecting(reviewers: string[], teams: string[]) {
  return nock("https://api.github.com").post("/repos/acme/shop/pulls/7/requested_reviewers", {
    reviewers,
    team_reviewers: teams,
  });
}

const ask = (users: string[], teams: string[], current = NOBODY as { users: string[]; teams: string[] }) =>
  requestReviews(client(), PULL, missingReviewers({ wanted: { users, teams }, current }));

describe("review requests", () => {
  test("requests nobody twice", async () => {
    expect(await ask(["Emil"], ["sre"], { users: ["emil"], teams: ["SRE"] })).toEqual([]);
  });

  test("requests all that are missing at once", async () => {
    expecting(["emil"], ["sre"]).reply(201, {});
    expect(await ask(["emil", "fred"], ["sre"], { users: ["fred"], teams: [] })).toEqual([]);
  });

  test("a name that GitHub rejects does not stop the others", async () => {
    const refused = { message: "Reviews may only be requested from collaborators." };
    expecting(["emil", "ghost"], ["sre"]).reply(422, refused);
    expecting(["emil"], []).reply(201, {});
    expecting(["ghost"], []).reply(422, refused);
    expecting([], ["sre"]).reply(201, {});
    expect(await ask(["emil", "ghost"], ["sre"])).toEqual([
      { reviewer: "ghost", reason: expect.stringContaining("only be requested from collaborators") },
    ]);
  });

  test("fifteen at a time", async () => {
    const users = Array.from({ length: 20 }, (_, index) => `user-${index}`);
    expecting(users.slice(0, 15), []).reply(201, {});
    expecting(users.slice(15), []).reply(201, {});
    expect(await ask(users, [])).toEqual([]);
  });

  test.each([
    ["without the permission", 403, "Resource not accessible by integration"],
    ["while GitHub is down", 503, "Unavailable"],
  ])("%s nobody is asked, which fails nothing and is not tried name by name", async (_, status, message) => {
    expecting(["emil", "fred"], []).reply(status, { message });
    expect(await ask(["emil", "fred"], [])).toEqual([
      { reviewer: "emil", reason: expect.stringContaining(message) },
      { reviewer: "fred", reason: expect.stringContaining(message) },
    ]);
  });
});
