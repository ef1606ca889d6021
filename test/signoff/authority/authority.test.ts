import { describe, expect, test } from "@jest/globals";
import { readDuration } from "../../../src/policy/keys/duration.ts";
import { evaluate } from "../../../src/signoff/evaluate.ts";
import { titleOf } from "../../../src/signoff/report/headline.ts";
import type { Account, CommandComment, OverrideRecord, Snapshot } from "../../../src/signoff/snapshot.ts";
import type { Verdict } from "../../../src/signoff/verdict.ts";
import {
  approval,
  bot,
  commit,
  DATABASE,
  file,
  HEAD,
  INFRASTRUCTURE,
  identity,
  kira,
  nils,
  OLD_HEAD,
  olga,
  permissions,
  policy,
  recorded,
  refusal,
  requester,
  snapshot,
  sven,
  user,
} from "../build.ts";

const ann = user("ann", 11);
const ben = user("ben", 12);
const cid = user("cid", 13);

const LASTS = readDuration("60m");
const POLICY = policy({
  override: {
    by: [{ kind: "team", org: "acme", slug: "incident" }],
    approvals: 2,
    expiresAfter: LASTS,
  },
});

const REASON = "The shop is down";
const LINE = `/countersign override ${HEAD.slice(0, 12)} ${REASON}`;
/** Minutes after noon. */
const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 12, minute)).toISOString();

let comments = 900;
const said = (by: Account, minute: number, more: Partial<CommandComment> = {}): CommandComment => {
  comments += 1;
  return { id: comments, by, at: at(minute), body: LINE, ...more };
};

const asked = (by: Account, minute: number, more: Partial<OverrideRecord> = {}): OverrideRecord => {
  comments += 1;
  const place = { headSha: HEAD, named: HEAD.slice(0, 12), baseRef: "main" };
  return { commentId: comments, by, at: at(minute), ...place, reason: REASON, lasts: LASTS, ...more };
};

const TEAM = [ann, ben, cid, kira];

/** Kiro's change at half past twelve, after nothing but what is given. */
function change(more: Partial<Snapshot> = {}, minute = 30): Snapshot {
  const base = snapshot();
  return snapshot({
    now: at(minute),
    authority: {
      ...base.authority,
      permissions: { ...base.authority.permissions, ...permissions("write", ann, ben, cid) },
      teams: { ...base.authority.teams, "acme/incident": { status: "known", members: TEAM } },
    },
    ...more,
  });
}

const judged = (given: Snapshot, by = POLICY): Verdict => evaluate(given, by);
const granted = [asked(ann, 10), asked(ben, 20)];
const standing = (more: Partial<Snapshot["recorded"]> = {}) => recorded({ overrides: granted, ...more });

describe("asking and granting", () => {
  test("one asks: the check says who has to repeat the line, and blocks", () => {
    const verdict = judged(change({ commands: [said(ann, 10)] }));
    expect(verdict).toMatchObject({
      conclusion: "action_required",
      override: { status: "asked", by: [ann], missing: 1, until: at(70) },
      toRecord: { commands: [{ override: { headSha: HEAD, reason: REASON } }] },
    });
    expect(verdict.toRecord.commands?.[0]).not.toHaveProperty("answer");
  });

  test("another repeats the line: it passes, and says by whom, until when and why", () => {
    const verdict = judged(
      change({ commands: [said(ben, 20)], recorded: recorded({ overrides: [asked(ann, 10)] }) }),
    );
    expect(verdict).toMatchObject({
      conclusion: "success",
      changesAt: at(80),
      override: {
        status: "granted",
        by: [ann, ben],
        until: at(80),
        passedOver: [{ area: "infrastructure" }],
      },
    });
    expect(verdict.toRecord.commands?.[0]).not.toHaveProperty("answer");
    expect(titleOf(verdict)).toBe("Overridden by @ann and @ben until 13:20 UTC: The shop is down");
    expect(verdict.labels.add).toContain("countersign-override");
  });

  test.each<{ why: string; commands: readonly CommandComment[] }>([
    { why: "the same person twice", commands: [said(ann, 10), said(ann, 20)] },
    { why: "with another reason", commands: [said(ann, 10), said(ben, 20, { body: `${LINE}!` })] },
    { why: "too late", commands: [said(ann, -35), said(ben, 28)] },
  ])("it takes two who say the same in time: $why", ({ commands }) => {
    expect(judged(change({ commands })).conclusion).toBe("action_required");
  });

  test("it takes three where the config says so", () => {
    const three = { ...POLICY, override: { ...POLICY.override, approvals: 3 } };
    expect(judged(change({ recorded: standing() }), three).override).toMatchObject({ missing: 1 });
    expect(judged(change({ recorded: standing() }), three).override).toMatchObject({ until: at(70) });
    const all = recorded({ overrides: [...granted, asked(cid, 25)] });
    expect(judged(change({ recorded: all }), three)).toMatchObject({
      ...{ conclusion: "success", override: { until: at(85) } },
    });
    const gone = asked(nils, 20);
    const verdict = judged(change({ recorded: recorded({ overrides: [asked(ann, 10), gone] }) }), three);
    expect(verdict.override).toMatchObject({ by: [ann], missing: 2 });
    expect(verdict.toRecord.ended).toEqual([{ record: gone, because: "right-lost" }]);
  });
});

/** Where somebody may write as well. */
const writing = (who: Account): Snapshot["authority"] => {
  const { authority } = change();
  return { ...authority, permissions: { ...authority.permissions, ...permissions("write", who) } };
};

describe("whoever may not override is told why, if they may write", () => {
  const machine = bot("coderabbitai[bot]", 136_622_811);
  test.each<{ why: string; command: CommandComment; more?: Partial<Snapshot>; says: string | null }>([
    { why: "asked the agent", command: said(kira, 10), says: "@kira asked Kiro to start" },
    { why: "is not named", command: said(nils, 10), says: "not among those" },
    { why: "may not write", command: said(user("eve", 77), 10), says: null },
    { why: "is a machine", command: said(machine, 10), says: null },
    {
      why: "is a machine that may write",
      command: said(machine, 10),
      more: { authority: writing(machine) },
      says: null,
    },
    {
      why: "is an agent with a person's account",
      command: said(user("kiro-person", 14), 10),
      more: { authority: writing(user("kiro-person", 14)) },
      says: null,
    },
    {
      why: "wrote no reason",
      command: said(ann, 10, { body: LINE.slice(0, -REASON.length) }),
      says: "names no reason",
    },
    { why: "edited it", command: said(ann, 10, { doubt: "edited" }), says: "it was edited" },
    { why: "wrote through an App", command: said(ann, 10, { doubt: "app" }), says: "written by an App" },
    { why: "wrote by e-mail", command: said(ann, 10, { doubt: "e-mail" }), says: "came by e-mail" },
    {
      why: "names another commit",
      command: said(ann, 10, { body: LINE.replace(HEAD.slice(0, 12), OLD_HEAD.slice(0, 12)) }),
      says: `the head is ${HEAD.slice(0, 12)} now`,
    },
    {
      why: "names two commits",
      command: said(ann, 10),
      more: { recorded: recorded({ heads: [`${HEAD.slice(0, 39)}0`, HEAD] }) },
      says: "more than one commit",
    },
    {
      why: "wrote before the head was pushed",
      command: said(ann, 10),
      more: { recorded: recorded({ headMovedAt: at(10) }) },
      says: "pushed to afterwards",
    },
    {
      why: "wrote before the head was judged",
      command: said(ann, 10),
      more: { recorded: recorded({ headSeenAt: at(11) }) },
      says: "not yet judged",
    },
    {
      why: "wrote before the base was changed",
      command: said(ann, 10),
      more: { recorded: recorded({ baseChangedAt: at(11) }) },
      says: "the base was changed",
    },
    { why: "was heard too late", command: said(ann, -30), says: "too late" },
    {
      why: "wants to lift a refusal",
      command: said(ann, 10),
      more: { reviews: [refusal(olga)] },
      says: "no override lifts that",
    },
    {
      why: "wants to let through what nobody knows who wrote",
      command: said(ann, 10),
      more: { commits: [commit(kira, { coAuthors: [{ name: "X", email: "x@y.example", account: null }] })] },
      says: "not known who wrote",
    },
    {
      why: "wants to let through what cannot be evaluated",
      command: said(ann, 10),
      more: { files: [file("a", { status: "renamed" })] },
      says: "the change cannot be evaluated; the check says what to fix",
    },
    {
      why: "names the end of the head",
      command: said(ann, 10, {
        body: LINE.replace(HEAD.slice(0, 12), `${OLD_HEAD.slice(0, 12)}${HEAD.slice(12)}`),
      }),
      says: "and the head is",
    },
    {
      why: "accepts something here",
      command: said(ann, 10, { body: LINE.replace("override", "accept") }),
      says: "it belongs on the issue of a follow-up",
    },
    {
      why: "has said so already",
      command: said(ann, 20),
      more: { recorded: recorded({ overrides: [asked(ann, 10)] }) },
      says: "you said so already; now somebody else has to repeat the line",
    },
    {
      why: "has nothing to override",
      command: said(ann, 10),
      more: { reviews: [approval(olga)] },
      says: "nothing to override",
    },
  ])("who $why", ({ command, more = {}, says }) => {
    const under = { ...POLICY, detect: { ...POLICY.detect, agents: ["kiro-person"] } };
    const { toRecord } = judged(change({ commands: [command], ...more }), under);
    const [outcome] = toRecord.commands ?? [];
    expect(outcome).not.toHaveProperty("override");
    expect(outcome?.answer ?? null).toEqual(says === null ? null : expect.stringContaining(says));
  });

  test("nobody where the config names nobody", () => {
    const { toRecord } = judged(change({ commands: [said(ann, 10)] }), policy());
    expect(toRecord.commands?.[0]?.answer).toContain("the config names nobody");
  });
});

describe("what else somebody may say", () => {
  test("help", () => {
    const { toRecord } = judged(change({ commands: [said(ann, 10, { body: "/countersign help" })] }));
    expect(toRecord.commands).toEqual([{ commentId: comments, by: ann, at: at(10), help: true }]);
  });

  test("nothing", () => {
    const { toRecord } = judged(change({ commands: [said(ann, 10, { body: "Why?" })] }));
    expect(toRecord.commands).toEqual([{ commentId: comments, by: ann, at: at(10) }]);
  });

  test("nothing of commands and ends is recorded where there are none", () => {
    const { toRecord } = judged(change());
    expect(toRecord).not.toHaveProperty("commands");
    expect(toRecord).not.toHaveProperty("ended");
  });

  test("the same again after a push, or with another reason, of which the first line is told", () => {
    const again = (more: Partial<OverrideRecord>) =>
      judged(change({ commands: [said(ann, 20)], recorded: recorded({ overrides: [asked(ann, 10, more)] }) }))
        .toRecord.commands?.[0];
    expect(again({ headSha: OLD_HEAD })).toMatchObject({ override: { by: ann } });
    expect(again({ headSha: OLD_HEAD })).not.toHaveProperty("answer");
    expect(again({ reason: "It burns" })).toMatchObject({
      override: { by: ann, reason: REASON },
      answer: expect.stringContaining("another line than that of @ann, whose reason is “It burns”"),
    });
  });

  test("what was written first is heard first, and of one moment what has the lower id", () => {
    const [first, second] = [said(ann, 10), said(ben, 10, { body: `${LINE}!` })];
    const later = said(cid, 20);
    const heard = judged(change({ commands: [later, second, first] })).toRecord.commands;
    expect(heard?.map(({ by }) => by)).toEqual([ann, ben, cid]);
    expect(heard?.[1]).toMatchObject({ answer: expect.stringContaining("that of @ann") });
  });

  test("to withdraw ends nothing where nothing stands, and says so", () => {
    const withdraw = said(cid, 25, { body: "/countersign withdraw" });
    const [alone] = judged(change({ commands: [withdraw] })).toRecord.commands ?? [];
    expect(alone?.answer).toContain("there is no override to withdraw");
    const [standingBy] =
      judged(change({ recorded: standing(), commands: [withdraw] })).toRecord.commands ?? [];
    expect(standingBy).not.toHaveProperty("answer");
  });
});

describe("lines for one head", () => {
  const lines = (...overrides: readonly OverrideRecord[]) =>
    judged(change({ recorded: recorded({ overrides }) }));

  test("of two lines the check tells of the one that lacks the fewest", () => {
    const other = { reason: "It burns" };
    expect(lines(asked(ann, 10), asked(ben, 11, other), asked(cid, 12, other)).override).toMatchObject({
      ...{ status: "granted", reason: "It burns" },
    });
    expect(lines(asked(ben, 11, other), asked(cid, 12, other), asked(ann, 10)).override).toMatchObject({
      ...{ status: "granted", reason: "It burns" },
    });
  });

  test("and of two that lack as many, of the one that lasts longest", () => {
    const other = { reason: "It burns" };
    expect(lines(asked(ann, 10), asked(ben, 20, other)).override).toMatchObject({ until: at(80) });
    expect(lines(asked(ben, 20, other), asked(ann, 10)).override).toMatchObject({ until: at(80) });
  });

  test("who repeats it once more makes it last no longer", () => {
    expect(lines(asked(ann, 10), asked(ben, 20), asked(cid, 25)).override).toMatchObject({
      ...{ status: "granted", by: [ann, ben], until: at(80) },
    });
    expect(lines(asked(ann, 10), asked(ann, 20)).override).toMatchObject({
      by: [ann],
      missing: 1,
      until: at(70),
    });
  });

  test("they count as they were written, in whatever order they are kept", () => {
    expect(lines(asked(cid, 25), asked(ben, 20), asked(ann, 10)).override).toMatchObject({ by: [ann, ben] });
  });

  test("a line that nobody repeated in time is over, and what comes after it begins anew", () => {
    const [early, late] = [asked(ann, -35), asked(ben, 25)];
    const verdict = lines(early, late);
    expect(verdict.override).toMatchObject({ status: "asked", by: [ben], missing: 1, until: at(85) });
    expect(verdict.toRecord.ended).toEqual([{ record: early, because: "expired" }]);
    expect(lines(asked(ann, -36), asked(ben, 24)).override).toMatchObject({ by: [ben] });
    expect(lines(asked(ann, -35), asked(ben, 24)).override).toMatchObject({ status: "granted" });
  });

  test("one that is over for two reasons is so by the right that was lost", () => {
    const gone = asked(nils, -35);
    expect(lines(gone).toRecord.ended).toEqual([{ record: gone, because: "right-lost" }]);
  });

  test("one of which whoever wrote it lost the right is over by itself, where it was not granted", () => {
    const gone = asked(nils, 10);
    const verdict = lines(gone, asked(ann, 20, { reason: "It burns" }));
    expect(verdict.override).toMatchObject({ by: [ann] });
    expect(verdict.toRecord.ended).toEqual([{ record: gone, because: "right-lost" }]);
  });

  test("it says the day where it lasts longer than one", () => {
    const day = 24 * 60 * 60_000;
    const under = { ...POLICY, override: { ...POLICY.override, expiresAfter: 2 * day } };
    const lasting = (lasts: number) =>
      judged(change({ recorded: recorded({ overrides: [asked(ann, 10, { lasts })] }) }), under).override;
    expect(lasting(day)).not.toHaveProperty("isLong");
    expect(lasting(day + 1)).toMatchObject({ isLong: true });
  });

  const twoAreas = { ...POLICY, areas: [INFRASTRUCTURE, DATABASE] };
  const inTwo = (more: Partial<Snapshot> = {}) =>
    change({
      ...{ recorded: standing(), files: [...change().files, file("db/a.sql")] },
      codeowners: { path: "CODEOWNERS", text: "/infra/ @olga\n/db/ @sven\n" },
      ...more,
    });

  test("only what is not signed is passed over", () => {
    const areasOf = (given: Snapshot) => judged(given, twoAreas).override?.passedOver.map(({ area }) => area);
    expect(areasOf(inTwo())).toEqual(["infrastructure", "database"]);
    expect(areasOf(inTwo({ reviews: [approval(olga)] }))).toEqual(["database"]);
  });

  test("a refusal of one area holds it", () => {
    const verdict = judged(inTwo({ reviews: [refusal(olga)] }), twoAreas);
    expect(verdict.override?.status).toBe("held");
  });

  test("it is withdrawn by an owner who is passed over, and not by one who has signed", () => {
    const withdrawnBy = (by: Account) => {
      const commands = [said(by, 25, { body: "/countersign withdraw" })];
      return judged(inTwo({ reviews: [approval(olga)], commands }), twoAreas).conclusion;
    };
    expect(withdrawnBy(sven)).toBe("action_required");
    expect(withdrawnBy(olga)).toBe("success");
  });

  test("a line names the beginning of the head, and not its end", () => {
    const sha = "b".repeat(28) + "c".repeat(12);
    const { head, ...rest } = change().pullRequest;
    const given = { pullRequest: { ...rest, head: { ...head, sha } }, commits: [commit(kira, { sha })] };
    const of = (named: string) => {
      const commands = [said(ann, 20, { body: LINE.replace(HEAD.slice(0, 12), named) })];
      return judged(change({ ...given, commands })).toRecord.commands?.[0];
    };
    expect(of("c".repeat(12))).not.toHaveProperty("override");
    expect(of("b".repeat(12))).toHaveProperty("override");
  });
});

describe("an override that was granted", () => {
  test("stands until its time, and not a moment longer", () => {
    expect(judged(change({ recorded: standing() }, 79)).conclusion).toBe("success");
    const after = judged(change({ recorded: standing() }, 80));
    expect(after.conclusion).toBe("action_required");
    expect(after.toRecord.ended?.map(({ because }) => because)).toEqual(["expired", "expired"]);
    expect(after.labels.remove).toContain("countersign-override");
  });

  test("lasts no longer because the config changed, and shorter where that says so", () => {
    const lasting = (text: string) => ({
      ...POLICY,
      override: { ...POLICY.override, expiresAfter: readDuration(text) },
    });
    expect(judged(change({ recorded: standing() }, 80), lasting("4h")).conclusion).toBe("action_required");
    expect(judged(change({ recorded: standing() }, 51), lasting("30m")).conclusion).toBe("action_required");
  });

  const head = { ...snapshot().pullRequest };
  const without = (login: Account) => TEAM.filter(({ id }) => id !== login.id);
  const team = (members: readonly Account[]) => {
    const { authority } = change();
    return {
      authority: {
        ...authority,
        teams: { ...authority.teams, "acme/incident": { status: "known" as const, members } },
      },
    };
  };
  test.each<{ why: string; more: Partial<Snapshot>; because: string }>([
    {
      why: "a push",
      more: {
        pullRequest: { ...head, head: { sha: "d".repeat(40), ref: "rebuild" } },
        commits: [commit(kira, { sha: "d".repeat(40) })],
      },
      because: "pushed",
    },
    {
      why: "a push there and back",
      more: { recorded: standing({ headMovedAt: at(25) }) },
      because: "pushed",
    },
    {
      why: "a push between the two lines",
      more: { recorded: standing({ headMovedAt: at(15) }) },
      because: "pushed",
    },
    {
      why: "another base",
      more: { pullRequest: { ...head, base: { sha: "c".repeat(40), ref: "release" } } },
      because: "retargeted",
    },
    {
      why: "another base and back",
      more: { recorded: standing({ baseChangedAt: at(25) }) },
      because: "retargeted",
    },
    {
      why: "a second head with the same beginning",
      more: { recorded: standing({ heads: [`${HEAD.slice(0, 39)}0`] }) },
      because: "ambiguous",
    },
    { why: "one of them leaves the team", more: team(without(ben)), because: "right-lost" },
    {
      why: "one of them cannot write any more",
      more: { authority: { ...change().authority, permissions: permissions("write", olga, ann) } },
      because: "right-lost",
    },
    {
      why: "one of them turns out to have asked for it",
      more: { participants: [requester(kira), requester(ann)] },
      because: "right-lost",
    },
    {
      why: "one of them wrote a commit",
      more: { commits: [commit(kira, { coAuthors: [identity(ben)] })] },
      because: "right-lost",
    },
  ])("ends for good by $why", ({ more, because }) => {
    const verdict = judged(change({ recorded: standing(), ...more }));
    expect(verdict.conclusion).toBe("action_required");
    expect(verdict.toRecord.ended?.map((each) => each.because)).toEqual([because, because]);
  });

  test.each([
    { who: "who asked", by: ann },
    { who: "who granted it", by: ben },
    { who: "an owner passed over", by: sven },
    { who: "another who may override", by: cid },
  ])("ends when it is withdrawn by $who", ({ by }) => {
    const commands = [said(by, 25, { body: "/countersign withdraw" })];
    const verdict = judged(change({ recorded: standing(), commands }));
    expect(verdict).toMatchObject({
      conclusion: "action_required",
      toRecord: {
        ended: [
          { because: "withdrawn", by },
          { because: "withdrawn", by },
        ],
      },
    });
  });

  test("is not withdrawn by anybody else, who is told", () => {
    const commands = [said(nils, 25, { body: "/countersign withdraw" })];
    const verdict = judged(change({ recorded: standing(), commands }));
    expect(verdict.conclusion).toBe("success");
    expect(verdict.toRecord.commands?.[0]?.answer).toContain("only who overrode");
  });

  test("takes no line that is older than a withdrawal, in whatever order they are heard", () => {
    const { toRecord } = judged(change({ commands: [said(cid, 25, { body: "/countersign withdraw" })] }));
    expect(toRecord.commands).toMatchObject([{ by: cid, withdrawal: { at: at(25) } }]);
    const heardLater = (minute: number) =>
      judged(change({ commands: [said(ann, minute)], recorded: recorded({ withdrawnAt: at(25) }) })).toRecord
        .commands?.[0];
    expect(heardLater(25)).not.toHaveProperty("override");
    expect(heardLater(25)?.answer).toContain("was withdrawn");
    expect(heardLater(26)).toHaveProperty("override");
  });

  test("is withdrawn, and not asked for, by what was heard of a comment that is gone", () => {
    const commands = (body: string) => [said(cid, 25, { body, asHeard: true })];
    const gone = judged(change({ recorded: standing(), commands: commands("/countersign withdraw") }));
    expect(gone.conclusion).toBe("action_required");
    expect(judged(change({ commands: commands(LINE) }))).not.toHaveProperty("override");
  });

  test("is not withdrawn beforehand by somebody who may not", () => {
    const { toRecord } = judged(change({ commands: [said(nils, 25, { body: "/countersign withdraw" })] }));
    expect(toRecord.commands?.[0]).not.toHaveProperty("withdrawal");
  });

  test("cannot be taken up by one person once it was withdrawn", () => {
    const commands = [said(cid, 25, { body: "/countersign withdraw" }), said(ann, 26)];
    expect(judged(change({ recorded: standing(), commands })).override).toMatchObject({ missing: 1 });
  });

  test.each<{ why: string; more: Partial<Snapshot> }>([
    { why: "a refusal", more: { reviews: [refusal(olga)] } },
    {
      why: "somebody who cannot be told apart from those who let it through",
      more: { commits: [commit(kira, { coAuthors: [{ name: "X", email: "x@y.example", account: null }] })] },
    },
    { why: "a change that cannot be evaluated", more: { files: [file("a", { status: "renamed" })] } },
  ])("lets nothing through beside $why", ({ more }) => {
    const verdict = judged(change({ recorded: standing(), ...more }));
    expect(verdict.conclusion).not.toBe("success");
    expect(verdict.override?.status).toBe("held");
    expect(verdict.labels.add).not.toContain("countersign-override");
  });

  test("is not spoken of where owners have signed", () => {
    const verdict = judged(change({ recorded: standing(), reviews: [approval(olga)] }));
    expect(verdict).toMatchObject({ conclusion: "success" });
    expect(verdict).not.toHaveProperty("override");
  });

  test("hides nothing in observe mode", () => {
    const verdict = judged(change({ recorded: standing() }), { ...POLICY, mode: "observe" });
    expect(verdict).toMatchObject({ conclusion: "neutral", wouldBe: "action_required" });
    expect(verdict).not.toHaveProperty("override");
  });
});
