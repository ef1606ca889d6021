import { diagnose, type Finding } from "../../doctor/finding.ts";
import type { Code } from "../../doctor/rules/rules.ts";
import { apiBaseUrl, pagesUrl } from "../../github/client/base-url.ts";
import { type FactsRequest, readFacts } from "../../github/protection/read-facts.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { Failure } from "../failure.ts";
import { type Environment, tokenOf } from "../github/host.ts";
import { withPersonToken } from "../github/person-token.ts";
import type { RepositoryName } from "../github/repository-name.ts";
import type { Outcome } from "../outcome.ts";
import { orFailureDocument } from "../output/failure-document.ts";
import { printJson, printReport } from "../output/print.ts";
import { readingClient } from "../simulate/reading-client.ts";
import type { Terminal } from "../terminal.ts";
import { asFailure } from "./failure.ts";
import { reportOf } from "./report.ts";

export interface DoctorOptions {
  readonly appId?: number;
  readonly allowUnknown?: readonly Code[];
  readonly fix?: true;
  readonly yes?: true;
  readonly json?: true;
}

export interface Examination {
  readonly repository: RepositoryName;
  readonly options: DoctorOptions;
  readonly environment: Environment;
}

/** `countersign doctor`: says whether the gate is real. Throws a `Failure` when it cannot. */
export async function doctor(examination: Examination, terminal: Terminal): Promise<ExitCode> {
  const { options, repository } = examination;
  const json = options.json ?? false;
  const findings = await orFailureDocument(json, terminal, async () => {
    const environment = await withPersonToken(examination.environment, terminal.directory);
    if (tokenOf(environment) === null)
      throw new Failure("no token was given: set GITHUB_TOKEN, or log in with gh auth login");
    const client = readingClient(environment);
    const host = pagesUrl(apiBaseUrl(environment));
    return diagnose(
      await read({ asker: { client, ...repository }, appId: options.appId, host, now: terminal.now() }),
    );
  });
  const outcome = outcomeOf(findings, options.allowUnknown ?? []);
  const name = `${repository.owner}/${repository.repo}`;
  if (json) printJson(terminal, { version: 1, outcome, repository: name, findings });
  else printReport(terminal.stdout, reportOf(name, findings));
  return EXIT[outcome];
}

function read(request: FactsRequest) {
  return readFacts(request).catch((error: unknown) => {
    throw asFailure(error, request.asker);
  });
}

/** What is known to be wrong counts for more than what is not known. */
export function outcomeOf(findings: readonly Finding[], allowed: readonly Code[]): Outcome {
  if (findings.some(({ holds }) => holds === "no")) return "wouldBlock";
  const open = findings.filter(({ holds, code }) => holds === "unknown" && !allowed.includes(code));
  return open.length > 0 ? "notEvaluated" : "pass";
}
