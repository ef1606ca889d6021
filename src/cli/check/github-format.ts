import type { Environment } from "../github/host.ts";
import { printReport, printWorkflowCommand } from "../output/print.ts";
import { type Checked, reportOf } from "../report/report.ts";
import type { Terminal } from "../terminal.ts";
import { type Annotation, annotationsOf } from "./annotations.ts";
import type { Format } from "./format.ts";

/** Whether what is printed is read by GitHub's runner. */
export function readsAnnotations({ GITHUB_ACTIONS }: Environment): boolean {
  return GITHUB_ACTIONS === "true";
}

/** The text, and below it a command to the runner for each annotation. */
export const GITHUB: Format = {
  printChecked(terminal, checked, options) {
    printReport(terminal.stdout, reportOf(checked, options));
    for (const annotation of annotationsIn(checked)) printAnnotation(terminal, annotation);
  },
  printFailure(terminal, message) {
    printWorkflowCommand(terminal, { command: "error", properties: { title: "countersign" }, message });
  },
};

function annotationsIn({ verdict }: Checked): readonly Annotation[] {
  return verdict === null ? [] : annotationsOf(verdict);
}

function printAnnotation(terminal: Terminal, { level, title, message, place }: Annotation): void {
  printWorkflowCommand(terminal, {
    command: level,
    properties: {
      ...(place !== null && {
        file: place.file,
        ...(place.line !== undefined && { line: String(place.line) }),
        ...(place.column !== undefined && { col: String(place.column) }),
      }),
      title,
    },
    message,
  });
}
