import { describe, expect, test } from "@jest/globals";
import type { Account, Review, Snapshot } from "../../../src/signoff/snapshot.ts";
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
  recorded,
  refusal,
  review,
  record as seen,
  snapshot,
  sven,
  verdict,
} from "../build.ts";

const dismissedRefusal = (
  by: Account | null,
  previously: "changes_requested" | "approved" = "changes_requested",
) => review(olga, "dismissed", { dismissal: { previously, by, at: "2026-11-20T12:50:00Z" } });

test("a refusal that nobody dismissed mentions no dismissal", () => {
  const no = refusal(olga);
  const { requirements } = verdict({ reviews: [no] });
  expect(requirements[0]?.refusals).toEqual([
    {
      reviewId: no.id,
      by: olga,
      at: no.submittedAt,
      commitSha: HEAD,
      as: { kind: "user", login: "olga" },
    },
  ]);
});

test("reports a withdrawn approval where it could have counted", () => {
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

describe("an owner's refusal blocks", () => {
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

  test("where the owner's review was optional", () => {
    const { conclusion, requirements } = verdict({
      files: [file("web/index.html")],
      reviews: [refusal(nils)],
    });
    expect(conclusion).toBe("action_required");
    expect(requirements).toMatchObject([{ status: "refused", refusals: [{ by: nils }] }]);
  });
});

test("A05 a machine's refusal does not block, even if it is an owner", () => {
  const { conclusion, ignoredReviews } = verdict(
    { reviews: [refusal(olga), approval(sven)] },
    { detect: { ...policy().detect, agents: ["olga"] } },
  );
  expect(conclusion).toBe("success");
  expect(ignoredReviews).toMatchObject([{ by: olga, code: "agent" }]);
});

describe("an owner's refusal is lifted", () => {
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

  test("by their own dismissal, even as a contributor", () => {
    const { conclusion } = verdict({
      participants: [{ account: olga, role: "pusher", because: "pushed bbbbbbb" }],
      reviews: [dismissedRefusal(olga), approval(sven)],
    });
    expect(conclusion).toBe("success");
  });

  test("when they lose ownership or write access", () => {
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

describe("A20 a refusal that was given by right stays", () => {
  const no = refusal(olga, { submittedAt: "2026-11-20T12:30:00Z" });
  const record = {
    reviewId: no.id,
    by: olga,
    at: no.submittedAt,
    commitSha: HEAD,
    as: { kind: "user", login: "olga" },
    area: "infrastructure",
    paths: ["infra/main.tf"],
  } as const;
  const later = (given: Review): Review => ({ ...given, submittedAt: "2026-11-20T12:45:00Z" });
  const earlier = (given: Review): Review => ({ ...given, submittedAt: "2026-11-20T12:15:00Z" });
  /** Olga is no owner any more: Sven alone is. */
  const left = {
    codeowners: { path: "CODEOWNERS", text: "/infra/ @sven\n/db/ @olga" },
    authority: { ...snapshot().authority, teams: {} },
  };
  const judged = (more: Partial<Snapshot>) =>
    verdict({ ...left, recorded: recorded({ refusals: [record] }), ...more });

  test("and is recorded with that right when it is first seen", () => {
    expect(verdict({ reviews: [no] }).toRecord.refusals).toEqual([record]);
  });

  test.each<{ why: string; given: Partial<Snapshot> }>([
    { why: "after the refuser left the owners", given: { reviews: [no, approval(sven)] } },
    {
      why: "after the refuser lost write access",
      given: {
        codeowners: snapshot().codeowners,
        authority: {
          ...snapshot().authority,
          permissions: { ...permissions("read", olga), ...permissions("write", sven) },
        },
        reviews: [no, approval(sven)],
      },
    },
    { why: "after the account is gone", given: { reviews: [{ ...no, reviewer: null }, approval(sven)] } },
    { why: "although GitHub shows it no longer", given: { reviews: [approval(sven)] } },
    { why: "after another person's approval", given: { reviews: [no, later(approval(sven))] } },
    { why: "beside an older approval by the refuser", given: { reviews: [earlier(approval(olga)), no] } },
    { why: "after the approval of a contributor", given: { reviews: [no, later(approval(kira))] } },
    {
      why: "beside an older approval by the refuser, although GitHub shows it no longer",
      given: { reviews: [earlier(approval(olga)), approval(sven)] },
    },
    {
      why: "beside another person's, which an owner who took no part dismissed",
      given: {
        reviews: [
          {
            ...refusal(nils),
            state: "dismissed",
            dismissal: { previously: "changes_requested", by: sven, at: "2026-11-20T12:50:00Z" },
          },
          no,
        ],
      },
    },
    {
      why: "in an area that is named otherwise by now, as long as one of the paths is the same",
      given: {
        reviews: [no],
        files: [file("infra/main.tf"), file("infra/new.tf")],
        recorded: recorded({
          refusals: [{ ...record, area: "old name", paths: ["infra/gone.tf", "infra/main.tf"] }],
        }),
      },
    },
    { why: "after a comment by the refuser", given: { reviews: [no, later(review(olga, "commented"))] } },
    {
      why: "dismissed by somebody who owns nothing here",
      given: {
        reviews: [
          {
            ...no,
            state: "dismissed",
            dismissal: { previously: "changes_requested", by: nils, at: "2026-11-20T12:50:00Z" },
          },
        ],
      },
    },
    {
      why: "in an area that is named otherwise by now, for the same paths",
      given: {
        reviews: [no],
        recorded: recorded({ refusals: [{ ...record, area: "old name" }] }),
      },
    },
    {
      why: "in the same area, for other paths",
      given: { reviews: [no], files: [file("infra/other.tf")] },
    },
  ])("$why", ({ given }) => {
    const { conclusion, requirements } = judged(given);

    expect(conclusion).toBe("action_required");
    expect(requirements).toMatchObject([
      { status: "refused", refusals: [{ by: olga, reviewId: no.id, formerRight: true }] },
    ]);
  });

  test.each<{ why: string; given: Partial<Snapshot> }>([
    { why: "the refuser approves", given: { reviews: [no, later(approval(olga)), approval(sven)] } },
    {
      why: "the refuser approves within the same second",
      given: { reviews: [no, approval(olga, { submittedAt: no.submittedAt }), approval(sven)] },
    },
    {
      why: "an owner who took no part dismisses it",
      given: {
        reviews: [
          {
            ...no,
            state: "dismissed",
            dismissal: { previously: "changes_requested", by: sven, at: "2026-11-20T12:50:00Z" },
          },
          approval(sven),
        ],
      },
    },
    {
      why: "an owner who took no part dismisses a newer one of the same person",
      given: {
        reviews: [
          no,
          {
            ...later(review(olga, "dismissed")),
            dismissal: { previously: "changes_requested", by: sven, at: "2026-11-20T12:50:00Z" },
          },
          approval(sven),
        ],
      },
    },
    {
      why: "the change no longer touches the area",
      given: { files: [file("web/index.html")], reviews: [no] },
    },
  ])("until $why", ({ given }) => {
    expect(judged(given).requirements.filter(({ status }) => status === "refused")).toEqual([]);
  });

  test("once, however often it was recorded or repeated", () => {
    const again = later(refusal(olga));
    const refusals = [record, { ...record, reviewId: again.id, at: again.submittedAt }];
    const { requirements } = judged({ reviews: [no, again], recorded: recorded({ refusals }) });
    expect(requirements[0]?.refusals).toHaveLength(1);
  });

  test("and is not recorded again", () => {
    expect(judged({ reviews: [no] }).toRecord.refusals).toEqual([]);
    expect(verdict({ reviews: [no], recorded: recorded({ refusals: [record] }) }).toRecord.refusals).toEqual(
      [],
    );
  });

  test("nor under another name of its area", () => {
    const refusals = [{ ...record, area: "old name" }];
    expect(judged({ reviews: [no], recorded: recorded({ refusals }) }).toRecord.refusals).toEqual([]);
  });

  test("each by itself, whichever are on record", () => {
    const svens = refusal(sven);
    const by = (refusals: readonly { readonly by: Account }[]) => refusals.map((each) => each.by.login);
    expect(by(verdict({ reviews: [no, svens] }).toRecord.refusals)).toEqual(["olga", "sven"]);
    const again = verdict({ reviews: [no, svens], recorded: recorded({ refusals: [record] }) });
    expect(by(again.toRecord.refusals)).toEqual(["sven"]);
  });

  test.each<{ why: string; given: Partial<Snapshot> }>([
    { why: "a stranger", given: { reviews: [refusal(nils)] } },
    { why: "a machine", given: { reviews: [refusal(kiro)] } },
    {
      why: "an owner who may not write",
      given: {
        reviews: [no],
        authority: { ...snapshot().authority, permissions: permissions("read", olga) },
      },
    },
    {
      why: "an owner whose access is not known",
      given: { reviews: [no], authority: { ...snapshot().authority, permissions: {} } },
    },
    { why: "an owner of something else", given: { reviews: [refusal(dora)] } },
  ])("but not one by $why: that was given by no right", ({ given }) => {
    expect(verdict(given).toRecord.refusals).toEqual([]);
  });
});

describe("A20 a refusal by whoever had approved before, and can no longer write", () => {
  const approved = approval(olga);
  const no = refusal(olga);
  const standing = {
    ...{ reviewId: no.id, by: olga, at: no.submittedAt, commitSha: HEAD },
    ...{ as: { kind: "user", login: "olga" }, formerRight: true },
  };
  const reading = {
    ...snapshot().authority,
    permissions: { ...permissions("read", olga), ...permissions("write", sven) },
  };
  const ofArea = (area: string, paths: readonly string[]) => ({
    ...{ reviewId: 1, by: olga, at: "2026-11-20T11:00:00Z", commitSha: HEAD, area, paths },
    as: { kind: "user", login: "olga" } as const,
  });
  const judged = (more: Partial<Snapshot["recorded"]>) =>
    verdict({
      authority: reading,
      reviews: [no, approval(sven)],
      recorded: recorded({ approvals: [seen(approved, snapshot().files)], ...more }),
    });

  test.each<{ why: string; more: Partial<Snapshot["recorded"]>; status: string }>([
    { why: "stays", more: {}, status: "refused" },
    {
      why: "stays, although they refused something else before",
      more: { refusals: [ofArea("web", ["web/index.html"])] },
      status: "refused",
    },
    {
      why: "does not reach beyond what it was recorded for",
      more: { refusals: [{ ...ofArea("web", ["web/index.html"]), reviewId: no.id }] },
      status: "signed",
    },
    { why: "counts for nothing where they never approved", more: { approvals: [] }, status: "signed" },
    {
      why: "counts for nothing where somebody else approved",
      more: { approvals: [seen(approval(nils), snapshot().files)] },
      status: "signed",
    },
  ])("$why", ({ more, status }) => {
    const { requirements } = judged(more);
    expect(requirements).toMatchObject([{ status }]);
    expect(requirements[0]?.refusals).toEqual(status === "refused" ? [standing] : []);
  });

  test("counts for nothing where the policy lists them as an agent by now", () => {
    const given = { authority: reading, reviews: [no, approval(sven)] };
    const approvals = [seen(approved, snapshot().files)];
    const detect = { ...policy().detect, agents: ["olga"] };
    const { requirements } = verdict({ ...given, recorded: recorded({ approvals }) }, { detect });
    expect(requirements).toMatchObject([{ status: "signed", refusals: [] }]);
  });

  test("counts for nothing where they may still write, and own none of it", () => {
    const own = { codeowners: { path: "CODEOWNERS", text: "* @sven" } };
    const approvals = [seen(approved, snapshot().files)];
    const given = { ...own, reviews: [no, approval(sven)], recorded: recorded({ approvals }) };
    expect(verdict(given).requirements).toMatchObject([{ status: "signed", refusals: [] }]);
  });
});

describe("A20 a refusal of which nothing was recorded, by whoever could sign by an earlier reading", () => {
  const no = refusal(olga);
  const secondsAfter = (seconds: number) =>
    new Date(Date.parse(no.submittedAt) + seconds * 1000).toISOString();
  const former = (owner: string, account: number, until: string) => [
    { owner, accounts: [], former: [{ account, until }] },
  ];
  const CODEOWNERS = "* @sven @Acme/SRE\n";
  const judged = (signers: NonNullable<Snapshot["recorded"]["signers"]>, more: Partial<Snapshot> = {}) =>
    verdict({
      reviews: [no, approval(sven)],
      codeowners: { path: "CODEOWNERS", text: CODEOWNERS },
      authority: {
        ...snapshot().authority,
        permissions: permissions("write", olga, sven),
        teams: { "acme/sre": { status: "known", members: [sven] } },
      },
      recorded: recorded({ signers }),
      ...more,
    }).requirements[0];

  test.each([
    {
      why: "before they could no longer",
      signers: former("@acme/sre", olga.id, secondsAfter(1)),
      stays: true,
    },
    { why: "in the same moment", signers: former("@acme/sre", olga.id, no.submittedAt), stays: true },
    { why: "after it", signers: former("@acme/sre", olga.id, secondsAfter(-1)), stays: false },
    {
      why: "who could through an owner of something else",
      signers: former("@acme/data", olga.id, secondsAfter(1)),
      stays: false,
    },
    {
      why: "where somebody else could no longer",
      signers: former("@acme/sre", nils.id, secondsAfter(1)),
      stays: false,
    },
  ])("by whoever refused $why: $stays", ({ signers, stays }) => {
    const requirement = judged(signers);
    expect(requirement?.status).toBe(stays ? "refused" : "signed");
    expect(requirement?.refusals).toEqual(
      stays
        ? [
            {
              ...{ reviewId: no.id, by: olga, at: no.submittedAt, commitSha: HEAD, formerRight: true },
              as: { kind: "team", org: "Acme", slug: "SRE" },
            },
          ]
        : [],
    );
  });

  test("is lifted by an owner who took no part", () => {
    const dismissed = {
      ...no,
      state: "dismissed",
      dismissal: { previously: "changes_requested", by: sven, at: secondsAfter(9) },
    } as const;
    const signers = former("@acme/sre", olga.id, secondsAfter(1));
    expect(judged(signers, { reviews: [dismissed, approval(sven)] })?.status).toBe("signed");
  });

  test("counts for nothing by a machine", () => {
    const signers = former("@acme/sre", olga.id, secondsAfter(1));
    const listed = { ...no, reviewer: { ...olga, type: "Bot" as const } };
    expect(judged(signers, { reviews: [listed, approval(sven)] })?.status).toBe("signed");
  });
});
