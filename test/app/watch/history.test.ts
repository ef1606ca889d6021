import { expect, test } from "@jest/globals";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite.ts";
import { fc } from "../../fast-check.ts";
import { eachMoveJudgedOnce } from "./history.ts";

const RUNS = Number(process.env.WATCH_RUNS ?? 150);

test("every move of a governed branch is judged as a model says, exactly once", async () => {
  await fc.assert(
    eachMoveJudgedOnce(async () => openSqliteStore(":memory:")),
    { numRuns: RUNS },
  );
  expect.hasAssertions();
}, 120_000);
