import { describe, expect, test } from "@jest/globals";
import type { OwnerRef } from "../../../src/ownership/owner.ts";
import type { Policy } from "../../../src/policy/policy.ts";
import { evaluate } from "../../../src/signoff/evaluate.ts";
import type { Account, Review, Snapshot } from "../../../src/signoff/snapshot.ts";
import type { IgnoredReason, Verdict } from "../../../src/signoff/verdict.ts";
import {
  approval,
  bot,
  dora,
  file,
  humanChange,
  INFRASTRUCTURE,
  kira,
  nils,
  olga,
  permissions,
  policy,
  refusal,
  review,
  reviewBot,
  snapshot,
  sven,
  user,
  verdict,
} from "../build.ts";

const { authority } = snapshot();
const agents = (...logins: readonly string[]) => ({ detect: { ...policy().detect, agents: logins } });

interface Row {
  readonly why: string;
  readonly reviews: readonly Review[];
  readonly given?: Partial<Snapshot>;
  readonly rules?: Partial<Policy>;
  readonly code: IgnoredReason;
  readonly says: string;
}

describe("an approval does not count", () => {
  test.each<Row>([
    {
      why: "A05 by an AI reviewer",
      reviews: [approval(reviewBot)],
      code: "agent",
      says: "@coderabbitai[bot] approved, but is an AI account; only humans can countersign.",
    },
    {
      why: "A05 by the workflow's own bot, which the team lists as an owner",
      reviews: [approval(bot("github-actions[bot]", 41_898_282))],
      given: {
        authority: {
          permissions: permissions("write", bot("github-actions[bot]", 41_898_282)),
          teams: {
            "acme/sre": { status: "known", members: [bot("github-actions[bot]", 41_898_282), sven] },
          },
        },
      },
      code: "bot",
      says: "@github-actions[bot] approved, but is a machine account; only humans can countersign.",
    },
    {
      why: "A06 by a machine account of type User that the policy lists, although it owns",
      reviews: [approval(olga)],
      rules: agents("olga"),
      code: "agent",
      says: "@olga approved, but is an AI account; only humans can countersign.",
    },
    {
      why: "A07 by a bot that is shown under an owner's login",
      reviews: [approval(bot("olga", 900))],
      given: { authority: { ...authority, permissions: { ...authority.permissions, 900: "write" } } },
      code: "bot",
      says: "@olga approved, but is a machine account; only humans can countersign.",
    },
    {
      why: "A07 by an account of type User that an AI is known to act under",
      reviews: [approval(user("claude", 81_847))],
      given: { codeowners: { path: "CODEOWNERS", text: "* @claude @olga" } },
      code: "agent",
      says: "@claude approved, but is an AI account; only humans can countersign.",
    },
    {
      why: "A09 by an owner who lost write access",
      reviews: [approval(olga)],
      given: { authority: { ...authority, permissions: permissions("read", olga) } },
      code: "no-write",
      says: "@olga approved, but has only read access to this repository; write access is required.",
    },
    {
      why: "A09 by an owner whose access is not known",
      reviews: [approval(olga)],
      given: { authority: { ...authority, permissions: {} } },
      code: "no-write",
      says: "@olga approved, but it is not known whether they have write access.",
    },
    {
      why: "A09 by somebody who left the team",
      reviews: [approval(sven)],
      given: { authority: { ...authority, teams: { "acme/sre": { status: "known", members: [olga] } } } },
      code: "not-owner",
      says: "@sven approved, but does not own anything that needs a countersignature.",
    },
    {
      why: "by a member of a team that cannot be read",
      reviews: [approval(sven)],
      given: { authority: { ...authority, teams: { "acme/sre": { status: "unknown", reason: "secret" } } } },
      code: "not-owner",
      says: "@sven approved, but does not own anything that needs a countersignature.",
    },
    {
      why: "by somebody who owns nothing",
      reviews: [approval(nils)],
      code: "not-owner",
      says: "@nils approved, but does not own anything that needs a countersignature.",
    },
    {
      why: "when it is a refusal by somebody who owns nothing here",
      reviews: [approval(dora), refusal(dora)],
      code: "not-owner",
      says: "@dora requested changes, but does not own anything that needs a countersignature.",
    },
    {
      why: "A13 when it was dismissed, and an older one does not come back",
      reviews: [
        approval(olga),
        review(olga, "dismissed", {
          dismissal: { previously: "approved", by: kira, at: "2026-11-20T12:30:00Z" },
        }),
      ],
      code: "dismissed",
      says: "@olga approved, but @kira dismissed it.",
    },
    {
      why: "A14 when it is a comment",
      reviews: [review(olga, "commented", { body: "LGTM, approved" })],
      code: "comment",
      says: "@olga wrote a comment that sounds like an approval, but only an approving review counts.",
    },
    {
      why: "when the account is gone",
      reviews: [approval(null)],
      code: "unknown-account",
      says: "An approval by a deleted account does not count.",
    },
  ])("$why", ({ reviews, given, rules, code, says }) => {
    const { conclusion, ignoredReviews, requirements } = verdict({ reviews, ...given }, rules);

    expect(conclusion).toBe("action_required");
    expect(requirements).toMatchObject([{ countersignatures: [] }]);
    expect(ignoredReviews).toMatchObject([{ code, sentence: says }]);
  });
});

test("reports a dismissed approval as dismissed, whoever gave it", () => {
  const dismissal = { previously: "approved", by: kira, at: "2026-11-20T12:30:00Z" } as const;
  const { ignoredReviews } = verdict({ reviews: [review(nils, "dismissed", { dismissal })] });
  expect(ignoredReviews).toMatchObject([
    { code: "dismissed", sentence: "@nils approved, but @kira dismissed it." },
  ]);
});

describe("reports nothing about", () => {
  test.each<{ why: string; of: () => Verdict }>([
    {
      why: "approvals that nobody needs",
      of: () => evaluate(humanChange({ reviews: [approval(nils), approval(reviewBot)] }), policy()),
    },
    {
      why: "ordinary comments",
      of: () => verdict({ reviews: [review(olga, "commented", { body: "Why this region?" })] }),
    },
    {
      why: "a comment like an approval beside a review",
      of: () => verdict({ reviews: [approval(olga), review(olga, "commented", { body: "LGTM" })] }),
    },
    {
      why: "a dismissed no of somebody who owns nothing here",
      of: () => {
        const dismissal = { previously: "changes_requested", by: olga, at: "2026-11-20T12:30:00Z" } as const;
        return verdict({ reviews: [review(nils, "dismissed", { dismissal })] });
      },
    },
    { why: "a deleted account's no", of: () => verdict({ reviews: [review(null, "changes_requested")] }) },
    {
      why: "a machine's comment like an approval",
      of: () => verdict({ reviews: [review(reviewBot, "commented", { body: "LGTM" })] }),
    },
  ])("$why", ({ of }) => {
    expect(of().ignoredReviews).toEqual([]);
  });
});

describe("an approval counts", () => {
  test.each<{ why: string; reviews: readonly Review[]; given?: Partial<Snapshot>; by: Account }>([
    { why: "by an owner", reviews: [approval(olga)], by: olga },
    { why: "by a member of an owning team", reviews: [approval(sven)], by: sven },
    {
      why: "by an owner whom CODEOWNERS spells otherwise",
      reviews: [approval(olga)],
      given: { codeowners: { path: "CODEOWNERS", text: "/infra/ @OLGA" } },
      by: olga,
    },
    {
      why: "A14 whatever the owner comments afterwards",
      reviews: [approval(olga), review(olga, "commented", { body: "wait, not yet" })],
      by: olga,
    },
    {
      why: "A11 when an earlier no of the same person is lifted by it",
      reviews: [refusal(olga), approval(olga)],
      by: olga,
    },
    {
      why: "beside approvals that do not",
      reviews: [approval(kira), approval(olga), approval(reviewBot)],
      by: olga,
    },
  ])("$why", ({ reviews, given, by }) => {
    const { conclusion, requirements } = verdict({ reviews, ...given });

    expect(conclusion).toBe("success");
    expect(requirements).toMatchObject([{ status: "signed", countersignatures: [{ by, kept: false }] }]);
  });
});

test.each<{ why: string; by: Account; senior: readonly OwnerRef[]; as: OwnerRef }>([
  { why: "an owner by login", by: olga, senior: [], as: { kind: "user", login: "olga" } },
  { why: "a member of an owning team", by: sven, senior: [], as: { kind: "team", org: "acme", slug: "sre" } },
  {
    why: "a senior",
    by: nils,
    senior: [{ kind: "user", login: "Nils" }],
    as: { kind: "user", login: "Nils" },
  },
])("a countersignature says by whose right it counts: $why", ({ by, senior, as }) => {
  const { requirements } = verdict({ reviews: [approval(by)] }, { areas: [{ ...INFRASTRUCTURE, senior }] });
  expect(requirements).toMatchObject([{ countersignatures: [{ by, as }] }]);
});

test("A10 an owner of one area signs only that one", () => {
  const { conclusion, requirements } = verdict({
    files: [file("infra/main.tf"), file("db/001.sql")],
    reviews: [approval(olga)],
  });

  expect(conclusion).toBe("action_required");
  expect(requirements).toMatchObject([
    { requirement: { area: "infrastructure" }, status: "signed" },
    { requirement: { area: "database" }, status: "waiting", canSign: [{ login: "dora" }] },
  ]);
});

test("one approval counts for every requirement of its owner", () => {
  const { conclusion } = verdict({
    files: [file("infra/main.tf"), file(".github/CODEOWNERS")],
    reviews: [approval(olga)],
  });
  expect(conclusion).toBe("success");
});

describe("more than one signature", () => {
  const two = { areas: [{ ...INFRASTRUCTURE, countersignatures: 2 }] };

  test.each([
    { why: "one of two", reviews: [approval(olga)], status: "waiting" },
    { why: "the same person twice", reviews: [approval(olga), approval(olga)], status: "waiting" },
    { why: "two people", reviews: [approval(olga), approval(sven)], status: "signed" },
  ])("$why: $status", ({ reviews, status }) => {
    expect(verdict({ reviews }, two).requirements).toMatchObject([{ status }]);
  });

  test("are impossible if only one person can sign", () => {
    const { requirements } = verdict(
      { participants: [{ account: sven, role: "pusher", because: "pushed" }] },
      two,
    );
    expect(requirements).toMatchObject([
      {
        status: "impossible",
        remedy: expect.stringContaining("only 1 of the owners (@olga or @acme/sre) can countersign"),
      },
    ]);
  });
});

describe("a senior signature", () => {
  const senior = (login: string) => ({
    areas: [{ ...INFRASTRUCTURE, senior: [{ kind: "user" as const, login }] }],
  });

  test.each([
    { why: "an owner who is senior signs for both", by: [olga], from: "olga", status: "signed" },
    { why: "an owner who is not leaves the senior to come", by: [sven], from: "olga", status: "waiting" },
    { why: "a senior who is no owner does not stand for one", by: [nils], from: "nils", status: "waiting" },
    { why: "an owner, and a senior who is none", by: [olga, nils], from: "nils", status: "signed" },
  ])("$why: $status", ({ by, from, status }) => {
    const { requirements } = verdict({ reviews: by.map((each) => approval(each)) }, senior(from));
    expect(requirements).toMatchObject([{ status }]);
  });

  test("cannot come from a contributor", () => {
    expect(verdict({}, senior("kira")).requirements).toMatchObject([
      { status: "impossible", remedy: expect.stringContaining("none of the seniors (@kira) can give one") },
    ]);
  });

  test("can refuse like an owner", () => {
    const { requirements } = verdict({ reviews: [approval(olga), refusal(nils)] }, senior("nils"));
    expect(requirements).toMatchObject([{ status: "refused", refusals: [{ by: nils }] }]);
  });
});
