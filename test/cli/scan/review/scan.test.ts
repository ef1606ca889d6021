import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { Counter } from "../../../../src/cli/scan/counts/tally.ts";
import { htmlOf } from "../../../../src/cli/scan/page/page.ts";
import { weekLabels } from "../../../../src/cli/scan/page/scale.ts";
import { weeksFrom } from "../../../../src/cli/scan/review/weeks.ts";
import type { LedgerEntry } from "../../../../src/store/ledger.ts";
import { openSqliteStore } from "../../../../src/store/sqlite/sqlite.ts";
import { run } from "../../run-cli.ts";
import { removeTemporaryDirectories } from "../../temporary-repository.ts";
import { shop } from "../shop.ts";
import { readPage } from "../well-formed.ts";
import { change, signedChange, verdict } from "./ledger.ts";

afterAll(removeTemporaryDirectories);

const ENTRIES: readonly LedgerEntry[] = [
  ...Array.from({ length: 6 }, (_, pull) =>
    signedChange(pull, "2026-11-10T10:00:00.000Z", `2026-11-10T${12 + pull}:00:00.000Z`),
  ).flat(),
  verdict({ pull: 8, at: "2026-11-18T10:00:00.000Z", areas: { ci: ["olga"] } }),
  change("2026-11-19T10:00:00.000Z", "red"),
];

/** A clone of acme/shop, in which the App's store is. */
async function clone(entries: readonly LedgerEntry[] = ENTRIES) {
  const repository = shop();
  const store = openSqliteStore(join(repository.directory, ".countersign"));
  await store.append(entries);
  await store.append([
    {
      ...verdict({ pull: 1, at: "2026-11-10T10:00:00.000Z" }),
      repository: { installationId: 7, repositoryId: 71, owner: "acme", repo: "other" },
    },
  ]);
  await store.close();
  return repository;
}

describe("scan --ledger", () => {
  test("tells as JSON how changes were reviewed, beside what it told before", async () => {
    const { directory } = await clone();
    const { stdout: without } = await run(directory, "scan", "--json");
    const { code, stdout } = await run(directory, "scan", "--json", "--ledger");
    expect(code).toBe(0);
    const { review, ...others } = JSON.parse(stdout);
    expect(others).toEqual(JSON.parse(without));
    expect(review).toEqual({
      weeks: [
        {
          ...{ week: "2026-11-09", changes: 6, asked: 6, countersigned: 6 },
          ...{ refusals: 0, overrides: 0, bypasses: 0 },
        },
        {
          ...{ week: "2026-11-16", changes: 1, asked: 1, countersigned: 0 },
          ...{ refusals: 1, overrides: 0, bypasses: 1 },
        },
      ],
      areas: [{ area: "infrastructure", signed: 6, medianSeconds: 14_400, p90Seconds: 25_200 }],
      signatures: { given: 6, fast: 0, atFirstLook: 6, silent: 0, byArea: [], byTeam: [] },
      pace: {
        ...{ status: "keeps-up", asked: 7, countersigned: 6 },
        ...{ medianSeconds: 14_400, medianSecondsBefore: null },
      },
      unread: 0,
    });
    expect(stdout).not.toContain("olga");
  });

  test("as CSV, one row for each figure", async () => {
    const { directory } = await clone();
    const { stdout } = await run(directory, "scan", "--csv", "--ledger");
    const rows = stdout.trim().split(/\r?\n/);
    expect(rows[0]).toBe("week,area,figure,value");
    expect(rows).toEqual(
      expect.arrayContaining([
        "2026-11-09,,countersigned,6",
        ",infrastructure,p90Seconds,25200",
        ",,signaturesFast,0",
        ",,signaturesAtFirstLook,6",
      ]),
    );
  });

  test("for people, in the terminal", async () => {
    const { directory } = await clone();
    const { stdout } = await run(directory, "scan", "--ledger");
    expect(stdout.replaceAll(/\s+/g, " ")).toContain(
      "Review keeps up with AI: in the last 4 whole weeks, 7 ",
    );
    expect(stdout).toMatch(/^2026-11-09\s+6\s+6\s+6$/m);
    expect(stdout).toMatch(/^infrastructure\s+6\s+4\.0 h\s+7\.0 h$/m);
  });

  test("as a page that draws it, and tells nothing of persons", async () => {
    const { directory } = await clone();
    await run(directory, "scan", "--ledger", "--html", "shop.html");
    const page = readFileSync(join(directory, "shop.html"), "utf8");
    const elements = readPage(page);
    const texts = elements.map(({ text }) => text.trim());
    expect(texts).toEqual(expect.arrayContaining(["Does review keep up?", "Changes a week"]));
    expect(texts).toContain("Waits for a countersignature, by area");
    const ids = elements.flatMap(({ attributes }) => attributes.get("id") ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    expect(page).not.toContain("olga");
  });

  test("goes by the dates that it is given", async () => {
    const { directory } = await clone();
    const scanned = async (...options: readonly string[]) =>
      JSON.parse((await run(directory, "scan", "--json", "--ledger", ...options)).stdout).review.weeks.map(
        ({ week, changes }: { readonly week: string; readonly changes: number }) => [week, changes],
      );
    expect(await scanned("--since", "2026-11-16")).toEqual([["2026-11-16", 1]]);
    expect(await scanned("--until", "2026-11-15")).toEqual([["2026-11-09", 6]]);
  });

  test("is empty where the ledger has nothing of the repository", async () => {
    const { directory } = await clone([]);
    const { code, stdout } = await run(directory, "scan", "--ledger", "--html", "shop.html");
    expect(code).toBe(0);
    expect(stdout).toContain("cannot be told from so few");
    expect(readFileSync(join(directory, "shop.html"), "utf8")).toContain("has no entry of this repository");
  });

  test("fails where there is no store, and where nothing says which repository it is", async () => {
    const { directory, git } = shop();
    expect(await run(directory, "scan", "--ledger")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("cannot be read"),
    });
    git("remote", "remove", "origin");
    expect(await run(directory, "scan", "--ledger")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("--ledger needs a remote"),
    });
  });
});

test("whatever a ledger holds, the page draws no number that is none and escapes names", () => {
  const hostile = `"><script>alert(1)</script>`;
  const week = {
    week: "2026-11-09",
    changes: 0,
    asked: 0,
    countersigned: 0,
    refusals: 0,
    overrides: 0,
    bypasses: 0,
  };
  const page = htmlOf({
    repository: { owner: "acme", name: "shop" },
    history: { from: "all", since: null, until: null, merges: true, cut: false },
    policy: { file: null, warnings: [] },
    currentMonth: "2026-11",
    counts: new Counter().counts(),
    reviewed: {
      review: {
        weeks: [week],
        waits: [{ area: hostile, until: 0, ms: 0 }],
        signatures: {
          ...{ given: 0, fast: 0, atFirstLook: 0, silent: 0, byTeam: [] },
          byArea: [{ name: hostile, given: 3, fast: 1 }],
        },
      },
      ...{ unread: 3, now: Date.parse("2026-11-23") },
    },
  });
  const elements = readPage(page);
  expect(elements.map(({ name }) => name)).not.toContain("script");
  for (const { attributes } of elements)
    for (const [attribute, value] of attributes)
      if (/^(?:x|y|width|height)$/.test(attribute)) expect(value).toMatch(/^\d+(?:\.\d)?$/);
  expect(page).toContain("3 entries of the ledger could not be read");
});

test("a week has a label every few columns, and a year below its first", () => {
  const weeks = weeksFrom(Date.parse("2025-12-01"), Date.parse("2026-02-23"));
  const labels = weekLabels(weeks).filter(({ near }) => near !== "");
  expect(labels.map(({ near, far }) => `${near} ${far}`.trim())).toEqual([
    "1 Dec 2025",
    "15 Dec",
    "29 Dec",
    "12 Jan 2026",
    "26 Jan",
    "9 Feb",
    "23 Feb",
  ]);
});
