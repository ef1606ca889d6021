import type { RepositoryFacts } from "../signoff/snapshot.ts";
import type { Verdict } from "../signoff/verdict.ts";
import type { Range } from "./local-git/range.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";
import type { Checked } from "./report.ts";

/** What `check --json` prints. Where `verdict` is null there was nothing to judge, `because` says why. */
export interface CheckDocument {
  readonly version: 1;
  readonly outcome: Outcome;
  readonly repository: RepositoryFacts;
  readonly range: Range;
  readonly commits: number;
  readonly files: number;
  readonly verdict: Verdict | null;
  readonly because?: string;
}

/** What `--json` prints instead when the command failed. */
export interface FailureDocument {
  readonly version: 1;
  readonly outcome: "notEvaluated";
  readonly error: string;
}

export function documentOf(checked: Checked): CheckDocument {
  const { range, snapshot, verdict } = checked;
  return {
    version: 1,
    outcome: outcomeOf(verdict),
    repository: snapshot.repository,
    range,
    commits: snapshot.commits.length,
    files: snapshot.files.length,
    verdict,
    ...(checked.verdict === null && { because: checked.because }),
  };
}
