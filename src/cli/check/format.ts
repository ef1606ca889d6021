import type { ReportOptions } from "../report/options.ts";
import type { Checked } from "../report/report.ts";
import type { Terminal } from "../terminal.ts";

/** What `check` can print. */
export const FORMAT_NAMES = ["text", "json", "github", "sarif", "junit"] as const;

export type FormatName = (typeof FORMAT_NAMES)[number];

/** How a check is printed on standard output, and why there is none. */
export interface Format {
  readonly printChecked: (terminal: Terminal, checked: Checked, options: ReportOptions) => void;
  /** Beside the line on standard error. */
  readonly printFailure: (terminal: Terminal, message: string) => void;
}
