import { describe, expect, test } from "@jest/globals";
import type { GitHubClient } from "../../../src/github/client/client.ts";
import { withAddressesOfNow } from "../../../src/github/reading/addresses.ts";
import { createCaches } from "../../../src/github/reading/caches.ts";
import { type CommitRecord, UNLINKED } from "../../../src/signoff/snapshot.ts";
import { HEAD, OLD_HEAD, olga } from "../../signoff/build.ts";

const repository = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };
const EMAIL = "night@home.example";
const ASKED = Date.parse("2026-11-20T12:00:00Z");

function recordOf(sha: string): CommitRecord {
  const identity = { name: "Night Shift", email: EMAIL, sha };
  const participants = [{ account: UNLINKED, role: "commit-author", because: "wrote it", identity } as const];
  return { sha: "content 1", evidence: [], participants };
}

/** A GitHub where an address belongs to nobody until it is given to Olga. */
function github() {
  const caches = createCaches();
  let owner: object | null = null;
  let calls = 0;
  const graphql = async (_: string, variables: Record<string, unknown>) => {
    calls += 1;
    const commits = Object.keys(variables).filter((name) => name.startsWith("commit"));
    const author = { name: "Night Shift", email: EMAIL, user: owner };
    return {
      repository: Object.fromEntries(commits.map((name) => [name, { __typename: "Commit", author }])),
    };
  };
  const client = { graphql } as unknown as GitHubClient;
  return {
    give: () => {
      owner = { databaseId: olga.id, login: olga.login };
    },
    /** Whose the address is, and how often GitHub was asked for that. */
    async read(afterSeconds: number, given: { notBefore?: number; shas?: readonly string[] } = {}) {
      const { notBefore = 0, shas = [OLD_HEAD] } = given;
      calls = 0;
      const now = new Date(ASKED + afterSeconds * 1000);
      const records = await withAddressesOfNow(
        client,
        { repository, caches, now, notBefore: ASKED + notBefore * 1000 },
        shas.map(recordOf),
      );
      const [first] = records.flatMap(({ participants }) => participants);
      return { whose: first?.account.login, calls };
    },
  };
}

describe("whose an address is by now", () => {
  const nobodys = UNLINKED.login;

  test("is asked once in some minutes", async () => {
    const { read, give } = github();
    expect(await read(0)).toEqual({ whose: nobodys, calls: 1 });
    expect(await read(299)).toEqual({ whose: nobodys, calls: 0 });
    give();
    expect(await read(300)).toEqual({ whose: olga.login, calls: 1 });
    expect(await read(599)).toEqual({ whose: olga.login, calls: 0 });
  });

  test("is asked again when somebody has approved since", async () => {
    const { read, give } = github();
    expect(await read(0)).toEqual({ whose: nobodys, calls: 1 });
    give();
    expect(await read(2, { notBefore: 1 })).toEqual({ whose: olga.login, calls: 1 });
    expect(await read(3, { notBefore: 1 })).toEqual({ whose: olga.login, calls: 0 });
  });

  test("is asked of those commits alone of which it is not known", async () => {
    const { read } = github();
    expect(await read(0)).toMatchObject({ calls: 1 });
    expect(await read(1, { shas: [OLD_HEAD, HEAD] })).toMatchObject({ calls: 1 });
    expect(await read(2, { shas: [OLD_HEAD, HEAD] })).toMatchObject({ calls: 0 });
  });

  test("is not asked where everybody is known", async () => {
    const { read } = github();
    expect(await read(0, { shas: [] })).toEqual({ whose: undefined, calls: 0 });
  });
});
