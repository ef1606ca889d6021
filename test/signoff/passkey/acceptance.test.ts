import { describe, expect, test } from "@jest/globals";
import { isAcceptanceSigned, prepareAcceptance } from "../../../src/signoff/passkey/acceptance.ts";
import type { Decision, Passkey, PasskeySignature } from "../../../src/signoff/passkey-facts.ts";
import type { Account } from "../../../src/signoff/snapshot.ts";
import { olga, sven } from "../build.ts";

const COMMIT = "c".repeat(40);
const NOW = Date.parse("2026-11-20T13:00:00Z");

const ACCEPT = {
  ...{ kind: "accept", repository: 70, number: 12, commitSha: COMMIT, commentId: 501 },
} as const satisfies Decision;

const key = (id: string, owner: Account, more: Partial<Passkey> = { byCode: true }): Passkey => {
  return { id, owner, enrolledAt: "2026-11-20T12:00:00Z", ...more };
};

const signed = (by: Account, withKey: string, decision: Decision = ACCEPT): PasskeySignature => ({
  ...{ statement: "statement", by, key: withKey, decision, at: "2026-11-20T12:45:00Z" },
  ...{ headSha: COMMIT, baseRef: "", content: {}, hazards: [] },
});

interface Row {
  readonly why: string;
  readonly keys: readonly Passkey[];
  readonly signed: readonly PasskeySignature[];
  readonly counts: boolean;
}

const ROWS: readonly Row[] = [
  {
    why: "signed with one's own valid key",
    keys: [key("o", olga)],
    signed: [signed(olga, "o")],
    counts: true,
  },
  { why: "not signed", keys: [key("o", olga)], signed: [], counts: false },
  {
    why: "signed by somebody else with a key of theirs",
    keys: [key("o", olga), key("s", sven)],
    signed: [signed(sven, "s")],
    counts: false,
  },
  {
    why: "said to be one's own, and signed with somebody else's key",
    keys: [key("o", olga), key("s", sven)],
    signed: [signed(olga, "s")],
    counts: false,
  },
  {
    why: "signed with one's own key for somebody else",
    keys: [key("o", olga), key("s", sven)],
    signed: [signed(sven, "o")],
    counts: false,
  },
  {
    why: "signed with a key that nobody vouched for",
    keys: [key("o", olga, {})],
    signed: [signed(olga, "o")],
    counts: false,
  },
  { why: "signed with a key that was removed since", keys: [], signed: [signed(olga, "o")], counts: false },
  {
    why: "signed once for something else and once for this",
    keys: [key("o", olga)],
    signed: [signed(olga, "o", { kind: "countersign", reviewId: 1 }), signed(olga, "o")],
    counts: true,
  },
  ...(
    [
      ["another comment", { ...ACCEPT, commentId: 502 }],
      ["an approval instead of the comment", { ...ACCEPT, commentId: null }],
      ["another commit", { ...ACCEPT, commitSha: "d".repeat(40) }],
      ["another issue", { ...ACCEPT, number: 13 }],
      ["another repository", { ...ACCEPT, repository: 71 }],
      ["another decision", { kind: "countersign", reviewId: 501 }],
    ] as const satisfies readonly (readonly [string, Decision])[]
  ).map(
    ([what, decision]): Row => ({
      ...{ why: `signed for ${what}`, keys: [key("o", olga)] },
      ...{ signed: [signed(olga, "o", decision)], counts: false },
    }),
  ),
];

describe("An acceptance", () => {
  test.each(ROWS)("$why: counts is $counts", ({ keys, signed: given, counts }) => {
    const facts = { keys, vouches: [], signed: given };
    expect(isAcceptanceSigned(facts, { by: olga, decision: ACCEPT }, NOW)).toBe(counts);
  });

  test("counts with a key that another owner vouched for", () => {
    const vouches = [{ key: "o", by: sven, withKey: "s", at: "2026-11-20T12:30:00Z" }];
    const facts = { keys: [key("o", olga, {}), key("s", sven)], vouches, signed: [signed(olga, "o")] };
    expect(isAcceptanceSigned(facts, { by: olga, decision: ACCEPT }, NOW)).toBe(true);
  });

  test("counts with a key that is old enough, where that makes one valid", () => {
    const facts = {
      keys: [key("o", olga, {})],
      vouches: [],
      signed: [signed(olga, "o")],
      validAfter: 3_600_000,
    };
    const at = (time: number) => isAcceptanceSigned(facts, { by: olga, decision: ACCEPT }, time);
    expect([at(NOW - 1), at(NOW)]).toEqual([false, true]);
  });

  test("is signed over the decision alone, and is about its commit", () => {
    const fresh = { installation: 7, nonce: "nonce", issuedAt: "2026-11-20T13:00:00Z" };
    expect(prepareAcceptance({ by: olga, decision: ACCEPT }, fresh)).toEqual({
      statement: {
        ...{ type: "countersign/statement/v1", ...fresh, decision: ACCEPT },
        by: { id: olga.id, login: olga.login },
      },
      content: { headSha: COMMIT, baseRef: "", content: {}, hazards: [] },
    });
  });
});
