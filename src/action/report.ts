import { asSentence, forToken } from "../cli/github/failure.ts";
import { neutralLine, workflowCommand } from "../cli/output/neutral.ts";
import { GitHubProblem } from "../github/client/errors.ts";
import { redact } from "../github/client/redact.ts";
import { strictest } from "../signoff/conclusion.ts";
import { joinAnd, shortSha } from "../signoff/wording/words.ts";
import type { Told } from "./commit.ts";
import type { Result } from "./run.ts";
import { unseenTeams } from "./teams.ts";

/** What a run says: to its log, its summary and the steps after it. */
export interface Report {
  /** Lines that no runner takes for a command but for our own. */
  readonly log: readonly string[];
  /** Markdown. */
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly blocked: boolean;
  readonly failed: boolean;
}

/** GitHub keeps a megabyte of a step's summary; characters, of which none is longer than three bytes here. */
const LONGEST_SUMMARY = 300_000;

/** `byToken`: the token of the workflow asks, which may not see teams. */
export function reportOf(result: Result, { byToken }: { readonly byToken: boolean }): Report {
  const { told, failed, remarks } = result;
  const hidden = byToken ? hiddenTeams(told) : [];
  const notes = hidden.length === 0 ? remarks : [...remarks, hiddenSentence(hidden)];
  return {
    log: [
      ...told.flatMap(linesOf),
      ...notes.map((note) => workflowCommand({ command: "notice", properties: TITLE, message: note })),
      ...failed.map(({ headSha, error }) =>
        errorLine(`${shortSha(headSha)}: ${sentenceOf(error)}${byToken && isDenied(error) ? DENIED : ""}`),
      ),
    ],
    summary: summaryOf(told, notes),
    outputs: { conclusion: conclusionOf(result) },
    blocked: told.some((one) => one.status === "told" && one.published.some(({ passes }) => !passes)),
    failed: failed.length > 0,
  };
}

const DENIED =
  " Give the workflow the permissions that docs/action.md lists; what no workflow may see, as a merge queue, only your App sees (app-id and private-key).";

function isDenied(error: unknown): boolean {
  return error instanceof GitHubProblem && error.problem.code === "github/permission";
}

const TITLE = { title: "Countersign" } as const;

/** One line that the runner shows as an error. */
export function errorLine(message: string): string {
  return workflowCommand({ command: "error", properties: TITLE, message });
}

/** What went wrong, for whoever reads the log: with what to do about it, without secrets. */
export function sentenceOf(error: unknown): string {
  if (error instanceof AggregateError)
    return [error.message, ...error.errors.map(sentenceOf)].map(asSentence).join(" ");
  if (error instanceof GitHubProblem) {
    const { message, remedy } = error.problem;
    return `${asSentence(forToken(message))} ${forToken(remedy)}`;
  }
  return redact(forToken(error instanceof Error ? error.message : String(error)));
}

function linesOf(told: Told): readonly string[] {
  if (told.status !== "told") {
    const taken = told.status === "unused" && told.takenBack;
    return taken ? [neutralLine(`${shortSha(told.headSha)}: no open pull request is judged by it`)] : [];
  }
  const { judged, published, notApplied } = told;
  return [
    ...published.map(({ check, written }) => {
      const pulls = joinAnd(check.judged.map(({ pull }) => `#${pull}`)) || "no pull request";
      const kept = written ? "" : " (unchanged)";
      return neutralLine(
        `${pulls} at ${shortSha(judged.headSha)}, ${check.name}: ${check.conclusion}${kept}: ${check.explanation.title}`,
      );
    }),
    ...notApplied
      .flatMap(({ pull, labels, notAsked }) => [
        ...(labels === null ? [] : [`#${pull}: labels could not be set: ${sentenceOf(labels)}`]),
        ...notAsked.map(({ reviewer, reason }) => `#${pull}: ${reviewer} could not be asked: ${reason}`),
      ])
      .map((line) => neutralLine(redact(line))),
  ];
}

function hiddenTeams(told: readonly Told[]): readonly string[] {
  const names = told.flatMap((one) =>
    one.status !== "told"
      ? []
      : one.judged.findings.judged.flatMap(({ snapshot }) =>
          snapshot === null ? [] : unseenTeams(snapshot),
        ),
  );
  return [...new Set(names)].toSorted();
}

function hiddenSentence(teams: readonly string[]): string {
  return `Nobody can countersign through ${joinAnd(teams)}: the token of a workflow does not see who is in a team. Give the action your App (app-id and private-key), or a token that can read the organization's members.`;
}

function summaryOf(told: readonly Told[], notes: readonly string[]): string {
  const parts = told.flatMap((one) =>
    one.status !== "told"
      ? []
      : one.published.slice(0, 1).map(({ check: { explanation, judged } }) => {
          const pulls = joinAnd(judged.map(({ pull }) => `#${pull}`));
          return `## Countersign: ${pulls}\n\n${explanation.summary}\n\n${explanation.text}`;
        }),
  );
  const text = [...notes.map(neutralLine), ...parts].join("\n\n");
  if (text.length <= LONGEST_SUMMARY) return `${text}\n`;
  return `${text.slice(0, LONGEST_SUMMARY).toWellFormed()}\n\n… The rest does not fit here.\n`;
}

function conclusionOf({ told, failed }: Result): string {
  if (failed.length > 0) return "failure";
  const verdicts = told.flatMap((one) =>
    one.status === "told" ? one.judged.findings.judged.map(({ verdict }) => verdict) : [],
  );
  const [first, ...others] = verdicts;
  return first === undefined ? "none" : strictest([first, ...others]).conclusion;
}
