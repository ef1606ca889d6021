import { existsSync } from "node:fs";
import { join } from "node:path";
import { DEFAULT_POLICY } from "../../src/policy/merge.ts";
import { printTable } from "../table.ts";
import { type Asked, askedIn } from "./asked.ts";
import { MEASURED, type Measured, medianShare } from "./measured.ts";
import { REPOSITORIES, type Repository } from "./repositories.ts";

export interface AsksOptions {
  /** Of each repository, at most so many changes, evenly over its history. */
  readonly most: number;
  readonly save: boolean;
  /** Prints why each change is asked for. */
  readonly reasons: boolean;
}

/** How many of the AI's changes ask for a countersignature by the defaults, and how many did while areas asked for each change. */
export async function benchAsks(folder: string, { most, save, reasons }: AsksOptions): Promise<void> {
  const here = REPOSITORIES.filter(({ name }) => existsSync(placeOf(folder, name)));
  if (here.length === 0)
    throw new Error(`${folder} holds no clone of ${REPOSITORIES.map(({ name }) => name).join(", ")}`);
  const rows: Measured[] = [];
  for (const repository of here) {
    const found = await askedIn(placeOf(folder, repository.name), { most, policies: POLICIES });
    rows.push(measuredOf(repository, found));
    if (found.unread > 0)
      console.log(`${repository.name}: ${found.unread} changes cannot be read in this clone`);
    if (save) MEASURED.save(rows);
    if (reasons) for (const each of found.changes) printReasons(repository, each);
  }
  for (const use of ["tuned", "unseen"] as const)
    printOf(
      use,
      rows.filter((row) => row.use === use),
    );
}

const POLICIES = {
  before: {
    ...DEFAULT_POLICY,
    // Written by somebody, so that tests and examples count as well.
    areas: DEFAULT_POLICY.areas.map((area) => ({ ...area, when: "always" as const, origin: "bench" })),
  },
  after: DEFAULT_POLICY,
};

function placeOf(folder: string, name: string): string {
  const place = join(folder, name.replace("/", "+"));
  return existsSync(join(place, "repo")) ? join(place, "repo") : place;
}

function measuredOf({ name, use }: Repository, found: Awaited<ReturnType<typeof askedIn>>): Measured {
  const count = (holds: (change: Asked) => boolean) => found.changes.filter(holds).length;
  return {
    repository: name,
    use,
    measured: new Date().toISOString().slice(0, 10),
    newest: found.newest,
    changes: found.changes.length,
    before: count(({ before }) => before.length > 0),
    after: count(({ after }) => after.length > 0),
    hazards: count(({ after }) => after.some(({ area }) => area.endsWith(" change"))),
    always: count(({ after }) => after.some(({ area }) => ALWAYS.has(area))),
  };
}

const ALWAYS: ReadonlySet<string> = new Set(
  DEFAULT_POLICY.areas.filter(({ when }) => when === "always").map(({ name }) => name),
);

function printReasons({ name }: Repository, { sha, after }: Asked): void {
  for (const { area, because, paths } of after)
    console.log([name, sha.slice(0, 10), area, paths.slice(0, 3).join(" "), because].join(" | "));
}

function printOf(use: Repository["use"], rows: readonly Measured[]): void {
  if (rows.length === 0) return;
  console.log(
    `${rows.length} repositories ${use === "tuned" ? "that the rules were tuned on" : "not used for tuning"}`,
  );
  printTable(
    [
      "repository",
      "AI changes",
      "asked before",
      "asked now",
      "hazard",
      "area that always asks",
      "control files",
    ],
    rows.map((row) => [
      row.repository,
      String(row.changes),
      ...[row.before, row.after, row.hazards, row.always].map((some) => shareOf(some, row.changes)),
    ]),
  );
  const medians = [medianShare(rows, ({ before }) => before), medianShare(rows, ({ after }) => after)];
  console.log(`median: ${medians.map((share) => `${share.toFixed(1)} %`).join(" before, ")} now\n`);
}

function shareOf(some: number, all: number): string {
  return `${some} (${((100 * some) / Math.max(1, all)).toFixed(1)} %)`;
}
