import { GitHubProblem, NotFound } from "../../github/client/errors.ts";
import type { Verdict } from "../../signoff/verdict.ts";
import { bypassComment } from "../../watch/comment.ts";
import { isBypass } from "../../watch/outcome.ts";
import { noteHappening } from "../notices/note.ts";
import type { Told } from "./entries.ts";
import type { Watch } from "./ports.ts";

/**
 * Tells people of a bypass: the log, and its pull request by a label and a comment. What GitHub refuses, it refuses the
 * next time as well: then the ledger and the log alone tell of it.
 * @throws {GitHubUnavailable}
 */
export async function tell(watch: Watch, told: Told): Promise<void> {
  const { log, repository } = watch;
  const { move, change, allowed } = told;
  const { outcome, pull, headSha, problem, verdict } = change;
  const what = {
    ...{ repository: `${repository.owner}/${repository.repo}`, branch: move.branch, outcome, pull, headSha },
    ...{ by: move.by?.login ?? null, how: move.kind },
    ...(problem && { problem: problem.code }),
    ...(verdict && { missing: missingIn(verdict) }),
  };
  if (!isBypass(outcome)) {
    if (outcome === "turned-red-after") log.info(what, "a check turned red after the merge");
    else log.debug(what, "a change of a governed branch was let through");
    return;
  }
  if (allowed !== null) {
    log.info({ ...what, allowed }, "a change came past the check, as the config allows");
    return;
  }
  log.warn(what, "a change came past the check");
  await note(watch, told);
  await mark(watch, told);
  await watch.followUp({ repository, rules: watch.known.rules, move, change });
}

async function note(watch: Watch, { move, change }: Told): Promise<void> {
  const { repository, known, clock } = watch;
  const { branch, after, by } = move;
  const { outcome, pull, headSha, verdict } = change;
  const open = verdict?.requirements.filter(({ status }) => status !== "signed") ?? [];
  await noteHappening(watch, known.rules.notify ?? [], {
    kind: "bypassed",
    key: `bypassed:${repository.repositoryId}:${after}:${headSha}:${pull ?? ""}:${branch}`,
    at: clock.now().toISOString(),
    repository: `${repository.owner}/${repository.repo}`,
    ...(pull !== null && { pull: { number: pull, title: null } }),
    ...{ commit: headSha, branch, how: outcome },
    areas: [...new Set(open.map(({ requirement }) => requirement.area))],
    ...(by && { by: [by.login] }),
  });
}

/** What the evaluator asks for: areas, and codes of problems. */
function missingIn({ requirements, problems }: Verdict): string {
  const open = requirements
    .filter(({ status }) => status !== "signed")
    .map(({ requirement }) => requirement.id);
  return [...open, ...problems.filter(({ severity }) => severity === "error").map(({ code }) => code)].join(
    " ",
  );
}

async function mark({ github, repository, log, site }: Watch, { move, change }: Told): Promise<void> {
  const { pull, outcome, headSha } = change;
  if (pull === null) return;
  const { branch, at, by } = move;
  const text = bypassComment({
    outcome,
    branch,
    headSha,
    by: by?.login ?? null,
    at,
    page: `${site.docs}/bypass.md`,
  });
  await github.markBypassed({ repository, pull }, text).catch((error: unknown) => {
    if (!(error instanceof GitHubProblem || error instanceof NotFound)) throw error;
    log.warn(
      { repository: `${repository.owner}/${repository.repo}`, pull, error },
      "could not mark a bypass",
    );
  });
}
