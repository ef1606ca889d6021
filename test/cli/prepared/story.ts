import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  ADA,
  createRepository,
  KIRO,
  type TemporaryRepository,
  temporaryDirectory,
} from "../temporary-repository.ts";

/** What stands in files that no command may read. */
export const SECRET = "s3cr3t-of-somebody-else";

/** A repository in which an agent's commit deletes infrastructure, and what lies around it. */
export interface Story {
  readonly repository: TemporaryRepository;
  /** Its work tree. */
  readonly directory: string;
  readonly gitDirectory: string;
  /** A folder of somebody else's: the file `secret` in it, and what must stay as it is. */
  readonly outside: string;
  /** A program that leaves a trace when it is run. */
  readonly program: string;
  /** The commits: where it starts, the agent's, and a person's after it. */
  readonly main: string;
  readonly agents: string;
  readonly head: string;
  readonly wasRun: () => boolean;
}

const VICTIM = "nobody may change this\n";

/** `check` blocks it: `HEAD` is the branch `topic`, to be merged into `main`. */
export function createStory(): Story {
  const repository = createRepository(
    {
      branch: "main",
      message: "Start",
      files: {
        ".github/CODEOWNERS": "* @mona\n",
        "infra/main.tf": 'resource "a" "b" {}\n',
        "README.md": "1\n",
      },
    },
    { branch: "topic", from: "main", author: KIRO, message: "Remove", removed: ["infra/main.tf"] },
    { branch: "topic", author: ADA, message: "Explain it", files: { "README.md": "2\n" } },
  );
  const { directory } = repository;
  repository.git("checkout", "--quiet", "-f", "topic");
  const outside = temporaryDirectory();
  writeFileSync(join(outside, "secret"), `${SECRET}\n`);
  writeFileSync(join(outside, "victim"), VICTIM);
  mkdirSync(join(outside, "folder"));
  writeFileSync(join(outside, "folder", "countersign.yml"), `${SECRET}: 1\n`);
  const trace = join(outside, "folder", "trace");
  const program = join(outside, "program");
  writeFileSync(program, `#!/bin/sh\necho run >> '${trace}'\ncat\n`);
  chmodSync(program, 0o755);
  return {
    repository,
    directory,
    gitDirectory: join(directory, ".git"),
    outside,
    program,
    main: repository.git("rev-parse", "main"),
    agents: repository.git("rev-parse", "topic~1"),
    head: repository.git("rev-parse", "topic"),
    wasRun: () => existsSync(trace),
  };
}

/** Whether everything of somebody else's is as it was. */
export function isUntouched({ outside }: Story): boolean {
  return (
    readFileSync(join(outside, "victim"), "utf8") === VICTIM &&
    readdirSync(outside).toSorted().join() === "folder,program,secret,victim" &&
    readdirSync(join(outside, "folder")).join() === "countersign.yml"
  );
}
