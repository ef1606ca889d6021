import { beforeEach, describe, expect } from "@jest/globals";
import type { Policy } from "../../src/policy/policy.ts";
import { evaluate } from "../../src/signoff/evaluate.ts";
import type { OverrideRecord, Snapshot } from "../../src/signoff/snapshot.ts";
import { loggedIn, row } from "../app/pages/attack.ts";
import { SHOP, type Visits } from "../app/pages/visiting.ts";
import {
  commit,
  HEAD,
  OLD_HEAD,
  olga,
  permissions,
  policy,
  recorded,
  refusal,
  snapshot,
  sven,
} from "../signoff/build.ts";

const ACT = "/acme/shop/pull/7/act";
const BY = [olga, sven].map(({ login }) => ({ kind: "user" as const, login }));
const OVERRIDE = { by: BY, approvals: 2, expiresAfter: 3_600_000 };

let change: Partial<Snapshot>;
let rules: Partial<Policy>;
beforeEach(() => {
  const teams = { "acme/sre": { status: "known" as const, members: [olga, sven] } };
  const authority = { permissions: permissions("write", olga, sven), users: { olga, sven }, teams };
  change = { authority };
  rules = { override: OVERRIDE, freeze: [] };
});

const MINUTE_MS = 60_000;

/** Sends a form, some minutes after a login; answers what the page says, and what was noted to be heard. */
async function act(visits: Visits, login: string, form: Readonly<Record<string, string>>, minutesLater = 0) {
  const evaluated = (given: Snapshot) => evaluate(given, policy(rules));
  visits.judged.now = async () => {
    const now = snapshot({ now: visits.clock.now().toISOString(), ...change });
    return { snapshot: now, verdict: evaluated(now) };
  };
  visits.judged.again = async (given) => evaluated(given);
  await visits.clock.advance(MINUTE_MS);
  const browser = await loggedIn(visits, login);
  await visits.clock.advance(minutesLater * MINUTE_MS);
  const sent = { token: await browser.token(), sha: HEAD, reason: "It burns", ...form };
  const { text } = await browser.post(ACT, { form: sent });
  const says = /role="status"><p>([\s\S]*?)<\/p>/.exec(text)?.[1]?.replace(/<[^>]*>/g, "") ?? text;
  const { heard = [] } = (await visits.store.remember(SHOP, 7)).commands ?? {};
  return { says, heard };
}

/** Olga's line, as it was heard before. */
function asked(visits: Visits, reason = "It burns"): OverrideRecord {
  const at = visits.clock.now().toISOString();
  return {
    ...{ commentId: 1, by: olga, at, headSha: HEAD, named: HEAD.slice(0, 12), baseRef: "main" },
    ...{ reason, lasts: 3_600_000 },
  };
}

const LINE = { kind: "override" };

describe("what a page of ours does, a comment does by the same rules", () => {
  row("H11", "one person asks for an override there: another one is needed", async (visits) => {
    const { says, heard } = await act(visits, "olga", LINE);
    expect(says).toBe("It is said. The check follows in a moment.");
    const said = { at: expect.stringMatching(/^2026-01-01T00:01:00Z$/), onPage: "override" };
    const body = `/countersign override ${HEAD} It burns`;
    expect(heard).toEqual([
      { commentId: expect.any(Number), account: olga.id, login: "olga", said: { ...said, body } },
    ]);
    expect(heard[0]?.commentId).toBeLessThan(0);
  });

  row.each<
    readonly (readonly [
      string,
      string,
      Readonly<Record<string, string>>,
      Partial<Snapshot>,
      Partial<Policy>,
      string,
    ])[]
  >([
    [
      "for another commit than is there",
      "olga",
      { ...LINE, sha: OLD_HEAD },
      {},
      {},
      "showed you another commit",
    ],
    [
      "for the beginning of a commit",
      "olga",
      { ...LINE, sha: HEAD.slice(0, 12) },
      {},
      {},
      "does not name a whole commit",
    ],
    [
      "with a second line",
      "olga",
      { ...LINE, reason: "It burns\n/countersign withdraw" },
      {},
      {},
      "more than one line",
    ],
    ["with marks of Markdown", "olga", { ...LINE, reason: "It `burns`" }, {}, {}, "marks of Markdown"],
    ["with what cannot be seen", "olga", { ...LINE, reason: "It\u200bburns" }, {}, {}, "cannot be seen"],
    [
      "with a commit that is none",
      "olga",
      { ...LINE, sha: `${HEAD} x` },
      {},
      {},
      "does not name a whole commit",
    ],
    ["for nothing", "olga", { kind: "merge" }, {}, {}, "nothing that can be done here"],
    [
      "without a right to",
      "olga",
      LINE,
      {},
      { override: { ...OVERRIDE, by: BY.slice(1) } },
      "not among those",
    ],
    ["where nobody may", "olga", LINE, {}, { override: { ...OVERRIDE, by: [] } }, "nobody can override here"],
    ["for one's own change", "olga", LINE, { commits: [commit(olga)] }, {}, "@olga"],
    ["against a refusal", "olga", LINE, { reviews: [refusal(sven)] }, {}, "an owner refuses the change"],
    [
      "by freezing no area",
      "olga",
      { kind: "freeze", area: "x", until: "2026-01-02" },
      {},
      {},
      "no area of that name",
    ],
    [
      "by lifting what nobody froze",
      "olga",
      { kind: "unfreeze", area: "all" },
      {},
      {},
      "nobody froze that area",
    ],
    [
      "by freezing for a year",
      "olga",
      { kind: "freeze", area: "all", until: "2027-01-01" },
      {},
      {},
      "at most 30 days",
    ],
  ])(
    "H11",
    "somebody tries there what no comment could do: %s",
    async (visits, _, login, form, facts, more, says) => {
      change = { ...change, ...facts };
      rules = { ...rules, ...more };
      const done = await act(visits, login, form);
      expect(done.says).toContain(says);
      expect(done.heard).toEqual([]);
      expect(visits.judged.woken).toBe(0);
    },
  );

  row.each([
    ["an override is asked for", LINE],
    ["a freeze is lifted", { kind: "unfreeze", area: "all" }],
    ["what got in is accepted", { kind: "accept" }],
  ])("H11", "somebody has the cookie of a login of more than an hour ago: %s", async (visits, _, form) => {
    const { says, heard } = await act(visits, "olga", form, 61);
    expect(says).toBe(
      "Nothing came of it: what lets a change through is done here within an hour of a login. Log out, and in again.",
    );
    expect(heard).toEqual([]);
  });

  row("H11", "what holds a change up is done there at any time of a session", async (visits) => {
    const until = "2026-01-02";
    expect((await act(visits, "olga", { kind: "freeze", area: "all", until }, 61)).heard).toHaveLength(1);
  });

  row("H11", "somebody repeats their own line there", async (visits) => {
    change = { ...change, recorded: recorded({ overrides: [asked(visits)] }) };
    const { says, heard } = await act(visits, "olga", LINE);
    expect(says).toContain("you said so already");
    expect(heard).toEqual([]);
  });

  row(
    "H11",
    "somebody's passkey is asked for: what they say there counts once it is signed",
    async (visits) => {
      rules = { ...rules, passkey: { hazards: true, areas: "all", outside: false } };
      change = { ...change, passkeys: { keys: [], vouches: [], signed: [], signAt: null } };
      const { says, heard } = await act(visits, "olga", LINE);
      expect(says).toBe("It is said, and counts once you signed it with your passkey.");
      expect(heard).toHaveLength(1);
    },
  );

  row("H11", "somebody sends without end: five things wait at the most", async (visits) => {
    rules = { ...rules, passkey: { hazards: true, areas: "all", outside: false } };
    change = { ...change, passkeys: { keys: [], vouches: [], signed: [], signAt: null } };
    for (let time = 0; time < 5; time++) await act(visits, "olga", { ...LINE, reason: `It burns ${time}` });
    const { says, heard } = await act(visits, "olga", LINE);
    expect(says).toContain("five things that you said here wait already");
    expect(heard).toHaveLength(5);
  });

  row("H11", "what got in is accepted there where nothing got in", async (visits) => {
    const { says, heard } = await act(visits, "olga", { kind: "accept" });
    expect(says).toContain("nothing that got in here waits for an owner");
    expect(heard).toEqual([]);
  });

  row(
    "H11",
    "an owner accepts there what got in: it is heard like a comment on its issue",
    async (visits) => {
      const { store } = visits;
      const commitSha = "d".repeat(40);
      const owners = [{ kind: "user", login: "olga" }] as const;
      await store.openFollowUp(SHOP, {
        ...{
          reason: "override",
          commitSha,
          headSha: HEAD,
          pull: 7,
          says: "",
          involved: [],
          involvedLogins: [],
        },
        ...{ passedOver: [{ area: "infrastructure", owners }], openedAt: "2026-01-01T00:00:00Z" },
      });
      const form = { kind: "accept", sha: commitSha, reason: "Looked at" };
      expect((await act(visits, "olga", form)).says).toContain("there is no issue for it");
      const state = await store.followUp(SHOP, commitSha);
      if (state === null) throw new Error("no follow-up");
      await store.keepFollowUp(SHOP, { ...state, issue: 12 });
      expect((await act(visits, "olga", { ...form, sha: HEAD })).says).toContain("another commit");
      expect((await act(visits, "olga", form)).says).toContain("its issue says so in a moment");
      const { heard } = (await store.remember(SHOP, 12)).commands ?? {};
      const body = `/countersign accept ${commitSha} Looked at`;
      expect(heard).toMatchObject([{ account: olga.id, said: { body, onPage: "accept" } }]);
      const job = await store.claim(visits.clock.now(), 1000);
      expect(job?.task).toMatchObject({ kind: "command", pull: 12, issue: true });
    },
  );
});
