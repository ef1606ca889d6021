import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { LedgerEntry } from "../../../src/store/ledger.ts";
import { CAP } from "../../../src/store/sql/caps.ts";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite.ts";
import type { Store } from "../../../src/store/store.ts";
import type { HeadTask } from "../../../src/store/task.ts";
import { approval, HEAD, kira, olga } from "../../signoff/build.ts";
import { FakeGitHub, pullRequest } from "../fake-github.ts";
import { ManualClock } from "../manual-clock.ts";
import { notes } from "../notes.ts";
import { working } from "../working.ts";

const at = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };
const head: HeadTask = { kind: "head", headSha: HEAD, pulls: [7], ...at };

let store: Store;
let clock: ManualClock;
let github: FakeGitHub;
let ledger: LedgerEntry[];
let run: ReturnType<typeof working>["run"];

beforeEach(() => {
  const sqlite = openSqliteStore(":memory:");
  ledger = [];
  store = {
    ...sqlite,
    append: async (entries) => {
      ledger.push(...entries);
      await sqlite.append(entries);
    },
  };
  clock = new ManualClock();
  github = new FakeGitHub();
  ({ run } = working({ store, github, clock, log: notes() }));
});
afterEach(() => store.close());

const kinds = () => [...new Set(ledger.map(({ kind }) => kind))].sort();

async function useUp(account: number): Promise<void> {
  const data = "x".repeat(CAP.aDay);
  const entry = { at: "", repository: at, pull: 7, headSha: HEAD, kind: "verdict", data } as const;
  await store.countInLedger({ repository: at, account }, [entry], clock.now());
}

describe("E25 the ledger of an account that has used up what is kept there for one", () => {
  const kiras = (more: Parameters<typeof pullRequest>[2] = {}) => pullRequest(7, { author: kira }, more);

  test("before that, keeps all", async () => {
    github.pulls[7] = kiras();
    await run(head);
    expect(kinds()).toEqual(["evidence", "rules", "verdict"]);
    expect(github.calls).not.toContain("permission of kira");
  });

  test("keeps no verdict that blocks, nor evidence, but what lets a change through, with whose word did", async () => {
    await useUp(kira.id);
    github.pulls[7] = kiras();
    await run(head);
    expect(github.conclusions).toEqual(["action_required"]);
    expect(ledger).toEqual([]);

    github.pulls[7] = kiras({ reviews: [approval(olga)] });
    await run(head);
    expect(github.conclusions.at(-1)).toBe("success");
    expect(kinds()).toEqual(expect.arrayContaining(["countersignature", "verdict"]));
  });

  test("keeps all of somebody who may write", async () => {
    github.writers = [kira.id];
    await useUp(kira.id);
    github.pulls[7] = kiras();
    await run(head);
    expect(kinds()).toEqual(["evidence", "rules", "verdict"]);
    expect(await store.hasUsedUpLedger(at, kira.id, clock.now())).toBe(false);
  });

  test("keeps all where GitHub does not tell whether they may write", async () => {
    github.writers = null;
    await useUp(kira.id);
    github.pulls[7] = kiras();
    await run(head);
    expect(kinds()).toEqual(["evidence", "rules", "verdict"]);
  });

  test("keeps no refused verdict that such an account asked for", async () => {
    const eve = { account: 9, login: "eve", bot: false };
    const problem = {
      code: "evidence/too-many-files",
      severity: "error",
      message: "m",
      remedy: "r",
    } as const;
    github.pulls[7] = { status: "refused", problem, retryAfterMs: null };
    await run({ ...head, askedBy: [eve] });
    expect(kinds()).toEqual(["verdict"]);
    ledger = [];
    await useUp(eve.account);
    await run({ ...head, askedBy: [eve], republish: true });
    expect(ledger).toEqual([]);
  });
});
