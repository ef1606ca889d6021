import { describe, expect, test } from "@jest/globals";
import { policySources } from "../../../../src/github/reading/rules/sources.ts";
import { resolvePolicy } from "../../../../src/policy/resolve.ts";
import type { PolicySource } from "../../../../src/policy/source.ts";
import { judge } from "../../../../src/signoff/evaluate.ts";
import { snapshot, verdict } from "../../../signoff/build.ts";

type Floor = Parameters<typeof policySources>[0]["floor"];

const file = (text: string) => ({
  oid: "f".repeat(40),
  mode: 0o100644,
  type: "blob",
  object: { __typename: "Blob", byteSize: text.length, isBinary: false, isTruncated: false, text },
});
const branch = (config: ReturnType<typeof file> | null): Floor => ({
  defaultBranchRef: { target: { config } },
});
const ordinary = { defaultBranchRef: { target: { config: null } }, head: null };
const sourcesOf = (floor: Floor, floorSeen?: boolean) =>
  policySources({ repository: ordinary, floor }, { owner: "acme", ...(floorSeen && { floorSeen }) }, []);

describe("the organization's floor", () => {
  test.each<{ why: string; floor: Floor; seen?: boolean; status: PolicySource["status"]; records?: string }>([
    { why: "is found", floor: branch(file("version: 1\n")), status: "found", records: "seen" },
    {
      why: "is found again",
      floor: branch(file("version: 1\n")),
      seen: true,
      status: "found",
      records: "seen",
    },
    { why: "was never seen", floor: null, status: "absent" },
    { why: "was seen, and cannot be seen any more", floor: null, seen: true, status: "unreadable" },
    {
      why: "was deleted from a repository that can be seen",
      floor: branch(null),
      seen: true,
      status: "absent",
      records: "gone",
    },
    {
      why: "went with all branches of a repository that can be seen",
      floor: { defaultBranchRef: null },
      seen: true,
      status: "absent",
      records: "gone",
    },
  ])("$why", ({ floor, seen, status, records }) => {
    const policySources = sourcesOf(floor, seen);
    expect(policySources.organization.status).toBe(status);
    expect(verdict({ policySources }).toRecord.floor).toBe(records);
    expect(judge(snapshot({ policySources })).toRecord.floor).toBe(records);
  });

  test("lets nothing pass while it cannot be seen, and says what to do", () => {
    const sources = sourcesOf(null, true);
    expect(resolvePolicy(sources)).toMatchObject({
      policy: null,
      problems: [
        {
          code: "config/floor-not-visible",
          severity: "error",
          file: "acme/.github: .github/countersign.yml",
          remedy: expect.stringMatching(/access to the organization's `\.github` repository/),
        },
      ],
    });
    const { conclusion, problems } = judge(snapshot({ policySources: sources }));
    expect(conclusion).toBe("failure");
    expect(problems.map(({ code }) => code)).toContain("config/floor-not-visible");
  });
});
