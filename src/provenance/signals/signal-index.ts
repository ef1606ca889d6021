import type { Strength } from "../evidence.ts";
import { compile } from "../text/safe-pattern.ts";
import type { Signal, TextField, Tool } from "../tool/tool.ts";
import { isOf } from "../tool/tool.ts";
import {
  type CompiledSignal,
  type EmailSignal,
  group,
  type IdentitySignal,
  type IndexedSignal,
  type PatternSignal,
} from "./compiled-signal.ts";
import { indexText, type TextIndex } from "./text-index.ts";

/** All signals of all tools, arranged so that a look-up costs little and patterns are compiled once. */
export interface SignalIndex {
  readonly accounts: ReadonlyMap<number, readonly CompiledSignal[]>;
  /** Bots by login without `[bot]`, for those whose id is not known or differs, as it does on other servers. */
  readonly bots: ReadonlyMap<string, readonly CompiledSignal[]>;
  /** Apps by slug. */
  readonly apps: ReadonlyMap<string, readonly CompiledSignal[]>;
  readonly emails: ReadonlyMap<string, readonly EmailSignal[]>;
  /** Addresses that may have any `123+` before them. */
  readonly numberedEmails: ReadonlyMap<string, readonly EmailSignal[]>;
  readonly coAuthorNames: ReadonlyMap<string, readonly CompiledSignal[]>;
  readonly names: readonly (IdentitySignal & PatternSignal)[];
  readonly nameSuffixes: readonly (IdentitySignal & { readonly suffix: string })[];
  readonly texts: Readonly<Record<TextField, TextIndex>>;
  readonly branches: readonly PatternSignal[];
  readonly labels: ReadonlyMap<string, readonly CompiledSignal[]>;
  /** By the name of the event in GitHub's timeline. */
  readonly events: ReadonlyMap<string, readonly CompiledSignal[]>;
}

export function indexSignals(tools: readonly Tool[]): SignalIndex {
  const placed = tools.flatMap(({ tool, signals }) =>
    signals.map((signal): IndexedSignal => ({ signal, compiled: compiledSignal(tool, signal) })),
  );
  const of = <Kind extends Signal["kind"]>(kind: Kind) =>
    placed.flatMap(({ signal, compiled }) => (isOf(kind, signal) ? [{ signal, compiled }] : []));
  const accounts = of("account");
  const emails = of("email").map(({ signal: { email, fields, named, anyId }, compiled }) => ({
    email,
    anyId: anyId ?? false,
    compiled: { ...compiled, fields, ...(named === undefined ? {} : { named }) },
  }));
  return {
    accounts: group(accounts, ({ signal: { id } }) => id),
    bots: group(accounts, ({ signal: { login, type } }) => (type === "Bot" ? botName(login) : null)),
    apps: group(
      accounts.map(({ signal, compiled }) => ({
        signal,
        compiled: { ...compiled, strength: opened(compiled) },
      })),
      ({ signal }) => slugOf(signal),
    ),
    emails: group(emails, ({ email }) => email),
    numberedEmails: group(emails, ({ email, anyId }) => (anyId ? email : null)),
    coAuthorNames: group(of("coauthor-name"), ({ signal }) => signal.name),
    names: of("name").map(({ signal, compiled }) => ({
      ...compiled,
      fields: signal.fields,
      pattern: compile(signal.pattern),
    })),
    nameSuffixes: of("name-suffix").map(({ signal: { suffix, fields }, compiled }) => ({
      ...compiled,
      suffix,
      fields,
    })),
    texts: { message: indexText(placed, "message"), body: indexText(placed, "body") },
    branches: of("branch").map(({ signal, compiled }) => ({ ...compiled, pattern: compile(signal.pattern) })),
    labels: group(of("label"), ({ signal }) => signal.label),
    events: eventSignals(tools),
  };
}

/** A bot's login as it is compared: REST writes `[bot]`, GraphQL does not. */
export function botName(login: string): string {
  return login.toLowerCase().replace(/\[bot\]$/, "");
}

function compiledSignal(tool: string, { strength, unreliable }: Signal): CompiledSignal {
  return unreliable === undefined ? { tool, strength } : { tool, strength, unreliable };
}

/** Somebody may also open by the tool's app what the tool did not write. */
function opened({ strength }: CompiledSignal): Strength {
  return strength === "certain" ? "strong" : strength;
}

function slugOf(account: Extract<Signal, { kind: "account" }>): string | null {
  if (account.type !== "Bot") return null;
  return ("slug" in account ? account.slug : undefined) ?? botName(account.login);
}

function eventSignals(tools: readonly Tool[]): SignalIndex["events"] {
  const events = tools.flatMap(({ tool, requests }) => {
    const event = requests?.timelineEvent;
    return event === undefined
      ? []
      : [{ event, compiled: { tool, strength: "weak" } satisfies CompiledSignal }];
  });
  return group(events, ({ event }) => event);
}
