import { describe, expect, test } from "@jest/globals";
import { GraphQLError } from "graphql";
import { createCaches, dropAuthority } from "../../../../src/github/reading/caches.ts";
import { readSnapshot } from "../../../../src/github/reading/read-snapshot.ts";
import { client, serve } from "../../served.ts";
import { bot, file, type StubbedGitHub, stubbedGitHub, type Team, user } from "../../stubbed-github.ts";
import { NOW, read, request, snapshotOf } from "../reading.ts";

const member = (login: string, databaseId: number) => ({ login, databaseId });

function owned(teams: Record<string, Team>, codeowners = "* @acme/sre"): StubbedGitHub {
  const of = stubbedGitHub();
  of.teams = teams;
  of.branches.main = { ".github/CODEOWNERS": codeowners };
  return of;
}

describe("teams", () => {
  test("all members, whatever the pages", async () => {
    const members = Array.from({ length: 7 }, (_, index) => member(`m${index}`, index + 10));
    const of = owned({ sre: { members } });
    of.pageSize = 3;
    const { teams } = (await snapshotOf(of)).authority;
    expect(teams).toEqual({
      "acme/sre": {
        status: "known",
        members: members.map(({ login, databaseId: id }) => ({ id, login, type: "User" })),
      },
    });
  });

  test.each<[string, Team]>([
    ["write by itself", { members: [] }],
    ["admin", { members: [], permission: "ADMIN" }],
    ["write through its parent team", { members: [], permission: null, parentPermission: "WRITE" }],
    [
      "read itself, write through its parent",
      { members: [], permission: "READ", parentPermission: "MAINTAIN" },
    ],
  ])("one with %s is known", async (_, team) => {
    const { teams } = (await snapshotOf(owned({ sre: team }))).authority;
    expect(teams["acme/sre"]).toEqual({ status: "known", members: [] });
  });

  test.each<[string, Record<string, Team>, string]>([
    ["read alone", { sre: { members: [], permission: "READ" } }, "has no write permission"],
    ["nothing in this repository", { sre: { members: [], permission: null } }, "has no write permission"],
    ["write in one of like name", { sre: { members: [], repositoryId: 1 } }, "has no write permission"],
    [
      "more repositories of like name than are told, and no access to this one",
      { sre: { members: [], permission: null, moreRepositories: true } },
      "has no write permission",
    ],
    ["secrecy", { sre: { members: [], privacy: "SECRET" } }, "is a secret team"],
    ["no existence", {}, "does not exist, or the App may not see it"],
  ])("fails closed: nobody signs through one with %s", async (_, teams, reason) => {
    const { authority } = await snapshotOf(owned(teams));
    expect(authority.teams["acme/sre"]).toEqual({
      status: "unknown",
      reason: expect.stringContaining(reason),
    });
  });

  test.each([
    { push: true, status: "known" },
    { push: false, status: "unknown" },
  ])(
    "E30 one with more repositories of like name than are told is asked about this one: $status",
    async ({ push, status }) => {
      const of = owned({ sre: { members: [], permission: null, moreRepositories: true } });
      const instead = (line: string) =>
        line === "GET /orgs/acme/teams/sre/repos/acme/shop"
          ? ([200, { permissions: { admin: false, push, pull: true } }] as const)
          : undefined;
      const { teams } = (await snapshotOf(of, { instead })).authority;
      expect(teams["acme/sre"]).toMatchObject({ status });
    },
  );

  test("one of another organization is not even asked about", async () => {
    const of = owned({}, "* @other/team");
    const asked = serve(of);
    const result = await readSnapshot(client(), request());
    expect(result).toMatchObject({
      snapshot: { authority: { teams: { "other/team": { status: "unknown" } } } },
    });
    expect(asked.filter((line) => line.endsWith("CountersignTeams"))).toEqual([]);
  });

  test("those of changed paths, old ones too, and those the policy names; each once, in one request", async () => {
    const of = owned(
      Object.fromEntries(["sre", "old", "docs", "staff", "all"].map((slug) => [slug, { members: [] }])),
      "* @acme/docs\n/infra/ @acme/sre @ACME/SRE\n/old/ @acme/old\n/else/ @acme/never",
    );
    const config = `version: 1
production: [{ name: x, paths: ["x/**"], from: ["@acme/all"], senior: ["@acme/staff"] }]
unowned: ["@acme/all"]
`;
    of.branches.main = { ...of.branches.main, ".github/countersign.yml": config };
    const renamed = file("infra/b.tf", { status: "renamed", previous_filename: "old/b.tf" });
    of.pull.files = [file("infra/a.tf"), renamed];
    const asked = serve(of);
    const result = await readSnapshot(client(), request());
    if (result.status !== "complete") throw new Error(result.status);
    expect(Object.keys(result.snapshot.authority.teams).sort()).toEqual([
      "acme/all",
      "acme/old",
      "acme/sre",
      "acme/staff",
    ]);
    expect(asked.filter((line) => line.endsWith("CountersignTeams"))).toHaveLength(1);
  });

  test("A09: remembered for five minutes, or until an event says that they changed", async () => {
    const of = owned({ sre: { members: [] } });
    const caches = createCaches();
    let asked = 0;
    serve(of, (_, body) => {
      if (JSON.stringify(body).includes("team0: team(")) asked += 1;
      return undefined;
    });
    const minutesLater = (minutes: number) =>
      readSnapshot(client(), request({ caches, now: new Date(NOW.getTime() + minutes * 60_000) }));
    const times = () => asked;

    await minutesLater(0);
    await minutesLater(4);
    expect(times()).toBe(1);
    await minutesLater(6);
    expect(times()).toBe(2);
    dropAuthority(caches, 1);
    await minutesLater(7);
    expect(times()).toBe(3);
  });

  test("names a missing permission", async () => {
    const error = { type: "FORBIDDEN", path: ["organization", "team0"], message: "Resource not accessible" };
    const result = await read(owned({}), {
      instead: (asked) =>
        asked.endsWith("CountersignTeams")
          ? [200, { data: { organization: null }, errors: [error] }]
          : undefined,
    });
    expect(result).toMatchObject({ status: "refused", problem: { code: "github/permission" } });
    expect(result.status === "refused" && result.problem.remedy).toContain("Members: read");
  });
});

describe("what else asks for the attention of owners", () => {
  const EVALUATION = "POST /graphql CountersignEvaluation";
  const waitsFor = (number: number, ...ids: readonly (number | null)[]) => ({
    number,
    isDraft: false,
    reviewRequests: {
      nodes: ids.map((id) => ({
        requestedReviewer: id === null ? null : { __typename: "User", databaseId: id },
      })),
    },
  });
  const status = (indicatesLimitedAvailability: boolean) => () => ({ indicatesLimitedAvailability });

  test("who says to be busy, and how many other pull requests wait for each", async () => {
    const members = [
      { ...member("ada", 10), status: status(true) },
      { ...member("ben", 11), status: status(false) },
      member("cleo", 12),
    ];
    const of = owned({ sre: { members } });
    // The pull request itself, number 7, is no reason to be asked later.
    const draft = { ...waitsFor(10, 10), isDraft: true };
    of.otherPulls = [waitsFor(7, 10), waitsFor(8, 10, 11), waitsFor(9, 11, null), draft];

    expect((await snapshotOf(of)).attention).toEqual({ busy: [10], waiting: { 10: 1, 11: 2 } });
  });

  test("whoever may not be asked for it counts as free, and the team is known all the same", async () => {
    const secret = () => {
      throw new GraphQLError("Resource not accessible by integration", { extensions: { type: "FORBIDDEN" } });
    };
    const of = owned({ sre: { members: [{ ...member("ada", 10), status: secret }] } });

    const caches = createCaches();
    const asked = serve(of);
    // First the team is asked for by itself, later within the evaluation, which foresees it.
    for (const minutes of [0, 6]) {
      const now = new Date(NOW.getTime() + minutes * 60_000);
      expect(await readSnapshot(client(), request({ caches, now }))).toMatchObject({
        snapshot: {
          attention: { busy: [], waiting: {} },
          authority: { teams: { "acme/sre": { status: "known", members: [{ login: "ada" }] } } },
        },
      });
    }
    expect(asked.filter((line) => line.endsWith("CountersignTeams"))).toHaveLength(1);
  });

  test("the other pull requests are asked for once in five minutes, within the evaluation", async () => {
    const of = stubbedGitHub();
    of.otherPulls = [waitsFor(8, 10)];
    const caches = createCaches();
    const asked: unknown[] = [];
    const lines = serve(of, (line, body) => {
      if (line === EVALUATION) asked.push(Reflect.get(Reflect.get(Object(body), "variables"), "waiting"));
      return undefined;
    });
    for (const minutes of [0, 4, 6]) {
      const now = new Date(NOW.getTime() + minutes * 60_000);
      const result = await readSnapshot(client(), request({ caches, now }));
      expect(result).toMatchObject({ snapshot: { attention: { waiting: { 10: 1 } } } });
    }

    expect(asked).toEqual([true, false, true]);
    expect(lines.filter((line) => line.includes("graphql"))).toEqual([EVALUATION, EVALUATION, EVALUATION]);
  });
});

describe("permissions", () => {
  const review = (id: number, state: string, canPush: boolean) => ({
    id,
    state,
    canPush,
    author: user("emil", 5),
  });

  test("the review itself tells of write access", async () => {
    const of = stubbedGitHub();
    of.pull.reviews = [review(1, "APPROVED", true)];
    expect((await snapshotOf(of)).authority.permissions).toEqual({ 5: "write" });
  });

  test.each([
    ["read", { permission: "read", user: { id: 5 } }, "read"],
    ["granted meanwhile", { permission: "write", user: { id: 5 } }, "write"],
    ["somebody else's, who took over the login", { permission: "admin", user: { id: 6 } }, "none"],
    ["of nobody that GitHub knows", undefined, "none"],
  ])("otherwise GitHub is asked: %s", async (_, permission, expected) => {
    const of = stubbedGitHub();
    of.pull.reviews = [review(1, "CHANGES_REQUESTED", false)];
    if (permission !== undefined) of.permissions.emil = permission;
    expect((await snapshotOf(of)).authority.permissions).toEqual({ 5: expected });
  });

  test("of who dismissed a refusal, too", async () => {
    const of = stubbedGitHub();
    of.permissions.fred = { permission: "read", user: { id: 6 } };
    of.pull.reviews = [review(1, "DISMISSED", true)];
    of.pull.timeline = [
      {
        __typename: "ReviewDismissedEvent",
        createdAt: "2026-11-20T11:00:00Z",
        actor: user("fred", 6),
        previousReviewState: "CHANGES_REQUESTED",
        review: { fullDatabaseId: "1" },
      },
    ];
    expect((await snapshotOf(of)).authority.permissions).toEqual({ 5: "write", 6: "read" });
  });

  test("nobody is asked about for comments, nor about machines", async () => {
    const of = stubbedGitHub();
    of.pull.reviews = [
      review(1, "COMMENTED", false),
      { id: 2, state: "APPROVED", canPush: false, author: bot("reviewer", 9) },
    ];
    expect((await snapshotOf(of)).authority.permissions).toEqual({});
  });
});

describe("the people who own", () => {
  const EVALUATION = "POST /graphql CountersignEvaluation";
  const USERS = "POST /graphql CountersignUsers";
  const fred = { id: "U_6", databaseId: 6, permission: "WRITE" };

  test("with what they may do, old paths and the policy's own included; who is gone has no account", async () => {
    const of = owned({}, "/infra/ @Fred @gone\n/old/ @Olga\n/else/ @never");
    of.users = { fred, olga: { id: "U_7", databaseId: 7, permission: null } };
    of.pull.files = [file("infra/b.tf", { status: "renamed", previous_filename: "old/b.tf" })];
    of.branches.main = { ...of.branches.main, ".github/countersign.yml": 'version: 1\nunowned: ["@fred"]\n' };
    const { permissions, users } = (await snapshotOf(of)).authority;
    expect(users).toEqual({
      fred: { id: 6, login: "fred", type: "User" },
      olga: { id: 7, login: "olga", type: "User" },
      gone: null,
    });
    expect(permissions).toEqual({ 6: "write", 7: "none" });
  });

  test.each(["ADMIN", "MAINTAIN", "WRITE", "TRIAGE", "READ"])("with %s", async (permission) => {
    const of = owned({}, "* @fred");
    of.users = { fred: { ...fred, permission } };
    expect((await snapshotOf(of)).authority.permissions).toEqual({ 6: permission.toLowerCase() });
  });

  test("a review that shows write access outweighs it", async () => {
    const of = owned({}, "* @emil");
    of.users = { emil: { id: "U_5", databaseId: 5, permission: "READ" } };
    of.pull.reviews = [{ id: 1, state: "APPROVED", canPush: true, author: user("emil", 5) }];
    expect((await snapshotOf(of)).authority.permissions).toEqual({ 5: "write" });
  });

  test.each(["FORBIDDEN", "SERVICE_UNAVAILABLE"])(
    "whose permission GitHub does not tell (%s) are known all the same",
    async (type) => {
      const of = owned({}, "* @fred");
      of.users = { fred };
      of.collaboratorFaults = [type];
      const { permissions, users } = (await snapshotOf(of)).authority;
      expect([permissions, users]).toEqual([{}, { fred: { id: 6, login: "fred", type: "User" } }]);
    },
  );

  test("of whom a fault hides who they are, nothing is known, and it is asked again", async () => {
    const of = owned({}, "* @fred");
    of.users = { fred };
    const caches = createCaches();
    const hidden = { user0: null, repository: { id: "R_4711", access0: null } };
    const errors = [{ type: "SERVICE_UNAVAILABLE", path: ["user0"], message: "later" }];
    let asked = 0;
    serve(of, (line) => {
      if (line !== USERS) return undefined;
      asked += 1;
      return asked === 1 ? [200, { data: hidden, errors }] : undefined;
    });
    expect(await readSnapshot(client(), request({ caches }))).toMatchObject({
      snapshot: { authority: { users: {} } },
    });
    expect(await readSnapshot(client(), request({ caches }))).toMatchObject({
      snapshot: { authority: { users: { fred: { id: 6 } } } },
    });
    // The second reading foresees them and asks for them with all the rest.
    expect(asked).toBe(1);
  });

  test("A09: asked for with the rest, and again when an event says that they changed", async () => {
    const of = owned({}, "* @fred @gone");
    of.users = { fred };
    const caches = createCaches();
    const asked = serve(of);
    const reading = async () => {
      const result = await readSnapshot(client(), request({ caches }));
      return [asked.splice(0).filter((line) => line.startsWith("POST")), result] as const;
    };
    expect((await reading())[0]).toEqual([EVALUATION, USERS]);
    expect((await reading())[0]).toEqual([EVALUATION]);
    of.users.fred = { ...fred, permission: "READ" };
    dropAuthority(caches, 1);
    const [again, result] = await reading();
    expect(again).toEqual([EVALUATION]);
    expect(result).toMatchObject({
      snapshot: { authority: { permissions: { 6: "read" }, users: { gone: null } } },
    });
  });

  test("however many", async () => {
    const logins = Array.from({ length: 60 }, (_, index) => `u${index}`);
    const of = owned({}, `* ${logins.map((login) => `@${login}`).join(" ")}`);
    of.users = Object.fromEntries(
      logins.map((login, index) => [
        login,
        { id: `U_${index}`, databaseId: index + 10, permission: "WRITE" },
      ]),
    );
    const asked = serve(of);
    const result = await readSnapshot(client(), request());
    const users = result.status === "complete" ? result.snapshot.authority.users : {};
    expect(Object.keys(users ?? {})).toHaveLength(60);
    expect(asked.filter((line) => line === USERS)).toHaveLength(2);
  });
});
