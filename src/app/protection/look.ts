import { isDeepStrictEqual } from "node:util";
import { branchFindings } from "../../doctor/branch-findings.ts";
import { diagnose, type Finding } from "../../doctor/finding.ts";
import { GitHubProblem, GitHubUnavailable } from "../../github/client/errors.ts";
import type { ProtectionLook } from "../../store/protection.ts";
import type { RepositoryRef } from "../../store/repository.ts";
import type { Store } from "../../store/store.ts";
import type { Job } from "../../store/task.ts";
import type { GitHubPort } from "../github/port.ts";
import type { Clock } from "../operation/clock.ts";
import type { Log } from "../operation/log.ts";

export interface LookPorts {
  readonly store: Pick<Store, "protection" | "recordProtection" | "enqueue">;
  readonly github: Pick<GitHubPort, "protection">;
  readonly clock: Pick<Clock, "now">;
  readonly log: Log;
}

/**
 * Looks at what the rules of a repository's branches let happen, and remembers it. No verdict hangs on it: the check
 * tells what is wrong, so open pull requests are judged again where that differs.
 * @throws {GitHubUnavailable | NotFound}
 */
export async function lookAtProtection(
  ports: LookPorts,
  repository: RepositoryRef,
  { attempts }: Pick<Job, "attempts">,
): Promise<void> {
  const { store, clock, log } = ports;
  const before = await store.protection(repository);
  const look = await lookNow(ports, repository, attempts);
  tell(log, repository, { before, look });
  await store.recordProtection(repository, look);
  // An attempt before may have ended in between.
  if (attempts === 0 && isDeepStrictEqual(before?.branches ?? [], look.branches)) return;
  const { installationId, repositoryId, owner, repo } = repository;
  await store.enqueue(
    [{ kind: "repository", installationId, repositoryId, owner, repo }],
    "sweep",
    clock.now(),
  );
}

/** With the waits between them, 20 minutes: what is never answered for so long would be asked for ever. */
const MOST_ATTEMPTS = 8;

/** What GitHub refuses is not known, and is not asked for again before the next look. */
async function lookNow(
  { github, clock, log }: LookPorts,
  repository: RepositoryRef,
  attempts: number,
): Promise<ProtectionLook> {
  const at = clock.now().getTime();
  try {
    const facts = await github.protection(repository);
    return { at, branches: branchFindings(facts), findings: diagnose(facts) };
  } catch (error) {
    const isAnswer = error instanceof GitHubProblem;
    const isInVain = error instanceof GitHubUnavailable && attempts >= MOST_ATTEMPTS;
    if (!isAnswer && !isInVain) throw error;
    log.warn({ repository: fullName(repository), error }, "could not look at the rules of branches");
    return { at, branches: [], findings: [] };
  }
}

interface Compared {
  readonly before: ProtectionLook | null;
  readonly look: ProtectionLook;
}

/** Once for each change of what is known to be wrong; where GitHub told nothing, that is said already. */
function tell(log: Log, repository: RepositoryRef, { before, look }: Compared): void {
  if (look.findings.length === 0) return;
  const name = fullName(repository);
  const [errors, warnings] = [wrong(look, "error"), wrong(look, "warning")];
  const former = [wrong(before, "error"), wrong(before, "warning")];
  if (isDeepStrictEqual(former, [errors, warnings])) return;
  const found = {
    repository: name,
    findings: errors.join(" "),
    warnings: warnings.join(" "),
    run: `countersign doctor ${name}`,
  };
  if (errors.length > 0) log.warn(found, "the gate does not block");
  else if (warnings.length > 0) log.info(found, "the gate could be stronger");
  else log.info(found, "nothing is known to be wrong with the gate any more");
}

function wrong(look: ProtectionLook | null, severity: Finding["severity"]): readonly string[] {
  const found = look?.findings ?? [];
  return found.filter((each) => each.holds === "no" && each.severity === severity).map(({ code }) => code);
}

function fullName({ owner, repo }: RepositoryRef): string {
  return `${owner}/${repo}`;
}
