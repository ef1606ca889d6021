import { describe, expect, test } from "@jest/globals";
import { genesisOf } from "../../src/ledger/chain.ts";
import { type Damage, damageSentence } from "../../src/ledger/damage.ts";
import type { LinkedEntry } from "../../src/ledger/entry.ts";
import { type Anchor, ChainCheck, type ChainReport } from "../../src/ledger/verify.ts";
import { fc } from "../fast-check.ts";
import { chainOf, linked, rewrittenFrom, verdictOf } from "./chains.ts";

const CHAIN = chainOf(20);
const LONG = chainOf(10_000);

function check(
  chain: readonly LinkedEntry[],
  anchors: readonly Anchor[] = [],
  installation = 1,
): ChainReport {
  const chainCheck = new ChainCheck(installation, anchors);
  for (const one of chain) chainCheck.take(one);
  return chainCheck.end();
}

function at(chain: readonly LinkedEntry[], seq: number): LinkedEntry {
  const found = chain[seq - 1];
  if (found === undefined) throw new Error(`no entry ${seq}`);
  return found;
}

/** The chain with another thing in place of an entry. */
function withEntry(seq: number, make: (one: LinkedEntry) => readonly LinkedEntry[]): LinkedEntry[] {
  return CHAIN.flatMap((one) => (one.entry.seq === seq ? make(one) : [one]));
}

function changed(seq: number, change: object): LinkedEntry[] {
  return withEntry(seq, (one) => [{ ...one, entry: { ...one.entry, ...change } }]);
}

test("A whole chain has no damage", () => {
  expect(check(LONG, [{ hash: at(LONG, 9_000).hash }, { hash: at(LONG, 4).hash, seq: 4 }])).toEqual({
    ...{ installation: 1, entries: 10_000, carriedOver: 0 },
    first: { seq: 1, hash: at(LONG, 1).hash },
    last: { seq: 10_000, hash: at(LONG, 10_000).hash },
    anchoredThrough: 9_000,
    checkpoints: [],
    texts: { kept: 10_000, erased: 0, elsewhere: 0 },
    ...{ damages: [], more: 0 },
  });
});

test("A chain without entries is whole, unless something was noted of it", () => {
  expect(check([])).toMatchObject({ entries: 0, first: null, last: null, damages: [] });
  const anchor = "0".repeat(64);
  expect(check([], [{ hash: anchor }]).damages).toEqual([{ kind: "unknown-anchor", seq: 0, anchor }]);
});

const anchor = at(CHAIN, 18).hash;
const [place] = Object.keys(at(CHAIN, 3).texts);
if (place === undefined) throw new Error("entry 3 has a text");

const DAMAGES: readonly (readonly [
  what: string,
  chain: readonly LinkedEntry[],
  damages: readonly Damage[],
])[] = [
  ["its time", changed(3, { at: "2020-01-01T00:00:00.000Z" }), [{ kind: "changed", seq: 3 }]],
  ["GitHub's time", changed(3, { happenedAt: "2020-01-01T00:00:00Z" }), [{ kind: "changed", seq: 3 }]],
  ["its repository", changed(3, { repository: { id: 8, name: "acme/shop" } }), [{ kind: "changed", seq: 3 }]],
  ["its pull request", changed(3, { pull: 77 }), [{ kind: "changed", seq: 3 }]],
  ["its head", changed(3, { headSha: "b".repeat(40) }), [{ kind: "changed", seq: 3 }]],
  ["its kind", changed(3, { kind: "evidence" }), [{ kind: "changed", seq: 3 }]],
  ["who wrote it", changed(3, { carriedOver: true }), [{ kind: "changed", seq: 3 }]],
  ["its data", changed(3, { data: { conclusion: "success" } }), [{ kind: "changed", seq: 3 }]],
  ["its number", changed(3, { seq: 12 }), [{ kind: "changed", seq: 3 }]],
  ["what has no canonical form", changed(3, { data: "\ud800" }), [{ kind: "changed", seq: 3 }]],
  [
    "what it follows",
    withEntry(3, (one) => [{ ...one, prev: "0".repeat(64) }]),
    [{ kind: "changed", seq: 3 }],
  ],
  ["its hash", withEntry(3, (one) => [{ ...one, hash: "0".repeat(64) }]), [{ kind: "changed", seq: 3 }]],
  [
    "its data, with its own hash made anew",
    withEntry(3, ({ entry, prev, texts }) => [linked(prev, texts, { ...entry, pull: 77 })]),
    [{ kind: "changed", seq: 3 }],
  ],
  ["the first is gone", CHAIN.slice(1), [{ kind: "removed", seq: 1, to: 1 }]],
  ["one is gone", withEntry(3, () => []), [{ kind: "removed", seq: 3, to: 3 }]],
  [
    "several are gone",
    CHAIN.filter(({ entry: { seq } }) => seq < 5 || seq > 9),
    [{ kind: "removed", seq: 5, to: 9 }],
  ],
  ["one stands there twice", withEntry(3, (one) => [one, one]), [{ kind: "inserted", seq: 3 }]],
  [
    "one was made up, under a number that was given",
    withEntry(4, (one) => [one, linked(one.prev, one.texts, { ...one.entry, pull: 77 })]),
    [{ kind: "inserted", seq: 4 }],
  ],
  [
    "two changed places",
    [...CHAIN.slice(0, 5), at(CHAIN, 7), at(CHAIN, 6), ...CHAIN.slice(7)],
    [{ kind: "reordered", seq: 6 }],
  ],
  ["one was moved to the end", [...withEntry(6, () => []), at(CHAIN, 6)], [{ kind: "reordered", seq: 6 }]],
  [
    "one of another chain",
    withEntry(6, () => [at(chainOf(9, { installation: 2 }), 6)]),
    [
      { kind: "foreign", seq: 6, installation: 2 },
      { kind: "removed", seq: 6, to: 6 },
    ],
  ],
  [
    "another chain's beginning",
    withEntry(1, ({ entry, texts }) => [linked(genesisOf(2), texts, entry)]),
    [
      { kind: "changed", seq: 1 },
      { kind: "other-beginning", seq: 1 },
    ],
  ],
  ["the end is cut off", CHAIN.slice(0, 15), [{ kind: "unknown-anchor", seq: 15, anchor }]],
  [
    "all behind one is computed anew",
    rewrittenFrom(CHAIN, 12, { pull: 77 }),
    [{ kind: "unknown-anchor", seq: 20, anchor }],
  ],
  [
    "a text",
    withEntry(3, (one) => [{ ...one, texts: { [place]: { key: "k".repeat(22), text: "somebody" } } }]),
    [{ kind: "text-changed", seq: 3, place }],
  ],
  [
    "a text that was added",
    withEntry(3, (one) => [{ ...one, texts: { ...one.texts, "/more": { key: "k".repeat(22), text: "x" } } }]),
    [{ kind: "text-inserted", seq: 3, place: "/more" }],
  ],
  [
    "a text that is gone, by an entry that did not erase it",
    withEntry(3, (one) => [{ ...one, texts: { [place]: { erasedBy: 9 } } }]),
    [{ kind: "erasure-unknown", seq: 3, by: 9 }],
  ],
];

test.each(DAMAGES)("Finds what was changed: %s", (_, chain, damages) => {
  expect(check(chain, [{ hash: anchor }]).damages).toEqual(damages);
});

test.each([
  ["is gone", CHAIN.slice(0, 15), { kind: "truncated", seq: 18, anchor }],
  ["has another hash", rewrittenFrom(CHAIN, 12, { pull: 77 }), { kind: "rewritten", seq: 18, anchor }],
])("Tells which entry was noted elsewhere, where it %s", (_, chain, damage) => {
  expect(check(chain, [{ hash: anchor, seq: 18 }]).damages).toEqual([damage]);
});

test("Whoever computes everything anew is not found without an anchor", () => {
  expect(check(rewrittenFrom(CHAIN, 12, { pull: 77 }))).toMatchObject({ damages: [], anchoredThrough: null });
});

test("A text that is kept nowhere here is no damage", () => {
  const chain = withEntry(3, (one) => [{ ...one, texts: {} }]);
  expect(check(chain)).toMatchObject({ texts: { kept: 19, erased: 0, elsewhere: 1 }, damages: [] });
});

describe("A text that an entry erased", () => {
  const because = "a request of 2026-05-01";
  const erasing = (erased: object) =>
    chainOf(9, {
      tell: (seq) => (seq === 8 ? { kind: "erasure", data: { erased, because } } : verdictOf(seq)),
    });
  const without = (chain: readonly LinkedEntry[], seq: number) =>
    chain.map((one) => (one.entry.seq === seq ? { ...one, texts: { [place]: { erasedBy: 8 } } } : one));

  test("Is no damage", () => {
    expect(check(without(erasing({ 3: [place] }), 3))).toMatchObject({
      ...{ damages: [], texts: { kept: 7, erased: 1, elsewhere: 0 } },
    });
  });

  test.each([
    ["of another entry", without(erasing({ 4: [place] }), 3)],
    ["of another place", without(erasing({ 3: ["/reason"] }), 3)],
    ["of a later entry", without(erasing({ 9: [place] }), 9)],
  ])("Is damage where it is said to be %s", (_, chain) => {
    expect(check(chain).damages).toMatchObject([{ kind: "erasure-unknown", by: 8 }]);
  });
});

describe("A chain whose beginning was removed", () => {
  const before = "2026-01-01T00:00:06.000Z";
  const checked = (through: number, hash = at(CHAIN, 5).hash) =>
    chainOf(20, {
      tell: (seq) => (seq === 15 ? { kind: "checkpoint", data: { through, hash, before } } : verdictOf(seq)),
    }).slice(5);

  test("Is whole where a checkpoint in it says so", () => {
    expect(check(checked(5))).toMatchObject({
      ...{ damages: [], first: { seq: 6 }, checkpoints: [{ seq: 15, through: 5, before }] },
    });
  });

  test.each([
    ["says so of less", checked(4)],
    ["names another hash", checked(5, at(CHAIN, 4).hash)],
    ["is not there", CHAIN.slice(5)],
  ])("Is damaged where the checkpoint %s", (_, chain) => {
    expect(check(chain).damages).toEqual([{ kind: "removed", seq: 1, to: 5 }]);
  });
});

test("Of endless damage it keeps the beginning and counts the rest", () => {
  const all = LONG.map((one) => ({ ...one, hash: "0".repeat(64) }));
  const { damages, more } = check(all);
  expect([damages.length, more]).toEqual([1_000, 9_000]);
});

/** Each tampers with one entry of the 10,000, whichever; with the numbers of the entries that may be named. */
const TAMPERS: Readonly<Record<string, (chain: LinkedEntry[], seq: number) => void>> = {
  changed: (chain, seq) => {
    const one = at(chain, seq);
    chain[seq - 1] = { ...one, entry: { ...one.entry, pull: 1_000 } };
  },
  removed: (chain, seq) => chain.splice(seq - 1, 1),
  inserted: (chain, seq) => chain.splice(seq, 0, at(chain, seq)),
  reordered: (chain, seq) => chain.splice(seq - 1, 2, at(chain, seq + 1), at(chain, seq)),
};

test.each(Object.entries(TAMPERS))("Finds any entry of 10,000 that was %s, and names it", (kind, tamper) => {
  const within = fc.integer({ min: 1, max: LONG.length - 1 });
  fc.assert(
    fc.property(within, (seq) => {
      const chain = [...LONG];
      tamper(chain, seq);
      expect(check(chain).damages).toMatchObject([{ kind, seq }]);
    }),
    { numRuns: 4, examples: [[1], [LONG.length - 1]] },
  );
});

test.each(
  [...DAMAGES.flatMap(([, , damages]) => damages), { kind: "truncated", seq: 18, anchor } as const].map(
    (damage) => [damage.kind, damage] as const,
  ),
)("Has a sentence for damage: %s", (_, damage) => {
  expect(damageSentence(damage)).toMatch(/^[A-Z].*\d.*\.$/);
});
