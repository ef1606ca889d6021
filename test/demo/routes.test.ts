import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Call, reply } from "../../demo/routes.ts";
import { Show } from "../../demo/show.ts";

let show: Show;

beforeAll(async () => {
  show = await Show.begin({
    appId: 4242,
    publicKey: "",
    secret: "never used: no app listens",
    app: "http://127.0.0.1:9",
    freshApp: async () => {},
  });
});

afterAll(() => show.stage.double.stop());

function call(method: string, path: string, given: Partial<Call> = {}) {
  return reply({ show, method, path, form: new URLSearchParams(), viewer: "", wantsJson: false, ...given });
}

function form(fields: Readonly<Record<string, string>>): URLSearchParams {
  return new URLSearchParams(fields);
}

test.each([
  "/",
  "/acme/shop/pull/1",
  "/acme/shop/pull/1/commits",
  "/acme/shop/pull/1/checks",
  "/acme/shop/pull/1/files",
  "/demo/style.css",
  "/demo/live.js",
])("%s is there", async (path) => {
  expect(await call("GET", path)).toMatchObject({ status: 200 });
});

test.each([
  { path: "/acme/shop/pull/99", why: "no such pull request" },
  { path: "/acme/shop/pull/1/settings", why: "no such tab" },
  { path: "/demo/../github.ts", why: "no files but those named" },
  { path: "/demo/act", why: "acting takes a POST" },
])("$path is not found: $why", async ({ path }) => {
  expect(await call("GET", path)).toMatchObject({ status: 404 });
});

describe("the person a visitor acts as", () => {
  test.each(["sam", "coderabbitai[bot]"])("is %s from the choice on", async (login) => {
    const { headers } = await call("POST", "/demo/viewer", { form: form({ login, pull: "1" }) });
    const viewer = /^viewer=([^;]+);/.exec(headers?.["set-cookie"] ?? "")?.[1] ?? "";
    await call("POST", "/demo/act", { viewer, form: form({ pull: "1", act: "comment", body: "Hm." }) });

    expect(show.stage.shop.pulls.get(1)?.comments.at(-1)?.author.restLogin).toBe(login);
  });

  test("is nobody the story does not know", async () => {
    expect(await call("POST", "/demo/viewer", { form: form({ login: "mallory" }) })).toMatchObject({
      status: 404,
    });
  });
});

describe("an issue", () => {
  const number = () => {
    const { double, shop, cast } = show.stage;
    return String(double.world.openIssue(shop, { title: "Accept", author: cast.wes }).number);
  };

  test("has a page, and a comment on it leads back there", async () => {
    const issue = number();
    const fields = form({ issue, as: "dana", body: "Looked at it." });
    const commented = await call("POST", "/demo/comment", { form: fields });
    const shown = await call("GET", `/acme/shop/issues/${issue}`);

    expect(commented).toMatchObject({ status: 303, headers: { location: `/acme/shop/issues/${issue}` } });
    expect(shown).toMatchObject({ status: 200, body: expect.stringContaining("Looked at it.") });
    expect(shown.body?.match(new RegExp(`name="issue" value="${issue}"`, "g"))).toHaveLength(2);
  });

  test("is where a visitor stays who becomes somebody else", async () => {
    const issue = number();
    expect(await call("POST", "/demo/viewer", { form: form({ login: "dana", issue }) })).toMatchObject({
      headers: { location: `/acme/shop/issues/${issue}` },
    });
  });

  test("is not what a pull request's number names", async () => {
    expect(await call("GET", "/acme/shop/issues/1")).toMatchObject({ status: 404 });
    expect(
      await call("POST", "/demo/comment", { form: form({ issue: "1", as: "dana", body: "Hm." }) }),
    ).toMatchObject({ status: 404 });
  });
});

describe("an act", () => {
  test("leads a browser back to its pull request, which shows GitHub's answer until the next act", async () => {
    const merged = await call("POST", "/demo/act", { form: form({ pull: "2", act: "merge", as: "olga" }) });
    const refused = await call("GET", "/acme/shop/pull/2");
    await call("POST", "/demo/act", { form: form({ pull: "2", act: "approve", as: "olga" }) });
    const later = await call("GET", "/acme/shop/pull/2");

    expect(merged).toMatchObject({ status: 303, headers: { location: "/acme/shop/pull/2" } });
    expect(refused.body).toContain("<strong>405</strong> Repository rule violations found");
    expect(later.body).not.toContain("<strong>405</strong>");
    expect(later.headers?.etag).not.toBe(refused.headers?.etag);
  });

  test("answers a script with GitHub's own status and message", async () => {
    const answer = await call("POST", "/demo/act", {
      wantsJson: true,
      form: form({ pull: "2", act: "approve", as: "wes" }),
    });

    expect(answer).toMatchObject({
      status: 422,
      body: expect.stringContaining("approve your own pull request"),
    });
  });

  test.each([{ act: "constructor" }, { act: "" }])("is not $act", async ({ act }) => {
    expect(await call("POST", "/demo/act", { form: form({ pull: "2", act }) })).toMatchObject({
      status: 404,
    });
  });
});
