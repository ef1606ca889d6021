import type { Json, LinkedEntry } from "../../../ledger/entry.ts";
import { open } from "../../../ledger/sealing.ts";

/** An entry with its texts in their places. */
export interface ToldEntry {
  readonly installation: number;
  readonly seq: number;
  /** ISO 8601: when the App wrote it, and GitHub's time of what it tells. */
  readonly at: string;
  readonly happenedAt: string | null;
  readonly repository: string | null;
  readonly pull: number | null;
  readonly head: string | null;
  readonly kind: string;
  readonly data: Json;
  readonly hash: string;
}

export function toldOf({ entry, texts, hash }: LinkedEntry): ToldEntry {
  const { installation, seq, at, happenedAt, repository, pull, headSha: head, kind, data } = entry;
  return {
    ...{ installation, seq, at, happenedAt, repository: repository?.name ?? null, pull, head, kind },
    ...{ data: open(data, texts), hash },
  };
}
