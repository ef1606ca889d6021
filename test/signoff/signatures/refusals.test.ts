import { describe, expect, test } from "@jest/globals";
import type { Account, Review } from "../../../src/signoff/snapshot.ts";
import {
  approval,
  dora,
  file,
  HEAD,
  kira,
  kiro,
  nils,
  OLD_HEAD,
  olga,
  permissions,
  policy,
  refusal,
  review,
  snapshot,
  sven,
  verdict,
} from "../build.ts";

const dismissedRefusal = (
  by: Account | null,
  previously: "changes_requested" | "approved" = "changes_requested",
) => review(olga, "dismissed", { dismissal: { previously, by, at: "2026-11-20T12:50:00Z" } });

test("a no that nobody dismissed speaks of no dismissal", () => {
  const no = refusal(olga);
  const { requirements } = verdict({ reviews: [no] });
  expect(requirements[0]?.refusals).toEqual([
    { reviewId: no.id, by: olga, at: no.submittedAt, commitSha: HEAD },
  ]);
});

test("an approval that its giver took back is told where they could sign", () => {
  const yes = approval(olga);
  const { requirements } = verdict({ reviews: [yes, refusal(olga)] });
  expect(requirements).toMatchObject([
    {
      ignoredReviews: [
        { reviewId: yes.id, code: "superseded", sentence: "@olga approved, but requested changes later." },
      ],
    },
  ]);
});

interface Row {
  readonly why: string;
  readonly reviews: readonly Review[];
}

describe("an owner's no holds", () => {
  test.each<Row>([
    { why: "alone", reviews: [refusal(olga)] },
    { why: "A11 after the same person's approval", reviews: [approval(olga), refusal(olga)] },
    { why: "against another owner's approval", reviews: [refusal(olga), approval(sven)] },
    { why: "given on an earlier head", reviews: [refusal(olga, { commitSha: OLD_HEAD }), approval(sven)] },
    {
      why: "whatever is commented afterwards",
      reviews: [refusal(olga), review(olga, "commented", { body: "LGTM" })],
    },
    {
      why: "A12 dismissed by the person who asked the agent",
      reviews: [dismissedRefusal(kira), approval(sven)],
    },
    { why: "A12 dismissed by a machine", reviews: [dismissedRefusal(kiro), approval(sven)] },
    { why: "A12 dismissed by nobody knows whom", reviews: [dismissedRefusal(null), approval(sven)] },
    {
      why: "A12 dismissed by somebody who owns nothing here",
      reviews: [dismissedRefusal(nils), approval(sven)],
    },
    { why: "A12 dismissed by an owner of something else", reviews: [dismissedRefusal(dora), approval(sven)] },
    {
      why: "dismissed, and what it was before is not known",
      reviews: [review(olga, "dismissed"), approval(sven)],
    },
  ])("$why", ({ reviews }) => {
    const { conclusion, requirements } = verdict({ reviews });

    expect(conclusion).toBe("action_required");
    expect(requirements).toMatchObject([{ status: "refused", refusals: [{ by: olga }] }]);
  });

  test("and says who said it, when and of which commit", () => {
    const given = { commitSha: OLD_HEAD, submittedAt: "2026-11-19T09:00:00Z" };
    const { requirements } = verdict({ reviews: [refusal(olga, given)] });
    expect(requirements).toMatchObject([
      { refusals: [{ by: olga, at: given.submittedAt, commitSha: OLD_HEAD }] },
    ]);
  });

  test("of an owner whose access is not known", () => {
    const authority = { ...snapshot().authority, permissions: permissions("write", sven) };
    const { requirements } = verdict({ authority, reviews: [refusal(olga), approval(sven)] });
    expect(requirements).toMatchObject([{ status: "refused", refusals: [{ by: olga }] }]);
  });

  test("A12 dismissed by the author of the pull request", () => {
    const pullRequest = { ...snapshot().pullRequest, author: kira };
    const { requirements } = verdict({ pullRequest, reviews: [dismissedRefusal(kira), approval(sven)] });
    expect(requirements).toMatchObject([{ status: "refused", refusals: [{ by: olga, dismissedBy: kira }] }]);
  });

  test("A12 dismissed by an owner without write access", () => {
    const { requirements } = verdict({
      reviews: [dismissedRefusal(sven)],
      authority: {
        ...snapshot().authority,
        permissions: { ...permissions("write", olga), ...permissions("read", sven) },
      },
    });
    expect(requirements).toMatchObject([{ status: "refused", refusals: [{ dismissedBy: sven }] }]);
  });

  test("of an owner who took part in the change", () => {
    const { requirements } = verdict({
      participants: [{ account: olga, role: "pusher", because: `pushed ${HEAD.slice(0, 7)}` }],
      reviews: [refusal(olga), approval(sven)],
    });
    expect(requirements).toMatchObject([{ status: "refused" }]);
  });

  test("A12 dismissed by an owner who took part", () => {
    const { requirements } = verdict({
      participants: [{ account: sven, role: "pusher", because: "pushed bbbbbbb" }],
      reviews: [dismissedRefusal(sven)],
    });
    expect(requirements).toMatchObject([{ status: "refused", refusals: [{ dismissedBy: sven }] }]);
  });

  test("in the areas of its owner only", () => {
    const { requirements } = verdict({
      files: [file("infra/main.tf"), file("db/001.sql")],
      reviews: [refusal(olga), approval(dora)],
    });
    expect(requirements).toMatchObject([{ status: "refused" }, { status: "signed" }]);
  });

  test("where the owner was only asked to look", () => {
    const { conclusion, requirements } = verdict({
      files: [file("web/index.html")],
      reviews: [refusal(nils)],
    });
    expect(conclusion).toBe("action_required");
    expect(requirements).toMatchObject([{ status: "refused", refusals: [{ by: nils }] }]);
  });
});

test("A05 a machine's no holds nothing up, although it owns", () => {
  const { conclusion, ignoredReviews } = verdict(
    { reviews: [refusal(olga), approval(sven)] },
    { detect: { ...policy().detect, agents: ["olga"] } },
  );
  expect(conclusion).toBe("success");
  expect(ignoredReviews).toMatchObject([{ by: olga, code: "agent" }]);
});

describe("an owner's no is lifted", () => {
  test.each<Row>([
    { why: "by the same person's approval", reviews: [refusal(olga), approval(olga)] },
    { why: "by the same person's dismissal", reviews: [dismissedRefusal(olga), approval(sven)] },
    {
      why: "by the dismissal of another owner who took no part",
      reviews: [dismissedRefusal(sven), approval(sven)],
    },
    {
      why: "by an approval that was dismissed since",
      reviews: [refusal(olga), dismissedRefusal(kira, "approved"), approval(sven)],
    },
  ])("$why", ({ reviews }) => {
    expect(verdict({ reviews }).conclusion).toBe("success");
  });

  test("by their own dismissal, although they took part", () => {
    const { conclusion } = verdict({
      participants: [{ account: olga, role: "pusher", because: "pushed bbbbbbb" }],
      reviews: [dismissedRefusal(olga), approval(sven)],
    });
    expect(conclusion).toBe("success");
  });

  test("when they own it no more, or may not write any more", () => {
    const reader = {
      ...snapshot().authority,
      permissions: { ...permissions("write", sven), ...permissions("read", olga) },
    };
    const { conclusion, ignoredReviews } = verdict({
      authority: reader,
      reviews: [refusal(olga), approval(sven)],
    });

    expect(conclusion).toBe("success");
    expect(ignoredReviews).toMatchObject([{ by: olga, code: "no-write" }]);
  });
});
