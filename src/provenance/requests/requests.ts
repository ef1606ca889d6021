import { CATALOGUE } from "../catalogue/catalogue.ts";
import { readLines, undecorated } from "../text/lines.ts";

/** Somebody a tool names as the one who asked for its work. */
export interface NamedRequester {
  readonly tool: string;
  readonly login: string;
}

interface RequestLine {
  readonly tool: string;
  readonly pattern: RegExp;
  readonly beside: string | undefined;
}

const LINES: readonly RequestLine[] = CATALOGUE.flatMap(({ tool, requests }) =>
  (requests?.lines ?? []).map((source) => ({
    tool,
    pattern: new RegExp(source, "i"),
    beside: requests?.beside,
  })),
);

interface Command {
  readonly tool: string;
  readonly command: string;
  /** The word that, right after the command, asks for a review and no work. */
  readonly review: string | undefined;
}

const COMMANDS: readonly Command[] = CATALOGUE.flatMap(({ tool, requests }) =>
  (requests?.commands ?? []).map((command) => ({ tool, command, review: requests?.review })),
);

/** The events of GitHub's timeline by which somebody starts a tool. */
export const START_EVENTS: ReadonlySet<string> = new Set(
  CATALOGUE.flatMap(({ requests }) => requests?.timelineEvent ?? []),
);

/** Who asked, by the lines that tools write into the body of their pull requests. Logins as written. */
export function requestersNamedIn(text: string): readonly NamedRequester[] {
  const lower = text.toLowerCase();
  const named = new Map<string, NamedRequester>();
  for (const line of readLines(text)) {
    if (line.quoted) continue;
    const plain = undecorated(line.text);
    for (const { tool, pattern, beside } of LINES) {
      const login = pattern.exec(plain)?.[1];
      if (login === undefined || (beside !== undefined && !lower.includes(beside))) continue;
      named.set(`${tool} ${login.toLowerCase()}`, { tool, login });
    }
  }
  return [...named.values()];
}

/** The tools that a comment starts. Code and quotations start nothing. */
export function commandIn(comment: string): readonly string[] {
  const lines = readLines(comment)
    .filter(({ quoted }) => !quoted)
    .map(({ text }) =>
      withoutCodeSpans(text)
        .toLowerCase()
        .replaceAll(/\s{1,100}/g, " "),
    );
  const started = COMMANDS.filter((command) => lines.some((line) => starts(line, command)));
  return [...new Set(started.map(({ tool }) => tool))];
}

/** A code span ends with as many backticks as it began with; others are plain characters. */
function withoutCodeSpans(line: string): string {
  let plain = "";
  let from = 0;
  for (const { 0: ticks, index } of line.matchAll(/`{1,50}/g)) {
    if (index < from) continue;
    const close = line.indexOf(ticks, index + ticks.length);
    if (close < 0) continue;
    plain += `${line.slice(from, index)} `;
    from = close + ticks.length;
  }
  return plain + line.slice(from);
}

/** The command as a word of its own: not within a login, a path, a team or an address. */
function starts(line: string, { command, review }: Command): boolean {
  for (let at = line.indexOf(command); at >= 0; at = line.indexOf(command, at + 1)) {
    const before = line.slice(Math.max(0, at - 1), at);
    const after = line.slice(at + command.length);
    if (/[\w@/.:-]/.test(before) || /^(?:[\w/-]|\.\w)/.test(after)) continue;
    if (review === undefined || !asksForReview(after, review)) return true;
  }
  return false;
}

/** Nothing after the word but what the review is to look for. */
function asksForReview(after: string, review: string): boolean {
  const rest = after.trim();
  if (!rest.startsWith(review)) return false;
  return /^(?:|again|please|this|this pr|(?:this pr )?for (?:(?!\band\b).){1,200})[\s.!?]{0,10}$/.test(
    rest.slice(review.length).trim(),
  );
}
