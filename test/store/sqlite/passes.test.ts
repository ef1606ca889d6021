import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite.ts";
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
