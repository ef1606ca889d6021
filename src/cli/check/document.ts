import type { RepositoryFacts } from "../../signoff/snapshot.ts";
import type { Verdict } from "../../signoff/verdict.ts";
import type { Range } from "../local-git/range.ts";
import { type Outcome, outcomeOf } from "../outcome.ts";
import type { Checked } from "../report/report.ts";

/** What `check --json` prints; what an app would remember is left out. Where `verdict` is null there was nothing to judge, `because` says why. */
export interface CheckDocument {
  readonly version: 1;
  readonly outcome: Outcome;
  readonly repository: RepositoryFacts;
  readonly range: Range;
  readonly commits: number;
  readonly files: number;
  readonly verdict: Omit<Verdict, "toRecord"> | null;
  readonly because?: string;
}

/** What `--json` prints instead when the command failed. */
export interface FailureDocument {
  readonly version: 1;
  readonly outcome: "notEvaluated";
  readonly error: string;
}

export function failureDocument(error: string): FailureDocument {
  return { version: 1, outcome: "notEvaluated", error };
}

export function documentOf(checked: Checked): CheckDocument {
  const { range, snapshot } = checked;
  return {
    version: 1,
    outcome: outcomeOf(checked.verdict),
    repository: snapshot.repository,
    range,
    commits: snapshot.commits.length,
    files: snapshot.files.length,
    verdict: checked.verdict === null ? null : withoutMemory(checked.verdict),
    ...(checked.verdict === null && { because: checked.because }),
  };
}

function withoutMemory({ toRecord: _, ...verdict }: Verdict): Omit<Verdict, "toRecord"> {
  return verdict;
}
