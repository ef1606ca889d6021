import { describe, expect, test } from "@jest/globals";
import type { Freeze, Override } from "../../../src/signoff/verdict.ts";
import {
  anotherLifts,
  freezeSentence,
  frozenTitle,
  inDoubt,
  letThrough,
  nothingCame,
  otherReason,
  overriddenTitle,
  overrideSentences,
} from "../../../src/signoff/wording/override-words.ts";
import { nils, olga } from "../build.ts";

const owners = (...logins: readonly string[]) => logins.map((login) => ({ kind: "user" as const, login }));
const override = (more: Partial<Override> = {}): Override => ({
  ...{ status: "granted", by: [olga, nils], reason: "It burns", missing: 0 },
  ...{ until: "2026-11-20T13:20:00.000Z", passedOver: [] },
  ...more,
});
const passedOver: Override["passedOver"] = [
  {
    ...{ area: "infrastructure", count: 1, senior: owners("kira"), because: [] },
    from: { kind: "path-owners", owners: owners("sven"), paths: [], source: "CODEOWNERS:2" },
  } as never,
];

describe("what is said of an override", () => {
  test.each<{ why: string; given: Partial<Override>; says: readonly string[] }>([
    {
      why: "asked for",
      given: { status: "asked", by: [olga], missing: 1 },
      says: [
        "@olga asked for an override: “It burns”. 1 more person of those whom the config names under “override.by”, who took no part in the change, must repeat the line by 13:20 UTC.",
      ],
    },
    {
      why: "asked for, where it takes more people",
      given: { status: "asked", by: [olga], missing: 2, isLong: true },
      says: [
        "@olga asked for an override: “It burns”. 2 more persons of those whom the config names under “override.by”, who took no part in the change, must repeat the line by 2026-11-20 13:20 UTC.",
      ],
    },
    {
      why: "held",
      given: { status: "held" },
      says: [
        "@olga and @nils asked for an override: “It burns”. It lets nothing through while a refusal stands, the change cannot be evaluated, or a freeze holds that not each of them may lift.",
      ],
    },
    {
      why: "granted",
      given: { passedOver },
      says: [
        "@olga and @nils let this through without the countersignatures: “It burns”. It ends at 13:20 UTC, on any push or change of the base, when one of them loses the right, and on “/countersign withdraw”.",
        "Not countersigned: infrastructure (@sven or @kira).",
      ],
    },
  ])("that was $why", ({ given, says }) => {
    expect(overrideSentences(override(given))).toEqual(says);
  });

  test("in the title", () => {
    expect(overriddenTitle(override())).toBe("Overridden by @olga and @nils until 13:20 UTC: It burns");
    expect(overriddenTitle(override({ isLong: true }))).toBe(
      "Overridden by @olga and @nils until 2026-11-20 13:20 UTC: It burns",
    );
  });

  test("of who let it through, with nothing that cannot be seen", () => {
    expect(letThrough(override({ by: [olga], reason: "a\u202eb" }))).toBe(
      "@olga let this through without the countersignatures: “a\\u{202e}b”.",
    );
  });
});

describe("what a command is answered", () => {
  test.each([
    ["edited", "was edited"],
    ["app", "was written by an App"],
    ["e-mail", "came by e-mail"],
  ] as const)("that is in doubt: %s", (doubt, clause) => {
    expect(inDoubt(doubt)).toBe(
      `Nothing came of the command: it ${clause}, so it may not be your own word. Write it anew, on GitHub’s page.`,
    );
  });

  test("of which nothing came", () => {
    expect(nothingCame("it is over")).toBe("Nothing came of the command: it is over.");
  });

  test("that gives another reason", () => {
    expect(otherReason({ by: olga, reason: "It burns" })).toBe(
      "This is another line than that of @olga, whose reason is “It burns”. To grant theirs, repeat it word for word.",
    );
  });

  test("that takes another one to lift a freeze", () => {
    expect(anotherLifts("infrastructure")).toBe(
      "To lift the freeze of “infrastructure”, somebody else who may sign for it has to say the same within an hour.",
    );
  });
});

describe("what is said of a freeze", () => {
  const freeze = (more: Partial<Freeze> = {}): Freeze => ({
    ...{ area: "infrastructure", by: olga, since: "2026-11-20T12:10:00.000Z" },
    ...{ until: "2026-11-21T00:00:00.000Z", reason: "It burns" },
    ...more,
  });
  const times = "from 2026-11-20 12:10 UTC until 2026-11-21 00:00 UTC: “It burns”.";
  const lifts = (area: string) =>
    ` “/countersign unfreeze ${area}” lifts it: by @olga, or by two who may sign for it and took no part in what is held.`;

  test.each<{ why: string; given: Partial<Freeze>; title: string; says: string }>([
    {
      why: "of an area, by a person",
      given: {},
      title: "Frozen until 2026-11-21 00:00 UTC by @olga: It burns",
      says: `“infrastructure” is frozen by @olga ${times}${lifts("infrastructure")}`,
    },
    {
      why: "of everything",
      given: { area: "all" },
      title: "Frozen until 2026-11-21 00:00 UTC by @olga: It burns",
      says: `All changes are frozen by @olga ${times}${lifts("all")}`,
    },
    {
      why: "of an area that is gone",
      given: { areaIsGone: true },
      title: "Frozen until 2026-11-21 00:00 UTC by @olga: It burns",
      says: `“infrastructure” is no area of the config any more, so all changes are frozen by @olga ${times}${lifts("infrastructure")}`,
    },
    {
      why: "by the config",
      given: { by: null, origin: ".github/countersign.yml:2" },
      title: "Frozen until 2026-11-21 00:00 UTC: It burns",
      says: `“infrastructure” is frozen by the config (.github/countersign.yml:2) ${times}`,
    },
  ])("$why", ({ given, title, says }) => {
    expect(frozenTitle(freeze(given))).toBe(title);
    expect(freezeSentence(freeze(given))).toBe(says);
  });
});
