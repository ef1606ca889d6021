import { describe, expect, test } from "@jest/globals";
import { createCaches, dropPull } from "../../../src/github/reading/caches.ts";
import {
  foreseeRules,
  readBranchRules,
  readSnapshot,
  type SnapshotRequest,
} from "../../../src/github/reading/read-snapshot.ts";
import { client, serve } from "../served.ts";
import { bot, file, HEAD, person, type StubbedGitHub, sha, stubbedGitHub, user } from "../stubbed-github.ts";
import { ALL_HEARD, NOW, REPOSITORY, request as requestOf } from "./reading.ts";

/** Of a pull request whose pushes were all heard of. */
function request(given: Partial<SnapshotRequest> = {}): SnapshotRequest {
  return requestOf({ recall: ALL_HEARD, ...given });
}

function story(): StubbedGitHub {
  const of = stubbedGitHub();
  of.pull.author = bot("kiro-agent", 245_459_735);
  of.teams = { sre: { members: [] }, web: { members: [] } };
  of.branches.main = { CODEOWNERS: "/infra/ @acme/sre\n/web/ @acme/web\n" };
  of.pull.files = Array.from({ length: 40 }, (_, index) =>
    file(`${index % 2 === 0 ? "infra" : "web"}/${index}`),
  );
  of.pull.commits = Array.from({ length: 6 }, (_, index) => ({
    oid: index === 5 ? HEAD : sha(index + 1),
    message: "m",
    author: person("dora", 1),
  }));
  return of;
}

describe("what a reading costs (40 files, 6 commits, 2 teams)", () => {
  const FILES = "GET /repos/acme/shop/pulls/7/files?per_page=100&page=1";
  const PULL = "GET /repos/acme/shop/pulls/7";
  const EVALUATION = "POST /graphql CountersignEvaluation";
  /** Where the links are in the base, which is asked once for each commit that the base is at. */
  const TREE = `GET /repos/acme/shop/git/trees/${sha("ba5e")}?recursive=1`;
  /** What the merge base has in the places of the files, which an approval rests on. */
  const BASE_SIDES = "POST /graphql CountersignBaseSides";

  const readings = (of: StubbedGitHub) => {
    const caches = createCaches();
    const asked = serve(of);
    const step = async (given: Partial<SnapshotRequest> = {}) => {
      const { status } = await readSnapshot(client(), request({ caches, ...given }));
      expect(status).toBe("complete");
      return asked.splice(0);
    };
    return { caches, step };
  };

  test.each([
    ["nothing of time", ""],
    [
      "everything of time",
      "time: { max-reviews-per-person: 5, max-open-changes: 10, max-lines: 400, fast-approvals: ask, wait: { destructive: 30m }, respond-within: 4h }\n",
    ],
  ])("opened 4, a review 1, a push 2, where the config asks for %s", async (_, time) => {
    const of = story();
    of.branches.main = { ...of.branches.main, ".github/countersign.yml": `version: 1\n${time}` };
    const beside = { load: async () => ({}), lines: async () => [] };
    const { step: read } = readings(of);
    const step = (given: Partial<SnapshotRequest> = {}) => read({ beside, ...given });
    expect(await step()).toEqual([FILES, EVALUATION, TREE, "POST /graphql CountersignTeams"]);
    of.pull.reviews.push({ id: 1, state: "APPROVED", author: user("emil", 5) });
    expect(await step()).toEqual([EVALUATION]);
    of.pull.reviews.push({ id: 2, state: "APPROVED", author: user("fred", 6) });
    expect(await step()).toEqual([EVALUATION]);
    of.pull.headSha = sha("f00d");
    of.pull.commits.push({ oid: sha("f00d"), message: "m", author: person("dora", 1) });
    expect(await step({ headSha: sha("f00d") })).toEqual([FILES, EVALUATION]);
  });

  test("a person's pull request 2 more, for what may tell of a tool, and then 1 a push", async () => {
    const of = story();
    of.pull.author = user("dora", 1);
    const { step } = readings(of);
    const [OPENER, STARTS] = [
      "GET /repos/acme/shop/issues/7",
      "GET /repos/acme/shop/issues/7/timeline?per_page=100&page=1",
    ];
    expect(await step()).toEqual([FILES, EVALUATION, TREE, OPENER, STARTS, "POST /graphql CountersignTeams"]);
    of.pull.reviews.push({ id: 1, state: "APPROVED", author: user("emil", 5) });
    expect(await step()).toEqual([EVALUATION]);
    of.pull.headSha = sha("f00d");
    of.pull.commits.push({ oid: sha("f00d"), message: "m", author: person("dora", 1) });
    expect(await step({ headSha: sha("f00d") })).toEqual([FILES, EVALUATION, STARTS]);
  });

  describe("many files", () => {
    const filesAt = (page: number) => `GET /repos/acme/shop/pulls/7/files?per_page=100&page=${page}`;
    const many = (count: number) => {
      const of = story();
      of.pull.files = Array.from({ length: count }, (_, index) => file(`web/${index}`));
      return of;
    };
    const asksFor = (asked: readonly string[]) => asked.filter((line) => line.startsWith("GET"));

    // Between two pages the base may be moved, and the list with it: the pull request has to be the same before and after.
    test("are read behind the pull request, which says what they are compared with", async () => {
      const { step } = readings(many(250));
      expect(asksFor(await step())).toEqual([filesAt(1), PULL, filesAt(1), filesAt(2), filesAt(3), TREE]);
    });

    test("of which some left the list with a move of the base between two pages are read again", async () => {
      const of = many(250);
      const caches = createCaches();
      let isMoved = false;
      const asked = serve(of, (line) => {
        if (line !== filesAt(2) || isMoved) return undefined;
        // Five of the first page are in the base by now, so that the second one begins with those behind it.
        isMoved = true;
        of.pull.files = of.pull.files.slice(5);
        of.pull.baseSha = sha("ba5e2");
        return undefined;
      });
      const result = await readSnapshot(client(), request({ caches }));
      expect(asked.filter((line) => line === PULL)).toHaveLength(2);
      expect(result.status === "complete" && result.snapshot.files.map(({ path }) => path)).toEqual(
        of.pull.files.map(({ filename }) => filename),
      );
    });

    test("3,000 of them: 30 pages, the first one asked for by its tag once more, and their modes by one tree", async () => {
      const { step } = readings(many(3_000));
      const tree = `GET /repos/acme/shop/git/trees/${HEAD}?recursive=1`;
      const asked = await step();
      expect(asked).toHaveLength(1 + 1 + 30 + 1 + 1 + 1 + 1);
      expect(asksFor(asked).slice(32)).toEqual([tree, TREE]);
    });

    test("of which GitHub counts more than it gives are read again, and refused", async () => {
      const of = many(250);
      of.pull.changedFiles = 251;
      serve(of);
      expect(await readSnapshot(client(), request())).toMatchObject({
        status: "refused",
        problem: { code: "evidence/files-incomplete" },
      });
    });
  });

  describe("what the merge base has, which an approval rests on, comes with the evaluation of a head read before", () => {
    const approved = (of: StubbedGitHub) =>
      of.pull.reviews.push({ id: 1, state: "APPROVED", author: user("emil", 5) });

    /** Its base went on after it parted from it. */
    const behindItsBase = () => {
      const of = story();
      of.mergeBase = sha("07e4");
      of.pull.commits = of.pull.commits.map((commit) => ({ ...commit, parents: [sha("07e4")] }));
      return of;
    };

    /** Read once, and approved since. */
    const readBefore = async (of: StubbedGitHub) => {
      const caches = createCaches();
      const asked = serve(of);
      await readSnapshot(client(), request({ caches }));
      approved(of);
      asked.splice(0);
      return { caches, asked };
    };

    test("and with the links of the base, where it is the merge base", async () => {
      const of = story();
      of.baseFiles = { "infra/0": { oid: sha("01d"), mode: 0o100755 } };
      approved(of);
      const asked = serve(of);
      const result = await readSnapshot(client(), request());
      expect(asked.filter((line) => [TREE, BASE_SIDES].includes(line))).toEqual([TREE]);
      const bases = result.status === "complete" ? result.snapshot.files.map(({ base }) => base) : [];
      expect(bases.slice(0, 2)).toEqual([{ contentId: sha("01d"), mode: "100755", kind: "blob" }, null]);
    });

    test("and is asked for by itself where the head is new", async () => {
      const of = behindItsBase();
      approved(of);
      expect(await readings(of).step()).toContain(BASE_SIDES);
    });

    test("but not where it was read before", async () => {
      const of = behindItsBase();
      of.baseFiles = { "infra/0": { oid: sha("01d") } };
      const { caches, asked } = await readBefore(of);
      const result = await readSnapshot(client(), request({ caches }));
      expect(asked).toEqual([EVALUATION]);
      expect(result.status === "complete" && result.snapshot.files[0]?.base?.contentId).toBe(sha("01d"));
    });

    test("and where GitHub answers only in part, which does not say that nothing is there", async () => {
      const of = behindItsBase();
      of.baseFiles = { "infra/0": { oid: sha("01d") } };
      const { caches, asked } = await readBefore(of);
      of.baseFaults = ["FORBIDDEN"];
      const result = await readSnapshot(client(), request({ caches }));
      expect(asked).toEqual([EVALUATION, BASE_SIDES]);
      expect(result.status === "complete" && result.snapshot.files[0]?.base?.contentId).toBe(sha("01d"));
    });

    test("and where the commits go out from another one since", async () => {
      const of = story();
      const { caches, asked } = await readBefore(of);
      of.pull.commits = of.pull.commits.map((commit, index) =>
        index === 0 ? { ...commit, parents: [sha("07e4")] } : commit,
      );
      of.mergeBase = sha("07e4");
      await readSnapshot(client(), request({ caches }));
      expect(asked).toEqual([EVALUATION, BASE_SIDES]);
    });
  });

  test("where the news of a push is lost, 1 more a head, and 1 for each person who approves", async () => {
    const of = story();
    const move = { id: 1, ref: "refs/heads/topic", activity_type: "push", timestamp: "2026-11-23T10:00:00Z" };
    const bots = { id: 2, login: "pusher[bot]", type: "Bot" };
    of.moves = [{ ...move, before: sha(0), after: HEAD, actor: bots }];
    const { step } = readings(of);
    const recall = async () => [];
    const BRANCH = "GET /repos/acme/shop/activity?ref=refs/heads/topic&per_page=100";
    expect(await step({ recall })).toEqual([
      ...[FILES, EVALUATION, TREE, BRANCH],
      "POST /graphql CountersignTeams",
    ]);
    expect(await step({ recall })).toEqual([EVALUATION]);
    of.pull.reviews.push({ id: 1, state: "APPROVED", author: user("emil", 5) });
    const EMIL = "GET /repos/acme/shop/activity?actor=emil&per_page=100";
    expect(await step({ recall })).toEqual([EVALUATION, EMIL]);
    expect(await step({ recall })).toEqual([EVALUATION]);
  });

  describe("links in the base", () => {
    const LINKED = { "CLAUDE.md": sha("11"), ".cursor": sha("12"), "docs/latest": sha("13") };
    const CONTENTS = "POST /graphql CountersignContents";

    test("cost one more, once for each content", async () => {
      const of = story();
      of.links = LINKED;
      of.blobs = { [sha("11")]: { text: "docs/ai.txt" }, [sha("12")]: { text: "tools" } };
      const { caches, step } = readings(of);
      expect((await step()).filter((line) => [TREE, CONTENTS].includes(line))).toEqual([TREE, CONTENTS]);
      dropPull(caches, REPOSITORY, 7);
      expect(await step()).toEqual([FILES, EVALUATION]);
    });

    test("that no control file is read through cost nothing", async () => {
      const of = story();
      of.links = { "docs/latest": sha("13"), "bin/run": sha("14") };
      const { step } = readings(of);
      expect(await step()).not.toContain(CONTENTS);
    });
  });

  describe("what the last evaluation of the repository knew is asked for with the next one", () => {
    const LATER = new Date(NOW.getTime() + 10 * 60_000);

    test("teams that are forgotten by now", async () => {
      const { caches, step } = readings(story());
      await step();
      dropPull(caches, REPOSITORY, 7);
      expect(await step({ now: LATER })).toEqual([FILES, EVALUATION]);
    });

    test("and those of another pull request, by its own files", async () => {
      const of = story();
      of.pull.files = [file("infra/0")];
      const { caches, step } = readings(of);
      await step();
      of.pull.files = [file("web/1")];
      dropPull(caches, REPOSITORY, 7);
      expect(await step()).toEqual([FILES, EVALUATION]);
    });

    describe("of a repository not judged before, by the rules of its branches", () => {
      const foreseen = async (of: StubbedGitHub) => {
        const caches = createCaches();
        const asked = serve(of);
        const rules = await readBranchRules(client(), REPOSITORY, {});
        if (rules !== null) foreseeRules({ repository: REPOSITORY, caches, now: NOW }, rules);
        asked.splice(0);
        return { caches, asked };
      };

      test("the teams that they name", async () => {
        const { caches, asked } = await foreseen(story());
        await readSnapshot(client(), request({ caches }));
        expect(asked).toEqual([FILES, EVALUATION, TREE]);
      });

      test("which decide nothing: those that hold by now are asked for by themselves", async () => {
        const of = story();
        const { caches, asked } = await foreseen(of);
        of.branches.main = { CODEOWNERS: "/infra/ @acme/web\n/web/ @acme/data\n" };
        of.teams.data = { members: [{ login: "dana", databaseId: 9 }] };
        const result = await readSnapshot(client(), request({ caches }));
        expect(asked).toEqual([FILES, EVALUATION, TREE, "POST /graphql CountersignTeams"]);
        expect(result).toMatchObject({
          snapshot: { authority: { teams: { "acme/data": { status: "known", members: [{ id: 9 }] } } } },
        });
      });
    });

    test("all members of a team of several pages", async () => {
      const of = story();
      of.pageSize = 2;
      of.pull.commits = of.pull.commits.slice(-1);
      of.teams.sre = { members: [1, 2, 3].map((id) => ({ login: `m${id}`, databaseId: id })) };
      const caches = createCaches();
      serve(of);
      await readSnapshot(client(), request({ caches }));
      const result = await readSnapshot(client(), request({ caches, now: LATER }));
      expect(result).toMatchObject({
        snapshot: { authority: { teams: { "acme/sre": { members: [{ id: 1 }, { id: 2 }, { id: 3 }] } } } },
      });
    });

    test("ids of owners and of labels, by which they are written to", async () => {
      const of = story();
      of.branches.main = { CODEOWNERS: "/infra/ @acme/sre @Emil @ghost\n" };
      of.labels = { "ai-authored": "LA_1", production: "LA_2" };
      of.users = { Emil: { id: "U_5", databaseId: 5, permission: "WRITE" } };
      const caches = createCaches();
      serve(of);
      await readSnapshot(client(), request({ caches }));
      const result = await readSnapshot(client(), request({ caches }));
      expect(result.status === "complete" && result.ids).toEqual({
        repository: "R_4711",
        pull: "PR_7",
        labels: new Map([
          ["ai-authored", "LA_1"],
          ["production", "LA_2"],
        ]),
        users: new Map([["emil", "U_5"]]),
        teams: new Map([["sre", "T_sre"]]),
      });
    });

    test("and of a repository not judged before, the usual labels", async () => {
      const of = story();
      of.labels = { production: "LA_2" };
      serve(of);
      const result = await readSnapshot(client(), request());
      expect(result.status === "complete" && result.ids.labels.get("production")).toBe("LA_2");
    });

    test.each(["FORBIDDEN", "RESOURCE_LIMITS_EXCEEDED"])(
      "a fault in that (%s) is none of the evaluation's: it is asked by itself",
      async (type) => {
        const of = story();
        const caches = createCaches();
        const asked = serve(of);
        await readSnapshot(client(), request({ caches }));
        asked.splice(0);
        of.organizationFaults = [type];
        const result = await readSnapshot(client(), request({ caches, now: LATER }));
        expect(result).toMatchObject({
          snapshot: {
            authority: { teams: { "acme/sre": { status: "known" }, "acme/web": { status: "known" } } },
          },
        });
        expect(asked).toEqual([EVALUATION, "POST /graphql CountersignTeams"]);
      },
    );
  });

  describe("a stack", () => {
    test("is told with the rest, and the branch below it read beside", async () => {
      const of = story();
      of.branches.release = { CODEOWNERS: "* release@acme.example" };
      of.pull.stackBase = "release";
      const caches = createCaches();
      const asked = serve(of);
      const result = await readSnapshot(client(), request({ caches }));
      expect(result).toMatchObject({
        snapshot: {
          pullRequest: { governedBy: { ref: "release" } },
          codeowners: { text: "* release@acme.example" },
        },
      });
      expect(asked).toEqual([FILES, EVALUATION, "POST /graphql CountersignGoverned", TREE]);
    });

    test("that forms under a pull request is seen at the next reading, whatever the event", async () => {
      const of = story();
      of.branches.release = {};
      const { caches, step } = readings(of);
      await step();
      of.pull.stackBase = "release";
      const result = await readSnapshot(client(), request({ caches }));
      expect(result).toMatchObject({ snapshot: { pullRequest: { governedBy: { ref: "release" } } } });
    });

    test("is told by REST alone on Enterprise Server, which is found out once", async () => {
      const of = story();
      of.stacksInGraphql = false;
      of.branches.release = {};
      of.pull.stackBase = "release";
      const { caches, step } = readings(of);
      expect(await step()).toEqual([
        FILES,
        EVALUATION,
        PULL,
        FILES,
        EVALUATION,
        "POST /graphql CountersignGoverned",
        TREE,
      ]);
      expect(await step()).toEqual([EVALUATION, "POST /graphql CountersignGoverned"]);
      dropPull(caches, REPOSITORY, 7);
      delete of.pull.stackBase;
      expect(await step()).toEqual([PULL, FILES, EVALUATION, "POST /graphql CountersignTeams"]);
      expect(await readSnapshot(client(), request({ caches }))).toMatchObject({
        snapshot: { pullRequest: { governedBy: { ref: "main" } } },
      });
    });
  });

  test("a retarget is noticed even when its event was lost", async () => {
    const of = story();
    of.branches.lax = {};
    const caches = createCaches();
    serve(of);
    await readSnapshot(client(), request({ caches }));
    of.pull.baseRef = "lax";
    expect(await readSnapshot(client(), request({ caches }))).toMatchObject({
      snapshot: { pullRequest: { base: { ref: "lax" }, governedBy: { ref: "lax" } } },
    });
  });

  test("pull requests with the same beginning of their number keep apart", async () => {
    const caches = createCaches();
    const of = story();
    of.pull.number = 71;
    const asked = serve(of);
    await readSnapshot(client(), request({ caches, pull: 71 }));
    dropPull(caches, REPOSITORY, 7);
    asked.splice(0);
    await readSnapshot(client(), request({ caches, pull: 71 }));
    expect(asked).toEqual(["POST /graphql CountersignEvaluation"]);
  });

  test("what machines remark at length is not read on: they command nobody", async () => {
    const of = story();
    of.pageSize = 50;
    const remark = { __typename: "PullRequestReviewComment", body: "b", createdAt: "2026-11-20T08:00:00Z" };
    const comments = Array.from({ length: 60 }, () => ({ ...remark, author: null, editor: null }));
    of.pull.reviews = [
      { id: 1, state: "COMMENTED", author: bot("coderabbitai", 136622811), comments },
      { id: 2, state: "COMMENTED", author: user("emil", 5), comments },
    ];
    const asked = serve(of);
    await readSnapshot(client(), request());
    expect(asked.filter((line) => line.endsWith("CountersignComments"))).toHaveLength(1);
  });

  test("outside the App neither pusher nor check run is asked for", async () => {
    const of = story();
    of.pusher = user("dora", 1);
    serve(of);
    const result = await readSnapshot(client(), request({ appId: null, now: NOW }));
    expect(result).toMatchObject({ checkRuns: [], snapshot: { participants: [] } });
  });
});
