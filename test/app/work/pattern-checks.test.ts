import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { GitHubProblem, GitHubUnavailable } from "../../../src/github/client/errors.ts";
import type { Snapshot } from "../../../src/signoff/snapshot.ts";
import { pullFact } from "../../../src/store/fact.ts";
import type { LedgerEntry } from "../../../src/store/ledger.ts";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite.ts";
import type { Store } from "../../../src/store/store.ts";
import type { Task } from "../../../src/store/task.ts";
import { approval, HEAD, olga } from "../../signoff/build.ts";
import { FakeGitHub, pullRequest } from "../fake-github.ts";
import { ManualClock } from "../manual-clock.ts";
import { notes } from "../notes.ts";
import { working } from "../working.ts";

const at = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };
const head = (...pulls: readonly number[]): Task => ({ kind: "head", headSha: HEAD, pulls, ...at });
const BRANCHES = 'branches: [main, "release/*"]\n';
const MAIN = "countersign (main)";
const RELEASE = "countersign (release/*)";

function into(number: number, ref: string, more: Partial<Snapshot> = {}, checks = "per-pattern"): Snapshot {
  const base = { sha: "c".repeat(40), ref };
  const repository = {
    status: "found",
    path: ".github/countersign.yml",
    text: `${BRANCHES}checks: ${checks}\n`,
  } as const;
  const policySources = { organization: { status: "absent" }, repository } as const;
  return pullRequest(number, { base, governedBy: base }, { policySources, ...more });
}

const signed = { reviews: [approval(olga)] };

let store: Store;
let clock: ManualClock;
let github: FakeGitHub;
let ledger: LedgerEntry[];
let worked: ReturnType<typeof working>;

beforeEach(() => {
  const sqlite = openSqliteStore(":memory:");
  ledger = [];
  const append: Store["append"] = async (entries) => {
    ledger.push(...entries);
    await sqlite.append(entries);
  };
  store = { ...sqlite, append };
  clock = new ManualClock();
  github = new FakeGitHub();
  worked = working({ store, github, clock, log: notes() });
});
afterEach(() => store.close());

const published = () => github.calls.filter((call) => call.startsWith("publish"));
const states = async () =>
  Object.fromEntries((await store.publishedChecks(at, HEAD)).map(({ name, state }) => [name, state]));

describe("the checks of branch patterns", () => {
  test("are written beside the one for all, once for verdicts that stay the same", async () => {
    github.pulls[7] = into(7, "main");
    await worked.run(head(7));
    await worked.run(head(7));
    expect(published()).toEqual(["publish action_required", `publish action_required ${MAIN}`]);
    expect(github.written[1]?.explanation).toMatchObject({
      title: github.written[0]?.explanation.title,
      annotations: [],
    });
  });

  test("speak each of the pull requests into its own branches", async () => {
    github.pulls[7] = into(7, "main");
    github.pulls[8] = into(8, "release/1", signed);
    await worked.run(head(7, 8));
    expect(published()).toEqual([
      "publish action_required",
      `publish action_required ${MAIN}`,
      `publish success ${RELEASE}`,
    ]);
    expect(github.written[2]?.explanation.text).toContain("pull request 8 at");
  });

  test("are named in the ledger with the verdict that they show", async () => {
    github.pulls[7] = into(7, "main");
    github.pulls[8] = into(8, "release/1", signed, "one");
    await worked.run(head(7, 8));
    const verdicts = ledger.filter(({ kind }) => kind === "verdict");
    expect(verdicts.map(({ pull, data }) => [pull, Reflect.get(Object(data), "checks")])).toEqual([
      [7, [MAIN]],
      [8, undefined],
    ]);
  });

  test("rest each on its own pull requests, and are withdrawn by name", async () => {
    github.pulls[7] = into(7, "main", signed);
    github.pulls[8] = into(8, "release/1", signed);
    await worked.run(head(7, 8));
    await store.invalidate({ facts: [pullFact(at, 8)] }, clock.now());
    expect(await states()).toEqual({ countersign: "doubted", [MAIN]: "standing", [RELEASE]: "doubted" });
    github.pulls[8] = { status: "closed" };
    await worked.settle();
    expect(await states()).toEqual({ countersign: "standing", [MAIN]: "standing", [RELEASE]: "standing" });
    expect(github.written.at(-1)).toMatchObject({ name: RELEASE, conclusion: "action_required" });
    expect(github.written.filter(({ name }) => name === MAIN)).toHaveLength(1);
  });

  test("that are wanted no more block, and are written once", async () => {
    github.pulls[7] = into(7, "main", signed);
    await worked.run(head(7));
    github.pulls[7] = into(7, "main", signed, "one");
    await worked.run(head(7));
    await worked.run(head(7));
    expect(published().slice(2)).toEqual([`publish action_required ${MAIN}`]);
    expect(github.written.at(-1)?.explanation.title).toMatch(/^Not in use/);
  });

  test("that GitHub alone knows of block when they are wanted no more", async () => {
    github.pulls[7] = into(7, "main", signed);
    await worked.run(head(7));
    await store.close();
    store = openSqliteStore(":memory:");
    worked = working({ store, github, clock, log: notes() });
    github.pulls[7] = into(7, "main", signed, "one");
    await worked.run(head(7));
    expect(github.written.at(-1)).toMatchObject({ name: MAIN, conclusion: "action_required", checkRunId: 2 });
  });

  test("block all when a pull request of the commit cannot be read", async () => {
    github.pulls[7] = into(7, "main", signed);
    await worked.run(head(7));
    const problem = { code: "github/rejected", severity: "error", message: "no", remedy: "Wait." } as const;
    github.pulls[8] = { status: "refused", problem, retryAfterMs: null };
    await worked.run(head(7, 8));
    expect(published().slice(2)).toEqual(["publish failure", `publish failure ${MAIN}`]);
  });

  test("are not written, nor noted, where one of their facts was doubted while they were judged", async () => {
    github.pulls[7] = into(7, "main", signed);
    github.before.read = async () => {
      github.before = {};
      await store.invalidate({ facts: [pullFact(at, 7)] }, clock.now());
      github.pulls[7] = into(7, "main");
    };
    await worked.run(head(7));
    expect(published()).toEqual(["publish action_required", `publish action_required ${MAIN}`]);
  });

  test.each([
    [
      "GitHub refuses",
      new GitHubProblem({ code: "github/permission", message: "no", remedy: "Give it." }),
      0,
    ],
    ["GitHub does not answer", new GitHubUnavailable("no answer", 1_000), 2],
  ] as const)("where %s, what may be shown is in the index of passes", async (_, error, doubted) => {
    github.pulls[7] = into(7, "main", signed);
    github.before.publish = () => {
      throw error;
    };
    await worked.run(head(7));
    await store.invalidate({ facts: [pullFact(at, 7)] }, clock.now());
    const shown = Object.values(await states()).filter((state) => state === "doubted");
    expect(shown).toHaveLength(doubted);
  });
});
