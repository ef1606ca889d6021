import { spawnSync } from "node:child_process";
import { STATUS } from "../../src/cli/local-git/objects/changes.ts";
import { findHazards } from "../../src/production/hazards/find.ts";
import type { Hazard, HazardInput } from "../../src/production/hazards/hazard.ts";
import { printTable } from "../table.ts";

interface Found extends Hazard {
  readonly commit: string;
}

/** What a whole history raises, commit by commit against its first parent; merges are left out. */
function hazardsOf(
  repository: string,
  owner?: string,
): { readonly commits: number; readonly found: readonly Found[] } {
  const found: Found[] = [];
  let commits = 0;
  for (const batch of inBatches(commitsOf(repository), 200)) {
    const contents = readBlobs(
      repository,
      new Set(batch.flatMap(({ files }) => files.flatMap(({ ids }) => ids))),
    );
    for (const { commit, files } of batch) {
      commits += 1;
      const inputs = files.map((file) => inputOf(file, contents));
      found.push(
        ...findHazards(inputs, owner === undefined ? {} : { owner }).map((hazard) => ({ ...hazard, commit })),
      );
    }
  }
  return { commits, found };
}

/** Prints how many commits raise which hazard, and a sample of findings that is the same in every run. */
export function printHazardsOf(repository: string, { owner, size }: { owner?: string; size: number }): void {
  const { commits, found } = hazardsOf(repository, owner);
  const ids = Map.groupBy(found, ({ id }) => id);
  const rows = [...ids].map(([id, all]) => [
    id,
    String(new Set(all.map(({ commit }) => commit)).size),
    String(all.length),
  ]);
  const raising = new Set(found.map(({ commit }) => commit)).size;
  console.log(`${repository}: ${raising} of ${commits} commits raise a hazard`);
  printTable(
    ["rule", "commits", "findings"],
    rows.toSorted((one, other) => Number(other[1]) - Number(one[1])),
  );
  for (const { commit, id, file, line, side, by, why, before, after } of sample(found, size))
    console.log(
      [commit.slice(0, 10), id, `${file}:${line}`, side, by, why, before ?? "", after ?? ""].join(" | "),
    );
}

/** One finding of each rule and commit at most, in a shuffled order that a seed fixes. */
function sample(found: readonly Found[], size: number): readonly Found[] {
  let seed = 20_261_123;
  const next = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed;
  };
  const apart = new Map(found.map((each) => [`${each.commit} ${each.id}`, each]));
  return [...apart.values()]
    .map((each) => ({ each, order: next() }))
    .toSorted((one, other) => one.order - other.order)
    .slice(0, size)
    .map(({ each }) => each);
}

interface RawFile {
  readonly status: HazardInput["status"];
  readonly path: string;
  readonly previousPath?: string;
  readonly ids: readonly [before: string, after: string];
}

interface RawCommit {
  readonly commit: string;
  readonly files: readonly RawFile[];
}

function commitsOf(repository: string): readonly RawCommit[] {
  const log = logOf(repository, "-M") ?? logOf(repository, "-M100%");
  if (log === null) throw new Error(`git log failed in ${repository}`);
  return log
    .split("\u0001")
    .slice(1)
    .map((text) => {
      const [commit = "", ...fields] = text.split("\0").map((field) => field.replace(/^\n/, ""));
      return { commit, files: filesIn(fields) };
    });
}

/** `null` when git fails, as it does to compare contents that a partial copy lacks. */
function logOf(repository: string, renames: string): string | null {
  const args = ["log", "--no-merges", "--raw", "--no-abbrev", renames, "-l500", "-z", "--format=%x01%H"];
  const { status, stdout } = spawnSync("git", ["-C", repository, ...args], { maxBuffer: 1 << 30 });
  return status === 0 ? String(stdout) : null;
}

function filesIn(fields: readonly string[]): readonly RawFile[] {
  const files: RawFile[] = [];
  for (let index = 0; index < fields.length; index += 1) {
    const [, , before = "", after = "", change = ""] = (fields[index] ?? "").split(" ");
    const status = STATUS[change.charAt(0)];
    if (status === undefined) continue;
    const isMove: boolean = status === "renamed" || status === "copied";
    const first = fields[index + 1] ?? "";
    const path = isMove ? (fields[index + 2] ?? "") : first;
    index += isMove ? 2 : 1;
    files.push({ status, path, ...(isMove && { previousPath: first }), ids: [before, after] });
  }
  return files;
}

const BIGGEST = 1 << 20;

function readBlobs(repository: string, ids: ReadonlySet<string>): ReadonlyMap<string, string> {
  const wanted = [...ids].filter((id) => !/^0+$/.test(id));
  const git = (args: readonly string[], input: string) =>
    spawnSync("git", ["-C", repository, "cat-file", ...args], { input, maxBuffer: 1 << 30 }).stdout;
  const small = String(git(["--batch-check"], `${wanted.join("\n")}\n`))
    .split("\n")
    .filter((line) => / blob \d+$/.test(line) && Number(line.split(" ")[2]) <= BIGGEST)
    .map((line) => line.split(" ")[0] ?? "");
  const output = git(["--batch"], `${small.join("\n")}\n`);
  const contents = new Map<string, string>();
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(10, at);
    const [id = "", , size = "0"] = output.toString("utf8", at, end).split(" ");
    contents.set(id, output.toString("utf8", end + 1, end + 1 + Number(size)));
    at = end + 2 + Number(size);
  }
  return contents;
}

function inputOf({ ids, ...file }: RawFile, contents: ReadonlyMap<string, string>): HazardInput {
  const [before, after] = ids.map((id) => (/^0+$/.test(id) ? null : contents.get(id)));
  return {
    ...file,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
}

function* inBatches<Item>(items: readonly Item[], size: number): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
