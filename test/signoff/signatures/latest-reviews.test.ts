import { describe, expect, test } from "@jest/globals";
import {
  isRefusal,
  latestReviews,
  soundsLikeApproval,
} from "../../../src/signoff/signatures/latest-reviews.ts";
import type { Review } from "../../../src/signoff/snapshot.ts";
import { approval, dora, kira, olga, refusal, review, sven } from "../build.ts";

const at = (minute: number, id: number, given: Review): Review => ({
  ...given,
  id,
  submittedAt: `2026-11-20T12:${String(minute).padStart(2, "0")}:00Z`,
});
const dismissed = (previously: "approved" | "changes_requested" | "commented") =>
  review(olga, "dismissed", { dismissal: { previously, by: kira, at: "2026-11-20T12:50:00Z" } });

/** Each stance as `login: id of the latest, replaced id`. */
const told = (reviews: readonly Review[]) =>
  latestReviews(reviews).map(
    ({ by, latest, replaced }) => `${by.login}: ${latest.id}, ${replaced?.id ?? "none"}`,
  );

describe("the latest review", () => {
  test.each<{ why: string; reviews: readonly Review[]; is: readonly string[] }>([
    { why: "nothing, where nobody reviewed", reviews: [], is: [] },
    { why: "their one review", reviews: [at(1, 1, approval(olga))], is: ["olga: 1, none"] },
    {
      why: "the latest, in whatever order they come",
      reviews: [at(9, 1, refusal(olga)), at(3, 2, approval(olga))],
      is: ["olga: 1, 2"],
    },
    {
      why: "of the same second the one with the higher id",
      reviews: [at(3, 8, refusal(olga)), at(3, 2, approval(olga)), at(3, 5, approval(olga))],
      is: ["olga: 8, 5"],
    },
    {
      why: "the time goes before the id",
      reviews: [at(3, 8, approval(olga)), at(4, 2, refusal(olga))],
      is: ["olga: 2, 8"],
    },
    {
      why: "a second refusal does not replace the first",
      reviews: [at(1, 1, refusal(olga)), at(2, 2, refusal(olga))],
      is: ["olga: 2, none"],
    },
    {
      why: "an approval replaces the one before, not itself",
      reviews: [at(1, 1, approval(olga)), at(2, 2, refusal(olga)), at(3, 3, approval(olga))],
      is: ["olga: 3, 1"],
    },
    {
      why: "comments say nothing, dismissed ones neither",
      reviews: [
        at(1, 1, approval(olga)),
        at(2, 2, review(olga, "commented")),
        at(3, 3, dismissed("commented")),
      ],
      is: ["olga: 1, none"],
    },
    {
      why: "a dismissed opinion is one",
      reviews: [at(1, 1, approval(olga)), at(2, 2, dismissed("approved"))],
      is: ["olga: 2, 1"],
    },
    { why: "reviews without an author are ignored", reviews: [at(1, 1, approval(null))], is: [] },
    {
      why: "people stand in the order of their ids",
      reviews: [at(1, 1, approval(dora)), at(2, 2, approval(olga)), at(3, 3, approval(sven))],
      is: ["olga: 2, none", "sven: 3, none", "dora: 1, none"],
    },
  ])("$why", ({ reviews, is }) => {
    expect(told(reviews)).toEqual(is);
  });
});

test.each<{ why: string; given: Review; is: boolean }>([
  { why: "a request for changes", given: refusal(olga), is: true },
  { why: "one that was dismissed", given: dismissed("changes_requested"), is: true },
  {
    why: "a dismissed review of which nobody knows what it said",
    given: review(olga, "dismissed"),
    is: true,
  },
  { why: "a dismissed approval", given: dismissed("approved"), is: false },
  { why: "an approval", given: approval(olga), is: false },
])("a refusal or not: $why", ({ given, is }) => {
  expect(isRefusal(given)).toBe(is);
});

test.each<{ body: string; state?: Review["state"]; sounds: boolean }>([
  { body: "LGTM", sounds: true },
  { body: "  lgtm, thanks", sounds: true },
  { body: "approve", sounds: true },
  { body: "Approved!", sounds: true },
  { body: "ship it", sounds: true },
  { body: ":+1:", sounds: true },
  { body: "👍", sounds: true },
  { body: ":shipit:", sounds: true },
  { body: "Looks good to me", sounds: true },
  { body: "this is not approved", sounds: false },
  { body: "not-lgtm", sounds: false },
  { body: "", sounds: false },
  { body: "LGTM", state: "approved", sounds: false },
])("a comment that sounds like an approval: $body, $sounds", ({ body, state = "commented", sounds }) => {
  expect(soundsLikeApproval(review(olga, state, { body }))).toBe(sounds);
});
