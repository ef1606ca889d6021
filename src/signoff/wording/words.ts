import { type OwnerRef, showOwner } from "../../ownership/owner.ts";
import type { Problem } from "../../policy/problem.ts";
import type { Account } from "../snapshot.ts";
import type { Contributor, Signer } from "../verdict.ts";
import { escapeInvisible, quote, truncateMiddle } from "./visible.ts";

/** The parts of sentences: plain text, safe to print. */

export function shortSha(sha: string): string {
  return escapeInvisible(sha).slice(0, 7);
}

export function mention({ login }: { readonly login: string }): string {
  return `@${truncateMiddle(escapeInvisible(login))}`;
}

export function signerName(signer: Signer): string {
  return `${mention(signer)}${signer.busy ? " (busy)" : ""}`;
}

export function mentionOrUnknown(account: Account | null): string {
  return account === null ? "somebody unknown" : mention(account);
}

export function ownerNames(owners: readonly OwnerRef[]): string {
  if (owners.length === 0) return "nobody";
  return joinOr(owners.map((owner) => truncateMiddle(escapeInvisible(showOwner(owner)))));
}

export function contributorName({ account, login, identity }: Contributor): string {
  if (account !== null) return mention(account);
  if (login !== undefined) return mention({ login });
  const told = [identity?.name ?? "", identity?.email ?? ""].filter((part) => part !== "");
  return told.length === 0 ? "somebody unknown" : told.map(quote).join(" ");
}

/** `file:line:column`, as far as it is known. */
export function placeOf({ file, line, column }: Problem): string {
  return [file, line, column].filter((part) => part !== undefined).join(":");
}

/** `a`, `a or b`, `a, b or c`. */
function joinOr(items: readonly string[]): string {
  return joined(items, "or");
}

/** `a`, `a and b`, `a, b and c`. */
export function joinAnd(items: readonly string[]): string {
  return joined(items, "and");
}

/** The first few, and how many more there are: `a, b and 3 more`. */
export function listFirst(items: readonly string[], most = 3): string {
  const left = items.length - most;
  return left <= 0 ? joinAnd(items) : andMore(items.slice(0, most), left);
}

/** The same for values that others chose, in quotes. */
export function listFirstQuoted(values: readonly string[], most = 3): string {
  const shown = values.slice(0, most).map(quote);
  const left = values.length - most;
  return left <= 0 ? joinAnd(shown) : andMore(shown, left);
}

function andMore(shown: readonly string[], left: number): string {
  return `${shown.join(", ")} and ${left} more`;
}

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function joined(items: readonly string[], word: string): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} ${word} ${items.at(-1)}`;
}

/** "2026-11-30 14:05 UTC" */
export function momentText(moment: string): string {
  return `${moment.slice(0, "2026-11-30T14:05".length).replace("T", " ")} UTC`;
}
