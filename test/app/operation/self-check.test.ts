import { describe, expect, test } from "@jest/globals";
import { type Grant, missing, readManifest } from "../../../src/app/operation/self-check.ts";

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

test("the manifest is found and read", () => {
  expect(readManifest().permissions).toMatchObject({ checks: "write", metadata: "read" });
});
