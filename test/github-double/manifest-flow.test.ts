import { createPrivateKey, randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { Octokit } from "@octokit/rest";
import { jwt, refusal } from "../story/setup.ts";
import { type GithubDouble, startDouble } from "./double.ts";
import type { Account } from "./world/model.ts";

let now: Date;
let double: GithubDouble;
let ada: Account;

beforeEach(async () => {
  now = new Date();
  double = await startDouble({ now: () => now });
  ada = double.world.user("ada");
  double.world.org("acme", { owners: [ada] });
});

afterEach(async () => {
  await double.stop();
  expect(double.violations).toEqual([]);
});

const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

const MANIFEST = {
  name: "gate",
  url: "https://example.com",
  hook_attributes: { url: "https://gate.invalid/" },
  redirect_url: "http://127.0.0.1:1/back",
  default_permissions: { checks: "write" },
  default_events: ["pull_request"],
} as const;

function register(changes: object = {}, { place = "/organizations/acme", by = ada } = {}): URL {
  const manifest = JSON.stringify({ ...MANIFEST, ...changes });
  const action = `${double.url}${place}/settings/apps/new?state=s1`;
  return new URL(double.registerApp({ action, manifest }, by));
}

function exchange(code: string) {
  const { rest } = new Octokit({ baseUrl: `${double.url}/api/v3`, log: SILENT });
  return rest.apps.createFromManifest({ code });
}

test("a person is sent back with a code and the state, and the code gives the App's key, once", async () => {
  const back = register();
  expect(back.href).toMatch(/^http:\/\/127\.0\.0\.1:1\/back\?code=[0-9a-f]{40}&state=s1$/);
  const code = back.searchParams.get("code") ?? "";
  const { status, data } = await exchange(code);
  expect([status, data.slug, data.events]).toEqual([201, "gate", ["pull_request"]]);
  expect(data.webhook_secret).toMatch(/^[0-9a-f]{40}$/);
  expect(await refusal(exchange(code))).toMatchObject({ status: 404 });

  const auth = jwt({ iss: data.id, key: createPrivateKey(data.pem) });
  const app = new Octokit({ auth, baseUrl: `${double.url}/api/v3`, log: SILENT });
  expect((await app.rest.apps.getAuthenticated()).data).toMatchObject({ id: data.id, slug: "gate" });
});

test("after an hour the code is worth nothing", async () => {
  const code = register().searchParams.get("code") ?? "";
  now = new Date(now.getTime() + 3_600_001);
  expect(await refusal(exchange(code))).toMatchObject({ status: 404 });
  expect(await refusal(exchange(randomUUID()))).toMatchObject({ status: 404 });
});

test("an App without a webhook has no secret for it", async () => {
  const { data } = await exchange(register({ hook_attributes: undefined }).searchParams.get("code") ?? "");
  expect(data.webhook_secret).toBeNull();
});

test.each<[string, object]>([
  ["a webhook without an address", { hook_attributes: { active: false } }],
  ["no page of its own", { url: undefined }],
  ["a long name", { name: "x".repeat(35) }],
  ["an event that is sent to all", { default_events: ["installation"] }],
])("refused: %s", (_, changes) => {
  expect(() => register(changes)).toThrow(/^Invalid GitHub App configuration/);
});

test("a name that another App has is refused, and so is who does not own the organization", () => {
  register();
  expect(() => register()).toThrow("Name is already taken");
  const eve = double.world.user("eve");
  expect(() => register({ name: "other" }, { by: eve })).toThrow("Not Found");
  expect(register({ name: "other" }, { by: eve, place: "" }).search).toContain("code=");
});
