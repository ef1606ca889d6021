import { expect, test } from "@jest/globals";
import { createCaches } from "../../../../src/github/reading/caches.ts";
import { readSnapshot } from "../../../../src/github/reading/read-snapshot.ts";
import type { CommitRecord } from "../../../../src/signoff/snapshot.ts";
import { client, serve } from "../../served.ts";
import { HEAD, person, type StubbedGitHub, stubbedGitHub, user } from "../../stubbed-github.ts";
import { request } from "../reading.ts";

const MARK = "🤖 Generated with [Claude Code](https://claude.com/claude-code)";

/** Eve's pull request from her fork, of what Dora wrote. */
function story(permission: string): StubbedGitHub {
  const of = stubbedGitHub();
  of.pull.author = user("eve", 66);
  of.pull.forkOwner = user("eve", 66);
  of.pull.commits = [{ oid: HEAD, message: "m", author: person("dora", 1) }];
  of.permissions = { eve: { permission, user: { id: 66 } } };
  return of;
}

const pushedBy = (id: number): CommitRecord => ({
  sha: HEAD,
  evidence: [],
  participants: [
    { account: { id, login: `user-${id}`, type: "User" }, role: "pusher", because: "pushed it", sha: HEAD },
  ],
});

async function reading(of: StubbedGitHub, known: readonly CommitRecord[]) {
  const asked = serve(of);
  const result = await readSnapshot(client(), request({ caches: createCaches(), recall: async () => known }));
  if (result.status !== "complete") throw new Error(`not complete: ${JSON.stringify(result)}`);
  const { outsider = false } = result.snapshot.pullRequest;
  return { outsider, asked: asked.filter((line) => line.endsWith("/permission")).length };
}

test.each([
  ["read", true],
  ["none", true],
  ["write", false],
  ["admin", false],
])("A25 who opens others' commits is an outsider by permission: %s", async (permission, outsider) => {
  expect(await reading(story(permission), [pushedBy(1)])).toEqual({ outsider, asked: 1 });
});

test.each<readonly [string, (of: StubbedGitHub) => readonly CommitRecord[], number]>([
  ["of others' commits from a fork", () => [pushedBy(1)], 1],
  ["of commits that came by them", () => [pushedBy(66)], 0],
  ["of what nobody else is known to have pushed", () => [], 0],
  [
    "with a mark, from a fork",
    (of) => {
      of.pull.body = MARK;
      return [];
    },
    1,
  ],
  [
    "of others' commits in the repository, without a mark",
    (of) => {
      delete of.pull.forkOwner;
      return [pushedBy(1)];
    },
    0,
  ],
  [
    "of others' commits in the repository, with a mark",
    (of) => {
      delete of.pull.forkOwner;
      of.pull.body = MARK;
      return [pushedBy(1)];
    },
    1,
  ],
])("A25 the permission is asked for only where it can matter: %s", async (_, knownOf, times) => {
  const of = story("read");
  const known = knownOf(of);
  expect(await reading(of, known)).toEqual({ outsider: times > 0, asked: times });
});
