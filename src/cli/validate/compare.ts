import type { CodeownersError } from "../../ownership/rule.ts";
import type { Problem } from "../../policy/problem.ts";
import { quote } from "../../signoff/wording/visible.ts";

/** An error as GitHub's `codeowners/errors` lists it. */
export interface ReportedError {
  readonly line: number;
  readonly column: number;
  /** "Invalid pattern", "Invalid owner", "Unknown owner", … */
  readonly kind: string;
  /** The line that it is about. */
  readonly source: string | null;
  readonly suggestion: string | null;
}

/**
 * What GitHub finds and we do not, and the other way round: a line that only one of the two skips has other owners
 * there than here. Who exists and may write is GitHub's to know.
 */
export function compareErrors(
  file: string,
  ours: readonly CodeownersError[],
  reported: readonly ReportedError[],
): readonly Problem[] {
  const skippedHere = new Set(ours.map(({ line }) => line));
  const theirs = reported.filter(({ kind }) => kind !== UNKNOWN);
  const skippedThere = new Set(theirs.map(({ line }) => line));
  return [
    ...reported.filter(({ kind }) => kind === UNKNOWN).map((error) => unknownOwner(file, error)),
    ...theirs
      .filter(({ line }) => !skippedHere.has(line))
      .map(
        ({ kind, line, column, suggestion }): Problem => ({
          ...difference(file, line),
          column,
          message: `GitHub reports ${quote(kind)} here, but Countersign reads the line as valid.`,
          remedy: suggestion ?? REWRITE,
        }),
      ),
    ...[...skippedHere]
      .filter((line) => !skippedThere.has(line))
      .map(
        (line): Problem => ({
          ...difference(file, line),
          message: "GitHub reports no error here, but Countersign reads the line as invalid.",
          remedy: REWRITE,
        }),
      ),
  ];
}

const UNKNOWN = "Unknown owner";

const REWRITE = "Write the line more simply, and report the difference to the project.";

function difference(file: string, line: number): Pick<Problem, "code" | "severity" | "file" | "line"> {
  return { code: "codeowners/differs-from-github", severity: "error", file, line };
}

function unknownOwner(file: string, { line, column, source, suggestion }: ReportedError): Problem {
  const [owner] = source === null ? [] : source.slice(column - 1).split(/\s/);
  const named = owner === undefined || owner === "" ? "an owner" : quote(owner);
  return {
    code: "codeowners/unknown-owner",
    severity: "error",
    file,
    line,
    column,
    message: `Unknown owner: on GitHub ${named} does not exist, is not visible or has no write access.`,
    remedy:
      suggestion ??
      "Check the spelling, and that the owner exists, is visible and has write access to the repository.",
  };
}
