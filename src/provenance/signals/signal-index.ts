import type { Signal, TextField, Tool } from "../catalogue/tool.ts";
import type { Strength } from "../evidence.ts";
import {
  compile,
  type EmailMark,
  group,
  type IdentityMark,
  isOf,
  type Mark,
  type PatternMark,
  type Placed,
} from "./compiled-signal.ts";
import { indexText, type TextIndex } from "./text-index.ts";

/** All signals of all tools, arranged so that a look-up costs little and patterns are compiled once. */
export interface SignalIndex {
  readonly accounts: ReadonlyMap<number, readonly Mark[]>;
  /** Bots by login without `[bot]`, for those whose id is not known or differs, as it does on other servers. */
  readonly bots: ReadonlyMap<string, readonly Mark[]>;
  /** Apps by slug. */
  readonly apps: ReadonlyMap<string, readonly Mark[]>;
  readonly emails: ReadonlyMap<string, readonly EmailMark[]>;
  /** Addresses that may have any `123+` before them. */
  readonly numberedEmails: ReadonlyMap<string, readonly EmailMark[]>;
  readonly coAuthorNames: ReadonlyMap<string, readonly Mark[]>;
  readonly names: readonly (IdentityMark & PatternMark)[];
  readonly nameSuffixes: readonly (IdentityMark & { readonly suffix: string })[];
  readonly texts: Readonly<Record<TextField, TextIndex>>;
  readonly branches: readonly PatternMark[];
  readonly labels: ReadonlyMap<string, readonly Mark[]>;
  /** By the name of the event in GitHub's timeline. */
  readonly events: ReadonlyMap<string, readonly Mark[]>;
}

export function indexSignals(tools: readonly Tool[]): SignalIndex {
  const placed = tools.flatMap(({ tool, signals }) =>
    signals.map((signal): Placed => ({ signal, mark: markOf(tool, signal) })),
  );
  const of = <Kind extends Signal["kind"]>(kind: Kind) =>
    placed.flatMap(({ signal, mark }) => (isOf(kind, signal) ? [{ signal, mark }] : []));
  const accounts = of("account");
  const emails = of("email").map(({ signal: { email, fields, named, anyId }, mark }) => ({
    email,
    anyId: anyId ?? false,
    mark: { ...mark, fields, ...(named === undefined ? {} : { named }) },
  }));
  return {
    accounts: group(accounts, ({ signal: { id } }) => id),
    bots: group(accounts, ({ signal: { login, type } }) => (type === "Bot" ? botName(login) : null)),
    apps: group(
      accounts.map(({ signal, mark }) => ({ signal, mark: { ...mark, strength: opened(mark) } })),
      ({ signal }) => slugOf(signal),
    ),
    emails: group(emails, ({ email }) => email),
    numberedEmails: group(emails, ({ email, anyId }) => (anyId ? email : null)),
    coAuthorNames: group(of("coauthor-name"), ({ signal }) => signal.name),
    names: of("name").map(({ signal, mark }) => ({
      ...mark,
      fields: signal.fields,
      pattern: compile(signal.pattern),
    })),
    nameSuffixes: of("name-suffix").map(({ signal: { suffix, fields }, mark }) => ({
      ...mark,
      suffix,
      fields,
    })),
    texts: { message: indexText(placed, "message"), body: indexText(placed, "body") },
    branches: of("branch").map(({ signal, mark }) => ({ ...mark, pattern: compile(signal.pattern) })),
    labels: group(of("label"), ({ signal }) => signal.label),
    events: eventMarks(tools),
  };
}

/** A bot's login as it is compared: REST writes `[bot]`, GraphQL does not. */
export function botName(login: string): string {
  return login.toLowerCase().replace(/\[bot\]$/, "");
}

function markOf(tool: string, { strength, doubt }: Signal): Mark {
  return doubt === undefined ? { tool, strength } : { tool, strength, doubt };
}

/** Somebody may also open by the tool's app what the tool did not write. */
function opened({ strength }: Mark): Strength {
  return strength === "certain" ? "strong" : strength;
}

function slugOf(account: Extract<Signal, { kind: "account" }>): string | null {
  if (account.type !== "Bot") return null;
  return ("slug" in account ? account.slug : undefined) ?? botName(account.login);
}

function eventMarks(tools: readonly Tool[]): SignalIndex["events"] {
  const marks = tools.flatMap(({ tool, requests }) => {
    const event = requests?.timelineEvent;
    return event === undefined ? [] : [{ event, mark: { tool, strength: "weak" } satisfies Mark }];
  });
  return group(marks, ({ event }) => event);
}
