import { printJson, printReport } from "../output/print.ts";
import { reportOf } from "../report/report.ts";
import { documentOf, failureDocument } from "./document.ts";
import type { Format, FormatName } from "./format.ts";
import { GITHUB } from "./github-format.ts";
import { JUNIT } from "./junit-format.ts";
import { SARIF } from "./sarif-format.ts";

const TEXT: Format = {
  printChecked: ({ stdout }, checked, options) => printReport(stdout, reportOf(checked, options)),
  printFailure: () => {},
};

const JSON_DOCUMENT: Format = {
  printChecked: (terminal, checked) => printJson(terminal, documentOf(checked)),
  printFailure: (terminal, message) => printJson(terminal, failureDocument(message)),
};

export const FORMATS: Readonly<Record<FormatName, Format>> = {
  text: TEXT,
  json: JSON_DOCUMENT,
  github: GITHUB,
  sarif: SARIF,
  junit: JUNIT,
};
