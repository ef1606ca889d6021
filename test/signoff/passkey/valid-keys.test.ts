import { expect, test } from "@jest/globals";
import { validKeys, validSince } from "../../../src/signoff/passkey/valid-keys.ts";
import type { Passkey, Vouch } from "../../../src/signoff/passkey-facts.ts";
import type { Account } from "../../../src/signoff/snapshot.ts";
import { dora, kira, nils, olga, sven } from "../build.ts";

const HOUR = 60 * 60_000;
const NOW = Date.parse("2026-11-20T13:00:00Z");
const key = (id: string, owner: Account, more: Partial<Passkey> = {}): Passkey => {
  return { id, owner, enrolledAt: "2026-11-20T12:00:00Z", ...more };
};
const root = (id: string, owner: Account) => key(id, owner, { byCode: true });
const vouch = (by: Account, withKey: string, of: string): Vouch => {
  return { key: of, by, withKey, at: "2026-11-20T12:30:00Z" };
};

interface Row {
  readonly why: string;
  readonly keys: readonly Passkey[];
  readonly vouches?: readonly Vouch[];
  readonly validAfter?: number;
  /** Those who may not vouch for what is signed. */
  readonly strangers?: readonly Account[];
  readonly valid: readonly string[];
}

const ROWS: readonly Row[] = [
  { why: "nobody's word", keys: [key("o", olga)], valid: [] },
  { why: "a code from the server", keys: [root("o", olga)], valid: ["o"] },
  {
    why: "a valid key's word",
    keys: [root("o", olga), key("s", sven)],
    vouches: [vouch(olga, "o", "s")],
    valid: ["o", "s"],
  },
  {
    why: "a chain, in whatever order it is told",
    keys: [key("d", dora), key("s", sven), root("o", olga)],
    vouches: [vouch(sven, "s", "d"), vouch(olga, "o", "s")],
    valid: ["o", "s", "d"],
  },
  {
    why: "the word of a key that is not valid",
    keys: [root("o", olga), key("n", nils), key("s", sven)],
    vouches: [vouch(nils, "n", "s")],
    valid: ["o"],
  },
  {
    why: "two that vouch for one another",
    keys: [key("n", nils), key("s", sven)],
    vouches: [vouch(nils, "n", "s"), vouch(sven, "s", "n")],
    valid: [],
  },
  {
    why: "one's own word for a second key",
    keys: [root("o", olga), key("o2", olga)],
    vouches: [vouch(olga, "o", "o2")],
    valid: ["o"],
  },
  {
    why: "a word with another person's key",
    keys: [root("o", olga), key("s", sven), key("d", dora)],
    vouches: [vouch(sven, "o", "d")],
    valid: ["o"],
  },
  {
    why: "the word of somebody who may not sign there",
    keys: [root("k", kira), key("s", sven)],
    vouches: [vouch(kira, "k", "s")],
    strangers: [kira],
    valid: ["k"],
  },
  {
    why: "a chain through somebody who may not sign there",
    keys: [root("o", olga), key("k", kira), key("s", sven)],
    vouches: [vouch(olga, "o", "k"), vouch(kira, "k", "s")],
    strangers: [kira],
    valid: ["o", "k"],
  },
  {
    why: "a chain whose middle is removed",
    keys: [root("o", olga), key("d", dora)],
    vouches: [vouch(olga, "o", "s"), vouch(sven, "s", "d")],
    valid: ["o"],
  },
  {
    why: "a chain whose middle is removed, and another word",
    keys: [root("o", olga), root("k", kira), key("d", dora)],
    vouches: [vouch(olga, "o", "s"), vouch(sven, "s", "d"), vouch(kira, "k", "d")],
    valid: ["o", "k", "d"],
  },
  { why: "old enough", keys: [key("o", olga)], validAfter: HOUR, valid: ["o"] },
  { why: "a moment too young", keys: [key("o", olga)], validAfter: HOUR + 1, valid: [] },
  {
    why: "the word of a key that is old enough",
    keys: [key("o", olga), key("s", sven, { enrolledAt: "2026-11-20T12:59:00Z" })],
    vouches: [vouch(olga, "o", "s")],
    validAfter: HOUR,
    valid: ["o", "s"],
  },
];

test.each(ROWS)("$why", ({ keys, vouches = [], validAfter, strangers = [], valid }) => {
  const facts = { signAt: null, keys, vouches, signed: [], ...(validAfter !== undefined && { validAfter }) };
  const mayVouch = ({ id }: Account) => !strangers.some((one) => one.id === id);
  expect([...validKeys(facts, { now: NOW, mayVouch })]).toEqual(valid);
});

test("a key is valid from the earliest of what makes it so on: a code, a word, its age", () => {
  const enrolledAt = (minute: number) => ({ enrolledAt: new Date(NOW + minute * 60_000).toISOString() });
  const keys = [
    ...[root("r", kira), key("w", nils), key("o", olga, enrolledAt(5))],
    ...[
      key("s", sven, enrolledAt(20)),
      key("d", dora, enrolledAt(10)),
      key("x", dora, { enrolledAt: "never" }),
    ],
  ];
  const vouches = [vouch(kira, "r", "w"), vouch(olga, "o", "s"), vouch(sven, "s", "d")];
  const since = validSince({ keys, vouches, signed: [], validAfter: HOUR }, () => true);
  const minutes = [...since].map(([id, moment]) => [id, (moment - NOW) / 60_000]);
  expect(minutes).toEqual([
    ["r", Number.NEGATIVE_INFINITY],
    ["w", Number.NEGATIVE_INFINITY],
    ["o", 65],
    ["s", 65],
    ["d", 65],
  ]);
});
