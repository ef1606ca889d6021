import type { Problem } from "../../policy/problem.ts";
import { blocks } from "../../signoff/blocks.ts";
import type { HazardStatus, JudgedHazard, RequirementOutcome, Verdict } from "../../signoff/verdict.ts";
import { EXIT } from "../exit-code.ts";
import { outcomeOf } from "../outcome.ts";
import { askedFor } from "../report/requirements.ts";

/** A remark for machines that show it beside the change. What it holds is not yet escaped for any of them. */
export interface Annotation {
  /** `error` only where the check does not pass. */
  readonly level: "error" | "warning" | "notice";
  /** The same for all of a kind: the id of a hazard, the code of a problem, or `countersignature`. */
  readonly rule: string;
  readonly title: string;
  readonly message: string;
  readonly place: Place | null;
}

interface Place {
  readonly file: string;
  /** 1-based. */
  readonly line?: number;
  /** 1-based. */
  readonly column?: number;
}

/** The rule of an annotation that asks for a countersignature. */
const COUNTERSIGNATURE = "countersignature";

/** What is wrong, what is missing, what to look at: the worst first. */
export function annotationsOf(verdict: Verdict): readonly Annotation[] {
  const passes = EXIT[outcomeOf(verdict)] === EXIT.pass;
  const { problems, requirements, hazards } = verdict;
  const all = [
    ...problems.map(problemAnnotation),
    ...requirements
      .filter(({ status }) => status !== "signed")
      .map((each) => missingAnnotation(each, !passes && blocks(each))),
    ...hazards.flatMap(hazardAnnotation),
  ];
  return LEVELS.flatMap((wanted) => all.filter(({ level }) => level === wanted));
}

const LEVELS = ["error", "warning", "notice"] as const;

function problemAnnotation({ severity, code, file, line, column, message, remedy }: Problem): Annotation {
  const place = file === undefined ? null : { file, ...placeIn(line, column) };
  return { level: severity, rule: code, title: code, message: `${message} ${remedy}`, place };
}

function placeIn(line: number | undefined, column: number | undefined): Omit<Place, "file"> {
  if (line === undefined) return {};
  return column === undefined ? { line } : { line, column };
}

function missingAnnotation(
  { requirement, status, remedy }: RequirementOutcome,
  isMissed: boolean,
): Annotation {
  const { area, because, from } = requirement;
  const [file] = from.paths;
  return {
    level: isMissed ? "error" : "warning",
    rule: COUNTERSIGNATURE,
    title: `${area}: countersignature ${status}`,
    message: [`${askedFor(requirement)}.`, because, ...(remedy === undefined ? [] : [remedy])].join(" "),
    place: file === undefined ? null : { file },
  };
}

/** As the App's check shows them. */
const HAZARD_LEVELS: Readonly<Record<HazardStatus["kind"], Annotation["level"] | null>> = {
  asks: "warning",
  shown: "notice",
  exempt: "notice",
  answered: null,
  off: null,
};

function hazardAnnotation({ id, file, shownAt, why, status }: JudgedHazard): readonly Annotation[] {
  const level = HAZARD_LEVELS[status.kind];
  if (level === null) return [];
  return [{ level, rule: id, title: id, message: `This change ${why}.`, place: { file, line: shownAt } }];
}
