import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { devNull } from "node:os";
import type { Readable, Writable } from "node:stream";
import { Failure } from "../../failure.ts";

/** How much a git process may take before it is ended. */
export interface GitLimits {
  /** Milliseconds without a byte of output while this side waits for one. */
  readonly silence: number;
  /** Bytes of output where all of it is held in memory. */
  readonly output: number;
}

export const LIMITS: GitLimits = { silence: 120_000, output: 128 << 20 };

type Settings = Readonly<Record<string, string | readonly string[]>>;

/** One git process to be started. */
export interface GitCall {
  readonly program: string;
  /** The command and what it is given. */
  readonly args: readonly string[];
  /** Where it starts; the root where that does not matter. */
  readonly directory?: string;
  /** Beside the fixed ones, and before them. */
  readonly variables?: Readonly<Record<string, string | undefined>>;
  readonly settings?: Settings;
  readonly limits: GitLimits;
}

/**
 * Settings that a repository may hold and that would change an answer, start a program, reach the network or believe
 * a cache instead of the objects. Given on the command line they go before all others.
 */
const SETTINGS: Settings = {
  "advice.graftFileDeprecated": "false",
  "core.attributesFile": devNull,
  "core.bigFileThreshold": "16m",
  "core.commitGraph": "false",
  "core.excludesFile": devNull,
  "core.fsmonitor": "false",
  "core.hooksPath": devNull,
  "core.multiPackIndex": "false",
  "core.pager": "cat",
  "core.quotePath": "false",
  "core.sshCommand": "false",
  "core.useReplaceRefs": "false",
  "core.warnAmbiguousRefs": "false",
  "color.ui": "false",
  "credential.helper": "",
  "diff.external": "",
  "diff.ignoreSubmodules": "none",
  "diff.renameLimit": "1000",
  "fetch.recurseSubmodules": "false",
  "gc.auto": "0",
  "log.mailmap": "false",
  "log.showRoot": "true",
  "log.showSignature": "false",
  "mailmap.file": devNull,
  "mailmap.blob": "",
  "protocol.allow": "never",
  "safe.bareRepository": "explicit",
  "submodule.recurse": "false",
};

const OPTIONS = ["--no-pager", "--no-replace-objects", "--literal-pathspecs", "--no-optional-locks"];

/** What is passed on of this process's variables: what a program needs to run at all, and nothing that steers git. */
const PASSED_ON = [
  "PATH",
  "PATHEXT",
  "SystemRoot",
  "TEMP",
  "TMP",
  "TMPDIR",
  "LD_LIBRARY_PATH",
  "DYLD_LIBRARY_PATH",
];

const VARIABLES: Readonly<Record<string, string>> = {
  LC_ALL: "C",
  TZ: "UTC",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_SYSTEM: devNull,
  GIT_CONFIG_GLOBAL: devNull,
  GIT_ATTR_NOSYSTEM: "1",
  GIT_GRAFT_FILE: devNull,
  GIT_NO_REPLACE_OBJECTS: "1",
  GIT_OPTIONAL_LOCKS: "0",
  GIT_TERMINAL_PROMPT: "0",
  GIT_ASKPASS: "false",
  GIT_PAGER: "cat",
  // Else git log hands over every commit by itself, and passing them on takes longer than reading them.
  GIT_FLUSH: "0",
  // A partial clone would fetch what it lacks: no protocol of this name exists, so it fails instead.
  GIT_NO_LAZY_FETCH: "1",
  GIT_ALLOW_PROTOCOL: "none",
  GIT_PROTOCOL_FROM_USER: "0",
  // No single object, however well it is packed, takes more memory than this.
  GIT_ALLOC_LIMIT: "1g",
};

export interface GitProcess {
  readonly output: AsyncIterable<Buffer>;
  /** Where git reads from; to be ended. */
  readonly input: Writable;
  /** Throws a `Failure` with git's first line of complaint; to be awaited after the output. */
  readonly succeeded: () => Promise<void>;
  /** How it ended, whatever that means. */
  readonly end: Promise<GitEnd>;
}

interface GitEnd {
  readonly code: number | null;
  readonly complaint: string;
}

/** The one place that starts a process. Nothing here writes, reaches the network or starts a shell. */
export function startGit(call: GitCall): GitProcess {
  const { program, args, directory = "/", limits } = call;
  const child: ChildProcessByStdio<Writable, Readable, Readable> = spawn(
    program,
    [...OPTIONS, ...settingsOf({ ...SETTINGS, ...call.settings }), ...args],
    {
      cwd: directory,
      env: { ...variablesOf(PASSED_ON), ...VARIABLES, ...call.variables },
      stdio: ["pipe", "pipe", "pipe"],
    },
  );
  // Git may end without reading all; why it did, it says itself.
  child.stdin.on("error", () => {});
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint = (complaint + text).slice(0, 4000);
  });
  let silent = false;
  const end = once(child, "close").then(
    ([code]: (number | null)[]): GitEnd =>
      silent
        ? { code: null, complaint: `no answer in ${limits.silence / 1000} seconds` }
        : { code: code ?? null, complaint },
    ({ message }: Error): GitEnd => ({ code: null, complaint: message }),
  );
  const giveUp = (): void => {
    silent = true;
    child.kill("SIGKILL");
    child.stdout.destroy();
  };
  return {
    output: withoutSilence(child.stdout, limits.silence, giveUp),
    input: child.stdin,
    end,
    succeeded: async () => refuseFailed(await end, args[0] ?? ""),
  };
}

function settingsOf(settings: Settings): readonly string[] {
  return Object.entries(settings).flatMap(([key, values]) =>
    [values].flat().flatMap((value) => ["-c", `${key}=${value}`]),
  );
}

/** Those of this process's variables that are set. */
export function variablesOf(names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** Only waiting counts: a slow reader on this side is no silence of git's. */
async function* withoutSilence(
  output: Readable,
  silence: number,
  giveUp: () => void,
): AsyncGenerator<Buffer> {
  const chunks = output[Symbol.asyncIterator]();
  try {
    for (;;) {
      const timer = setTimeout(giveUp, silence);
      const { done, value } = await chunks
        .next()
        .catch(() => ({ done: true, value: undefined }))
        .finally(() => clearTimeout(timer));
      if (done) return;
      yield value;
    }
  } finally {
    output.destroy();
  }
}

function refuseFailed({ code, complaint }: GitEnd, command: string): void {
  if (code === 0) return;
  const said = complaint.split("\n").filter((line) => line.trim() !== "");
  // Warnings come first, and are not why it failed.
  const reason =
    (said.find((line) => /^(?:fatal|error): /.test(line)) ?? said[0])?.replace(/^(?:fatal|error): /, "") ??
    `ended with ${code ?? "a signal"}`;
  throw new Failure(`git ${command} failed: ${reason}`);
}
