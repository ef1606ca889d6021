import { access, readFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { mendError } from "../ownership/mend.ts";
import { CODEOWNERS_LOCATIONS } from "../ownership/ownership.ts";
import { type CodeownersError, parseCodeowners } from "../ownership/parse.ts";
import type { Problem } from "../policy/problem.ts";
import { CONFIG_PATH, resolvePolicy } from "../policy/resolve.ts";
import { count } from "../signoff/words.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { Failure } from "./failure.ts";
import { type Line, line, printLines } from "./lines.ts";
import { problemLines } from "./report-problems.ts";
import { pageOf, type Terminal } from "./terminal.ts";

export interface ValidateOptions {
  readonly repo: string;
  readonly json?: true;
}

/** `countersign validate`: says what is wrong with the config and CODEOWNERS as they are on disk. */
export async function validate(
  files: readonly string[],
  { repo, json }: ValidateOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const checked = files.length > 0 ? files : await findIn(repo, terminal);
  const problems = (await Promise.all(checked.map((file) => problemsOf(file, terminal)))).flat();
  const valid = problems.every(({ severity }) => severity === "warning");
  terminal.stdout.write(
    json
      ? `${JSON.stringify({ version: 1, valid, files: checked, problems }, null, 2)}\n`
      : printLines(linesOf(checked, problems), pageOf(terminal.stdout)),
  );
  return valid ? EXIT.pass : EXIT.wouldBlock;
}

/** The config and the CODEOWNERS that counts, where there are any. */
async function findIn(folder: string, { directory }: Terminal): Promise<readonly string[]> {
  const exists = await Promise.all(
    [CONFIG_PATH, ...CODEOWNERS_LOCATIONS].map(async (path) => {
      const isThere = await access(resolve(directory, folder, path)).then(
        () => true,
        () => false,
      );
      return isThere ? path : null;
    }),
  );
  const [codeowners, config] = [exists.slice(1).find((path) => path !== null), exists[0]];
  const found = [config, codeowners].filter((path) => typeof path === "string");
  if (found.length > 0) return found.map((path) => join(folder, path));
  throw new Failure(
    `${folder} has no ${CONFIG_PATH} and no CODEOWNERS: name a file, or a folder with --repo DIR`,
  );
}

async function problemsOf(path: string, { directory }: Terminal): Promise<readonly Problem[]> {
  const text = await readFile(resolve(directory, path), "utf8").catch((error: Error) => {
    throw new Failure(`${path} cannot be read: ${error.message}`);
  });
  if (basename(path) === "CODEOWNERS") {
    return parseCodeowners(text).errors.map((error) => toProblem(path, error));
  }
  return resolvePolicy({ organization: { status: "absent" }, repository: { status: "found", path, text } })
    .problems;
}

function toProblem(file: string, error: CodeownersError): Problem {
  const { kind, line, column, message } = error;
  return {
    code: `codeowners/${kind.toLowerCase().replaceAll(" ", "-")}`,
    severity: "error",
    file,
    line,
    column,
    message: `${kind}: ${message}`,
    remedy: mendError(error).suggestion,
  };
}

function linesOf(files: readonly string[], problems: readonly Problem[]): readonly Line[] {
  if (problems.length > 0) return problems.flatMap(problemLines);
  return [
    line(
      0,
      { text: "VALID", style: ["bold", "green"] },
      ` ${count(files.length, "file")}: ${files.join(", ")}`,
    ),
  ];
}
