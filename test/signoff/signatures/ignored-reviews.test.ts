import { describe, expect, test } from "@jest/globals";
import { approval, OLD_HEAD, permissions, review, snapshot, user, verdict } from "../build.ts";

describe("reviews that do not count are listed", () => {
  const strangers = Array.from({ length: 25 }, (_, index) => user(`eve-${index}`, 1000 + index));
  const [writer, owner] = [user("writer", 9_001), user("owner", 9_002)];
  const { authority } = snapshot();
  const listed = (given: Parameters<typeof verdict>[0]) =>
    verdict(given).ignoredReviews.map(({ by }) => by?.login ?? null);

  test("of strangers the first twenty, and behind them all who may write or own", () => {
    const given = {
      codeowners: { path: "CODEOWNERS", text: "* @owner @olga" },
      authority: { ...authority, permissions: permissions("write", writer) },
      reviews: [
        ...strangers.map((eve) => approval(eve)),
        approval(writer),
        approval(owner, { commitSha: OLD_HEAD }),
      ],
    };
    expect(listed(given)).toEqual([...strangers.slice(0, 20).map(({ login }) => login), "writer", "owner"]);
  });

  test("of accounts that are gone and of comments, with the strangers' in number", () => {
    const reviews = [
      ...strangers.slice(0, 18).map((eve) => approval(eve)),
      ...Array.from({ length: 3 }, () => approval(null)),
      review(user("late", 9_003), "commented", { body: "LGTM" }),
    ];
    expect(listed({ reviews })).toEqual([...strangers.slice(0, 18).map(({ login }) => login), null, null]);
  });
});
