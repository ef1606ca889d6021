import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { lookAtProtection } from "../../../src/app/protection/look.ts";
import type { Facts } from "../../../src/doctor/facts.ts";
import { known, unknown } from "../../../src/doctor/known.ts";
import { GitHubProblem, GitHubUnavailable, NotFound } from "../../../src/github/client/errors.ts";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite.ts";
import type { Store } from "../../../src/store/store.ts";
import type { Task } from "../../../src/store/task.ts";
import { BRANCH, PROTECTION, SEALED, SOUND } from "../../doctor/sound.ts";
import { FakeGitHub } from "../fake-github.ts";
import { ManualClock } from "../manual-clock.ts";
import { type Notes, notes } from "../notes.ts";
import { working } from "../working.ts";

const at = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };

const withoutRules: Facts = { ...SOUND, branches: known([{ ...BRANCH, protections: known([]) }]) };
const hidden: Facts = { ...SOUND, branches: unknown("a token that can read acme/shop") };
const bypassed: Facts = {
  ...SOUND,
  branches: known([
    {
      ...BRANCH,
      protections: known([
        {
          ...PROTECTION,
          bypass: {
            ...SEALED,
            actors: known([{ who: "the team 12", mode: "always", administrator: false }]),
          },
        },
      ]),
    },
  ]),
};
const approvedByWorkflows: Facts = {
  ...SOUND,
  workflows: known({ mayApprove: true, permissions: "read" }),
};

let store: Store;
let clock: ManualClock;
let github: FakeGitHub;
let log: Notes;
beforeEach(() => {
  store = openSqliteStore(":memory:");
  clock = new ManualClock();
  github = new FakeGitHub();
  log = notes();
});
afterEach(() => store.close());

/** A look at these rules; answers what it asks for. */
async function look(rules: Facts, attempts = 0): Promise<readonly Task[]> {
  github.rules = rules;
  await lookAtProtection({ store, github, clock, log }, at, { attempts });
  const tasks: Task[] = [];
  for (let job = await store.claim(clock.now(), 1); job; job = await store.claim(clock.now(), 1)) {
    expect(job.priority).toBe("sweep");
    tasks.push(job.task);
    await store.finish(job);
  }
  return tasks;
}

const told = () => log.lines.splice(0).map(({ message, fields }) => ({ message, ...fields }));

const ALL_AGAIN = [{ kind: "repository", ...at }];

describe("open pull requests are judged again", () => {
  test.each([
    { why: "the first look finds nothing wrong", looks: [SOUND], again: false },
    { why: "the first look finds nothing out", looks: [hidden], again: false },
    { why: "the first look finds something", looks: [withoutRules], again: true },
    { why: "nothing changed", looks: [withoutRules, withoutRules], again: false },
    { why: "it was mended", looks: [withoutRules, SOUND], again: true },
    { why: "it is not known any more", looks: [withoutRules, hidden], again: true },
    { why: "what changed is nothing that the check tells", looks: [SOUND, bypassed], again: false },
  ])("or not, where $why: $again", async ({ looks, again }) => {
    for (const rules of looks.slice(0, -1)) await look(rules);
    expect(await look(looks.at(-1) ?? SOUND)).toEqual(again ? ALL_AGAIN : []);
  });

  test("after an attempt that ended nobody knows where", async () => {
    await look(withoutRules);
    expect(await look(withoutRules, 1)).toEqual(ALL_AGAIN);
  });
});

describe("maintainers are told once of each change", () => {
  const run = "countersign doctor acme/shop";
  const name = { repository: "acme/shop" };

  test("of what makes the gate not block, with what to run", async () => {
    await look(bypassed);
    await look(bypassed);
    expect(told()).toEqual([
      {
        message: "the gate does not block",
        ...name,
        findings: "bypass-always force-pushes-blocked",
        warnings: "deletions-blocked",
        run,
      },
    ]);
    await look(withoutRules);
    expect(told()).toMatchObject([{ findings: expect.stringContaining("check-required check-pinned") }]);
    await look(SOUND);
    await look(SOUND);
    expect(told()).toMatchObject([{ message: "nothing is known to be wrong with the gate any more" }]);
  });

  test("of what makes it weaker", async () => {
    await look(approvedByWorkflows);
    expect(told()).toMatchObject([{ message: "the gate could be stronger", warnings: "workflow-approvals" }]);
  });

  test("of nothing, where nothing is wrong or known", async () => {
    await look(SOUND);
    await look(hidden);
    expect(told()).toEqual([]);
  });
});

test("what GitHub refuses as a whole is not known, and is no failure", async () => {
  await look(withoutRules);
  log.lines.splice(0);
  clock.pass(1000);
  github.before.protection = () => {
    throw new GitHubProblem({ code: "github/permission", message: "no", remedy: "grant it" });
  };
  expect(await look(withoutRules)).toEqual(ALL_AGAIN);
  expect(await store.protection(at)).toEqual({ at: clock.now().getTime(), branches: [], findings: [] });
  expect(told()).toMatchObject([{ message: "could not look at the rules of branches" }]);
});

test("while GitHub does not answer, what was known stays", async () => {
  await look(withoutRules);
  const before = await store.protection(at);
  github.before.protection = () => {
    throw new GitHubUnavailable("busy", 1000);
  };
  await expect(look(SOUND, 7)).rejects.toThrow(GitHubUnavailable);
  expect(await store.protection(at)).toEqual(before);
  // In the end it is not known, until somebody looks again.
  await look(SOUND, 8);
  expect(await store.protection(at)).toMatchObject({ branches: [], findings: [] });
});

describe("a repository that is not found under its name", () => {
  const task: Task = { kind: "protection", ...at };

  beforeEach(async () => {
    await store.seeRepositories([{ ...at, nodeId: "R_70", createdAt: null }]);
    github.before.protection = () => {
      if (github.calls.at(-1) === "protection of acme/shop") throw new NotFound("Not Found");
    };
  });

  test("is looked at under its new one", async () => {
    github.rules = withoutRules;
    github.movedTo = { owner: "acme", repo: "store" };
    await working({ store, github, clock, log }).run(task);
    expect(github.calls).toContain("protection of acme/store");
    expect(await store.branchFindings(at)).toMatchObject([{ branch: "main", code: "check-required" }]);
  });

  test("is left alone where it is gone", async () => {
    await working({ store, github, clock, log }).run(task);
    expect(await store.depth()).toBe(0);
    expect(await store.protection(at)).toBeNull();
  });
});
