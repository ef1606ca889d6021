import type { Facts } from "../../doctor/facts.ts";
import { diagnose, type Finding } from "../../doctor/finding.ts";
import { ownRuleset } from "../../doctor/fixes.ts";
import { type LoneSigner, loneSigner } from "../../doctor/lone-signer.ts";
import type { Code } from "../../doctor/rules/rules.ts";
import { apiBaseUrl, pagesUrl } from "../../github/client/base-url.ts";
import { type FactsRequest, readFacts } from "../../github/protection/read-facts.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { Failure } from "../failure.ts";
import { failureAbout } from "../github/failure.ts";
import type { Environment } from "../github/host.ts";
import { withPersonToken } from "../github/person-token.ts";
import type { RepositoryName } from "../github/repository-name.ts";
import type { Outcome } from "../outcome.ts";
import { orFailureDocument } from "../output/failure-document.ts";
import { printJson, printReport } from "../output/print.ts";
import { readingClient } from "../simulate/reading-client.ts";
import type { Terminal } from "../terminal.ts";
import { rulesetClient } from "./client.ts";
import { applyFix, type Fix, planFix } from "./fix.ts";
import { fixLines, loneSignerLines, reportOf } from "./report.ts";

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

interface Examined {
  readonly findings: readonly Finding[];
  readonly lone: LoneSigner | null;
  /** `null` where none was asked for. */
  readonly fix: Fix | null;
  /** What writes it. */
  readonly command: string;
}

/** `countersign doctor`: says whether the gate is real. Throws a `Failure` when it cannot. */
export async function doctor(examination: Examination, terminal: Terminal): Promise<ExitCode> {
  const { options, repository } = examination;
  const json = options.json ?? false;
  const { findings, lone, fix, command } = await orFailureDocument(json, terminal, () =>
    examine(examination, terminal).catch((error: unknown) => {
      throw failureAbout(error, `${repository.owner}/${repository.repo}`);
    }),
  );
  const allowed = options.allowUnknown ?? [];
  const outcome = outcomeOf(findings, allowed);
  const name = `${repository.owner}/${repository.repo}`;
  const written = options.yes ?? false;
  if (json)
    printJson(terminal, { version: 1, outcome, repository: name, findings, ...(fix && told(fix, written)) });
  else {
    const shown = fix === null ? [] : fixLines(fix, written ? null : command);
    printReport(terminal.stdout, [...shown, ...reportOf(name, findings, allowed), ...loneSignerLines(lone)]);
  }
  return EXIT[outcome];
}

async function examine(examination: Examination, terminal: Terminal): Promise<Examined> {
  const { repository, options } = examination;
  if (options.yes && !options.fix) throw new Failure("--yes writes what --fix shows: give both");
  const own = await withPersonToken(examination, terminal.directory);
  const client = options.yes ? rulesetClient(own) : readingClient(own);
  const host = pagesUrl(apiBaseUrl(own));
  const request = {
    asker: { client, owner: repository.owner, repo: repository.repo },
    appId: options.appId,
    host,
    now: terminal.now(),
  };
  const facts = await readFacts(request);
  const command = `${ownRuleset(facts)} --yes`;
  const lone = loneSigner(facts);
  if (!options.fix) return { findings: diagnose(facts), lone, fix: null, command };
  const asker = { client, owner: facts.repository.owner, repo: facts.repository.name };
  const fix = await planFix(asker, facts);
  const findings = await afterFix({ ...request, asker }, { facts, fix, write: options.yes ?? false });
  return { findings, lone, fix, command };
}

interface Fixing {
  readonly facts: Facts;
  readonly fix: Fix;
  readonly write: boolean;
}

/** What holds once the fix is written; what holds now, where it is only shown. */
async function afterFix(request: FactsRequest, { facts, fix, write }: Fixing): Promise<readonly Finding[]> {
  if (!write || fix.ruleset === "keep") return diagnose(facts);
  await applyFix(request.asker, fix);
  return diagnose(await readFacts(request));
}

function told({ ruleset, before, after }: Fix, written: boolean): object {
  return {
    fix: { ruleset, written: written && ruleset !== "keep", before: before?.document ?? null, after },
  };
}

/** What is known to be wrong counts for more than what is not known. */
function outcomeOf(findings: readonly Finding[], allowed: readonly Code[]): Outcome {
  if (findings.some(({ holds }) => holds === "no")) return "wouldBlock";
  const open = findings.filter(({ holds, code }) => holds === "unknown" && !allowed.includes(code));
  return open.length > 0 ? "notEvaluated" : "pass";
}
