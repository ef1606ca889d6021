import type { Strength } from "../evidence.ts";
import type {
  CataloguedTool,
  IdentityField,
  Signal,
  SignalMatcher,
  TextField,
  UnreliablePeriod,
} from "./tool.ts";

const EVERY_FIELD: readonly IdentityField[] = ["author", "committer", "co-author"];
const EVERY_TEXT: readonly TextField[] = ["message", "body"];

/**
 * Checks the shape where the data is written. How far a signal may be trusted:
 * `certain`, an account, or an address that was seen in commits or in the tool's own source;
 * `strong`, a signal that was seen to be made by the tool, but that a person or another part of the product could make;
 * `weak`, a signal that only lists of other detectors name, that people make as well, or that asks for work.
 */
export function defineTool(tool: CataloguedTool): CataloguedTool {
  const labels = tool.requests?.labels ?? [];
  const asked = signals("weak", `${tool.tool}'s documentation: people ask for work by it`, labels.map(label));
  return asked.length === 0 ? tool : { ...tool, signals: [...tool.signals, ...asked] };
}

/** Signals that share their strength and the place where they were seen. */
export function signals(
  strength: Strength,
  source: string,
  matchers: readonly SignalMatcher[],
  unreliable?: UnreliablePeriod,
): readonly Signal[] {
  return matchers.map((matcher) => ({
    ...matcher,
    strength,
    source,
    ...(unreliable === undefined ? {} : { unreliable }),
  }));
}

/** An app's account and the two addresses GitHub gives it. */
export function bot(id: number, login: string): readonly SignalMatcher[] {
  return [account(id, login), ...botAddresses(id, login)];
}

/** The same for an app whose id is not known. */
export function namedBot(login: string): readonly SignalMatcher[] {
  return [
    { kind: "account", id: null, login, type: "Bot" },
    numberedAddress(`${login.toLowerCase()}@users.noreply.github.com`),
  ];
}

/** An app's account; `slug` where its login is not the slug with `[bot]`. */
export function account(id: number, login: string, slug?: string): SignalMatcher {
  const matcher = { kind: "account", id, login, type: "Bot" } as const;
  return slug === undefined ? matcher : { ...matcher, slug };
}

/** The addresses alone, for an app whose account is named elsewhere or also does other work. */
export function botAddresses(id: number, login: string): readonly SignalMatcher[] {
  const plain = `${login.toLowerCase()}@users.noreply.github.com`;
  return [address(`${id}+${plain}`), address(plain)];
}

/** A user account that only the tool has, and its address. */
export function user(id: number, login: string): readonly SignalMatcher[] {
  return [
    { kind: "account", id, login, type: "User" },
    address(`${id}+${login.toLowerCase()}@users.noreply.github.com`),
  ];
}

export function address(email: string, fields = EVERY_FIELD): SignalMatcher {
  return { kind: "email", email, fields };
}

/** An address from which people write too: it counts under a display name that begins so. */
export function addressNamed(named: string, email: string): SignalMatcher {
  return { kind: "email", email, fields: EVERY_FIELD, named };
}

/** An address that stays the tool's whatever number stands before it. */
export function numberedAddress(email: string, fields = EVERY_FIELD): SignalMatcher {
  return { kind: "email", email, fields, anyId: true };
}

/** A model by its name and version, under whatever address. */
export function name(pattern: string, fields: readonly IdentityField[]): SignalMatcher {
  return { kind: "name", pattern, fields };
}

export function coAuthorName(whole: string): SignalMatcher {
  return { kind: "coauthor-name", name: whole };
}

export function line(pattern: string, texts = EVERY_TEXT): SignalMatcher {
  return { kind: "line", pattern, in: texts };
}

export function link(host: string, path: string): SignalMatcher {
  return { kind: "link", host, path, in: EVERY_TEXT };
}

export function trailer(key: string, value?: string): SignalMatcher {
  return value === undefined ? { kind: "trailer", key } : { kind: "trailer", key, value };
}

export function branch(pattern: string): SignalMatcher {
  return { kind: "branch", pattern };
}

/** Labels are put on by people, as a request: always weak. */
export function label(text: string): SignalMatcher {
  return { kind: "label", label: text };
}
