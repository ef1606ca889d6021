import { governs } from "../../policy/governs.ts";
import { rememberPolicies } from "../../policy/remembered.ts";
import type { ResolvedPolicy } from "../../policy/resolve.ts";
import type { PolicySources } from "../../policy/source.ts";
import { judge } from "../../signoff/evaluate.ts";
import type { Snapshot } from "../../signoff/snapshot.ts";
import { changeInCi } from "../ci/change.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { Failure } from "../failure.ts";
import type { Environment } from "../github/host.ts";
import { findRange, type Range } from "../local-git/range.ts";
import { type LocalRepository, openRepository } from "../local-git/repository/repository.ts";
import { readLocalChange } from "../local-git/snapshot.ts";
import { outcomeOf } from "../outcome.ts";
import { showProgress } from "../output/progress.ts";
import { readCommittedConfig, readConfigFile } from "../policy-files.ts";
import type { Checked } from "../report/report.ts";
import { askedFolder, type Terminal } from "../terminal.ts";
import { suppose } from "../what-if.ts";
import type { FormatName } from "./format.ts";
import { FORMATS } from "./formats.ts";
import { readsAnnotations } from "./github-format.ts";
import { writeFailedSummary, writeSummary } from "./step-summary.ts";

export interface CheckOptions {
  readonly base?: string;
  readonly head?: string;
  readonly repo: string;
  readonly approvedBy?: readonly string[];
  readonly team?: ReadonlyMap<string, readonly string[]>;
  readonly config?: string;
  readonly organizationConfig?: string;
  readonly verbose?: true;
  readonly json?: true;
  readonly format?: FormatName;
}

interface Asked {
  readonly options: CheckOptions;
  readonly environment: Environment;
}

/** `countersign check`: reads the branch, judges it, says what would happen. Throws a `Failure` when it cannot. */
export async function check(asked: Asked, terminal: Terminal): Promise<ExitCode> {
  const { options, environment } = asked;
  const { printChecked, printFailure } = FORMATS[formatOf(asked)];
  const checked = await evaluate(asked, terminal).catch(async (error: unknown) => {
    if (error instanceof Failure) {
      printFailure(terminal, error.message);
      await writeFailedSummary(error.message, environment, terminal);
    }
    throw error;
  });
  printChecked(terminal, checked, { verbose: options.verbose ?? false });
  await writeSummary(checked, environment, terminal);
  return EXIT[outcomeOf(checked.verdict)];
}

function formatOf({ options: { format, json }, environment }: Asked): FormatName {
  if (format !== undefined) return format;
  return json === true ? "json" : readsAnnotations(environment) ? "github" : "text";
}

async function evaluate({ options, environment }: Asked, terminal: Terminal): Promise<Checked> {
  const { base, head } = options;
  const repository = await openRepository(askedFolder(terminal, options.repo));
  const ci =
    base === undefined || head === undefined ? await changeInCi(environment, terminal.directory) : null;
  const range = await findRange(repository, { base, head, ci });
  const progress = showProgress(terminal);
  const resolve = rememberPolicies();
  const { snapshot: read, people } = await readLocalChange(repository, range, {
    policySources: await readPolicySources(repository, range, options, terminal),
    resolve,
    now: terminal.now().toISOString(),
    onCommit: (count) => progress.report(`reading commits: ${count}`),
  }).finally(progress.end);
  const snapshot = suppose(read, people, {
    approvedBy: options.approvedBy ?? [],
    teams: options.team ?? new Map(),
  });
  const resolved = resolve(snapshot.policySources);
  const because = whyNothing(range, snapshot, resolved);
  if (because !== null) return { range, snapshot, verdict: null, because };
  return { range, snapshot, verdict: judge(snapshot, resolved) };
}

function whyNothing(
  { base, head }: Range,
  { commits, repository }: Snapshot,
  { policy }: ResolvedPolicy,
): string | null {
  if (commits.length === 0) return `${head.name} has no commits that are not in ${base.name}`;
  // Of a base that is no branch nobody can say that it is not governed.
  if (base.branch === null) return null;
  const governed = governs(policy, { ref: base.branch, defaultBranch: repository.defaultBranch });
  return governed ? null : `the config does not govern the branch ${base.branch}`;
}

/** The base's config, or the one to be tried; the organization's is known only if it is given. */
async function readPolicySources(
  { git }: LocalRepository,
  range: Range,
  { config, organizationConfig }: CheckOptions,
  { directory }: Terminal,
): Promise<PolicySources> {
  return {
    organization:
      organizationConfig === undefined
        ? { status: "absent" }
        : await readConfigFile(directory, organizationConfig),
    repository:
      config === undefined
        ? await readCommittedConfig(git, range.base.sha)
        : await readConfigFile(directory, config),
  };
}
