import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import { Failure } from "../failure.ts";
import { decodeBytes } from "./bytes.ts";

/** One repository, asked through the `git` command. Nothing here writes, reaches the network or starts a shell. */
export interface Git {
  /** All of standard output. Throws a `Failure` with git's first line of complaint. */
  text(args: readonly string[]): Promise<string>;
  /** Like `text`, without the final newline; `null` when git fails without a complaint: "no such thing". */
  find(args: readonly string[]): Promise<string | null>;
  /** The NUL-terminated fields of standard output, as they come. */
  fields(args: readonly string[]): AsyncGenerator<string>;
  /** Standard output as it comes, for who reads it faster than field by field. `input` is what git reads. */
  chunks(args: readonly string[], input?: string): AsyncGenerator<Buffer>;
}

/** Settings of the user or the repository that would change output, or start other programs. */
const SETTINGS = [
  "--no-pager",
  "--no-replace-objects",
  "--literal-pathspecs",
  ...["-c", "core.quotepath=off"],
  ...["-c", "core.fsmonitor=false"],
  ...["-c", "color.ui=never"],
  ...["-c", "i18n.logOutputEncoding=UTF-8"],
];

/**
 * What may be passed on of git's own variables: how it is configured, where it may look, and the quarantine of a
 * receiving hook. Anything else (`GIT_DIR` set by a hook, `GIT_EXTERNAL_DIFF`) would bend the answers.
 */
const KEPT_VARIABLES = new Set([
  "GIT_CONFIG_NOSYSTEM",
  "GIT_CONFIG_SYSTEM",
  "GIT_CONFIG_GLOBAL",
  "GIT_EXEC_PATH",
  "GIT_CEILING_DIRECTORIES",
  "GIT_DISCOVERY_ACROSS_FILESYSTEM",
  "GIT_OBJECT_DIRECTORY",
  "GIT_ALTERNATE_OBJECT_DIRECTORIES",
  "GIT_QUARANTINE_PATH",
]);

export function openGit(directory: string): Git {
  const start = (args: readonly string[], input = ""): Run =>
    run(["-C", directory, ...SETTINGS, ...args], input);
  return {
    async text(args) {
      const process = start(args);
      const output = await readAll(process.output);
      succeeded(await process.end, args);
      return output.toString("utf8");
    },
    async find(args) {
      const process = start(args);
      const output = await readAll(process.output);
      const end = await process.end;
      if (end.code !== 0 && end.code !== null && end.complaint === "") return null;
      succeeded(end, args);
      return output.toString("utf8").replace(/\n$/, "");
    },
    async *fields(args) {
      const process = start(args);
      yield* splitFields(process.output);
      succeeded(await process.end, args);
    },
    async *chunks(args, input) {
      const process = start(args, input);
      yield* process.output;
      succeeded(await process.end, args);
    },
  };
}

interface End {
  readonly code: number | null;
  readonly complaint: string;
}

interface Run {
  readonly output: AsyncIterable<Buffer>;
  readonly end: Promise<End>;
}

function run(args: readonly string[], input: string): Run {
  const child: ChildProcessByStdio<Writable, Readable, Readable> = spawn("git", args, {
    env: environment(),
    stdio: ["pipe", "pipe", "pipe"],
  });
  // Git may end without reading all; why it did, it says itself.
  child.stdin.on("error", () => {}).end(input);
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint = (complaint + text).slice(0, 2000);
  });
  const end = once(child, "close").then(
    ([code]: (number | null)[]): End => ({ code: code ?? null, complaint }),
    ({ message }: Error): End => ({ code: null, complaint: `${message}: is git installed and in the PATH?` }),
  );
  return { output: child.stdout, end };
}

function environment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !name.startsWith("GIT_") || KEPT_VARIABLES.has(name),
  );
  return {
    ...Object.fromEntries(inherited),
    LC_ALL: "C",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_TERMINAL_PROMPT: "0",
    // Else git log hands over every commit by itself, and passing them on takes longer than reading them.
    GIT_FLUSH: "0",
    // A partial clone would fetch what it lacks: no protocol of this name exists, so it fails instead.
    GIT_NO_LAZY_FETCH: "1",
    GIT_ALLOW_PROTOCOL: "none",
  };
}

function succeeded(end: End, args: readonly string[]): void {
  if (end.code === 0) return;
  const said = end.complaint.split("\n").filter((line) => line.trim() !== "");
  // Warnings come first, and are not why it failed.
  const reason =
    (said.find((line) => /^(?:fatal|error): /.test(line)) ?? said[0])?.replace(/^(?:fatal|error): /, "") ??
    `ended with ${end.code ?? "a signal"}`;
  throw new Failure(`git ${args[0] ?? ""} failed: ${reason}`);
}

async function readAll(output: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of output) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function* splitFields(output: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of output) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let from = 0;
    for (let nul = bytes.indexOf(0); nul !== -1; nul = bytes.indexOf(0, from)) {
      yield decodeBytes(bytes.subarray(from, nul));
      from = nul + 1;
    }
    rest = bytes.subarray(from);
  }
  if (rest.length > 0) throw new Failure("git ended in the middle of a field; run it again");
}
