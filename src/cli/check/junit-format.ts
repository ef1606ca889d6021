import { blocks } from "../../signoff/blocks.ts";
import type { RequirementOutcome, Verdict } from "../../signoff/verdict.ts";
import { EXIT } from "../exit-code.ts";
import { type Outcome, outcomeOf } from "../outcome.ts";
import { printXml } from "../output/print.ts";
import type { Element } from "../output/xml.ts";
import { headlineText } from "../report/report.ts";
import { askedFor } from "../report/requirements.ts";
import { type Annotation, annotationsOf } from "./annotations.ts";
import type { Format } from "./format.ts";

/*
 * JUnit's report as Jenkins (its xUnit plugin's junit-10.xsd), GitLab and Azure Pipelines read it: suites of cases; a
 * case without `failure` or `error` has passed. The first case is the check as a whole, so that one of them fails exactly
 * if the exit code is not 0, and a report is never empty.
 */

export const JUNIT: Format = {
  printChecked(terminal, checked) {
    const { verdict } = checked;
    const whole = caseOf("check", WHOLE[outcomeOf(verdict)], headlineText(checked));
    printXml(terminal, reportOf([whole, ...(verdict === null ? [] : casesOf(verdict))]));
  },
  printFailure(terminal, message) {
    printXml(terminal, reportOf([caseOf("check", "error", message)]));
  },
};

type Result = "passed" | "failure" | "error" | "skipped";

interface Case {
  readonly result: Result;
  readonly element: Element;
}

const WHOLE: Readonly<Record<Outcome, Result>> = {
  pass: "passed",
  wouldBlock: "failure",
  notEvaluated: "error",
};

function casesOf(verdict: Verdict): readonly Case[] {
  const passes = EXIT[outcomeOf(verdict)] === EXIT.pass;
  const wrong = annotationsOf(verdict).filter(
    ({ level, rule }) => level === "error" && isProblem(rule, verdict),
  );
  return [
    ...wrong.map((each) => caseOf(each.rule, "error", textOf(each))),
    ...verdict.requirements.map((each) => requirementCase(each, !passes && blocks(each))),
  ];
}

function isProblem(rule: string, { problems }: Verdict): boolean {
  return problems.some(({ code }) => code === rule);
}

function textOf({ message, place }: Annotation): string {
  if (place === null) return message;
  return `${[place.file, place.line, place.column].filter((part) => part !== undefined).join(":")}: ${message}`;
}

/** Where the config or the area only observes, what is missing is skipped: it fails nothing. */
function requirementCase({ requirement, status, remedy }: RequirementOutcome, isMissed: boolean): Case {
  const result = status === "signed" ? "passed" : isMissed ? "failure" : "skipped";
  const { area, because, from } = requirement;
  const asked = askedFor(requirement);
  const text = [`${status}: ${asked}`, ...from.paths, because, ...(remedy === undefined ? [] : [remedy])];
  return caseOf(`${area}: ${asked}`, result, text.join("\n"));
}

function caseOf(name: string, result: Result, text: string): Case {
  const [message = ""] = text.split("\n");
  const children: readonly Element[] =
    result === "passed"
      ? [{ name: "system-out", attributes: {}, content: text }]
      : [{ name: result, attributes: { message }, content: text }];
  return {
    result,
    element: { name: "testcase", attributes: { name, classname: "countersign" }, content: children },
  };
}

function reportOf(cases: readonly Case[]): Element {
  const of = (wanted: Result) => String(cases.filter(({ result }) => result === wanted).length);
  const counts = { tests: String(cases.length), failures: of("failure"), errors: of("error") };
  const suite = {
    name: "testsuite",
    attributes: { name: "countersign", ...counts, skipped: of("skipped") },
    content: cases.map(({ element }) => element),
  };
  return { name: "testsuites", attributes: counts, content: [suite] };
}
