import { EXIT, type ExitCode } from "../exit-code.ts";
import { findRepository, type LocalRepository } from "../local-git/repository/repository.ts";
import { orFailureDocument } from "../output/failure-document.ts";
import { printJson, printReport } from "../output/print.ts";
import { readPolicy } from "../policy-in-force.ts";
import type { Line } from "../report/lines.ts";
import { askedFolder, type Terminal } from "../terminal.ts";
import { type CommitExplanation, explainCommit } from "./commit.ts";
import { documentOf } from "./document.ts";
import { explainPath, type PathExplanation } from "./path.ts";
import { commitLines } from "./report-commit.ts";
import { explainedPathLines } from "./report-path.ts";
import { type Rules, readCodeowners } from "./rules.ts";
import { findSubject } from "./subject.ts";

export interface ExplainOptions {
  readonly repo: string;
  readonly commit?: true;
  readonly path?: true;
  readonly verbose?: true;
  readonly json?: true;
}

/** `countersign explain`: says why a commit is judged as it is, or what a path asks for. Throws a `Failure` when it cannot. */
export async function explain(what: string, options: ExplainOptions, terminal: Terminal): Promise<ExitCode> {
  const { stdout } = terminal;
  await orFailureDocument(options.json ?? false, terminal, async () => {
    const repository = await findRepository(askedFolder(terminal, options.repo));
    const explained = await explanationOf(what, options, repository);
    if (options.json) printJson(terminal, documentOf(repository, explained));
    else printReport(stdout, linesOf(explained, options.verbose ?? false));
  });
  return EXIT.pass;
}

async function explanationOf(
  what: string,
  { commit, path }: ExplainOptions,
  repository: LocalRepository,
): Promise<CommitExplanation | PathExplanation> {
  const as = commit ? "commit" : path ? "path" : undefined;
  const subject = await findSubject(repository, as === undefined ? { what } : { what, as });
  const rules = await readRules(repository);
  return subject.kind === "commit"
    ? explainCommit(repository, subject.sha, rules)
    : explainPath(subject, rules);
}

async function readRules(repository: LocalRepository): Promise<Rules> {
  const [{ policy }, codeowners] = await Promise.all([readPolicy(repository), readCodeowners(repository)]);
  return { policy, codeowners };
}

function linesOf(explained: CommitExplanation | PathExplanation, verbose: boolean): readonly Line[] {
  return explained.kind === "commit"
    ? commitLines(explained, verbose)
    : explainedPathLines(explained, verbose);
}
