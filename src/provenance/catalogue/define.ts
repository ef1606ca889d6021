import type { Strength } from "../evidence.ts";
import type { Doubt, IdentityField, Signal, SignalMark, TextField, Tool } from "./tool.ts";

const EVERY_FIELD: readonly IdentityField[] = ["author", "committer", "co-author"];
const EVERY_TEXT: readonly TextField[] = ["message", "body"];

/**
 * Checks the shape where the data is written. How far a mark may be trusted:
 * `certain`, an account, or an address that was seen in commits or in the tool's own source;
 * `strong`, a mark that was seen to be made by the tool, but that a person or another part of the product could make;
 * `weak`, a mark that only lists of other detectors tell of, that people make as well, or that asks for work.
 */
export function defineTool(tool: Tool): Tool {
  return tool;
}

/** Marks that share their strength and the place where they were seen. */
export function marks(
  strength: Strength,
  source: string,
  found: readonly SignalMark[],
  doubt?: Doubt,
): readonly Signal[] {
  return found.map((mark) => ({ ...mark, strength, source, ...(doubt === undefined ? {} : { doubt }) }));
}

/** An app's account and the two addresses GitHub gives it. */
export function bot(id: number, login: string): readonly SignalMark[] {
  return [account(id, login), ...botAddresses(id, login)];
}

/** The same for an app whose id is not known. */
export function namedBot(login: string): readonly SignalMark[] {
  return [
    { kind: "account", id: null, login, type: "Bot" },
    numberedAddress(`${login.toLowerCase()}@users.noreply.github.com`),
  ];
}

/** An app's account; `slug` where its login is not the slug with `[bot]`. */
export function account(id: number, login: string, slug?: string): SignalMark {
  const mark = { kind: "account", id, login, type: "Bot" } as const;
  return slug === undefined ? mark : { ...mark, slug };
}

/** The addresses alone, for an app whose account is named elsewhere or also does other work. */
export function botAddresses(id: number, login: string): readonly SignalMark[] {
  const plain = `${login.toLowerCase()}@users.noreply.github.com`;
  return [address(`${id}+${plain}`), address(plain)];
}

/** A user account that only the tool has, and its address. */
export function user(id: number, login: string): readonly SignalMark[] {
  return [
    { kind: "account", id, login, type: "User" },
    address(`${id}+${login.toLowerCase()}@users.noreply.github.com`),
  ];
}

export function address(email: string, fields = EVERY_FIELD): SignalMark {
  return { kind: "email", email, fields };
}

/** An address from which people write too: it counts under a display name that begins so. */
export function addressNamed(named: string, email: string): SignalMark {
  return { kind: "email", email, fields: EVERY_FIELD, named };
}

/** An address that stays the tool's whatever number stands before it. */
export function numberedAddress(email: string, fields = EVERY_FIELD): SignalMark {
  return { kind: "email", email, fields, anyId: true };
}

/** A model by its name and version, as author or co-author under whatever address. */
export function name(pattern: string): SignalMark {
  return { kind: "name", pattern, fields: ["author", "co-author"] };
}

export function coAuthorName(whole: string): SignalMark {
  return { kind: "coauthor-name", name: whole };
}

export function line(pattern: string, texts = EVERY_TEXT): SignalMark {
  return { kind: "line", pattern, in: texts };
}

export function link(host: string, path: string): SignalMark {
  return { kind: "link", host, path, in: EVERY_TEXT };
}

export function trailer(key: string, value?: string): SignalMark {
  return value === undefined ? { kind: "trailer", key } : { kind: "trailer", key, value };
}

export function branch(pattern: string): SignalMark {
  return { kind: "branch", pattern };
}

/** Labels are put on by people, as a request: always weak. */
export function label(text: string): SignalMark {
  return { kind: "label", label: text };
}
