import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "@jest/globals";
import { prove } from "../../demo/proof.ts";
import { openSqliteStore } from "../../src/store/sqlite/sqlite.ts";

test("a demo that is stopped before anything was merged has an export, and nothing that was signed", async () => {
  const data = mkdtempSync(join(tmpdir(), "countersign-demo-"));
  const store = openSqliteStore(data);
  const repository = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };
  const entry = {
    at: "2026-01-01T00:00:00.000Z",
    repository,
    pull: 1,
    headSha: "s1",
    kind: "verdict",
  } as const;
  await store.append([{ ...entry, data: { conclusion: "action_required" } }]);
  await store.close();
  const { report, statement, said } = await prove(data, new Date("2026-01-02"));
  for (const folder of [data, dirname(dirname(report))]) rmSync(folder, { recursive: true });
  expect(statement).toBeNull();
  expect(said).toEqual(["0 changes, 0 of them exceptions", "the export: Whole: nothing is damaged."]);
});
