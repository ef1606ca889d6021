import { expect, test } from "@jest/globals";
import { CONFIG_PATH, type PolicySource } from "../../src/policy/source.ts";
import { verdict } from "./build.ts";

const unreadable = { status: "unreadable", path: CONFIG_PATH, reason: "it is a folder" } as const;

test.each<{ why: string; organization: PolicySource; floor: "seen" | "gone" | undefined }>([
  {
    why: "is gone where it is certainly not there",
    organization: { status: "absent", certain: true },
    floor: "gone",
  },
  { why: "may be where it cannot be looked for", organization: { status: "absent" }, floor: undefined },
  {
    why: "is there where it can be read",
    organization: { status: "found", path: CONFIG_PATH, text: "" },
    floor: "seen",
  },
  { why: "is there where it cannot be read", organization: unreadable, floor: "seen" },
  {
    why: "may be where it was seen before, and can no longer be seen",
    organization: { ...unreadable, code: "config/floor-not-visible" },
    floor: undefined,
  },
])("of the organization's floor it is recorded that it $why", ({ organization, floor }) => {
  const policySources = { organization, repository: { status: "absent" as const } };
  expect(verdict({ policySources }).toRecord.floor).toBe(floor);
});
