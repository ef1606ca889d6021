import { describe, expect, test } from "@jest/globals";
import type { PasskeyScope } from "../../../src/policy/keys/passkey.ts";
import type { Policy } from "../../../src/policy/policy.ts";
import type { PasskeyFacts } from "../../../src/signoff/passkey-facts.ts";
import type { Snapshot } from "../../../src/signoff/snapshot.ts";
import {
  approval,
  dora,
  file,
  HEAD,
  OLD_HEAD,
  olga,
  pushed,
  record,
  recorded,
  refusal,
  review,
  sven,
  verdict,
} from "../build.ts";
import { countersign, keyOf, passkeys, SIGN_AT, signature } from "./build.ts";

const OFF: PasskeyScope = { hazards: false, areas: [], outside: false };
const PRODUCTION: PasskeyScope = { hazards: true, areas: "all", outside: false };

interface Given extends Partial<Snapshot> {
  readonly asked?: PasskeyScope;
  readonly rules?: Partial<Policy>;
}
const judged = ({ asked = PRODUCTION, rules, ...more }: Given) => verdict(more, { passkey: asked, ...rules });

const yes = approval(olga);
const [gone] = [file("infra/main.tf", { status: "removed", contentId: null })];
const other = file("infra/other.tf");

describe("an approval where a passkey is asked for", () => {
  test("counts with it", () => {
    const { conclusion, passkeys: awaited } = judged({
      reviews: [yes],
      passkeys: passkeys([countersign(olga, yes.id)]),
    });
    expect([conclusion, awaited]).toEqual(["success", undefined]);
  });

  test("tells which signature counted, the last of several, and by whose word its key did", () => {
    const approved = approval(sven);
    const given = (statement: string, at: string) => countersign(sven, approved.id, { statement, at });
    const signed = [given("late", "2026-11-20T12:58:00Z"), given("early", "2026-11-20T12:56:00Z")];
    const [outcome] = judged({ reviews: [approved], passkeys: passkeys(signed) }).requirements;
    const vouchedBy = [{ id: olga.id, login: olga.login }];
    expect(outcome?.countersignatures.map(({ passkey }) => passkey)).toEqual([
      { statement: "late", key: keyOf(sven), pull: 7, byCode: false, vouchedBy },
    ]);
    const [own] = judged({
      reviews: [yes],
      passkeys: passkeys([countersign(olga, yes.id)]),
    }).requirements;
    expect(own?.countersignatures[0]?.passkey).toMatchObject({ byCode: true, vouchedBy: [] });
  });

  test("waits for it without, and the verdict says where to sign what", () => {
    const {
      conclusion,
      requirements,
      passkeys: awaited,
      reviewRequests,
    } = judged({
      reviews: [yes],
      passkeys: passkeys(),
    });
    expect(conclusion).toBe("action_required");
    expect(requirements[0]?.ignoredReviews).toMatchObject([
      { code: "passkey", sentence: `@olga approved; waiting for their passkey: sign on “${SIGN_AT}”.` },
    ]);
    expect(awaited).toEqual({
      signAt: SIGN_AT,
      awaited: [{ by: olga, decision: { kind: "countersign", reviewId: yes.id }, keys: [keyOf(olga)] }],
    });
    // Nobody else is asked for what Olga gave.
    expect(reviewRequests).toEqual({ users: [], teams: [] });
  });

  test("fails closed where there is no page to sign on, and where nothing is known of passkeys", () => {
    const sentence = (facts?: PasskeyFacts) =>
      judged({ reviews: [yes], ...(facts && { passkeys: facts }) }).requirements[0]?.ignoredReviews[0]
        ?.sentence;
    expect(sentence(passkeys([], { signAt: null }))).toMatch(
      /whoever runs Countersign has to set up its pages\.$/,
    );
    expect(sentence()).toMatch(/which only the server can know of\.$/);
  });

  interface Row {
    readonly why: string;
    readonly facts: PasskeyFacts;
  }
  const REFUSED: readonly Row[] = [
    { why: "another review", facts: passkeys([countersign(olga, yes.id + 1)]) },
    { why: "another person's key", facts: passkeys([countersign(olga, yes.id, { key: keyOf(sven) })]) },
    { why: "a key that is removed", facts: passkeys([countersign(olga, yes.id)], { keys: [] }) },
    {
      why: "a key that nobody vouched for",
      facts: passkeys([countersign(olga, yes.id)], {
        keys: [{ id: keyOf(olga), owner: olga, enrolledAt: "2026-11-01T00:00:00Z" }],
      }),
    },
    {
      why: "another decision about the same review",
      facts: passkeys([signature(olga, { kind: "dismiss", reviewId: yes.id })]),
    },
    { why: "somebody else's signature", facts: passkeys([countersign(sven, yes.id)]) },
    { why: "other content", facts: passkeys([countersign(olga, yes.id, { files: [other] })]) },
    {
      why: "another base branch",
      facts: passkeys([countersign(olga, yes.id, { baseRef: "develop" })]),
    },
  ];
  test.each(REFUSED)("does not count with one over $why", ({ facts }) => {
    expect(judged({ reviews: [yes], passkeys: facts }).conclusion).toBe("action_required");
  });

  test("counts when its key comes of age, and the verdict names that moment where something waits for it", () => {
    const enrolledAt = "2026-11-20T12:30:00.000Z";
    const ofAge = "2026-11-21T12:30:00.000Z";
    const change = (by: typeof olga, now: string) => {
      const keys = [{ id: keyOf(by), owner: by, enrolledAt }];
      const more = { keys, vouches: [], validAfter: 24 * 60 * 60_000 };
      const facts = passkeys([countersign(olga, yes.id)], more);
      const { conclusion, changesAt } = judged({ now, reviews: [yes], passkeys: facts });
      return [conclusion, changesAt];
    };
    expect(change(olga, "2026-11-21T12:29:59.999Z")).toEqual(["action_required", ofAge]);
    expect(change(olga, ofAge)).toEqual(["success", undefined]);
    expect(change(sven, "2026-11-21T12:29:59.999Z")).toEqual(["action_required", undefined]);
  });

  test("counts with a key that another signer of the area vouched for, not an owner of something else", () => {
    const approved = approval(sven);
    const facts = passkeys([countersign(sven, approved.id)]);
    const vouchedBy = (by: typeof olga) => ({
      ...facts,
      keys: [
        ...facts.keys,
        { id: keyOf(dora), owner: dora, enrolledAt: "2026-11-01T00:00:00Z", byCode: true as const },
      ],
      vouches: [{ key: keyOf(sven), by, withKey: keyOf(by), at: "2026-11-01T00:00:00Z" }],
    });
    const conclusion = (by: typeof olga, rules: Partial<Policy> = {}) =>
      judged({ reviews: [approved], passkeys: vouchedBy(by), rules }).conclusion;
    expect([conclusion(olga), conclusion(dora)]).toEqual(["success", "action_required"]);
    // Whoever may override vouches for all.
    const override = { by: [{ kind: "user" as const, login: "dora" }], approvals: 2, expiresAfter: 60_000 };
    expect(conclusion(dora, { override })).toBe("success");
  });
});

describe("a signature holds as long as what it covers", () => {
  const facts = passkeys([countersign(olga, yes.id, { files: [gone], headSha: OLD_HEAD })]);
  const covered = recorded({ approvals: [record(yes, [gone])] });

  test("a rebase keeps it: the head is not compared", () => {
    expect(judged({ files: [gone], reviews: [yes], recorded: covered, passkeys: facts }).conclusion).toBe(
      "success",
    );
  });

  test("and so does a push to what it does not cover", () => {
    const files = [gone, file("web/page.ts")];
    expect(judged({ files, reviews: [yes], recorded: covered, passkeys: facts }).conclusion).toBe("success");
  });

  test("a push to signed content ends it, also for an approval that was given anew", () => {
    const files = [gone, other];
    const anew = approval(olga);
    const approvals = [record(anew, files)];
    const given = { files, reviews: [anew], recorded: recorded({ approvals }) };
    const old = passkeys([countersign(olga, anew.id, { files: [gone], headSha: OLD_HEAD })]);
    const fresh = passkeys([countersign(olga, anew.id, { files })]);
    expect([old, fresh].map((each) => judged({ ...given, passkeys: each }).conclusion)).toEqual([
      "action_required",
      "success",
    ]);
  });
});

describe("where one is asked for", () => {
  interface Row {
    readonly why: string;
    readonly asked: PasskeyScope;
    readonly waits: boolean;
  }
  test.each<Row>([
    { why: "off", asked: OFF, waits: false },
    { why: "the area", asked: { ...OFF, areas: ["infrastructure"] }, waits: true },
    { why: "another area", asked: { ...OFF, areas: ["database"] }, waits: false },
    { why: "hazards, and there is none", asked: { ...OFF, hazards: true }, waits: false },
    { why: "everything", asked: { ...PRODUCTION, outside: true }, waits: true },
  ])("$why", ({ asked, waits }) => {
    const { conclusion } = judged({ asked, files: [other], reviews: [yes], passkeys: passkeys() });
    expect(conclusion).toBe(waits ? "action_required" : "success");
  });

  const database = file("infra/db.tf", {
    status: "removed",
    contentId: null,
    before: 'resource "aws_db_instance" "main" {\n  size = 1\n}\n',
  });
  test.each([
    ["hazards", { ...OFF, hazards: true }, "action_required"],
    ["the area that it lies in", { ...OFF, areas: ["infrastructure"] }, "action_required"],
    ["another area", { ...OFF, areas: ["database"] }, "success"],
  ] as const)("a hazard, by %s", (_, asked, conclusion) => {
    expect(judged({ asked, files: [database], reviews: [yes], passkeys: passkeys() }).conclusion).toBe(
      conclusion,
    );
  });

  test("a review outside production, by everything alone", () => {
    const files = [file("web/page.ts")];
    const nils = { id: 5, login: "nils", type: "User" } as const;
    const reviews = [approval(nils)];
    const block = { review: { block: true, suggestions: "contributor" as const } };
    const conclusion = (asked: PasskeyScope) =>
      judged({ asked, files, reviews, passkeys: passkeys(), rules: block }).conclusion;
    expect(conclusion(PRODUCTION)).toBe("success");
    expect(conclusion({ ...PRODUCTION, outside: true })).toBe("action_required");
  });
});

describe("a refusal needs none, and ends by nothing less", () => {
  const no = refusal(olga);
  const after = approval(olga);
  const signedBySven = (reviewId: number) => countersign(sven, reviewId);
  const svens = approval(sven);
  const ends = (reviews: Given["reviews"], signed: Parameters<typeof passkeys>[0], more: Given = {}) =>
    judged({
      reviews: [...(reviews ?? []), svens],
      passkeys: passkeys([signedBySven(svens.id), ...(signed ?? [])]),
      ...more,
    }).requirements[0]?.status;

  test("it holds without a passkey", () => {
    expect(ends([no], [])).toBe("refused");
  });

  test("the refuser's own approval takes it back with their passkey, not without", () => {
    expect(ends([no, after], [])).toBe("refused");
    expect(ends([no, after], [countersign(olga, after.id)])).toBe("signed");
    expect(ends([no, after], [], { asked: OFF })).toBe("signed");
  });

  test("what took it back stays so when something else is pushed", () => {
    expect(ends([no, after], [countersign(olga, after.id, { files: [other], headSha: OLD_HEAD })])).toBe(
      "signed",
    );
  });

  test("a refusal after a signed approval needs a new signature", () => {
    const [first, again] = [approval(olga), refusal(olga)];
    const third = approval(olga);
    expect(ends([first, again, third], [countersign(olga, first.id)])).toBe("refused");
    expect(ends([first, again, third], [countersign(olga, third.id)])).toBe("signed");
  });

  test.each([
    ["another owner", sven],
    ["the refuser", olga],
  ])("a dismissal by %s counts with their passkey over it, not without", (_, by) => {
    const dismissed = review(olga, "dismissed", {
      dismissal: { previously: "changes_requested", by, at: "2026-11-20T12:50:00Z" },
    });
    const word = (reviewId: number) => signature(by, { kind: "dismiss", reviewId });
    const { requirements, passkeys: awaited } = judged({
      reviews: [dismissed, svens],
      passkeys: passkeys([signedBySven(svens.id)]),
    });
    expect(requirements[0]?.status).toBe("refused");
    expect(awaited?.awaited).toEqual([
      { by, decision: { kind: "dismiss", reviewId: dismissed.id }, keys: [keyOf(by)] },
    ]);
    expect(ends([dismissed], [word(dismissed.id)])).toBe("signed");
    expect(ends([dismissed], [word(dismissed.id + 1)])).toBe("refused");
    expect(ends([dismissed], [], { asked: OFF })).toBe("signed");
  });

  test("the refusal of somebody who lost the right since stays until they sign that they approve", () => {
    const recordedNo = {
      ...{ reviewId: no.id, by: olga, at: no.submittedAt, commitSha: HEAD, area: "infrastructure" },
      ...{ as: { kind: "user" as const, login: "olga" }, paths: ["infra/main.tf"] },
    };
    const given = {
      codeowners: { path: "CODEOWNERS", text: "/infra/ @sven\n" },
      recorded: recorded({ refusals: [recordedNo] }),
    };
    expect(ends([no, after], [], given)).toBe("refused");
    // Olga vouched for Sven's key, and may not sign here any more.
    expect(ends([no, after], [countersign(olga, after.id)], given)).toBe("waiting");
    expect(ends([no, after], [], { ...given, asked: OFF })).toBe("signed");
  });
});

describe("a false alarm", () => {
  const database = file("infra/db.tf", {
    status: "removed",
    contentId: null,
    before: 'resource "aws_db_instance" "main" {\n  size = 1\n}\n',
  });
  const files = [database];
  const claims = [{ rule: "terraform/resource-removed", path: null, reason: "It was empty" }];
  const word = approval(olga, { body: "False alarm: terraform/resource-removed: It was empty" });
  const alarm = (reviewId: number, of = claims) =>
    signature(olga, { kind: "false-alarm", reviewId, claims: of }, { files });
  const kinds = (signed: Parameters<typeof passkeys>[0], asked = PRODUCTION) => {
    const { hazards, rejectedFalseAlarms } = judged({
      asked,
      files,
      reviews: [word],
      passkeys: passkeys(signed),
    });
    return [hazards[0]?.status.kind, rejectedFalseAlarms[0]?.sentence];
  };
  const approved = countersign(olga, word.id, { files });

  test("counts with its own signature beside that of the approval", () => {
    expect(kinds([approved, alarm(word.id)])).toEqual(["answered", undefined]);
    expect(kinds([], OFF)).toEqual(["answered", undefined]);
    expect(kinds([approved])).toEqual(["asks", expect.stringContaining("that waits for their passkey")]);
    expect(kinds([alarm(word.id)])).toEqual(["asks", expect.stringContaining("does not count")]);
  });

  test("counts as it was signed, not as it was edited since", () => {
    const before = alarm(word.id, [{ rule: "sql/drop-table", path: null, reason: "It was empty" }]);
    expect(kinds([approved, before])[0]).toBe("asks");
  });
});

test("whoever pushed or asked for it cannot sign for it with a passkey either", () => {
  const signed = passkeys([countersign(olga, yes.id)]);
  expect(judged({ reviews: [yes], passkeys: signed, participants: [pushed(olga)] }).conclusion).toBe(
    "action_required",
  );
});
