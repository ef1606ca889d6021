import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { devNull, tmpdir } from "node:os";
import { join } from "node:path";

export interface Person {
  readonly name: string;
  readonly email: string;
}

export const ADA: Person = { name: "Ada", email: "1001+ada@users.noreply.github.com" };
export const BEN: Person = { name: "Ben", email: "ben@example.com" };
export const KIRO: Person = {
  name: "kiro-agent[bot]",
  email: "245459735+kiro-agent[bot]@users.noreply.github.com",
};

/** One commit on a branch; the first on a branch starts from `from`, or from nothing. */
export interface Step {
  readonly branch: string;
  readonly from?: string;
  readonly message?: string | Buffer;
  readonly author?: Person;
  readonly committer?: Person;
  readonly files?: Readonly<Record<string, string | Content>>;
  readonly removed?: readonly string[];
  /** Seconds since 1970, by both clocks. */
  readonly at?: number;
  /** The committer's clock, where it says something else. */
  readonly committedAt?: number;
  /** Branches that are merged into it. */
  readonly merged?: readonly string[];
  /** Old and new path. */
  readonly renamed?: readonly (readonly [string, string])[];
}

type Content =
  | { readonly mode: "100755" | "120000"; readonly text: string }
  /** A submodule at this commit. */
  | { readonly mode: "160000"; readonly id: string };

export interface TemporaryRepository {
  readonly directory: string;
  git(...args: readonly string[]): string;
  /** Adds commits without a work tree. Paths may be quoted as C strings for unusual bytes. */
  add(...steps: readonly Step[]): void;
}

/** Nothing of this machine's git settings, and always the same clock. */
export function isolatedEnvironment(home: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_"));
  return {
    ...Object.fromEntries(inherited),
    HOME: home,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: devNull,
    GIT_CEILING_DIRECTORIES: tmpdir(),
    GIT_COMMITTER_NAME: ADA.name,
    GIT_COMMITTER_EMAIL: ADA.email,
    GIT_COMMITTER_DATE: "2025-11-13T00:00:00Z",
  };
}

const made: string[] = [];

export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "countersign-test-"));
  made.push(directory);
  return directory;
}

export function removeTemporaryDirectories(): void {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
}

/** A repository whose HEAD is the branch of the last step. */
export function createRepository(...steps: readonly Step[]): TemporaryRepository {
  const directory = temporaryDirectory();
  const run = (args: readonly string[], input?: Buffer): string =>
    execFileSync("git", ["-C", directory, ...args], {
      env: isolatedEnvironment(directory),
      ...(input !== undefined && { input }),
      stdio: ["pipe", "pipe", "pipe"],
      encoding: "utf8",
    }).trimEnd();
  run(["init", "--quiet", "--initial-branch=main"]);
  const repository: TemporaryRepository = {
    directory,
    git: (...args) => run(args),
    add(...added) {
      const stored = new Set(run(["for-each-ref", "--format=%(refname:short)"]).split("\n"));
      const streamed = new Set<string>();
      const stream = added.map((step) => {
        const parent = stored.has(step.branch) ? step.branch : step.from;
        const continues = streamed.has(step.branch) || parent === undefined;
        const from = streamed.has(parent ?? "") ? `refs/heads/${parent}` : `refs/heads/${parent}^0`;
        streamed.add(step.branch);
        const merged = (step.merged ?? []).map((branch) =>
          streamed.has(branch) ? `refs/heads/${branch}` : `refs/heads/${branch}^0`,
        );
        return commitStream(step, { from: continues ? undefined : from, merged });
      });
      run(["fast-import", "--quiet", "--force"], Buffer.concat(stream));
      run(["symbolic-ref", "HEAD", `refs/heads/${added.at(-1)?.branch ?? "main"}`]);
    },
  };
  if (steps.length > 0) repository.add(...steps);
  return repository;
}

interface Parents {
  readonly from: string | undefined;
  readonly merged: readonly string[];
}

function commitStream(step: Step, { from, merged }: Parents): Buffer {
  const author = step.author ?? ADA;
  const committer = step.committer ?? author;
  const at = step.at ?? 1_763_000_000;
  return Buffer.concat([
    Buffer.from(
      `commit refs/heads/${step.branch}\n${signature("author", author, at)}${signature("committer", committer, step.committedAt ?? at)}`,
    ),
    data(step.message ?? "Change something"),
    ...(from === undefined ? [] : [Buffer.from(`from ${from}\n`)]),
    ...merged.map((branch) => Buffer.from(`merge ${branch}\n`)),
    ...(step.removed ?? []).map((path) => Buffer.from(`D ${path}\n`)),
    ...(step.renamed ?? []).map(([from, to]) => Buffer.from(`R ${from} ${to}\n`)),
    ...Object.entries(step.files ?? {}).map(([path, content]) => fileStream(path, content)),
    Buffer.from("\n"),
  ]);
}

function signature(role: string, { name, email }: Person, at: number): string {
  return `${role} ${name} <${email}> ${at} +0000\n`;
}

function fileStream(path: string, content: string | Content): Buffer {
  if (typeof content === "string") {
    return Buffer.concat([Buffer.from(`M 100644 inline ${path}\n`), data(content)]);
  }
  if ("id" in content) return Buffer.from(`M 160000 ${content.id} ${path}\n`);
  return Buffer.concat([Buffer.from(`M ${content.mode} inline ${path}\n`), data(content.text)]);
}

function data(content: string | Buffer): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([Buffer.from(`data ${bytes.length}\n`), bytes, Buffer.from("\n")]);
}
