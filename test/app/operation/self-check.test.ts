import { describe, expect, test } from "@jest/globals";
import { type Grant, missing, readManifest, selfCheck } from "../../../src/app/operation/self-check.ts";
import type { GitHubClient } from "../../../src/github/client/client.ts";

const wanted: Grant = { permissions: { checks: "write", members: "read" }, events: ["push", "team"] };

describe("what is missing", () => {
  test.each<[string, Grant, readonly string[]]>([
    ["nothing", wanted, []],
    [
      "nothing, where more is granted",
      {
        permissions: { checks: "admin", members: "write", issues: "read" },
        events: ["push", "team", "fork"],
      },
      [],
    ],
    ["a permission", { ...wanted, permissions: { checks: "write" } }, ["permission members: read"]],
    [
      "a level of one",
      { ...wanted, permissions: { checks: "read", members: "read" } },
      ["permission checks: write"],
    ],
    ["an event", { ...wanted, events: ["push"] }, ["event team"]],
  ])("%s", (_, granted, expected) => {
    expect(missing(wanted, granted)).toEqual(expected);
  });
});

test("each thing missing is a sentence: what the App lacks, and what an account has not accepted", async () => {
  const app = { slug: "countersign", permissions: { checks: "write" }, events: ["push", "team"] };
  const installations = [
    { id: 1, account: { login: "acme" }, permissions: { checks: "read" }, events: ["push"] },
    { id: 2, account: null, permissions: { checks: "write" }, events: ["push", "team"] },
  ];
  const client: GitHubClient = {
    graphql: async () => ({}),
    request: async (route) => ({ headers: {}, data: route === "GET /app" ? app : installations }),
  };
  expect(await selfCheck(client, wanted)).toEqual([
    "the App lacks the permission members: read: add it in the App's settings",
    "acme has not granted the permission checks: write: an owner accepts it in the settings of the installation",
    "acme has not granted the event team: an owner accepts it in the settings of the installation",
  ]);
});

test("the manifest is found and read", () => {
  expect(readManifest().permissions).toMatchObject({ checks: "write", metadata: "read" });
});
