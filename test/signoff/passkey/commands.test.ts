import { describe, expect, test } from "@jest/globals";
import type { PasskeySignature } from "../../../src/signoff/passkey-facts.ts";
import type { FreezeRecord, OverrideRecord, Snapshot } from "../../../src/signoff/snapshot.ts";
import { HEAD, nils, olga, permissions, recorded, sven, user, verdict } from "../build.ts";
import { keyOf, passkeys, signature } from "./build.ts";

const [ann, ben] = [user("ann", 21), user("ben", 22)];
const SHA = HEAD.slice(0, 12);
const AT = "2026-11-20T12:59:00Z";
const enrolledAt = "2026-11-01T00:00:00Z";
const rules = {
  passkey: { hazards: true, areas: [], outside: false },
  override: {
    by: [ann, ben].map(({ login }) => ({ kind: "user" as const, login })),
    approvals: 2,
    expiresAfter: 3_600_000,
  },
  freeze: [],
};
const OFF = { ...rules, passkey: { ...rules.passkey, hazards: false } };

const facts = (signed: readonly PasskeySignature[]) =>
  passkeys(signed, {
    keys: [ann, ben, olga, sven].map((owner) => ({
      id: keyOf(owner),
      owner,
      enrolledAt,
      byCode: true as const,
    })),
  });
const authority = {
  permissions: permissions("write", olga, sven, nils, ann, ben),
  users: { ann, ben },
  teams: { "acme/sre": { status: "known" as const, members: [olga, sven] } },
};
const says = (id: number, by: typeof ann, body: string, at = AT) => ({ id, by, at, body });
const judged = (more: Partial<Snapshot>, of: Parameters<typeof verdict>[1] = rules) =>
  verdict({ authority, ...more }, of);

describe("a line for an override", () => {
  const line = `/countersign override ${SHA} It burns`;
  const over = { headSha: HEAD, reason: "It burns" };
  const asks = signature(ann, { kind: "override-ask", commentId: 1, ...over });
  const grants = signature(ben, { kind: "override-grant", commentId: 2, ...over });
  const commands = [says(1, ann, line), says(2, ben, line, "2026-11-20T12:59:30Z")];
  const came = (signed: readonly PasskeySignature[], of = rules, more: Partial<Snapshot> = {}) => {
    const {
      conclusion,
      override,
      passkeys: awaited,
      toRecord,
    } = judged({ commands, passkeys: facts(signed), ...more }, of);
    return {
      conclusion,
      status: override?.status,
      waits: awaited?.awaited.map(({ by, decision }) => `${decision.kind} by ${by.login}`),
      heard: toRecord.commands?.map(({ commentId }) => commentId),
    };
  };

  test("counts with its writer's passkey, for those who ask and those who grant", () => {
    expect(came([asks, grants])).toEqual({
      conclusion: "success",
      status: "granted",
      waits: undefined,
      heard: [1, 2],
    });
    expect(came([], OFF)).toMatchObject({ conclusion: "success", status: "granted", heard: [1, 2] });
  });

  test("is nothing before that: nothing came of it, and it is heard again", () => {
    expect(came([])).toEqual({
      conclusion: "action_required",
      status: undefined,
      waits: ["override-ask by ann", "override-ask by ben"],
      heard: undefined,
    });
    expect(came([asks])).toEqual({
      conclusion: "action_required",
      status: "asked",
      waits: ["override-grant by ben"],
      heard: [1],
    });
  });

  test("is heard in vain once its time is over", () => {
    expect(came([], rules, { now: "2026-11-20T14:30:00Z" })).toMatchObject({
      waits: undefined,
      heard: [1, 2],
    });
    expect(judged({ commands, passkeys: facts([]) }).changesAt).toBe("2026-11-20T13:59:00.000Z");
  });

  test.each([
    ["another comment", { commentId: 9 }],
    ["another head", { headSha: "e".repeat(40) }],
    ["another reason", { reason: "It is late" }],
  ])("does not count with a signature over %s", (_, other) => {
    const foreign = signature(ann, { kind: "override-ask", commentId: 1, ...over, ...other });
    expect(came([foreign, grants])).toMatchObject({ conclusion: "action_required", heard: [2] });
  });

  test("ends when its signature counts no more", () => {
    const record = (commentId: number, by: typeof ann): OverrideRecord => ({
      ...{ commentId, by, at: AT, ...over, named: SHA, baseRef: "main", lasts: 3_600_000 },
    });
    const overrides = [record(1, ann), record(2, ben)];
    const given = { recorded: recorded({ overrides }) };
    expect(judged({ ...given, passkeys: facts([asks, grants]) }).conclusion).toBe("success");
    const { conclusion, toRecord } = judged({ ...given, passkeys: facts([asks]) });
    expect(conclusion).toBe("action_required");
    expect(toRecord.ended).toEqual(overrides.map((each) => ({ record: each, because: "unsigned" })));
  });

  test("is withdrawn without one", () => {
    const record = { commentId: 1, by: ann, at: AT, ...over, named: SHA, baseRef: "main", lasts: 3_600_000 };
    const { toRecord } = judged({
      commands: [says(5, ann, "/countersign withdraw", "2026-11-20T12:59:40Z")],
      recorded: recorded({ overrides: [record] }),
      passkeys: facts([asks]),
    });
    expect(toRecord.ended).toMatchObject([{ because: "withdrawn" }]);
  });
});

describe("the end of a freeze", () => {
  const freeze: FreezeRecord = {
    ...{ commentId: 4, by: olga, at: "2026-11-20T11:00:00Z", area: "infrastructure" },
    ...{ until: "2026-12-01T00:00:00Z", reason: "Sale" },
  };
  const history = { frozen: [freeze], lifts: [], recent: [], held: [] };
  const came = (signed: readonly PasskeySignature[], at = AT, of = rules) => {
    const {
      toRecord,
      freezes,
      passkeys: awaited,
    } = judged(
      {
        commands: [says(6, olga, "/countersign unfreeze infrastructure", at)],
        recorded: recorded({ freezes: history }),
        passkeys: facts(signed),
      },
      of,
    );
    const [outcome] = toRecord.commands ?? [];
    return {
      frozen: freezes !== undefined,
      lifted: outcome?.lift?.lifted,
      answer: outcome?.answer,
      waits: awaited?.awaited.length ?? 0,
    };
  };
  const signed = signature(olga, { kind: "unfreeze", commentId: 6, area: "infrastructure" });

  test("counts with its writer's passkey, and waits for it an hour", () => {
    expect(came([signed])).toMatchObject({ frozen: false, lifted: [4], waits: 0 });
    expect(came([], AT, OFF)).toMatchObject({ frozen: false, lifted: [4] });
    expect(came([])).toEqual({ frozen: true, lifted: undefined, answer: undefined, waits: 1 });
    expect(came([], "2026-11-20T12:00:00Z")).toMatchObject({
      frozen: true,
      answer: expect.stringContaining("within an hour"),
      waits: 0,
    });
  });

  test("a freeze itself needs none", () => {
    const { toRecord, freezes } = judged({
      commands: [says(6, olga, "/countersign freeze infrastructure until 2026-12-01 Sale")],
      passkeys: facts([]),
    });
    expect(toRecord.commands).toMatchObject([{ freeze: { area: "infrastructure" } }]);
    expect(freezes).toHaveLength(1);
  });
});
