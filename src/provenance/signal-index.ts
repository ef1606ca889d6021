import type { Strength } from "./evidence.ts";
import type { IdentityField, Signal, TextField, Tool } from "./tool.ts";

/** A mark that matched: whose it is and how far it may be trusted. */
export interface Mark {
  readonly tool: string;
  readonly strength: Strength;
}

export interface IdentityMark extends Mark {
  readonly fields: readonly IdentityField[];
}

export interface PatternMark extends Mark {
  readonly pattern: RegExp;
}

/** All signals of all tools, arranged so that identities cost one look-up and patterns are compiled once. */
export interface SignalIndex {
  readonly accounts: ReadonlyMap<number, readonly Mark[]>;
  /** Bots whose id is not known, by login without `[bot]`. */
  readonly bots: ReadonlyMap<string, readonly Mark[]>;
  readonly emails: ReadonlyMap<string, readonly IdentityMark[]>;
  /** Addresses that may have any `123+` before them. */
  readonly numberedEmails: ReadonlyMap<string, readonly IdentityMark[]>;
  readonly coAuthorNames: ReadonlyMap<string, readonly Mark[]>;
  readonly nameSuffixes: readonly (IdentityMark & { readonly suffix: string })[];
  readonly trailers: ReadonlyMap<string, readonly PatternMark[]>;
  readonly lines: Readonly<Record<TextField, readonly PatternMark[]>>;
  readonly branches: readonly PatternMark[];
  readonly labels: ReadonlyMap<string, readonly Mark[]>;
}

const ANY_VALUE = "";

export function indexSignals(tools: readonly Tool[]): SignalIndex {
  const index = {
    accounts: new Map<number, Mark[]>(),
    bots: new Map<string, Mark[]>(),
    emails: new Map<string, IdentityMark[]>(),
    numberedEmails: new Map<string, IdentityMark[]>(),
    coAuthorNames: new Map<string, Mark[]>(),
    nameSuffixes: [] as (IdentityMark & { suffix: string })[],
    trailers: new Map<string, PatternMark[]>(),
    lines: { message: [] as PatternMark[], body: [] as PatternMark[] },
    branches: [] as PatternMark[],
    labels: new Map<string, Mark[]>(),
  };
  for (const { tool, signals } of tools) {
    for (const signal of signals) place(signal, { tool, strength: signal.strength });
  }
  return index;

  function place(signal: Signal, mark: Mark): void {
    switch (signal.kind) {
      case "account":
        if (signal.id === null) push(index.bots, botName(signal.login), mark);
        else push(index.accounts, signal.id, mark);
        return;
      case "email": {
        const placed = { ...mark, fields: signal.fields };
        push(index.emails, signal.email, placed);
        if (signal.anyId) push(index.numberedEmails, signal.email, placed);
        return;
      }
      case "coauthor-name":
        push(index.coAuthorNames, signal.name, mark);
        return;
      case "name-suffix":
        index.nameSuffixes.push({ ...mark, suffix: signal.suffix, fields: signal.fields });
        return;
      case "trailer":
        push(index.trailers, signal.key, { ...mark, pattern: compile(signal.value ?? ANY_VALUE) });
        return;
      case "line":
        for (const field of signal.in) index.lines[field].push({ ...mark, pattern: compile(signal.pattern) });
        return;
      case "branch":
        index.branches.push({ ...mark, pattern: compile(signal.pattern) });
        return;
      case "label":
        push(index.labels, signal.label, mark);
        return;
    }
  }
}

/** A bot's login as it is compared: REST writes `[bot]`, GraphQL does not. */
export function botName(login: string): string {
  return login.toLowerCase().replace(/\[bot\]$/, "");
}

function compile(source: string): RegExp {
  return new RegExp(source, "i");
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}
