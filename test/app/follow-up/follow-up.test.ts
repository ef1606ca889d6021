import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type FollowUpPorts, openFollowUp, performFollowUp } from "../../../src/app/follow-up/follow-up.ts";
import { passkeyReader } from "../../../src/app/passkeys/facts.ts";
import type { ReadReply } from "../../../src/github/reading/read-snapshot.ts";
import type { FollowUp } from "../../../src/store/follow-up.ts";
import type { LedgerEntry } from "../../../src/store/ledger.ts";
import type { RepositoryRef } from "../../../src/store/repository.ts";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite.ts";
import type { Store } from "../../../src/store/store.ts";
import { bot, dora, kira, olga, user } from "../../signoff/build.ts";
import { addressesNamed } from "../addresses.ts";
import { FakeGitHub } from "../fake-github.ts";
import { ManualClock } from "../manual-clock.ts";
import { notes } from "../notes.ts";

const shop: RepositoryRef = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };
const DAY = 24 * 60 * 60_000;
const SHA = "c".repeat(40);
const team = (slug: string) => ({ kind: "team", org: "acme", slug }) as const;
const wes = user("wes", 21);

const followUp: FollowUp = {
  ...{ reason: "override", commitSha: SHA, headSha: "b".repeat(40), pull: 7 },
  passedOver: [
    { area: "infrastructure", owners: [team("sre")] },
    { area: "migrations", owners: [team("data")] },
  ],
  ...{ involved: [wes.id], involvedLogins: ["kira"], says: "It burned.", openedAt: "2026-01-01T00:00:00Z" },
};
const task = { kind: "follow-up", commitSha: SHA, ...shop } as const;

let store: Store;
let ledger: LedgerEntry[];
let clock: ManualClock;
let github: FakeGitHub;
let said: string[];
/** The issues of the repository, by number. */
let issues: Map<number, { state: "open" | "closed"; body: string }>;
let replies: ReadReply[];
let ports: FollowUpPorts;

beforeEach(async () => {
  const sqlite = openSqliteStore(":memory:");
  ledger = [];
  store = {
    ...sqlite,
    append: async (entries) => {
      ledger.push(...entries);
    },
  };
  [clock, github, said, issues, replies] = [new ManualClock(), new FakeGitHub(), [], new Map(), []];
  ports = {
    ...{ store, clock, log: notes(), site: { docs: "https://docs.example" } },
    addresses: addressesNamed("platform"),
    passkeys: passkeyReader({ store, ownPages: undefined, validAfter: DAY }),
    github: {
      ...github,
      say: async (_, text) => {
        said.push(text);
      },
      openIssue: async (_, { body }) => {
        issues.set(issues.size + 1, { state: "open", body });
        return issues.size;
      },
      findIssue: async (_, { marker }) =>
        [...issues].find(([, { body }]) => body.startsWith(marker))?.[0] ?? null,
      issueState: async (_, number) => issues.get(number)?.state ?? null,
      setIssueState: async (_, { number, state }) => {
        const issue = issues.get(number);
        if (issue) issue.state = state;
      },
      replies: async ({ passedOver }) =>
        replies.map((reply) => ({
          ...reply,
          owns: reply.owns.filter((area) => passedOver.some((each) => each.area === area)),
        })),
    },
  };
  await openFollowUp(ports, shop, followUp);
});
afterEach(() => store.close());

const perform = () => performFollowUp(ports, task);
const isOpen = async () => (await store.followUp(shop, SHA))?.isOpen;
const events = () => ledger.map(({ data }) => (data as { event: string }).event);
const approval = (by = olga, owns: readonly string[] = ["infrastructure"]): ReadReply => {
  return { by, mayWrite: true, owns, comment: null };
};

describe("a follow-up", () => {
  test("is opened once for a commit, whoever finds it again", async () => {
    await openFollowUp(ports, shop, { ...followUp, says: "Again." });
    await perform();
    await perform();
    expect([...issues.values()].map(({ body }) => body.includes("It burned."))).toEqual([true]);
    expect(events()).toEqual(["opened"]);
    expect(await store.openFollowUps()).toBe(1);
  });

  test.each(["append", "enqueue", "keepFollowUp"] as const)(
    "is in the ledger, and asked about, though the process ends as it is opened: at %s",
    async (step) => {
      const other = { ...followUp, commitSha: "d".repeat(40) };
      const killed: FollowUpPorts = {
        ...ports,
        store: { ...store, [step]: () => Promise.reject(new Error("killed")) },
      };
      const work = async (alive: FollowUpPorts) => {
        await openFollowUp(alive, shop, other);
        await performFollowUp(alive, { ...task, commitSha: other.commitSha });
      };
      await expect(work(killed)).rejects.toThrow("killed");
      await work(ports);
      const own = ledger.filter(({ headSha }) => headSha === other.commitSha);
      expect(new Set(own.map(({ data }) => (data as { event: string }).event))).toEqual(new Set(["opened"]));
      expect(issues.size).toBe(1);
      expect((await store.claim(clock.now(), 1000))?.task).toMatchObject({ kind: "follow-up" });
    },
  );

  test("makes no second issue where it is not known of the first", async () => {
    const { openIssue } = ports.github;
    const failing: FollowUpPorts = {
      ...ports,
      github: {
        ...ports.github,
        openIssue: async (...given) => {
          await openIssue(...given);
          throw new Error("no answer");
        },
      },
    };
    await expect(performFollowUp(failing, task)).rejects.toThrow("no answer");
    await perform();
    expect(issues.size).toBe(1);
    expect((await store.followUp(shop, SHA))?.issue).toBe(1);
  });

  test("stays open where the repository has no issues, or the issue is deleted", async () => {
    const without: FollowUpPorts = { ...ports, github: { ...ports.github, openIssue: async () => null } };
    expect(await performFollowUp(without, task)).not.toBeNull();
    expect(await isOpen()).toBe(true);
    await perform();
    issues.clear();
    await clock.advance(25 * 3_600_000);
    expect(await perform()).not.toBeNull();
    expect({ open: await isOpen(), said }).toEqual({ open: true, said: [] });
  });

  test("closes when an owner of each area has accepted it", async () => {
    await perform();
    replies = [approval()];
    await perform();
    expect([await isOpen(), issues.get(1)?.state]).toEqual([true, "open"]);
    replies = [approval(), approval(dora, ["migrations"])];
    expect(await perform()).toBeNull();
    expect([await isOpen(), issues.get(1)?.state]).toEqual([false, "closed"]);
    expect(events()).toEqual(["opened", "accepted", "accepted"]);
    expect(await store.openFollowUps()).toBe(0);
  });

  test.each([
    { who: "who let it through", reply: approval(wes, ["infrastructure", "migrations"]) },
    { who: "who asked the agent", reply: approval(kira, ["infrastructure", "migrations"]) },
    { who: "a machine", reply: approval(bot("x[bot]", 5), ["infrastructure", "migrations"]) },
    { who: "an owner who may not write", reply: { ...approval(), mayWrite: false } },
    { who: "nobody's owner", reply: approval(olga, []) },
  ])("is not accepted by $who", async ({ reply }) => {
    replies = [reply];
    await perform();
    expect(events()).toEqual(["opened"]);
  });

  test("is reopened once, and reminded of once a day", async () => {
    await perform();
    const issue = issues.get(1);
    if (issue === undefined) throw new Error("no issue was opened");
    issue.state = "closed";
    await perform();
    expect(issue.state).toBe("open");
    issue.state = "closed";
    await perform();
    expect(issue.state).toBe("closed");
    issue.state = "open";
    for (let hour = 0; hour < 50; hour += 1) {
      await clock.advance(3_600_000);
      await perform();
    }
    expect(said.filter((text) => text.includes("nobody has accepted"))).toHaveLength(2);
  });
});

describe("where what was passed over asks for passkeys", () => {
  const commitSha = "d".repeat(40);
  const asking = { ...task, commitSha };
  const line = `/countersign accept ${commitSha.slice(0, 12)} It had to be`;
  const comment = (id: number, owns = ["infrastructure"]): ReadReply => ({
    ...approval(olga, owns),
    comment: { id, by: olga, at: clock.now().toISOString(), body: line },
  });
  const performed = async () => {
    await performFollowUp(ports, asking);
    return (await store.followUp(shop, commitSha))?.accepted;
  };
  const heard = async () => {
    const { issue = null } = (await store.followUp(shop, commitSha)) ?? {};
    return (await store.remember(shop, issue ?? 0)).commands?.heard.map(({ commentId }) => commentId);
  };
  /** Olga has a key that came by a code, or one of this moment, and signs with it. */
  const sign = async (
    commentId: number | null,
    { isNew = false, ...more }: Partial<{ by: typeof olga; commitSha: string; isNew: boolean }> = {},
  ) => {
    const key = {
      ...{ id: "k", owner: olga, enrolledAt: clock.now().toISOString(), publicKey: "p" },
      ...(!isNew && { byCode: true as const }),
    };
    const state = { counter: 0, device: "single", backedUp: false } as const;
    await store.enrolPasskey(7, { ...key, ...state });
    const known = await store.followUp(shop, commitSha);
    const number = known?.issue ?? 7;
    const decision = { kind: "accept", repository: 70, number, commitSha, commentId, ...more } as const;
    const signature = {
      ...{ statement: `c${commentId}`, by: olga, key: "k", decision, at: "2026-01-01T00:00:00Z" },
      ...{ headSha: commitSha, baseRef: "", content: {}, hazards: [] },
    };
    const proof = { statement: "", publicKey: "", clientDataJSON: "", authenticatorData: "", signature: "" };
    const outcome = { kind: "signature", repository: shop, pull: number, signature, proof } as const;
    const given = { installationId: 7, account: olga.id, key: "k", challenge: signature.statement, state };
    await store.recordAssertion({ ...given, outcome }, clock.now());
  };

  beforeEach(async () => {
    const passedOver = followUp.passedOver.map((each) =>
      each.area === "infrastructure" ? { ...each, passkey: true as const } : each,
    );
    await openFollowUp(ports, shop, { ...followUp, commitSha, passedOver });
    await performed();
    const { issue = null } = (await store.followUp(shop, commitSha)) ?? {};
    const commands = [{ pull: issue ?? 0, commentId: 31, account: olga.id, login: olga.login }];
    const delivery = { id: "accept", event: "issue_comment", action: "created" };
    await store.accept(delivery, { tasks: [], about: shop, commands }, clock.now());
  });

  test("an acceptance waits for its writer's passkey, and is heard again", async () => {
    replies = [comment(31)];
    expect(await performed()).toEqual([]);
    expect([await heard(), said.filter((text) => text.includes("Nothing came"))]).toEqual([[31], []]);
    await sign(31);
    expect(await performed()).toEqual(["infrastructure"]);
    expect(await heard()).toBeUndefined();
  });

  test("an approval of what was merged does, too", async () => {
    replies = [approval()];
    expect(await performed()).toEqual([]);
    await sign(null);
    expect(await performed()).toEqual(["infrastructure"]);
  });

  test("with a key that only its age makes valid, it counts as soon as the key is old enough", async () => {
    replies = [approval()];
    await sign(null, { isNew: true });
    await clock.advance(DAY - 1);
    expect(await performed()).toEqual([]);
    await clock.advance(1);
    expect(await performed()).toEqual(["infrastructure"]);
  });

  test("it is not asked for by other areas", async () => {
    replies = [approval(olga, ["migrations"])];
    expect(await performed()).toEqual(["migrations"]);
  });

  test("a signature over another comment or another commit is none", async () => {
    replies = [comment(31)];
    await sign(30);
    await sign(31, { commitSha: SHA });
    expect(await performed()).toEqual([]);
  });

  test("whoever does not sign within a day is told so", async () => {
    const old = comment(31);
    await clock.advance(24 * 60 * 60_000);
    replies = [old];
    expect(await performed()).toEqual([]);
    expect(said.join("\n")).toContain("you did not sign it within a day");
    expect(await heard()).toBeUndefined();
  });
});
