import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { keyedWith } from "../../../src/app/pages/keyed.ts";
import { openPages, type Pages } from "../../../src/app/pages/pages.ts";
import { Sessions } from "../../../src/app/pages/sessions.ts";
import { signingPorts } from "../../../src/app/passkeys/ports.ts";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite.ts";
import type { Store } from "../../../src/store/store.ts";
import { SITE } from "../../signoff/build.ts";
import { SECRET } from "../credentials.ts";
import { FakeGitHub } from "../fake-github.ts";
import { ManualClock } from "../manual-clock.ts";
import { notes } from "../notes.ts";
import { passkeysIn } from "../passkeys/reader.ts";

const olga = { id: "digest", account: 3, login: "olga" };

let store: Store;
let clock: ManualClock;
let pages: Pages;
beforeEach(() => {
  store = openSqliteStore(":memory:");
  clock = new ManualClock();
  pages = openPages({
    settings: { url: "https://countersign.test", clientId: "c", clientSecret: "s", sessionSecret: SECRET },
    ...{ store, clock, log: notes(), site: SITE, api: "https://api.github.test" },
    ...{ github: new FakeGitHub(), budgets: { isOpen: () => true } },
    signing: {
      ports: signingPorts({
        store,
        facts: passkeysIn(store),
        url: "https://countersign.test",
        clock,
        doubted: () => {},
      }),
      ...{ judgeNow: async () => null, judgeAgain: async () => null, wake: () => {} },
    },
  });
});
afterEach(() => store.close());

const hear = (event: string, payload: unknown) =>
  pages.heard({ delivery: { id: "1", event, action: null }, payload });

/** Whether a session lasts that began so long before GitHub told of something. */
async function lasts(ms: number, event: string, payload: unknown): Promise<boolean> {
  const began = clock.now();
  await store.beginSession(olga, began, new Date(began.getTime() + 3_600_000));
  await clock.advance(ms);
  await hear(event, payload);
  return (await store.session(olga.id, clock.now())) !== null;
}

test.each([
  ["ends for whoever revoked the authorization", "github_app_authorization", { sender: { id: 3 } }, false],
  ["stays where somebody else did", "github_app_authorization", { sender: { id: 4 } }, true],
  ["stays where nobody is named", "github_app_authorization", {}, true],
  ["stays where the news is of another kind", "member", { sender: { id: 3 } }, true],
])("a session %s", async (_, event, payload, expected) => {
  expect(await lasts(60_001, event, payload)).toBe(expected);
});

test("one that has just begun stays: our own revoking of the token may be told the same way", async () => {
  expect(await lasts(60_000, "github_app_authorization", { sender: { id: 3 } })).toBe(true);
});

test("another secret knows no session that began before", async () => {
  const asked: string[] = [];
  const told = {
    session: async (id: string) => {
      asked.push(id);
      return null;
    },
  };
  const of = (secret: string) =>
    new Sessions({ store: { ...store, ...told }, clock, keyed: keyedWith(secret) }).of({
      req: { raw: new Request("https://x", { headers: { cookie: `__Host-countersign=${"a".repeat(43)}` } }) },
    } as never);
  await of(SECRET);
  await of(`${SECRET}!`);
  expect(new Set(asked).size).toBe(2);
});
