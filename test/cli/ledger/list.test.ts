import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { printStream, type Streamed } from "../../../src/cli/output/print.ts";
import { run } from "../run-cli.ts";
import { runIn } from "./run-in.ts";
import { quarter } from "./shop.ts";

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "countersign-list-"));
  await quarter(join(folder, "data"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const list = async (...args: readonly string[]) =>
  runIn(folder, { COUNTERSIGN_DATA: join(folder, "data") }, ["ledger", "list", ...args]);
const entries = async (...args: readonly string[]) =>
  (await list("--json", ...args)).stdout
    .trimEnd()
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));

describe("ledger list", () => {
  test("prints every entry in its order, as lines, as JSON and as CSV", async () => {
    const all = await entries();
    expect(all.map(({ seq }) => seq)).toEqual(Array.from({ length: 36 }, (_, at) => at + 1));
    expect((await list()).stdout).toContain(
      "2026-09-03 10:01  bypass            acme/shop#4  red · main to 0404040 · olga\n",
    );
    const csv = (await list("--csv")).stdout.split("\r\n");
    expect(csv[0]).toBe("installation,entry,at,happened at,repository,pull request,head,kind,what");
    expect(csv).toHaveLength(38);
  });

  test.each<[string, readonly string[], readonly number[]]>([
    ["of a repository, in whichever case", ["--repository", "Acme/Pay"], [23, 24, 25, 26]],
    ["of a pull request", ["--pull", "3"], [10, 11, 12]],
    ["of kinds", ["--kind", "key", "--kind", "bypass"], [4, 15, 32]],
    ["from a day on", ["--from", "2026-10-01"], [33, 34, 35, 36]],
    ["up to and including a day", ["--to", "2026-08-31"], [1, 2, 3, 4, 5]],
    ["that name somebody by login", ["--person", "SAM", "--pull", "2"], [7, 8, 9]],
    ["that name somebody by id", ["--person", "1003", "--pull", "2"], [7, 8, 9]],
    ["that name nobody", ["--person", "nobody"], []],
    ["that concern an area", ["--area", "infrastructure", "--pull", "2"], [7, 8, 9]],
    ["that concern no area", ["--area", "infra"], []],
    ["that are not as they should be", ["--exceptions"], [15, 18, 22, 29, 32]],
  ])("prints those %s", async (_, args, seqs) => {
    expect((await entries(...args)).map(({ seq }) => seq)).toEqual(seqs);
  });

  test.each([
    ["a day that is none", ["--from", "yesterday"], "Expected a day, month or year"],
    ["a repository without its owner", ["--repository", "shop"], "Expected OWNER/REPO"],
    ["a kind that there is not", ["--kind", "merge"], "Expected one of evidence, verdict"],
    ["two forms at once", ["--json", "--csv"], "cannot be used with option"],
  ])("refuses %s", async (_, args, problem) => {
    expect(await list(...args)).toMatchObject({ code: 2, stderr: expect.stringContaining(problem) });
  });

  test("says so where there is no ledger", async () => {
    const { code, stderr } = await runIn(folder, { COUNTERSIGN_DATA: join(folder, "none") }, [
      "ledger",
      "list",
    ]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("cannot be read")]);
  });

  test("tells what it can do", async () => {
    expect((await run(folder, "ledger", "--help")).code).toBe(0);
  });
});

describe("What is printed one after the other", () => {
  test("is made no faster than it is read", async () => {
    let made = 0;
    const parts = async function* (): AsyncGenerator<Streamed> {
      for (; made < 1_000; made += 1) yield { as: "json", of: { text: "x".repeat(1_000) } };
    };
    let read = 0;
    let mostAhead = 0;
    const stdout = new Writable({
      highWaterMark: 10_000,
      write(chunk: Buffer, _, done) {
        read += chunk.length;
        mostAhead = Math.max(mostAhead, made * 1_011 - read);
        setImmediate(done);
      },
    });
    await printStream({ stdout, stderr: stdout, directory: "", now: () => new Date(0) }, parts());
    expect(made).toBe(1_000);
    expect(mostAhead).toBeLessThan(20_000);
  });

  test("ends where its reader closes", async () => {
    const stdout = new Writable({ write: () => stdout.destroy() });
    const parts = async function* (): AsyncGenerator<Streamed> {
      for (;;) yield { as: "json", of: "x".repeat(100_000) };
    };
    await printStream({ stdout, stderr: stdout, directory: "", now: () => new Date(0) }, parts());
    expect(stdout.destroyed).toBe(true);
  });
});
