import { describe, expect, test } from "@jest/globals";
import { keepComment } from "../../../src/github/writing/sticky-comment.ts";
import { nock } from "../../nock.ts";
import { REPOSITORY } from "../reading/reading.ts";
import { client } from "../served.ts";

const APP = 4711;
const MARK = "<!-- mark -->";
const LIST = "/repos/acme/shop/issues/7/comments";
const github = () => nock("https://api.github.com");

const comment = (id: number, body: string | null, app: number | null = APP) => ({
  id,
  body,
  performed_via_github_app: app === null ? null : { id: app },
});

function keep(text: string, begin = true): Promise<void> {
  return keepComment(
    client(),
    { repository: REPOSITORY, pull: 7 },
    { marker: MARK, text, begin, appId: APP },
  );
}

function listed(...comments: readonly object[]): void {
  github().get(LIST).query({ per_page: 100, page: 1 }).reply(200, comments);
}

describe("the one comment", () => {
  test("is created if there is none", async () => {
    listed();
    github()
      .post(LIST, { body: `${MARK} now` })
      .reply(201, {});
    await keep(`${MARK} now`);
  });

  test("is not created while nobody has anything to do", async () => {
    listed();
    await keep(`${MARK} now`, false);
  });

  test.each([
    { why: "somebody else's that begins like it", other: comment(1, `${MARK} mine`, null) },
    { why: "another app's", other: comment(1, `${MARK} mine`, 99) },
    { why: "another one of the app's own", other: comment(1, "about something else") },
    { why: "an empty one", other: comment(1, null) },
  ])("is never $why", async ({ other }) => {
    listed(other);
    github().post(LIST).reply(201, {});
    await keep(`${MARK} now`);
  });

  test.each([true, false])(
    "is edited when it differs, whether or not one would be begun (%s)",
    async (begin) => {
      listed(comment(1, "hello", null), comment(5, `${MARK} then`));
      github()
        .patch("/repos/acme/shop/issues/comments/5", { body: `${MARK} now` })
        .reply(200, {});
      await keep(`${MARK} now`, begin);
    },
  );

  test("is not written if it is up to date", async () => {
    listed(comment(5, `${MARK} now`));
    await keep(`${MARK} now`);
  });

  test("is found on any page", async () => {
    github()
      .get(LIST)
      .query({ per_page: 100, page: 1 })
      .reply(200, [comment(1, "hello", null)], { link: '<https://api.github.com/x>; rel="next"' });
    github()
      .get(LIST)
      .query({ per_page: 100, page: 2 })
      .reply(200, [comment(5, `${MARK} now`)]);
    await keep(`${MARK} now`);
  });

  test("is not written where the App may not", async () => {
    github().get(LIST).query(true).reply(403, { message: "Resource not accessible by integration" });
    await expect(keep(`${MARK} now`)).rejects.toMatchObject({ problem: { code: "github/permission" } });
  });
});
