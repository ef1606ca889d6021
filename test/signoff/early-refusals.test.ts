import { describe, expect, test } from "@jest/globals";
import { judge } from "../../src/signoff/evaluate.ts";
import type { Review, Snapshot } from "../../src/signoff/snapshot.ts";
import {
  approval,
  commit,
  dora,
  file,
  humanChange,
  kira,
  nils,
  olga,
  permissions,
  refusal,
  review,
  snapshot,
  verdict,
} from "./build.ts";

/** Of a person's change, of which nobody has to sign anything. */
const recordedOf = (reviews: readonly Review[], more: Partial<Snapshot> = {}) => {
  const { conclusion, requirements, toRecord } = verdict(humanChange({ reviews, ...more }));
  expect({ conclusion, requirements }).toEqual({ conclusion: "success", requirements: [] });
  return toRecord.refusals.map(({ by, area, paths }) => ({ by: by.login, area, paths }));
};

describe("B14 a refusal is recorded with its right although nothing is required yet", () => {
  const OLGAS = { by: "olga", area: "infrastructure", paths: ["infra/main.tf"] };

  test.each<{
    why: string;
    reviews: () => readonly Review[];
    given?: Partial<Snapshot>;
    kept: readonly object[];
  }>([
    { why: "an owner's", reviews: () => [refusal(olga)], kept: [OLGAS] },
    {
      why: "an owner's beside what others say",
      reviews: () => [refusal(olga), approval(dora)],
      kept: [OLGAS],
    },
    {
      why: "an owner's whose review was dismissed",
      reviews: () => [
        review(olga, "dismissed", {
          dismissal: { previously: "changes_requested", by: kira, at: "2026-11-20T12:50:00Z" },
        }),
      ],
      kept: [OLGAS],
    },
    { why: "not an owner's of something else", reviews: () => [refusal(dora)], kept: [] },
    { why: "not a stranger's", reviews: () => [refusal(nils)], kept: [] },
    { why: "not an approval", reviews: () => [approval(olga)], kept: [] },
    {
      why: "not of an owner who may not write",
      reviews: () => [refusal(olga)],
      given: { authority: { ...snapshot().authority, permissions: permissions("read", olga) } },
      kept: [],
    },
    {
      why: "not outside production",
      reviews: () => [refusal(olga)],
      given: { files: [file("web/index.html")] },
      kept: [],
    },
    {
      why: "a hazard's owner's, where the area asks of nobody",
      reviews: () => [refusal(dora)],
      given: {
        files: [
          file("db/1.sql", { status: "added", before: null, after: "DROP TABLE users;\n", base: null }),
        ],
      },
      kept: [{ by: "dora", area: "database", paths: ["db/1.sql"] }],
    },
  ])("$why", ({ reviews, given, kept }) => {
    expect(recordedOf(reviews(), given)).toEqual(kept);
  });

  test("also while the policy cannot be read", () => {
    const { conclusion, toRecord } = judge(
      snapshot({
        commits: [commit(kira)],
        files: [file(".github/workflows/release.yml")],
        reviews: [refusal(olga)],
        policySources: {
          organization: { status: "absent" },
          repository: { status: "found", path: "countersign.yml", text: "mode: [" },
        },
      }),
    );
    expect(conclusion).toBe("failure");
    expect(toRecord.refusals).toMatchObject([{ by: olga, paths: [".github/workflows/release.yml"] }]);
  });
});
