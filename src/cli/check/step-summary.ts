import { escapeMarkdown } from "../../signoff/report/escape.ts";
import { truncateLines } from "../../signoff/report/truncate.ts";
import { GITHUB_SUMMARY_FILE } from "../ci/servers.ts";
import { Failure } from "../failure.ts";
import { appendOrdinaryFile } from "../files/ordinary-file.ts";
import type { Environment } from "../github/host.ts";
import { neutralText } from "../output/neutral.ts";
import { complain } from "../output/print.ts";
import { printLines } from "../report/lines.ts";
import { type Checked, headlineText, reportOf } from "../report/report.ts";
import type { Terminal } from "../terminal.ts";

/** GitHub shows up to 1 MiB of each step; other commands of the step may need some of it. */
const MOST_BYTES = 512 << 10;

/** In Markdown, what is indented so far is code: GitHub shows it as it is. */
const CODE = "    ";

const PLAIN = { width: 100, paint: (_style: unknown, text: string) => text };

/** Adds the whole report to the summary of the step, where GitHub Actions asks for one. */
export async function writeSummary(
  checked: Checked,
  environment: Environment,
  terminal: Terminal,
): Promise<void> {
  const [, ...lines] = reportOf(checked, { verbose: true });
  const report = printLines(lines, PLAIN).trimEnd().split("\n");
  await append([headlineText(checked), ...report], environment, terminal);
}

/** The same for why there is no report. */
export async function writeFailedSummary(
  message: string,
  environment: Environment,
  terminal: Terminal,
): Promise<void> {
  await append([`ERROR ${message}`], environment, terminal);
}

/** The verdict does not depend on it: what goes wrong is said, and changes no exit code. */
async function append(
  [headline = "", ...report]: readonly string[],
  environment: Environment,
  terminal: Terminal,
): Promise<void> {
  const path = environment[GITHUB_SUMMARY_FILE];
  if (!path) return;
  const lines = [
    "",
    `### Countersign: ${escapeMarkdown(headline)}`,
    "",
    ...report.map((line) => `${CODE}${line}`),
    "",
  ];
  try {
    await appendOrdinaryFile(terminal.directory, path, neutralText(truncateLines(lines, MOST_BYTES)));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    complain(terminal, `the summary was not written: ${error.message}`);
  }
}
