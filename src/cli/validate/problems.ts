import { mendError } from "../../ownership/mend.ts";
import { createOwnership } from "../../ownership/ownership.ts";
import { type Codeowners, parseCodeowners } from "../../ownership/parse.ts";
import type { CodeownersError } from "../../ownership/rule.ts";
import type { Policy } from "../../policy/policy.ts";
import type { Problem } from "../../policy/problem.ts";
import { resolvePolicy } from "../../policy/resolve.ts";
import { quote } from "../../signoff/wording/visible.ts";
import { compareErrors, type ReportedError } from "./compare.ts";

/** A file to be validated, named as it is to be shown. */
export interface File {
  readonly name: string;
  readonly text: string;
}

/** What is validated: a repository's two files, whose places matter to each other, or any files. */
export interface Inputs {
  readonly configs: readonly File[];
  readonly codeowners: readonly File[];
  /** Paths of the repository that must have an owner: whoever changes them changes the rules. */
  readonly controlled: readonly string[];
  /** What GitHub itself says of the CODEOWNERS; `null`: it was not asked. */
  readonly reported: readonly ReportedError[] | null;
}

export function problemsOf({ configs, codeowners, controlled, reported }: Inputs): readonly Problem[] {
  const policies = configs.map(({ name, text }) =>
    resolvePolicy({
      organization: { status: "absent" },
      repository: { status: "found", path: name, text },
    }),
  );
  const [policy] = policies;
  return [
    ...policies.flatMap(({ problems }) => problems),
    ...codeowners.flatMap(({ name, text }) => {
      const parsed = parseCodeowners(text);
      return [
        ...parsed.errors.map((error) => errorProblem(name, error)),
        ...unclearLines(name, parsed),
        ...(reported === null ? [] : compareErrors(name, parsed.errors, reported)),
        ...(policy?.policy ? unownedControls(name, parsed, { policy: policy.policy, controlled }) : []),
      ];
    }),
  ];
}

function errorProblem(file: string, error: CodeownersError): Problem {
  const { kind, line, column, message } = error;
  return {
    code: codeOf(kind),
    severity: "error",
    file,
    line,
    column,
    message: `${kind}: ${message}`,
    remedy: mendError(error).suggestion,
  };
}

function codeOf(kind: string): string {
  return `codeowners/${kind.toLowerCase().replaceAll(/[^a-z]+/g, "-")}`;
}

/** Lines that GitHub takes, but perhaps not as they are meant. */
function unclearLines(file: string, { errors, doubts }: Codeowners): readonly Problem[] {
  const reported = new Set(errors.map(({ line }) => line));
  return doubts
    .filter(({ line }) => !reported.has(line))
    .map(({ line, message }) => ({
      code: "codeowners/unclear",
      severity: "warning",
      file,
      line,
      message,
      remedy: "Until then nobody is known to own what the line is about.",
    }));
}

function unownedControls(
  file: string,
  codeowners: Codeowners,
  { policy, controlled }: { readonly policy: Policy; readonly controlled: readonly string[] },
): readonly Problem[] {
  if (policy.unowned.length > 0) return [];
  const ownership = createOwnership(codeowners);
  return controlled
    .filter((path) => ["un-owned", "unmatched"].includes(ownership.of(path).kind))
    .map((path) => ({
      code: "codeowners/control-file-unowned",
      severity: "warning",
      file,
      message: `Nobody owns ${quote(path)}, so nobody could countersign a change to it.`,
      remedy: `Give ${quote(path)} an owner in CODEOWNERS, or set ${quote("unowned")} in the config.`,
    }));
}
