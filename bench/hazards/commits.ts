import { spawnSync } from "node:child_process";
import { STATUS } from "../../src/cli/local-git/objects/changes.ts";
import type { HazardInput } from "../../src/production/hazards/hazard.ts";

/** A commit and what it changes, against its first parent. */
export interface CommitChange {
  readonly commit: string;
  readonly inputs: readonly HazardInput[];
}

/** Which commits of a history are read; merges never are. */
export interface Which {
  /** Only so many, from the newest on. */
  readonly newest?: number;
  /** Only these, by their whole ids. */
  readonly among?: ReadonlySet<string>;
}

/** The commits of a history with their files, from the newest on. */
export function* changesOf(repository: string, which: Which = {}): Generator<CommitChange> {
  for (const batch of inBatches(commitsOf(repository, which), 200)) {
    const ids = batch.flatMap(({ files }) => files.flatMap((file) => file.ids));
    const contents = readBlobs(repository, new Set(ids));
    for (const { commit, files } of batch)
      yield { commit, inputs: files.map((file) => inputOf(file, contents)) };
  }
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

function commitsOf(repository: string, { newest, among }: Which): readonly RawCommit[] {
  const range = [
    ...(among === undefined ? [] : ["--no-walk"]),
    ...(newest === undefined ? [] : [`--max-count=${newest}`]),
    ...(among ?? []),
  ];
  const log = logOf(repository, ["-M", ...range]) ?? logOf(repository, ["-M100%", ...range]);
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
function logOf(repository: string, more: readonly string[]): string | null {
  const args = ["log", "--no-merges", "--raw", "--no-abbrev", "-l500", "-z", "--format=%x01%H", ...more];
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
