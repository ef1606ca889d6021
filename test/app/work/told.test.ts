import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { GitHubProblem } from "../../../src/github/client/errors.ts";
import type { Happening } from "../../../src/notices/happening.ts";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite.ts";
import type { Store } from "../../../src/store/store.ts";
import { file, HEAD, nils, olga, permissions, recorded, refusal, snapshot } from "../../signoff/build.ts";
import { addressesNamed } from "../addresses.ts";
import { FakeGitHub, pullRequest } from "../fake-github.ts";
import { ManualClock } from "../manual-clock.ts";
import { notes } from "../notes.ts";
import { working } from "../working.ts";

const at = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };
const CONFIG = `version: 1
notify: [platform]
time: { respond-within: 1h }
production: [{ name: billing, paths: [/billing/], from: ["@nils"] }]
`;
const FILES = [file("infra/a.tf"), file("db/a.sql"), file("billing/a.ts")];
/** Olga owns infra/, and refuses it: nobody else is asked about that. */
const REFUSAL = refusal(olga);
const LEASE_MS = 60_000;
const WEEKS_AGO = "2026-01-05T09:00:00Z";

const { authority } = snapshot();

/** Whom it asked for a review it shows as asked, and what the app remembers of refusals it shows to the app. */
class Remembering extends FakeGitHub {
  asked: string[] = [];
  /** Whose review it asked for weeks ago. */
  late: readonly string[] = [];
  /** Whose review it never asks for. */
  refuses: readonly string[] = [];

  override readonly read: FakeGitHub["read"] = async (_, { memory }) => ({
    status: "complete",
    snapshot: pullRequest(
      7,
      { title: "Fix it", requestedReviewers: { users: [...this.late, ...this.asked], teams: [] } },
      {
        files: FILES,
        reviews: [REFUSAL],
        time: {
          requests: this.late.map((name) => ({ kind: "user", name, at: WEEKS_AGO })),
          firstComments: {},
        },
        authority: { ...authority, permissions: { ...authority.permissions, ...permissions("write", nils) } },
        recorded: recorded({
          refusals: memory.refusals,
          clocks: [{ key: "open", first: WEEKS_AGO, ran: 0, since: WEEKS_AGO }],
        }),
        policySources: {
          organization: { status: "absent" },
          repository: { status: "found", path: ".github/countersign.yml", text: CONFIG },
        },
      },
    ),
    checkRuns: [],
    pullsOnHead: [7],
    ids: { repository: "R", pull: "PR", labels: new Map(), users: new Map(), teams: new Map() },
  });

  override readonly write: FakeGitHub["write"] = async ({ labelsAndReviewers: marks }) => {
    await this.before.write?.();
    const users = marks.flatMap(({ reviewers }) => reviewers.wanted.users);
    this.asked.push(...users.filter((login) => !this.asked.includes(login) && !this.refuses.includes(login)));
    await this.before.answer?.();
    const notAsked = this.refuses.map((reviewer) => ({ reviewer, reason: "no" }));
    const run = { id: 1, nodeId: null, externalId: null };
    return { checks: [{ status: "written", run }], notApplied: [{ pull: 7, labels: null, notAsked }] };
  };
}

let store: Store;
let clock: ManualClock;
let github: Remembering;
let log: ReturnType<typeof notes>;

beforeEach(() => {
  store = openSqliteStore(":memory:");
  [clock, github, log] = [new ManualClock(), new Remembering(), notes()];
});
afterEach(() => store.close());

const worked = (over: Store) =>
  working({ store: over, github, clock, log, addresses: addressesNamed("platform") });

const ask = () => store.enqueue([{ kind: "head", headSha: HEAD, pulls: [7], ...at }], "direct", clock.now());

/** What the address is told from here on. */
async function told(): Promise<readonly Happening[]> {
  const all: Happening[] = [];
  for (;;) {
    const next = await store.claimNotice("platform", clock.now(), 1_000);
    if (next === null) return all;
    await store.noticeSent(next, clock.now());
    all.push(JSON.parse(next.record));
  }
}

const REFUSED = {
  kind: "refused",
  by: ["olga"],
  areas: ["infrastructure"],
  pull: { number: 7, title: "Fix it" },
};
const ASKED = { kind: "asked", repository: "acme/shop", commit: HEAD, asked: ["dora", "nils"] };

describe("who is told what of a judged pull request", () => {
  test("a refusal and whom GitHub asked, once, however often it is judged", async () => {
    for (let times = 0; times < 3; times++) {
      await ask();
      await worked(store).settle();
    }
    expect(await told()).toMatchObject([REFUSED, ASKED]);
  });

  test("nobody is told of a request before GitHub was asked, nor of one that it refused", async () => {
    github.refuses = ["nils"];
    const before: (readonly Happening[])[] = [];
    github.before = { write: async () => void before.push(await told()) };
    await ask();
    await worked(store).settle();
    expect(before).toMatchObject([[REFUSED]]);
    expect(await told()).toMatchObject([{ ...ASKED, asked: ["dora"] }]);
  });

  test("nobody is told where GitHub asked nobody", async () => {
    github.refuses = ["dora", "nils"];
    await ask();
    await worked(store).settle();
    clock.pass(10 * 60_000);
    expect(await told()).toMatchObject([REFUSED]);
  });

  test("nobody is told of what GitHub refused as a whole", async () => {
    const problem = { code: "github/rejected", message: "no", remedy: "none" } as const;
    github.before = {
      write: () => {
        throw new GitHubProblem(problem);
      },
    };
    await ask();
    await worked(store).settle();
    clock.pass(10 * 60_000);
    expect(await told()).toMatchObject([REFUSED]);
  });

  test("where nobody knows whether GitHub did it, it is told in the end", async () => {
    github.before = {
      answer: () => {
        throw new Error("the connection broke");
      },
    };
    await ask();
    await worked(store).settle();
    expect(await told()).toMatchObject([REFUSED]);
    clock.pass(2 * 60_000);
    expect(await told()).toMatchObject([ASKED]);
  });
});

test("wherever the process is killed, everything is told once", async () => {
  let killed = true;
  let calls = 0;
  for (; killed; calls++) {
    await store.close();
    [store, github] = [openSqliteStore(":memory:"), new Remembering()];
    await ask();
    killed = await killedAfter(calls);
    clock.pass(LEASE_MS + 10_000);
    await worked(store).settle();
    clock.pass(3 * 60_000);
    const all = await told();
    const byKind = all.toSorted((one, other) => one.kind.localeCompare(other.kind));
    expect([calls, ...byKind]).toMatchObject([calls, ASKED, REFUSED]);
  }
  expect(calls).toBeGreaterThan(20);
});

test("who did not answer in time, once, and who is asked as well", async () => {
  github.late = ["nils"];
  for (let times = 0; times < 2; times++) {
    await ask();
    await worked(store).settle();
  }
  const escalated = { kind: "escalated", commit: HEAD, by: ["nils"], asked: ["dora"] };
  expect((await told()).filter(({ kind }) => kind === "escalated")).toMatchObject([escalated]);
});

/** Works until the store has answered so often; whether it was killed by that. */
async function killedAfter(calls: number): Promise<boolean> {
  let left = calls;
  const mortal = new Proxy(store, {
    get: (target, name) => {
      const call: unknown = Reflect.get(target, name);
      if (typeof call !== "function") return call;
      return async (...given: readonly unknown[]) => {
        left -= 1;
        if (left < 0) throw new Error("killed");
        return Reflect.apply(call, target, given);
      };
    },
  });
  await worked(mortal)
    .settle()
    .catch(() => {});
  return left < 0;
}
