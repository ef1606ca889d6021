import { governs } from "../../policy/governs.ts";
import { resolvePolicy } from "../../policy/resolve.ts";
import type { PolicySources } from "../../policy/source.ts";
import { judge } from "../../signoff/evaluate.ts";
import type { Snapshot } from "../../signoff/snapshot.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { findRange, type Range } from "../local-git/range.ts";
import { type LocalRepository, openRepository } from "../local-git/repository/repository.ts";
import { readLocalChange } from "../local-git/snapshot.ts";
import { outcomeOf } from "../outcome.ts";
import { orFailureDocument } from "../output/failure-document.ts";
import { printJson, printReport } from "../output/print.ts";
import { showProgress } from "../output/progress.ts";
import { readCommittedConfig, readConfigFile } from "../policy-files.ts";
import { type Checked, reportOf } from "../report/report.ts";
import { askedFolder, type Terminal } from "../terminal.ts";
import { suppose } from "../what-if.ts";
import { documentOf } from "./document.ts";

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
}

/** `countersign check`: reads the branch, judges it, says what would happen. Throws a `Failure` when it cannot. */
export async function check(options: CheckOptions, terminal: Terminal): Promise<ExitCode> {
  const { json = false, verbose = false } = options;
  const checked = await orFailureDocument(json, terminal, () => evaluate(options, terminal));
  if (json) printJson(terminal, documentOf(checked));
  else printReport(terminal.stdout, reportOf(checked, { verbose }));
  return EXIT[outcomeOf(checked.verdict)];
}

async function evaluate(options: CheckOptions, terminal: Terminal): Promise<Checked> {
  const repository = await openRepository(askedFolder(terminal, options.repo));
  const range = await findRange(repository, { base: options.base, head: options.head });
  const progress = showProgress(terminal);
  const { snapshot: read, people } = await readLocalChange(repository, range, {
    policySources: await readPolicySources(repository, range, options, terminal),
    now: terminal.now().toISOString(),
    onCommit: (count) => progress.report(`reading commits: ${count}`),
  }).finally(progress.end);
  const snapshot = suppose(read, people, {
    approvedBy: options.approvedBy ?? [],
    teams: options.team ?? new Map(),
  });
  const because = whyNothing(range, snapshot);
  if (because !== null) return { range, snapshot, verdict: null, because };
  return { range, snapshot, verdict: judge(snapshot) };
}

function whyNothing({ base, head }: Range, { commits, repository, policySources }: Snapshot): string | null {
  if (commits.length === 0) return `${head.name} has no commits that are not in ${base.name}`;
  const { policy } = resolvePolicy(policySources);
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
