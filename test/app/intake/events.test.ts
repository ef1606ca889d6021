import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { ALWAYS_DELIVERED, ASKED_AHEAD, EVENTS, interpret } from "../../../src/app/intake/events.ts";
import type { Task } from "../../../src/store/task.ts";
import { fc } from "../../fast-check.ts";

const sha = "a".repeat(40);
const base = "b".repeat(40);
const at = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };
const installation = { id: 7 };
const repository = {
  id: 70,
  node_id: "R_70",
  created_at: "2025-01-01T00:00:00Z",
  name: "shop",
  default_branch: "main",
  owner: { login: "acme" },
};
const common = { installation, repository, sender: { login: "kira", type: "User" } };
const pull_request = { number: 3, head: { sha } };

const headTask = { kind: "head", headSha: sha, pulls: [3], ...at };
/** Nobody can wait for an answer about it yet. */
const newHeadTask = { ...headTask, pushed: true };
const repositoryTask = { kind: "repository", ...at };
const installationTask = { kind: "installation", installationId: 7 };
const rules = { rules: true };
const protectionTask = { kind: "protection", ...at };
const rulesOfMany = { ...installationTask, routine: true, ...rules };
const CHANGES = ["created", "edited", "deleted"];

const tasksOf = (event: string, payload: unknown, self: string | null = null) =>
  interpret({ event, payload, self }).news.tasks;

test.each([
  ["a person", { login: "kira", id: 1, type: "User" }, [{ account: 1, login: "kira", bot: false }]],
  ["a bot", { login: "helper[bot]", id: 2, type: "Bot" }, [{ account: 2, login: "helper[bot]", bot: true }]],
  ["somebody without an id", { login: "kira", type: "User" }, undefined],
])("what %s did asks in their name", (_, sender, askedBy) => {
  const [task] = tasksOf("pull_request", { ...common, sender, action: "opened", pull_request });
  expect(task).toEqual({ ...newHeadTask, ...(askedBy && { askedBy }) });
});

describe("an event asks for what it may have changed", () => {
  const check = { head_sha: sha, pull_requests: [{ number: 3 }] };
  test.each([
    ...["opened", "synchronize"].map(
      (action) => ["pull_request", { action, pull_request }, [newHeadTask]] as const,
    ),
    ...[
      "reopened",
      "edited",
      "ready_for_review",
      "converted_to_draft",
      "labeled",
      "unlabeled",
      "assigned",
      "unassigned",
      "stacked",
      "unstacked",
      "closed",
    ].map((action) => ["pull_request", { action, pull_request }, [headTask]] as const),
    ...["auto_merge_enabled", "enqueued", "review_requested", "review_request_removed"].map(
      (action) => ["pull_request", { action, pull_request }, []] as const,
    ),
    ...["submitted", "edited", "dismissed"].map(
      (action) => ["pull_request_review", { action, pull_request }, [headTask]] as const,
    ),
    ...["created", "edited", "deleted"].map(
      (action) => ["pull_request_review_comment", { action, pull_request }, [headTask]] as const,
    ),
    ...["created", "edited", "deleted"].map((action) => ["issue_comment", { action }, []] as const),
    ["issues", { action: "assigned" }, []],
    ["merge_group", { action: "destroyed" }, []],
    ["organization", { action: "renamed" }, [installationTask]],
    ["installation_repositories", { action: "removed" }, [installationTask]],
    ["check_run", { action: "rerequested", check_run: check }, [{ ...headTask, republish: true }]],
    ["check_suite", { action: "rerequested", check_suite: check }, [{ ...headTask, republish: true }]],
    [
      "merge_group",
      {
        action: "checks_requested",
        merge_group: { head_sha: sha, base_sha: base, base_ref: "refs/heads/release/2" },
      },
      [{ ...headTask, pulls: [], group: { base: "release/2", baseSha: base } }],
    ],
    [
      "repository",
      { action: "renamed", changes: { repository: { name: { from: "store" } } } },
      [{ ...repositoryTask, ...rules }],
    ],
    [
      "repository",
      { action: "transferred", changes: { owner: { from: { organization: { login: "old" } } } } },
      [{ ...repositoryTask, ...rules }],
    ],
    ["repository", { action: "edited" }, [repositoryTask]],
    [
      "repository",
      { action: "edited", changes: { default_branch: { from: "master" } } },
      [{ ...repositoryTask, ...rules }],
    ],
    ["repository", { action: "unarchived" }, [repositoryTask]],
    ["repository", { action: "privatized" }, [protectionTask]],
    ["repository", { action: "publicized" }, [protectionTask]],
    ...CHANGES.flatMap((action) => [
      [
        "repository_ruleset",
        { action, repository_ruleset: { source_type: "Repository" } },
        [protectionTask],
      ] as const,
      ["branch_protection_rule", { action }, [protectionTask]] as const,
      // One of an organization holds in any of its repositories, whether the event names one or not.
      [
        "repository_ruleset",
        { action, repository_ruleset: { source_type: "Organization" } },
        [rulesOfMany],
      ] as const,
      [
        "repository_ruleset",
        { action, repository_ruleset: { source_type: "Repository" }, repository: undefined },
        [rulesOfMany],
      ] as const,
      ["repository_ruleset", { action }, [rulesOfMany]] as const,
    ]),
    ...["enabled", "disabled"].map(
      (action) => ["branch_protection_configuration", { action }, [protectionTask]] as const,
    ),
    ["label", { action: "edited" }, [repositoryTask]],
    ["label", { action: "deleted" }, [repositoryTask]],
    ["member", { action: "added" }, [repositoryTask]],
    ["member", { action: "edited" }, [repositoryTask]],
    ["member", { action: "removed" }, [repositoryTask]],
    ["team", { action: "added_to_repository" }, [repositoryTask]],
    ["team", { action: "removed_from_repository" }, [repositoryTask]],
    ["team", { action: "edited" }, [installationTask]],
    ["team", { action: "deleted" }, [installationTask]],
    ["team_add", {}, [repositoryTask]],
    ["membership", { action: "added" }, [installationTask]],
    ["membership", { action: "removed" }, [installationTask]],
    ["organization", { action: "member_added" }, [installationTask]],
    ["organization", { action: "member_removed" }, [installationTask]],
    ["installation", { action: "created" }, [{ ...installationTask, ...rules }]],
    ["installation", { action: "unsuspend" }, [{ ...installationTask, ...rules }]],
    ["installation", { action: "new_permissions_accepted" }, [{ ...installationTask, ...rules }]],
    ["installation_target", { action: "renamed" }, [installationTask]],
    [
      "installation_repositories",
      {
        action: "added",
        repositories_added: [
          { id: 70, full_name: "acme/shop" },
          { id: 71, full_name: "acme/pay" },
        ],
      },
      [
        { ...repositoryTask, ...rules },
        { ...repositoryTask, ...rules, repositoryId: 71, repo: "pay" },
      ],
    ],
  ])("%s %j", (event, payload, tasks) => {
    expect(tasksOf(event, { ...common, ...payload })).toEqual(tasks);
  });

  test("every event and action of the table is in the cases above, or is a push", () => {
    const actions = Object.values(EVENTS).flatMap((rules) => Object.keys(rules));
    expect(actions).toHaveLength(68);
  });

  test("a re-run on a fork's commit names no pull request: the worker finds it", () => {
    const payload = { ...common, action: "rerequested", check_run: { head_sha: sha, pull_requests: [] } };
    expect(tasksOf("check_run", payload)).toEqual([{ ...headTask, pulls: [], republish: true }]);
  });
});

describe("a push asks for the pull requests that the changed rules govern", () => {
  const commit = (path: string) => ({ id: sha, added: [], modified: [path], removed: [] });
  const removed = (path: string) => ({ id: sha, added: [], modified: [], removed: [path] });
  test.each<[string, boolean, unknown, readonly unknown[], string]>([
    ["main", false, [commit("src/a.ts")], [], "no rule changed"],
    ["main", false, [], [], "a branch made of commits that exist"],
    ["main", false, [commit("a"), commit("CODEOWNERS")], [repositoryTask], "owners changed"],
    ["main", false, [commit("docs/CODEOWNERS")], [repositoryTask], "owners changed"],
    ["main", false, [removed(".github/CODEOWNERS")], [repositoryTask], "owners removed"],
    ["main", false, [commit(".github/countersign.yml")], [repositoryTask], "policy changed"],
    ["main", true, [commit("src/a.ts")], [repositoryTask], "a forced push does not tell what it took away"],
    ["main", false, undefined, [repositoryTask], "commits not told"],
    ["main", false, [{ id: "1" }], [repositoryTask], "a commit's paths not told"],
    ["main", false, Array(2048).fill(commit("a")), [repositoryTask], "more commits than are told"],
    [
      "release/1",
      false,
      [commit("CODEOWNERS")],
      [{ ...repositoryTask, base: "release/1" }],
      "owners of that branch alone",
    ],
    ["release/1", false, [commit("a")], [], "no rule changed"],
    ["main", false, [commit("services/CLAUDE.md")], [repositoryTask], "what may be a link to instructions"],
    ["main", false, [commit(".github")], [repositoryTask], "what may stand for the folder of the workflows"],
    ["main", false, [commit("docs/index.md")], [], "a file in a folder that may hold CODEOWNERS"],
    [
      "release/1",
      false,
      [commit(".claude/settings.json")],
      [{ ...repositoryTask, base: "release/1" }],
      "what may be a link on that branch alone",
    ],
  ])("%s forced=%s %#: %s", (branch, forced, commits, tasks) => {
    const payload = { ...common, ref: `refs/heads/${branch}`, forced, commits };
    const asked = tasksOf("push", payload) as readonly Task[];
    expect(asked.filter(({ kind }) => kind !== "watch")).toEqual(tasks);
  });

  test.each<{ why: string; given: object; moved: readonly object[]; rules?: true }>([
    { why: "a branch", given: { ref: "refs/heads/work" }, moved: [{ branch: "work", to: sha }] },
    { why: "the default branch", given: {}, moved: [{ branch: "main", to: sha }] },
    { why: "a branch is deleted", given: { deleted: true }, moved: [{ branch: "main", to: null }] },
    {
      why: "the default branch, with another config",
      given: { commits: [commit(".github/countersign.yml")] },
      moved: [{ branch: "main", to: sha }],
      rules: true,
    },
    {
      why: "a branch whose config says nothing",
      given: { ref: "refs/heads/work", commits: [commit(".github/countersign.yml")] },
      moved: [{ branch: "work", to: sha }],
    },
  ])("whatever is pushed to is told to the watch: $why", ({ given, moved, rules }) => {
    const payload = { ...common, ref: "refs/heads/main", after: sha, commits: [commit("a")], ...given };
    const asked = tasksOf("push", payload) as readonly Task[];
    const { kind: _, ...place } = repositoryTask;
    expect(asked.filter(({ kind }) => kind === "watch")).toEqual([
      { kind: "watch", ...place, moved, ...(rules && { rules }) },
    ]);
  });

  test("a tag named like the default branch is no branch", () => {
    expect(tasksOf("push", { ...common, ref: "refs/tags/main", forced: true, commits: [] })).toEqual([]);
  });

  test("the owner's .github repository holds the floor of all repositories", () => {
    const payload = {
      ...common,
      repository: { ...repository, name: ".github" },
      ref: "refs/heads/main",
      commits: [commit(".github/countersign.yml")],
    };
    expect(tasksOf("push", payload)).toMatchObject([installationTask, { kind: "watch" }]);
    const links = tasksOf("push", { ...payload, commits: [commit("CLAUDE.md")] });
    expect(links).toMatchObject([{ kind: "repository" }, { kind: "watch" }]);
  });
});

describe("nothing is asked for", () => {
  test.each<[string, object, string]>([
    ["pull_request", { action: "locked", pull_request }, "cannot change a verdict"],
    ["pull_request", { action: "constructor", pull_request }, "a name every object has"],
    ["__proto__", { action: "toString" }, "a name every object has"],
    ["pull_request", { action: "opened" }, "no pull request in it"],
    ["pull_request", { action: "opened", pull_request, installation: undefined }, "no installation"],
    [
      "pull_request",
      { action: "opened", pull_request: { number: 3, head: { sha: "main" } } },
      "no commit id",
    ],
    ["check_run", { action: "completed", check_run: { head_sha: sha, pull_requests: [] } }, "our own news"],
    ["check_suite", { action: "requested", check_suite: { head_sha: sha } }, "the pull request tells"],
    [
      "merge_group",
      { action: "destroyed", merge_group: { head_sha: sha, base_sha: base, base_ref: "refs/heads/main" } },
      "over",
    ],
    ["merge_group", { action: "checks_requested", merge_group: { head_sha: sha } }, "no base"],
    ["installation", { action: "deleted" }, "nothing may be read any more"],
    ["issue_comment", { action: "created", comment: { body: "LGTM" } }, "comments never approve"],
    ["workflow_run", { action: "completed" }, "not ours"],
  ])("%s %j: %s", (event, payload) => {
    expect(tasksOf(event, { ...common, ...payload })).toEqual([]);
  });

  test.each([["labeled"], ["unlabeled"]])("for %s by the app itself", (action) => {
    const sender = { login: "countersign[bot]" };
    const payload = { ...common, sender, action, pull_request };
    expect(tasksOf("pull_request", payload, "countersign[bot]")).toEqual([]);
    expect(tasksOf("pull_request", payload, "other[bot]")).toEqual([headTask]);
    expect(tasksOf("pull_request", payload, null)).toEqual([headTask]);
  });

  test("property: no payload, however odd, throws or yields a task without a place", () => {
    const event = fc.constantFrom(...Object.keys(EVENTS));
    const odd = fc.oneof(
      fc.jsonValue(),
      fc.object({
        key: fc.constantFrom(...Object.keys(common), "action", "pull_request", "ref", "commits", "check_run"),
      }),
    );
    fc.assert(
      fc.property(event, odd, (name, payload) =>
        tasksOf(name, payload).every(
          (task) => task.kind !== "upkeep" && Number.isInteger(task.installationId),
        ),
      ),
    );
  });
});

describe("an event of a pull request outdates what is remembered of it", () => {
  test("its base may have changed", () => {
    const { changed } = interpret({
      event: "pull_request",
      payload: { ...common, action: "edited", pull_request },
      self: null,
    });
    expect(changed).toEqual({ ...at, pull: 3 });
  });

  test.each([["labeled"], ["assigned"], ["review_requested"]])("%s changes nothing of that", (action) => {
    const payload = { ...common, action, pull_request };
    expect(interpret({ event: "pull_request", payload, self: null }).changed).toBeNull();
  });

  test("a review changes nothing of it", () => {
    const payload = { ...common, action: "submitted", pull_request };
    expect(interpret({ event: "pull_request_review", payload, self: null }).changed).toBeNull();
  });
});

describe("app.yml", () => {
  const manifest = parse(readFileSync(new URL("../../../app.yml", import.meta.url), "utf8"));

  test("asks for the events that are handled, and those that need the owners' consent ahead", () => {
    const asked = Object.keys(EVENTS).filter((event) => !ALWAYS_DELIVERED.has(event));
    expect([...manifest.default_events].sort()).toEqual([...asked, ...ASKED_AHEAD].sort());
  });

  test("asks for the least permissions", () => {
    expect(manifest.default_permissions).toEqual({
      metadata: "read",
      contents: "read",
      pull_requests: "write",
      issues: "write",
      checks: "write",
      statuses: "write",
      members: "read",
      merge_queues: "read",
      administration: "read",
      actions: "read",
      deployments: "write",
      attestations: "write",
    });
  });

  test("is private unless somebody decides otherwise", () => {
    expect(manifest.public).toBe(false);
  });
});
