import type { ConfigFile } from "../keys/config.ts";
import { LIMITS } from "../limits.ts";
import type { Positions } from "../place.ts";
import type { FileProblem } from "../problem.ts";
import { remarksOn } from "./remarks.ts";
import { type Finding, toProblem, validateSchema } from "./validate-schema.ts";
import { validateSemantics } from "./validate-semantics.ts";
import { readYaml } from "./yaml.ts";

export interface LoadedPolicy {
  /** `null` when there is an error. */
  readonly config: ConfigFile | null;
  /** Errors. */
  readonly problems: readonly FileProblem[];
  /** Warnings about a config that is valid, for whoever is about to change it. */
  readonly remarks: readonly FileProblem[];
  readonly positions: Positions;
}

/**
 * Reads the text of a policy file; `file` is the name under which problems show it. An empty file is a config
 * without keys. Never throws: what is wrong is in `problems`, with line and column.
 */
export function loadPolicyFile(text: string, file: string): LoadedPolicy {
  const { data, positions, problems } =
    text.length > LIMITS.fileLength ? tooLarge(text, file) : readYaml(text, file);
  if (problems.length > 0) return { config: null, problems: bounded(problems), remarks: [], positions };
  const shape = validateSchema(data);
  const findings = shape.ok ? validateSemantics(shape.config) : shape.findings;
  const located = (found: readonly Finding[]) =>
    bounded(found.map((each) => toProblem(each, { file, positions })).toSorted(inFileOrder));
  if (shape.ok && findings.length === 0) {
    return { config: shape.config, problems: [], remarks: located(remarksOn(shape.config)), positions };
  }
  return { config: null, problems: located(findings), remarks: [], positions };
}

function inFileOrder(one: FileProblem, other: FileProblem): number {
  return (one.line ?? 0) - (other.line ?? 0) || (one.column ?? 0) - (other.column ?? 0);
}

/** What to do about a file that is too long to be read. */
export const SHORTER = `Use up to ${LIMITS.fileLength} characters; a folder's pattern covers all below it.`;

function tooLarge(text: string, file: string) {
  const problem: FileProblem = {
    code: "config/too-large",
    severity: "error",
    file,
    line: 1,
    column: 1,
    message: `The file has ${text.length} characters.`,
    remedy: SHORTER,
  };
  return { ...readYaml("", file), problems: [problem] };
}

function bounded(problems: readonly FileProblem[]): readonly FileProblem[] {
  const rest = problems.slice(LIMITS.problems);
  const [first] = rest;
  if (first === undefined) return problems;
  const message = `There are ${rest.length} more problems from here on.`;
  const remedy = "Fix those above first.";
  return [...problems.slice(0, LIMITS.problems), { ...first, code: "config/more-problems", message, remedy }];
}
