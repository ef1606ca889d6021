import type { Account } from "../../signoff/snapshot.ts";
import type { LedgerEntry } from "../../store/ledger.ts";
import type { KeyState } from "../../store/passkeys.ts";
import type { Offered } from "./offers.ts";

interface KeyEvent {
  readonly event: "enrolled" | "enrolled-by-code" | "vouched" | "removed" | "signed";
  readonly at: string;
  readonly by: Account;
  /** The key that was used, or is new. */
  readonly key: string;
  readonly state: KeyState;
  readonly challenge: string;
}

/** What became of keys, and what was signed with them: which decision, over which digests, by which hash. */
export function keyEntry(
  { on: repository, statement: { decision, change } }: Offered,
  { at, challenge, ...told }: KeyEvent,
): LedgerEntry {
  return {
    ...{ at, repository, kind: "key" },
    ...{ pull: change?.pull ?? null, headSha: change?.head ?? null },
    data: {
      ...{ ...told, statement: challenge, decision },
      ...(change && { areas: change.areas.map(({ name, digest }) => ({ name, digest })) }),
    },
  };
}
