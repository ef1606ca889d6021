import { CATALOGUE } from "../catalogue/catalogue.ts";
import { undecorated } from "../text/line.ts";
import { readLines } from "../text/lines.ts";

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
