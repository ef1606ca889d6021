import type { Json } from "./entry.ts";

/** What the entry of an erasure tells. */
export interface ErasureData {
  /** By the sequence numbers of the entries, the places in their data whose texts are gone. */
  readonly erased: Readonly<Record<string, readonly string[]>>;
  /** Why: by which request or law. */
  readonly because: string;
}

/** What the entry of a checkpoint tells: earlier entries may be removed, up to one. */
export interface CheckpointData {
  /** The last entry that may be removed. */
  readonly through: number;
  /** Its hash, which the first entry that is kept follows. */
  readonly hash: string;
  /** When it was written: none that was written later is removed. ISO 8601. */
  readonly before: string;
  /** By the App's own key over the fields above; left out where it has none. */
  readonly signature?: Json;
}

export function erasureIn(data: Json): ErasureData | null {
  const { erased, because } = fieldsOf(data);
  if (typeof because !== "string" || erased === null || typeof erased !== "object") return null;
  return data as unknown as ErasureData;
}

export function checkpointIn(data: Json): CheckpointData | null {
  const { through, hash, before } = fieldsOf(data);
  if (typeof through !== "number" || typeof hash !== "string" || typeof before !== "string") return null;
  return data as unknown as CheckpointData;
}

function fieldsOf(data: Json): Readonly<Record<string, Json | undefined>> {
  if (data === null || typeof data !== "object" || Array.isArray(data)) return {};
  return data as Readonly<Record<string, Json>>;
}
