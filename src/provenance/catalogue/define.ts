import type { Strength } from "../evidence.ts";
import type { IdentityField, Signal, SignalMark, TextField, Tool } from "../tool.ts";

const EVERY_FIELD: readonly IdentityField[] = ["author", "committer", "co-author"];
const EVERY_TEXT: readonly TextField[] = ["message", "body"];

/** Checks the shape where the data is written. */
export function defineTool(tool: Tool): Tool {
  return tool;
}

/** Marks that share their strength and the place where they were seen. */
export function marks(strength: Strength, source: string, found: readonly SignalMark[]): readonly Signal[] {
  return found.map((mark) => ({ ...mark, strength, source }));
}

/** An app's account and the two addresses GitHub gives it. */
export function bot(id: number, login: string): readonly SignalMark[] {
  return [{ kind: "account", id, login, type: "Bot" }, ...botAddresses(id, login)];
}

/** The addresses alone, for an app whose account also does other work. */
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

/** An address that stays the tool's whatever number stands before it. */
export function numberedAddress(email: string, fields = EVERY_FIELD): SignalMark {
  return { kind: "email", email, fields, anyId: true };
}

export function line(pattern: string, texts = EVERY_TEXT): SignalMark {
  return { kind: "line", pattern, in: texts };
}

export function trailer(key: string, value?: string): SignalMark {
  return value === undefined ? { kind: "trailer", key } : { kind: "trailer", key, value };
}

export function branch(pattern: string): SignalMark {
  return { kind: "branch", pattern };
}
