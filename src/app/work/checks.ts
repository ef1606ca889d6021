import { CHECK_NAME, isPatternCheck, patternCheckNames } from "../../github/client/check-name.ts";
import { checkedPatterns } from "../../policy/governs.ts";
import { resolvePolicy } from "../../policy/resolve.ts";
import { type Explanation, explain } from "../../signoff/report/explain.ts";
import type { Judged } from "../../signoff/report/site.ts";
import { UNUSED_CHECK } from "../../signoff/report/unused-check.ts";
import type { Conclusion } from "../../signoff/verdict.ts";
import type { CheckWork } from "./head-work.ts";
import type { JudgedPull } from "./judge-head.ts";

/** One check of a commit, as it should stand. */
export interface HeadCheck {
  readonly name: string;
  readonly conclusion: Conclusion;
  readonly explanation: Explanation;
  /** The pull requests that it speaks of. */
  readonly judged: readonly JudgedPull[];
}

/**
 * The check of all pull requests, and those of branch patterns: each speaks of the pull requests into branches that its
 * pattern matches, so that no other branch can be merged into by it. `known` names the checks that the commit has:
 * one that is wanted no more must not stay green.
 */
export function checksOf(work: CheckWork, known: readonly string[]): readonly HeadCheck[] {
  const { judged } = work.findings;
  const named = namedPulls(work);
  const wanted = named.flatMap(({ names }) => names ?? []);
  const names = [...new Set([...wanted, ...known.filter(isPatternCheck)])].toSorted();
  const patternChecks = names.map((name): HeadCheck => {
    // One whose rules could not be read may be into any branch.
    const own = named.filter(({ names }) => names === null || names.includes(name)).map(({ one }) => one);
    const check = checkOf(work, name, own);
    // The other check has the annotations, which GitHub would show twice.
    return { ...check, explanation: { ...check.explanation, annotations: [] } };
  });
  return [checkOf(work, CHECK_NAME, judged), ...patternChecks];
}

/** The checks of branch patterns that speak of a pull request. */
export function patternChecksOf(checks: readonly HeadCheck[], pull: number): readonly string[] {
  const own = checks.filter(({ judged }) => judged.some((one) => one.pull === pull));
  return own.map(({ name }) => name).filter(isPatternCheck);
}

function checkOf(work: CheckWork, name: string, judged: readonly JudgedPull[]): HeadCheck {
  const { repository, task, group, verdictOf, site } = work;
  const verdict = verdictOf(judged);
  if (verdict === null) return { name, conclusion: "action_required", explanation: UNUSED_CHECK, judged };
  const explanation = explain(verdict, {
    site,
    repository: `${repository.owner}/${repository.repo}`,
    pulls: judged.map(({ pull }) => pull),
    headSha: task.headSha,
    ...rulesOf(judged),
    ...branchesOf(work, judged),
    ...(group && { group }),
  });
  return { name, conclusion: verdict.conclusion, explanation, judged };
}

/** The commit from which the rules of all of them were read, if it is one. */
export function rulesOf(judged: readonly JudgedPull[]): { readonly rulesSha?: string } {
  const [first, ...others] = new Set(judged.map(({ snapshot }) => snapshot?.pullRequest.governedBy.sha));
  return first === undefined || others.length > 0 ? {} : { rulesSha: first };
}

/** What is known to be wrong with the branches that these pull requests are to be merged into. */
export function branchesOf(
  { openBranches, task: { group } }: Pick<CheckWork, "openBranches" | "task">,
  judged: readonly JudgedPull[],
): Pick<Judged, "branches"> {
  const into = new Set(judged.map(({ snapshot }) => group?.base ?? snapshot?.pullRequest.governedBy.ref));
  const branches = openBranches.filter(({ branch }) => into.has(branch));
  return branches.length === 0 ? {} : { branches };
}

interface NamedPull {
  readonly one: JudgedPull;
  /** `null` where its rules could not be read. */
  readonly names: readonly string[] | null;
}

/** A merge group's pull requests are merged together: what speaks of one speaks of all. */
function namedPulls({ findings, task, group }: CheckWork): readonly NamedPull[] {
  const isMember = ({ pull }: JudgedPull) => group?.members.includes(pull) === true;
  const named = findings.judged.map((one) => ({
    one,
    names: namesOf(one, isMember(one) ? task.group?.base : undefined),
  }));
  const told = named.filter(({ one, names }) => isMember(one) && names !== null);
  const together = told.length === 0 ? null : told.flatMap(({ names }) => names ?? []);
  return named.map(({ one, names }) => ({ one, names: isMember(one) ? together : names }));
}

function namesOf({ snapshot, policy }: JudgedPull, groupBase?: string): readonly string[] | null {
  if (snapshot === null) return null;
  const { pullRequest, policySources, repository } = snapshot;
  // Where the config is invalid, only a fix can pass: by the checks that the config will have.
  const inForce = policy ?? withProposed(policySources);
  if (inForce === null) return null;
  const base = { ref: groupBase ?? pullRequest.governedBy.ref, defaultBranch: repository.defaultBranch };
  const names = patternCheckNames(inForce.branches);
  return checkedPatterns(inForce, base).flatMap((pattern) => names.get(pattern) ?? []);
}

type Sources = NonNullable<JudgedPull["snapshot"]>["policySources"];

function withProposed({ organization, proposed }: Sources): JudgedPull["policy"] {
  return proposed === undefined ? null : resolvePolicy({ organization, repository: proposed }).policy;
}
