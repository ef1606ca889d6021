import { expect, test } from "@jest/globals";
import { Octokit } from "@octokit/rest";
import { apiBaseUrl, pagesUrl } from "../../../src/github/client/base-url.ts";
import { nock } from "../../nock.ts";

test.each<[string, Record<string, string>, string, string]>([
  ["github.com", {}, "https://api.github.com", "https://api.github.com/graphql"],
  [
    "github.com by name",
    { GHE_HOST: "github.com" },
    "https://api.github.com",
    "https://api.github.com/graphql",
  ],
  [
    "GitHub Enterprise Server",
    { GHE_HOST: "git.example.com" },
    "https://git.example.com/api/v3",
    "https://git.example.com/api/graphql",
  ],
  [
    "one on a port, for a trial",
    { GHE_HOST: "127.0.0.1:8080", GHE_PROTOCOL: "http" },
    "http://127.0.0.1:8080/api/v3",
    "http://127.0.0.1:8080/api/graphql",
  ],
  [
    "data residency",
    { GHE_HOST: "Acme.ghe.com" },
    "https://api.acme.ghe.com",
    "https://api.acme.ghe.com/graphql",
  ],
  [
    "data residency by its API's name",
    { GHE_HOST: "api.acme.ghe.com" },
    "https://api.acme.ghe.com",
    "https://api.acme.ghe.com/graphql",
  ],
])("%s: REST and GraphQL", async (_, settings, rest, graphql) => {
  const baseUrl = apiBaseUrl(settings);
  expect(baseUrl).toBe(rest);

  const { origin, pathname } = new URL(graphql);
  const asked = nock(origin).post(pathname).reply(200, { data: {} });
  await new Octokit({ baseUrl }).graphql("{ viewer { login } }");
  expect(asked.isDone()).toBe(true);
});

test.each([
  { GHE_HOST: "https://git.example.com" },
  { GHE_HOST: "git.example.com/api/v3" },
  { GHE_HOST: "user@git.example.com" },
  { GHE_HOST: "git.example.com", GHE_PROTOCOL: "ftp" },
])("refuses %j", (settings) => {
  expect(() => apiBaseUrl(settings)).toThrow(/; write /);
});

test.each([
  ["https://api.github.com", "https://github.com"],
  ["https://api.acme.ghe.com", "https://acme.ghe.com"],
  ["https://git.example.com/api/v3", "https://git.example.com"],
  ["http://127.0.0.1:8080/api/v3", "http://127.0.0.1:8080"],
  ["https://api.example.com/api/v3", "https://api.example.com"],
])("people see what %s tells at %s", (api, pages) => {
  expect(pagesUrl(api)).toBe(pages);
});
