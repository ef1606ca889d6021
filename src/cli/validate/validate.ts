import type { Problem } from "../../policy/problem.ts";
import { count } from "../../signoff/wording/words.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { Failure } from "../failure.ts";
import type { RepositoryName } from "../github/repository-name.ts";
import { orFailureDocument } from "../output/failure-document.ts";
import { printJson, printReport } from "../output/print.ts";
import { type Line, line } from "../report/lines.ts";
import { problemLines } from "../report/problems.ts";
import { askedFolder, type Terminal } from "../terminal.ts";
import { readFolder, readNamed } from "./disk.ts";
import { readGitHub } from "./github.ts";
import { type Inputs, problemsOf } from "./problems.ts";

export interface ValidateOptions {
  readonly repo: string;
  readonly github?: RepositoryName;
  readonly ref?: string;
  readonly json?: true;
}

/** `countersign validate`: says what is wrong with the config and CODEOWNERS. Throws a `Failure` when it cannot. */
export async function validate(
  files: readonly string[],
  options: ValidateOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const json = options.json ?? false;
  const inputs = await orFailureDocument(json, terminal, () => read(files, options, terminal));
  const names = [...inputs.configs, ...inputs.codeowners].map(({ name }) => name);
  const problems = problemsOf(inputs);
  const valid = problems.every(({ severity }) => severity === "warning");
  if (json) printJson(terminal, { version: 1, valid, files: names, problems });
  else printReport(terminal.stdout, linesOf(names, problems, valid));
  return valid ? EXIT.pass : EXIT.wouldBlock;
}

async function read(
  files: readonly string[],
  { repo, github, ref }: ValidateOptions,
  terminal: Terminal,
): Promise<Inputs> {
  if (github !== undefined) {
    if (files.length > 0)
      throw new Failure("with --github, name no files: it reads the ones that GitHub uses");
    return readGitHub({ ...github, ref, environment: process.env });
  }
  if (ref !== undefined) throw new Failure("--ref needs --github OWNER/REPO: files on disk have no ref");
  return files.length > 0 ? readNamed(terminal.directory, files) : readFolder(askedFolder(terminal, repo));
}

function linesOf(files: readonly string[], problems: readonly Problem[], valid: boolean): readonly Line[] {
  const verdict = line(
    0,
    { text: "VALID", style: ["bold", "green"] },
    ` ${count(files.length, "file")}: ${files.join(", ")}`,
  );
  return [...problems.flatMap(problemLines), ...(valid ? [verdict] : [])];
}
