import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "@jest/globals";
import { pullFact, signerFact } from "../../../src/store/fact.ts";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite.ts";
import { fc } from "../../fast-check.ts";
import { pass, publication } from "../passes-contract.ts";
import { playPasses, steps } from "../passes-model.ts";

test("property: whatever fails, GitHub shows no pass that the store does not know, and none in doubt for long", async () => {
  expect.hasAssertions();
  await fc.assert(
    fc.asyncProperty(steps, (all) => playPasses(all, openSqliteStore(":memory:"), async (killed) => killed)),
    { numRuns: 500 },
  );
});

test("property: the same, from the disk after each kill", async () => {
  expect.hasAssertions();
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const folder = mkdtempSync(join(tmpdir(), "countersign-passes-"));
      const restart = async (killed: { close(): Promise<void> }) => {
        await killed.close();
        return openSqliteStore(folder);
      };
      await playPasses(all, openSqliteStore(folder), restart).finally(() =>
        rmSync(folder, { recursive: true }),
      );
    }),
    { numRuns: 15 },
  );
});

test("what a pass rested on is forgotten once something newer is shown", async () => {
  const folder = mkdtempSync(join(tmpdir(), "countersign-passes-"));
  const store = openSqliteStore(folder);
  const place = { installationId: 7, repositoryId: 70 };
  const at = (seconds: number) => new Date(seconds * 1000);
  for (let signer = 0; signer < 5; signer += 1)
    await pass(store, "s1", [pullFact(place, 1), signerFact(place, signer)]);
  const peek = new DatabaseSync(join(folder, "countersign.sqlite"), { readOnly: true });
  const kept = () => peek.prepare("SELECT fact, intention FROM pass_fact ORDER BY fact").all();
  expect(kept()).toEqual([
    { fact: "pull/70/1", intention: "" },
    { fact: "signer/7/4", intention: "" },
  ]);
  const later = Date.UTC(2026, 0, 1, 1) / 1000;
  const red = publication("s1", { passing: false, conclusion: "action_required" });
  await store.intend(red, at(later), at(later + 40));
  await store.published(red, { id: 11, nodeId: null }, at(later + 1));
  expect(kept()).toEqual([]);
  expect(peek.prepare("SELECT id FROM intention").all()).toEqual([]);
  peek.close();
  await store.close();
  rmSync(folder, { recursive: true });
});
