import type { Happening } from "../../src/notices/happening.ts";
import { fc } from "../fast-check.ts";

const PLACE = { at: "2026-11-30T12:00:00.000Z", repository: "acme/shop" };
const PULL = { ...PLACE, pull: { number: 7, title: "Fix the slow checkout" }, commit: "a1b2c3" };

/** One of each kind, with its sentence. */
export const TOLD: readonly { readonly happening: Happening; readonly says: string }[] = [
  {
    happening: { ...PULL, kind: "asked", key: "1", asked: ["olga", "acme/sre"], areas: ["infrastructure"] },
    says: "olga and acme/sre are asked to review acme/shop#7.",
  },
  {
    happening: {
      ...PULL,
      kind: "escalated",
      key: "2",
      by: ["olga"],
      asked: ["sam"],
      areas: ["infrastructure"],
    },
    says: "olga did not answer in time on acme/shop#7 (infrastructure). Asked as well: sam.",
  },
  {
    happening: { ...PULL, kind: "refused", key: "3", by: ["olga"], areas: ["infrastructure", "ci"] },
    says: "olga refused acme/shop#7 (infrastructure and ci).",
  },
  {
    happening: { ...PULL, kind: "override-asked", key: "4", by: ["wes"], reason: "The shop is down" },
    says: "wes asked to override the check of acme/shop#7.",
  },
  {
    happening: {
      ...{ ...PULL, kind: "override-granted", key: "5", by: ["wes", "dana"] },
      ...{ reason: "The shop is down", until: "2026-11-30T13:00:00.000Z" },
    },
    says: "wes and dana overrode the check of acme/shop#7 until 2026-11-30 13:00 UTC.",
  },
  {
    happening: { ...PULL, kind: "override-ended", key: "6", how: "expired" },
    says: "The override of acme/shop#7 ended: its time is over.",
  },
  {
    happening: {
      ...{ ...PULL, kind: "frozen", key: "7", by: ["olga"], areas: ["all"], reason: "Year's end" },
      until: "2027-01-05T00:00:00.000Z",
    },
    says: "olga froze all in acme/shop until 2027-01-05 00:00 UTC.",
  },
  {
    happening: { ...PULL, kind: "lifted", key: "8", by: ["olga"], areas: ["ci"] },
    says: "olga lifted the freeze of ci in acme/shop.",
  },
  {
    happening: { ...PULL, kind: "bypassed", key: "9", by: ["mallory"], branch: "main", how: "red" },
    says: "mallory changed main of acme/shop#7 past the check: the check had not passed.",
  },
  {
    happening: { ...PLACE, kind: "follow-up", key: "10", commit: "a1b2c3", areas: ["ci"] },
    says: "What got in by acme/shop has to be accepted by its owners (ci).",
  },
];

/** What an author may try: marks, mentions, links, and what nobody sees. */
const NASTY = fc.constantFrom(
  ...[
    "<!channel>",
    "<!here|x>",
    "<@U012AB3CD>",
    "<#C012>",
    "@here",
    "@channel",
    "@everyone",
    "&lt;!channel&gt;",
  ],
  ...[
    "<https://evil.example|acme.io>",
    "https://evil.example",
    "[a](https://evil.example)",
    "*b*",
    "_i_",
    "`c`",
  ],
  ...[
    "\u202E",
    "\u2066",
    "\u200B",
    "\u0000",
    "\u001B[31m",
    "\r\n",
    "\u2028",
    "~s~",
    "```",
    "olga@acme.example",
  ],
  ...["\uD800", "\uE000", "😀", ">", "&", "|"],
);

const text = fc
  .array(fc.oneof(NASTY, fc.string({ unit: "binary", maxLength: 30 })), { maxLength: 20 })
  .map((parts) => parts.join(""));
const texts = fc.array(text, { maxLength: 30 });

/** Happenings of every kind in which every text is an author's. */
export const anyHappening: fc.Arbitrary<Happening> = fc.record({
  kind: fc.constantFrom(...TOLD.map(({ happening }) => happening.kind)),
  key: text,
  at: fc.constant(PLACE.at),
  repository: text,
  pull: fc.record({ number: fc.nat(), title: fc.option(text) }),
  commit: text,
  branch: text,
  areas: texts,
  by: texts,
  asked: texts,
  how: text,
  reason: text,
  until: text,
});
