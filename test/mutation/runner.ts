import type { InstrumenterContext } from "@stryker-mutator/api/core";
import { declareClassPlugin, PluginKind } from "@stryker-mutator/api/plugin";
import {
  type DryRunResult,
  DryRunStatus,
  determineHitLimitReached,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
  type TestRunnerCapabilities,
  TestStatus,
  toMutantRunResult,
} from "@stryker-mutator/api/test-runner";
import { loadTables, type Row } from "./tables.ts";

/**
 * Runs the tables for Stryker in a process that loads them once, and the sources with them: only a mutant that takes
 * part in the loading itself needs another process, which Stryker starts.
 */
class LoadedTables implements TestRunner {
  #rows: readonly Row[] | undefined;
  /** By row, when it last ran, in milliseconds. */
  readonly #took = new Map<string, number>();

  capabilities(): TestRunnerCapabilities {
    return { reloadEnvironment: false };
  }

  async dryRun(): Promise<DryRunResult> {
    const tests = await this.#run();
    const { mutantCoverage } = stryker;
    return { status: DryRunStatus.Complete, tests, ...(mutantCoverage && { mutantCoverage }) };
  }

  async mutantRun({
    activeMutant,
    mutantActivation,
    testFilter,
    hitLimit,
  }: MutantRunOptions): Promise<MutantRunResult> {
    if (mutantActivation === "runtime") await this.#load();
    stryker.activeMutant = activeMutant.id;
    if (hitLimit !== undefined) Object.assign(stryker, { hitLimit, hitCount: 0 });
    try {
      const tests = await this.#run(testFilter && new Set(testFilter));
      const loops = determineHitLimitReached(stryker.hitCount, hitLimit);
      return toMutantRunResult(loops ?? { status: DryRunStatus.Complete, tests });
    } finally {
      for (const key of ["activeMutant", "hitLimit", "hitCount"] as const) delete stryker[key];
    }
  }

  /** Until a row fails, the quickest first: most mutants are noticed before the slow ones are reached. */
  async #run(asked?: ReadonlySet<string>): Promise<TestResult[]> {
    const results: TestResult[] = [];
    const rows = await this.#rowsOrFailure();
    for (const row of rows.toSorted((one, other) => this.#tookOf(one) - this.#tookOf(other))) {
      if (asked?.has(row.id) === false) continue;
      const result = await runRow(row);
      this.#took.set(row.id, result.timeSpentMs);
      results.push(result);
      if (result.status === TestStatus.Failed) break;
    }
    return results;
  }

  #tookOf({ id }: Row): number {
    return this.#took.get(id) ?? 0;
  }

  async #load(): Promise<readonly Row[]> {
    this.#rows ??= await loadTables(process.cwd());
    return this.#rows;
  }

  /** Sources that cannot even be loaded are a row that fails. */
  async #rowsOrFailure(): Promise<readonly Row[]> {
    try {
      return await this.#load();
    } catch (error) {
      return [{ id: "loading", run: () => Promise.reject(error) }];
    }
  }
}

/** Through this the instrumented sources are told which mutant is active, and tell what was run of them. */
globalThis.__stryker__ ??= {};
const stryker = globalThis.__stryker__;

declare global {
  var __stryker__: InstrumenterContext | undefined;
}

async function runRow({ id, run }: Row): Promise<TestResult> {
  const start = performance.now();
  const base = () => ({ id, name: id, timeSpentMs: performance.now() - start });
  stryker.currentTestId = id;
  try {
    await run();
    return { ...base(), status: TestStatus.Success };
  } catch (error) {
    return { ...base(), status: TestStatus.Failed, failureMessage: String(error) };
  } finally {
    delete stryker.currentTestId;
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, "tables", LoadedTables)];
