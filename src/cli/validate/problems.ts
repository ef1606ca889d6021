import { createOwnership } from "../../ownership/ownership.ts";
import { type Codeowners, parseCodeowners } from "../../ownership/parse.ts";
import type { CodeownersError } from "../../ownership/rule.ts";
import { suggestFix } from "../../ownership/suggest-fix.ts";
import { type LoadedPolicy, loadPolicyFile } from "../../policy/file/load.ts";
import { areasWithoutFiles } from "../../policy/file/remarks.ts";
import { toProblem } from "../../policy/file/validate-schema.ts";
import { misplacedConfig } from "../../policy/misplaced.ts";
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
  /** Files that look like the config and are not read. */
  readonly misplaced: readonly string[];
  /** All files of the repository; `null` if they are not known. */
  readonly files: readonly string[] | null;
  /** What GitHub itself says of the CODEOWNERS; `null`: it was not asked. */
  readonly reported: readonly ReportedError[] | null;
}

export function problemsOf(inputs: Inputs): readonly Problem[] {
  const { configs, codeowners, controlled, reported, misplaced, files } = inputs;
  const policies = configs.map(({ name, text }) =>
    resolvePolicy({
      organization: { status: "absent" },
      repository: { status: "found", path: name, text },
    }),
  );
  const [policy] = policies;
  return [
    ...policies.flatMap(({ problems }) => problems),
    ...configs.flatMap(({ name, text }) => remarksOn(loadPolicyFile(text, name), name, files)),
    ...misplaced.flatMap((path) => misplacedConfig(path) ?? []),
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

function remarksOn(
  { config, remarks, positions }: LoadedPolicy,
  file: string,
  files: readonly string[] | null,
): readonly Problem[] {
  if (config === null || files === null) return remarks;
  return [
    ...remarks,
    ...areasWithoutFiles(config, files).map((each) => toProblem(each, { file, positions })),
  ];
}

function errorProblem(file: string, error: CodeownersError): Problem {
  const { kind, line, column, message } = error;
  return {
    code: CODES[kind],
    severity: "error",
    file,
    line,
    column,
    message: `${kind}: ${message}`,
    remedy: suggestFix(error).suggestion,
  };
}

const CODES = {
  "Invalid pattern": "codeowners/invalid-pattern",
  "Invalid owner": "codeowners/invalid-owner",
  "Unknown owner": "codeowners/unknown-owner",
  "File too large": "codeowners/file-too-large",
} as const satisfies Readonly<Record<CodeownersError["kind"], Problem["code"]>>;

/** Lines that GitHub takes, but perhaps not as they are meant. */
function unclearLines(file: string, { errors, ambiguities }: Codeowners): readonly Problem[] {
  const reported = new Set(errors.map(({ line }) => line));
  return ambiguities
    .filter(({ line }) => !reported.has(line))
    .map(({ line, message }) => ({
      code: "codeowners/unclear",
      severity: "warning",
      file,
      line,
      message,
      remedy: "Until it is fixed, the paths it matches have no known owner.",
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
      message: `${quote(path)} has no owner, so nobody could countersign a change to it.`,
      remedy: `Give ${quote(path)} an owner in CODEOWNERS, or set ${quote("unowned")} in the config.`,
    }));
}
