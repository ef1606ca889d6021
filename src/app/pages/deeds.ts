import { randomInt } from "node:crypto";
import { type ReadCommand, readCommand } from "../../signoff/authority/read-command.ts";
import type { Account, CommandComment, Snapshot } from "../../signoff/snapshot.ts";
import type { Verdict } from "../../signoff/verdict.ts";
import type { PageCommand } from "../../store/memory.ts";
import type { RepositoryRef } from "../../store/repository.ts";
import type { Store } from "../../store/store.ts";

/** What somebody typed in to have something done. */
export interface Typed {
  readonly kind: PageCommand;
  /** The whole id of a commit, as the page showed it. */
  readonly sha: string;
  readonly reason: string;
  readonly area: string;
  /** A day or a moment, as in a comment. */
  readonly until: string;
}

/** The line that a comment would hold. It is read by the very reader of comments, so that both mean the same. */
function lineOf({ kind, sha, reason, area, until }: Typed): string {
  const words = reason.trim();
  switch (kind) {
    case "override":
    case "accept":
      return `/countersign ${kind} ${sha} ${words}`;
    case "withdraw":
      return "/countersign withdraw";
    case "freeze":
      return `/countersign freeze ${area} until ${until} ${words}`;
    case "unfreeze":
      return `/countersign unfreeze ${area}`;
  }
}

const WHOLE_ID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** Why it cannot be said; `null` where it can. A clause that follows "it". */
export function malformedBecause(typed: Typed): string | null {
  const line = lineOf(typed);
  if (/[\r\n]/.test(line)) return "holds more than one line";
  const read: ReadCommand = readCommand(line);
  if (read.status === "malformed") return read.because;
  const isMeant = read.status === "command" && read.command.kind === typed.kind;
  if (!isMeant) return "is no command";
  const isAboutCommit = typed.kind === "override" || typed.kind === "accept";
  return isAboutCommit && !WHOLE_ID.test(typed.sha) ? "does not name a whole commit" : null;
}

export interface Deed {
  readonly kind: PageCommand;
  readonly comment: CommandComment;
}

/** It as a comment, with an id that GitHub gives none, and that no other deed has had. GitHub's times are of whole seconds. */
export function deedOf(typed: Typed, by: Account, now: Date): Deed {
  const id = -(now.getTime() * 1000 + randomInt(1000));
  const at = `${now.toISOString().slice(0, "2026-01-01T00:00:00".length)}Z`;
  return { kind: typed.kind, comment: { id, by, at, body: lineOf(typed) } };
}

/** The snapshot as it would be read with it. */
export function withDeed(snapshot: Snapshot, { comment }: Deed): Snapshot {
  const { commands = [], authority } = snapshot;
  const permissions = { [comment.by.id]: "write" as const, ...authority.permissions };
  return { ...snapshot, commands: [...commands, comment], authority: { ...authority, permissions } };
}

export type WhatComes =
  | { readonly status: "refused"; readonly because: string }
  /** `says`: what is still missing, or `null`. */
  | { readonly status: "counts" | "awaits-passkey"; readonly says: string | null };

/** What comes of it, by a verdict with it. */
export function whatComes({ comment }: Deed, { toRecord, passkeys }: Verdict): WhatComes {
  const outcome = toRecord.commands?.find(({ commentId }) => commentId === comment.id);
  if (outcome === undefined) {
    const isAwaited = passkeys?.awaited.some(
      ({ decision }) => "commentId" in decision && decision.commentId === comment.id,
    );
    return isAwaited === true
      ? { status: "awaits-passkey", says: null }
      : { status: "refused", because: NOTHING };
  }
  const { override, withdrawal, freeze, lift, answer } = outcome;
  const isSomething = [override, withdrawal, freeze, lift].some((part) => part !== undefined);
  if (isSomething) return { status: "counts", says: answer ?? null };
  return { status: "refused", because: answer ?? "You may do nothing here." };
}

const NOTHING = "Nothing comes of it while the change cannot be evaluated. Its check says what to fix.";

/** Where it is said: at a pull request, or at the issue of a follow-up. */
export interface Place {
  readonly on: RepositoryRef;
  readonly number: number;
  readonly isIssue: boolean;
}

/** Notes it like a comment that was heard; what waits is carried out by whoever judges next. */
export async function noteDeed(
  store: Pick<Store, "accept">,
  { on, number, isIssue }: Place,
  { deed: { kind, comment }, now }: { readonly deed: Deed; readonly now: Date },
): Promise<void> {
  const { id: commentId, by, at, body } = comment;
  const { installationId, repositoryId, owner, repo } = on;
  const about = { installationId, repositoryId, owner, repo };
  const heard = { commentId, account: by.id, login: by.login, said: { body, at, onPage: kind } };
  await store.accept(
    { id: `page${commentId}`, event: "page", action: kind },
    {
      about,
      commands: [{ pull: number, ...heard }],
      tasks: [{ kind: "command", pull: number, ...about, ...(isIssue && { issue: true as const }) }],
    },
    now,
  );
}
