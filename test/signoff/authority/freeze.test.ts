import { describe, expect, test } from "@jest/globals";
import type { FreezeWindow } from "../../../src/policy/keys/freeze.ts";
import type { Policy } from "../../../src/policy/policy.ts";
import { evaluate } from "../../../src/signoff/evaluate.ts";
import { titleOf } from "../../../src/signoff/report/headline.ts";
import type {
  Account,
  CommandComment,
  FreezeHistory,
  FreezeRecord,
  LiftRecord,
  OverrideRecord,
  Snapshot,
} from "../../../src/signoff/snapshot.ts";
import {
  approval,
  commit,
  DATABASE,
  dora,
  file,
  HEAD,
  humanChange,
  INFRASTRUCTURE,
  kira,
  nils,
  olga,
  policy,
  recorded,
  snapshot,
  sven,
} from "../build.ts";

/** Minutes after noon; the change is judged at one. */
const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 12, minute)).toISOString();

let comments = 500;
const said = (by: Account, body: string, minute = 50): CommandComment => {
  comments += 1;
  return { id: comments, by, at: at(minute), body };
};

const freeze = (area: string, more: Partial<FreezeRecord> = {}): FreezeRecord => {
  comments += 1;
  return { commentId: comments, by: olga, at: at(10), area, until: at(120), reason: "It burns", ...more };
};

const history = (more: Partial<FreezeHistory> = {}): FreezeHistory => {
  return { frozen: [], lifts: [], recent: [], held: [], ...more };
};

const window = (area: string, more: Partial<FreezeWindow> = {}): FreezeWindow => ({
  ...{ areas: [area], starts: at(0), ends: at(120), reason: "Year's end", appliesTo: "ai" },
  ...{ origin: ".github/countersign.yml:2", ...more },
});

const OPEN = policy({ freeze: [] });
const withWindow = (one: FreezeWindow): Policy => policy({ freeze: [one] });

/** Signed by Olga, who owns it. */
const signed = (more: Partial<Snapshot> = {}) => snapshot({ reviews: [approval(olga)], ...more });
const frozen = (...records: readonly FreezeRecord[]) =>
  signed({ recorded: recorded({ freezes: history({ frozen: records }) }) });

const OBSERVED = { ...INFRASTRUCTURE, name: "web", paths: ["/web/"], mode: "observe" as const };
const alsoInObserved = (...records: readonly FreezeRecord[]) => ({
  ...frozen(...records),
  files: [...signed().files, file("web/page.ts")],
});

describe("what is frozen does not pass, whoever signed for it", () => {
  test.each<{ why: string; given: Snapshot; by: Policy; stopped: boolean }>([
    { why: "no freeze", given: signed(), by: OPEN, stopped: false },
    { why: "a time of the config", given: signed(), by: withWindow(window("infrastructure")), stopped: true },
    { why: "a time of every area", given: signed(), by: withWindow(window("all")), stopped: true },
    { why: "another area's", given: signed(), by: withWindow(window("database")), stopped: false },
    {
      why: "one that begins later",
      given: signed(),
      by: withWindow(window("all", { starts: at(61) })),
      stopped: false,
    },
    {
      why: "one that is over",
      given: signed(),
      by: withWindow(window("all", { ends: at(60) })),
      stopped: false,
    },
    { why: "a person's word", given: frozen(freeze("infrastructure")), by: OPEN, stopped: true },
    {
      why: "a person's word that is over",
      given: frozen(freeze("all", { until: at(60) })),
      by: OPEN,
      stopped: false,
    },
    {
      why: "a word where the config has no freeze any more",
      given: frozen(freeze("all")),
      by: policy(),
      stopped: false,
    },
    { why: "of AI changes, a person's", given: humanChange(), by: withWindow(window("all")), stopped: false },
    {
      why: "of everybody's, a person's",
      given: humanChange(),
      by: withWindow(window("all", { appliesTo: "everyone" })),
      stopped: true,
    },
    {
      why: "an area that observes by itself",
      given: snapshot(),
      by: policy({ freeze: [window("all")], areas: [{ ...INFRASTRUCTURE, mode: "observe" }] }),
      stopped: true,
    },
    {
      why: "what lies in no area",
      given: snapshot({ files: [file("web/page.ts")] }),
      by: withWindow(window("all")),
      stopped: true,
    },
    {
      why: "a word about an area that the config has under another name by now",
      given: frozen(freeze("databases")),
      by: OPEN,
      stopped: true,
    },
    {
      why: "a word, where another area that is changed observes",
      given: alsoInObserved(freeze("infrastructure")),
      by: policy({ freeze: [], areas: [INFRASTRUCTURE, OBSERVED] }),
      stopped: true,
    },
    {
      why: "a word about an area that observes: it is a no",
      given: alsoInObserved(freeze("web")),
      by: policy({ freeze: [], areas: [INFRASTRUCTURE, OBSERVED] }),
      stopped: true,
    },
    {
      why: "a word about an area where everybody has to sign, and a person's change",
      given: humanChange({
        recorded: recorded({ freezes: history({ frozen: [freeze("infrastructure")] }) }),
      }),
      by: policy({ freeze: [], areas: [{ ...INFRASTRUCTURE, appliesTo: "everyone" }] }),
      stopped: true,
    },
  ])("by $why", ({ given, by, stopped }) => {
    const verdict = evaluate(given, by);
    if (stopped) expect(verdict).toMatchObject({ conclusion: "action_required", freezes: [{}] });
    else expect(verdict).not.toHaveProperty("freezes");
  });

  test("the title says until when, by whom and why, and time alone changes it", () => {
    const verdict = evaluate(frozen(freeze("infrastructure")), OPEN);
    expect(titleOf(verdict)).toBe("Frozen until 2026-11-20 14:00 UTC by @olga: It burns");
    expect(verdict.changesAt).toBe(at(120));
    expect(evaluate(signed(), withWindow(window("all", { starts: at(70) }))).changesAt).toBe(at(70));
  });

  test("observe mode says what it would do", () => {
    const verdict = evaluate(signed(), { ...withWindow(window("all")), mode: "observe" });
    expect(verdict).toMatchObject({ conclusion: "neutral", wouldBe: "action_required" });
  });

  test("a pass names the areas by whose freezing it ends", () => {
    expect(evaluate(signed(), OPEN).freezable).toEqual(["infrastructure", "all"]);
    expect(evaluate(signed(), policy())).not.toHaveProperty("freezable");
  });
});

const FREEZE = "/countersign freeze infrastructure until 2026-11-21 It burns";

describe("what of a freeze counts", () => {
  const inBoth = { files: [...signed().files, file("db/a.sql")] };

  test("an area that a person's change touches counts only where everybody has to sign there", () => {
    const everybody = { ...INFRASTRUCTURE, appliesTo: "everyone" as const };
    const words = recorded({ freezes: history({ frozen: [freeze("all")] }) });
    const judged = (...areas: readonly (typeof INFRASTRUCTURE)[]) =>
      evaluate(humanChange({ ...inBoth, recorded: words }), policy({ freeze: [], areas }));
    expect(judged(INFRASTRUCTURE, DATABASE)).not.toHaveProperty("freezes");
    expect(judged(everybody, DATABASE)).toHaveProperty("freezes");
  });

  test("what the config says of AI changes does not stop a person's, wherever everybody has to sign", () => {
    const areas = [{ ...INFRASTRUCTURE, appliesTo: "everyone" as const }];
    const verdict = evaluate(humanChange(), policy({ freeze: [window("infrastructure")], areas }));
    expect(verdict).not.toHaveProperty("freezes");
  });

  test("an area that is gone is told as such, and one that is there not", () => {
    const [gone, there] = ["databases", "infrastructure"].map(
      (area) => evaluate(frozen(freeze(area)), OPEN).freezes?.[0],
    );
    expect(gone).toMatchObject({ area: "databases", areaIsGone: true });
    expect(there).not.toHaveProperty("areaIsGone");
  });

  test("it begins with its first moment", () => {
    expect(evaluate(signed(), withWindow(window("all", { starts: at(60) })))).toMatchObject({
      ...{ freezes: [{ since: at(60) }], changesAt: at(120) },
    });
  });

  test("the nearest of several ends is when the verdict may change", () => {
    const windows = [window("all", { ends: at(200) }), window("all", { ends: at(90) })];
    expect(evaluate(signed(), policy({ freeze: windows })).changesAt).toBe(at(90));
  });

  test("the end of an override that comes first is when it may change, or that of the freeze", () => {
    const by = [olga, sven].map(({ login }) => ({ kind: "user" as const, login }));
    const line = (each: Account, minute: number): OverrideRecord => ({
      ...{ commentId: 700 + minute, by: each, at: at(minute), headSha: HEAD, named: HEAD.slice(0, 12) },
      ...{ baseRef: "main", lasts: 60 * 60_000, reason: "It burns" },
    });
    const judged = (until: string) =>
      evaluate(
        snapshot({
          recorded: recorded({
            overrides: [line(olga, 20), line(sven, 21)],
            freezes: history({ frozen: [freeze("infrastructure", { by: dora, until })] }),
          }),
        }),
        policy({ freeze: [], override: { by, approvals: 2, expiresAfter: 60 * 60_000 } }),
      ).changesAt;
    expect(judged(at(70))).toBe(at(70));
    expect(judged(at(100))).toBe(at(81));
  });

  test("what cannot be evaluated stays so, and says what is frozen", () => {
    const verdict = evaluate({ ...frozen(freeze("all")), files: [file("a", { status: "renamed" })] }, OPEN);
    expect(verdict).toMatchObject({ conclusion: "failure", freezes: [{}] });
  });

  test("whoever froze an area goes through it with an override, whatever they own", () => {
    const by = [nils, olga].map(({ login }) => ({ kind: "user" as const, login }));
    const line = (each: Account, minute: number): OverrideRecord => ({
      ...{ commentId: 600 + minute, by: each, at: at(minute), headSha: HEAD, named: HEAD.slice(0, 12) },
      ...{ baseRef: "main", lasts: 60 * 60_000, reason: "It burns" },
    });
    const judged = (froze: Account) =>
      evaluate(
        snapshot({
          recorded: recorded({
            overrides: [line(nils, 20), line(olga, 21)],
            freezes: history({ frozen: [freeze("infrastructure", { by: froze })] }),
          }),
        }),
        policy({ freeze: [], override: { by, approvals: 2, expiresAfter: 60 * 60_000 } }),
      ).override?.status;
    expect(judged(nils)).toBe("granted");
    expect(judged(dora)).toBe("held");
  });
});

describe("freezing by a comment", () => {
  test.each([
    { who: "an owner of what is changed", by: olga, body: FREEZE },
    { who: "a member of a team that owns it", by: sven, body: FREEZE.replace("infrastructure", "all") },
  ])("is done by $who", ({ by, body }) => {
    const verdict = evaluate(signed({ commands: [said(by, body)] }), OPEN);
    expect(verdict).toMatchObject({
      conclusion: "action_required",
      toRecord: { commands: [{ freeze: { by, until: "2026-11-22T00:00:00.000Z" } }] },
    });
  });

  test.each<{ why: string; by?: Account; body?: string; under?: Policy; more?: FreezeHistory; says: string }>(
    [
      { why: "who owns nothing here", by: nils, says: "may sign for that area" },
      { why: "who owns another area", by: dora, says: "may sign for that area" },
      { why: "where the config has none", under: policy(), says: "has no “freeze”" },
      {
        why: "of an area that there is not",
        body: FREEZE.replace("infrastructure", "payments"),
        says: "no area of that name",
      },
      { why: "until a time that is over", body: FREEZE.replace("11-21", "11-19"), says: "is over" },
      { why: "for more than 30 days", body: FREEZE.replace("11-21", "12-21"), says: "30 days" },
      {
        why: "for the sixth time in an hour",
        more: history({ recent: Array.from({ length: 5 }, () => ({ account: olga.id, at: at(45) })) }),
        says: "6th in an hour",
      },
      {
        why: "until this very moment",
        body: FREEZE.replace("2026-11-21", "2026-11-20T13:00Z"),
        says: "that time is over",
      },
    ],
  )("is not done by one $why", ({ by = olga, body = FREEZE, under = OPEN, more = history(), says }) => {
    const given = signed({ commands: [said(by, body)], recorded: recorded({ freezes: more }) });
    const [outcome] = evaluate(given, under).toRecord.commands ?? [];
    expect(outcome).not.toHaveProperty("freeze");
    expect(outcome?.answer).toContain(says);
  });
});

describe("freezing again and again", () => {
  const recentOf = (by: Account, minute: number, count = 5) =>
    Array.from({ length: count }, () => ({ account: by.id, at: at(minute) }));
  const judged = (recent: FreezeHistory["recent"], commands = [said(olga, FREEZE)]) =>
    evaluate(signed({ commands, recorded: recorded({ freezes: history({ recent }) }) }), OPEN);

  test.each([
    { why: "four times in the hour", recent: recentOf(olga, 45, 4) },
    { why: "five times, an hour before", recent: recentOf(olga, -10) },
    { why: "five times in the hour, by somebody else", recent: recentOf(nils, 45) },
  ])("is done after $why", ({ recent }) => {
    expect(judged(recent).toRecord.commands).toMatchObject([{ freeze: { by: olga } }]);
  });

  test("is done five times by one who writes all at once", () => {
    const commands = Array.from({ length: 6 }, () => said(olga, FREEZE));
    const heard = judged([], commands).toRecord.commands ?? [];
    expect(heard.map(({ freeze: one }) => one !== undefined)).toEqual([true, true, true, true, true, false]);
  });

  test("is done after any number of other commands", () => {
    const help = Array.from({ length: 6 }, () => said(olga, "/countersign help", 49));
    const heard = judged([], [...help, said(olga, FREEZE)]).toRecord.commands ?? [];
    expect(heard.at(-1)).toHaveProperty("freeze");
  });

  test("words for lifting count among those of one reading, too", () => {
    const commands = Array.from({ length: 6 }, () => said(sven, "/countersign unfreeze infrastructure"));
    const freezes = history({ frozen: [freeze("infrastructure", { by: dora })] });
    const { toRecord } = evaluate(signed({ commands, recorded: recorded({ freezes }) }), OPEN);
    const isHeard = toRecord.commands?.map(({ lift }) => lift !== undefined);
    expect(isHeard).toEqual([true, true, true, true, true, false]);
  });

  test("counts as it was heard, though the comment be gone, and lifting does not", () => {
    const heard = (body: string) =>
      judged([], [{ ...said(olga, body), asHeard: true }]).toRecord.commands?.[0];
    expect(heard(FREEZE)).toHaveProperty("freeze");
    expect(heard("/countersign unfreeze infrastructure")).not.toHaveProperty("answer");
  });

  test("is for whoever may sign in the area, as far as the change shows it", () => {
    const web = { ...INFRASTRUCTURE, name: "web", paths: ["/web/"] };
    const areas = [INFRASTRUCTURE, DATABASE, { ...web, from: [{ kind: "user" as const, login: "nils" }] }];
    const given = {
      files: [...signed().files, file("db/a.sql"), file("web/page.ts")],
      codeowners: { path: "CODEOWNERS", text: "/infra/ @olga\n/db/ @dora\n" },
    };
    const isDone = (by: Account) => (area: string) => {
      const commands = [said(by, FREEZE.replace("infrastructure", area))];
      const verdict = evaluate(signed({ ...given, commands }), policy({ freeze: [], areas }));
      return verdict.toRecord.commands?.[0]?.freeze !== undefined;
    };
    const names = ["infrastructure", "database", "web", "all"];
    expect(names.filter(isDone(dora))).toEqual(["database", "all"]);
    expect(names.filter(isDone(nils))).toEqual(["web", "all"]);
  });

  test("of all is for whoever may sign for any area that is changed", () => {
    const areas = [INFRASTRUCTURE, { ...DATABASE, from: [{ kind: "user" as const, login: "dora" }] }];
    const commands = [said(dora, FREEZE.replace("infrastructure", "all"))];
    const verdict = evaluate(signed({ commands }), policy({ freeze: [], areas }));
    expect(verdict.toRecord.commands?.[0]).not.toHaveProperty("freeze");
  });

  test("is done for thirty days at most, to the moment", () => {
    const of = (until: string) =>
      judged([], [said(olga, FREEZE.replace("2026-11-21", until))]).toRecord.commands?.[0];
    expect(of("2026-12-20T12:50Z")).toHaveProperty("freeze");
    expect(of("2026-12-20T12:51Z")?.answer).toContain("30 days");
  });

  test("and lifting what one just froze is heard after it", () => {
    const lift = said(olga, "/countersign unfreeze infrastructure", 51);
    const verdict = judged([], [lift, said(olga, FREEZE, 50)]);
    expect(verdict.conclusion).toBe("success");
    expect(verdict.toRecord.commands).toMatchObject([{ freeze: {} }, { lift: { by: olga } }]);
  });

  test("two who say so in one reading lift it together", () => {
    const commands = [olga, sven].map((by, index) =>
      said(by, "/countersign unfreeze infrastructure", 50 + index),
    );
    const freezes = history({ frozen: [freeze("infrastructure", { by: dora })] });
    const verdict = evaluate(signed({ commands, recorded: recorded({ freezes }) }), OPEN);
    expect(verdict.conclusion).toBe("success");
    expect(verdict.toRecord.commands).toMatchObject([
      { lift: { lifted: [] }, answer: expect.stringContaining("somebody else") },
      { lift: { commentId: expect.anything(), by: sven, lifted: [freezes.frozen[0]?.commentId] } },
    ]);
    expect(verdict.toRecord.commands?.[1]).not.toHaveProperty("answer");
  });

  test("lifting is counted, too", () => {
    const frozenByOlga = history({ recent: recentOf(olga, 45), frozen: [freeze("infrastructure")] });
    const commands = [said(olga, "/countersign unfreeze infrastructure")];
    const { toRecord } = evaluate(signed({ commands, recorded: recorded({ freezes: frozenByOlga }) }), OPEN);
    expect(toRecord.commands?.[0]?.answer).toContain("6th in an hour");
  });
});

describe("lifting a freeze by a comment", () => {
  const lift = (by: Account, minute = 40): LiftRecord => ({
    commentId: 3,
    by,
    at: at(minute),
    area: "infrastructure",
  });
  const UNFREEZE = "/countersign unfreeze infrastructure";
  const byDora = (more: Partial<FreezeRecord> = {}) => freeze("infrastructure", { by: dora, ...more });
  const judged = (by: Account, more: Partial<FreezeHistory> = {}) =>
    evaluate(
      signed({
        commands: [said(by, UNFREEZE)],
        recorded: recorded({ freezes: history({ frozen: [freeze("infrastructure")], ...more }) }),
      }),
      OPEN,
    );

  test.each<{ why: string; by: Account; more?: Partial<FreezeHistory> }>([
    { why: "whoever froze it", by: olga },
    {
      why: "two who may sign",
      by: sven,
      more: { frozen: [freeze("infrastructure", { by: dora })], lifts: [lift(olga)] },
    },
  ])("is done by $why", ({ by, more }) => {
    expect(judged(by, more).conclusion).toBe("success");
  });

  test("whoever froze an area lifts it under its name of then", () => {
    const given = { commands: [said(olga, "/countersign unfreeze databases")] };
    const freezes = history({ frozen: [freeze("databases")] });
    const verdict = evaluate(signed({ ...given, recorded: recorded({ freezes }) }), OPEN);
    expect(verdict).toMatchObject({
      conclusion: "success",
      toRecord: { commands: [{ lift: { lifted: [freezes.frozen[0]?.commentId] } }] },
    });
  });

  test("the second word comes within an hour of the first", () => {
    const secondAfter = (minute: number) =>
      judged(sven, { frozen: [byDora({ at: at(-20) })], lifts: [lift(olga, minute)] }).conclusion;
    expect(secondAfter(-10)).toBe("action_required");
    expect(secondAfter(-9)).toBe("success");
  });

  test("nobody lifts it where it is not known who took part", () => {
    const stranger = { name: "X", email: "x@y.example", account: null };
    const freezes = history({ frozen: [freeze("infrastructure")] });
    const given = {
      commits: [commit(kira, { coAuthors: [stranger] })],
      commands: [said(olga, UNFREEZE)],
      recorded: recorded({ freezes }),
    };
    const [outcome] = evaluate(signed(given), OPEN).toRecord.commands ?? [];
    expect(outcome?.answer).toContain("you took part");
  });

  test("what is over is lifted by nobody", () => {
    const verdict = judged(olga, { frozen: [freeze("infrastructure", { until: at(60) })] });
    expect(verdict.toRecord.commands?.[0]?.answer).toContain("nobody froze");
  });

  test("whoever froze what they own no more lifts it", () => {
    const verdict = judged(nils, { frozen: [freeze("infrastructure", { by: nils })] });
    expect(verdict.conclusion).toBe("success");
    expect(verdict.toRecord.commands).toMatchObject([{ lift: { by: nils, lifted: [expect.any(Number)] } }]);
  });

  test.each<{ why: string; by: Account; more?: Partial<FreezeHistory>; says?: string }>([
    { why: "whoever froze another area", by: olga, more: { frozen: [freeze("all")] }, says: "nobody froze" },
    {
      why: "the second of another area",
      by: sven,
      more: { frozen: [byDora()], lifts: [{ ...lift(olga), area: "database" }] },
      says: "somebody else",
    },
    { why: "one other who may sign", by: sven, says: "somebody else" },
    { why: "the same person twice", by: sven, more: { lifts: [lift(sven)] }, says: "somebody else" },
    { why: "the second an hour late", by: sven, more: { lifts: [lift(dora, -20)] }, says: "somebody else" },
    { why: "the second who may not sign", by: sven, more: { lifts: [lift(nils)] }, says: "somebody else" },
    {
      why: "the second who spoke before it was frozen",
      by: sven,
      more: { frozen: [byDora({ at: at(45) })], lifts: [lift(olga)] },
      says: "somebody else",
    },
    {
      why: "whoever froze it, before they did",
      by: olga,
      more: { frozen: [freeze("infrastructure", { at: at(55) })] },
      says: "nobody froze",
    },
    { why: "somebody who may not sign", by: nils, says: "may sign for that area" },
    { why: "whoever took part in it", by: kira, says: "you took part" },
    {
      why: "whoever froze it and took part in another change that is held",
      by: olga,
      more: { held: [olga.id] },
      says: "you took part",
    },
    { why: "nobody, of what is not frozen", by: olga, more: { frozen: [] }, says: "nobody froze" },
  ])("is not done by $why", ({ by, more, says = "" }) => {
    const verdict = judged(by, more);
    if (more?.frozen?.length !== 0) expect(verdict.conclusion).toBe("action_required");
    expect(verdict.toRecord.commands?.[0]?.answer).toContain(says);
  });
});

describe("a freeze that was lifted by somebody who took part in another change", () => {
  const thawed = freeze("infrastructure", { by: dora });
  const lifts = (first: Account, second: Account, more: Partial<LiftRecord> = {}): readonly LiftRecord[] => [
    { commentId: 21, by: first, at: at(30), area: "infrastructure", lifted: [] },
    { commentId: 22, by: second, at: at(40), area: "infrastructure", lifted: [thawed.commentId], ...more },
  ];
  const under = (words: readonly LiftRecord[], more: Partial<Snapshot> = {}) =>
    evaluate(
      signed({ recorded: recorded({ freezes: history({ thawed: [thawed], lifts: words }) }), ...more }),
      OPEN,
    );

  test.each<{ why: string; words: readonly LiftRecord[]; stopped: boolean }>([
    { why: "two who took no part in it", words: lifts(olga, sven), stopped: false },
    { why: "one who took part in it, and another", words: lifts(kira, sven), stopped: true },
    { why: "another, and one who took part in it", words: lifts(sven, kira), stopped: true },
    { why: "one person", words: lifts(sven, sven), stopped: true },
    { why: "whoever froze it", words: lifts(kira, dora), stopped: false },
    {
      why: "two, of whom the first spoke of another area",
      words: lifts(olga, sven).map((word, index) => (index === 0 ? { ...word, area: "database" } : word)),
      stopped: true,
    },
    {
      why: "two, of whom the first spoke before it was frozen",
      words: lifts(olga, sven).map((word, index) => (index === 0 ? { ...word, at: at(5) } : word)),
      stopped: true,
    },
    {
      why: "two, of whom the last is not known to have lifted anything",
      words: lifts(olga, sven).map(({ lifted: _, ...word }) => word),
      stopped: true,
    },
    {
      why: "two more since",
      words: [...lifts(sven, kira), ...lifts(olga, sven)],
      stopped: false,
    },
  ])("stands for the change, where it was lifted by $why: $stopped", ({ words, stopped }) => {
    const { conclusion } = under(words);
    expect(conclusion).toBe(stopped ? "action_required" : "success");
  });

  test("is lifted for it by two others", () => {
    const verdict = under(lifts(sven, kira), {
      commands: [said(olga, "/countersign unfreeze infrastructure")],
    });
    expect(verdict.toRecord.commands).toMatchObject([{ lift: { lifted: [thawed.commentId] } }]);
    expect(verdict.conclusion).toBe("success");
  });
});

describe("an override and a freeze", () => {
  const asked = (by: Account, minute: number): OverrideRecord => {
    comments += 1;
    const place = { headSha: HEAD, named: HEAD.slice(0, 12), baseRef: "main", lasts: 60 * 60_000 };
    return { commentId: comments, by, at: at(minute), ...place, reason: "It burns" };
  };
  const by = [olga, sven, nils].map(({ login }) => ({ kind: "user" as const, login }));
  const under = policy({ freeze: [], override: { by, approvals: 2, expiresAfter: 60 * 60_000 } });
  const judged = (...people: readonly Account[]) =>
    evaluate(
      snapshot({
        recorded: recorded({
          overrides: people.map((each, index) => asked(each, 20 + index)),
          freezes: history({ frozen: [freeze("infrastructure", { by: dora })] }),
        }),
      }),
      under,
    );

  test("it goes through where each of the two may lift it", () => {
    expect(judged(olga, sven).conclusion).toBe("success");
  });

  test("it is held where one of them may not", () => {
    const verdict = judged(olga, nils);
    expect(verdict).toMatchObject({ conclusion: "action_required", override: { status: "held" } });
  });
});
