import { describe, expect, test } from "@jest/globals";
import { meantFor } from "../../../src/signoff/report/meant-for.ts";
import { approval, dora, file, kira, nils, OLD_HEAD, olga, review, verdict } from "../build.ts";

const INFRA = file("infra/main.tf");
const DATABASE = file("db/001.sql");

function told(given: Parameters<typeof verdict>[0]) {
  const found = verdict(given);
  const { of, others } = meantFor(found);
  const names = (reviews: typeof others) => reviews.map(({ by }) => by?.login);
  const areas = found.requirements.map((outcome) => [outcome.requirement.area, names(of(outcome))]);
  return { ...Object.fromEntries(areas), others: names(others) };
}

describe("a review that does not count is told", () => {
  test("under the only requirement", () => {
    expect(told({ files: [INFRA], reviews: [approval(kira), approval(dora)] })).toEqual({
      infrastructure: ["kira", "dora"],
      others: [],
    });
  });

  test("under the only one that is still open", () => {
    const reviews = [approval(dora), approval(kira)];
    expect(told({ files: [INFRA, DATABASE], reviews })).toEqual({
      infrastructure: ["kira"],
      database: [],
      others: [],
    });
  });

  test("under those of which its author is an owner", () => {
    const reviews = [approval(olga, { commitSha: OLD_HEAD }), approval(kira)];
    expect(told({ files: [INFRA, DATABASE], reviews })).toEqual({
      infrastructure: ["olga"],
      database: [],
      others: ["kira"],
    });
  });

  test("under those that a comment could have signed", () => {
    const reviews = [
      review(dora, "commented", { body: "LGTM" }),
      review(nils, "commented", { body: "LGTM" }),
    ];
    expect(told({ files: [INFRA, DATABASE], reviews })).toEqual({
      infrastructure: [],
      database: ["dora"],
      others: ["nils"],
    });
  });

  test("under that of an owner who is known by login alone, or by id and not by login", () => {
    const found = verdict({ files: [INFRA, DATABASE], reviews: [approval(kira), approval(nils)] });
    const canSign = [
      { id: null, login: "kira" },
      { id: nils.id, login: "renamed" },
      { id: 99, login: "kira2" },
    ];
    const requirements = found.requirements.map((outcome, index) => ({
      ...outcome,
      canSign: index === 0 ? canSign : [{ id: 98, login: "kira" }],
    }));
    const { of, others } = meantFor({ ...found, requirements });
    expect(requirements.map((outcome) => of(outcome).map(({ by }) => by?.login))).toEqual([
      ["kira", "nils"],
      [],
    ]);
    expect(others).toEqual([]);
  });

  test("by itself where its account is gone", () => {
    const found = verdict({ files: [INFRA, DATABASE], reviews: [approval(kira)] });
    const ignoredReviews = found.ignoredReviews.map((each) => ({ ...each, by: null }));
    expect(meantFor({ ...found, ignoredReviews }).others).toEqual(ignoredReviews);
  });

  test("by itself where there is no requirement", () => {
    expect(
      meantFor({ requirements: [], ignoredReviews: verdict({ reviews: [approval(kira)] }).ignoredReviews })
        .others,
    ).toMatchObject([{ by: { login: "kira" } }]);
  });
});
