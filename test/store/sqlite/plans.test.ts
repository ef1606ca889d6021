import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "@jest/globals";
import type { Participant } from "../../../src/signoff/snapshot.ts";
import { commitStatements } from "../../../src/store/sql/commit-records.ts";
import { sourcesStatement } from "../../../src/store/sql/commit-sources.ts";
import { heardStatements } from "../../../src/store/sql/heard.ts";
import { forSqlite, type Statement } from "../../../src/store/sql/sql.ts";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite.ts";
import { temporaryFolder } from "../../gate/app.ts";

const repository = { installationId: 1, repositoryId: 7, owner: "acme", repo: "shop" };
const kira = { id: 3, login: "kira", type: "User" } as const;
const pushed: Participant = { account: kira, role: "pusher", because: "pushed", sha: "a" };
const at = new Date("2026-11-30T12:00:00Z");
const seen = { sha: "a", evidence: [], participants: [pushed] };

/** What an event and a judgement run once or more. */
const OFTEN: Readonly<Record<string, readonly Statement[]>> = {
  "a push is heard of": heardStatements(
    repository,
    { pulls: [], commits: [{ subject: "a", participant: pushed }] },
    at,
  ),
  "something is learnt of a commit": commitStatements(repository, [seen], { headSha: "a", asOf: 0, at }),
  "what commits were made of": [sourcesStatement(repository.repositoryId, ["a", "b"])],
};

/** How SQLite goes about a statement, by the lines of its plan that read all that is kept of a repository. */
function wholeReads(database: DatabaseSync, { sql, values }: Statement): readonly string[] {
  return database
    .prepare(`EXPLAIN QUERY PLAN ${forSqlite(sql)}`)
    .all(...values)
    .map(({ detail }) => String(detail))
    .filter((line) =>
      /^SEARCH .* \(repository=\?\)$|^SCAN (?:main\.)?(?:edge|participant|commit_source|known)\b/.test(line),
    );
}

describe("what is kept of a repository is not read as a whole when", () => {
  test.each(Object.entries(OFTEN))("%s", async (_, statements) => {
    const folder = temporaryFolder();
    await openSqliteStore(folder).close();
    const database = new DatabaseSync(`${folder}/countersign.sqlite`, { readOnly: true });
    expect(statements.length).toBeGreaterThan(0);
    expect(statements.flatMap((each) => wholeReads(database, each))).toEqual([]);
    database.close();
  });
});
