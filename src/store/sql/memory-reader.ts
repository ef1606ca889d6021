import type { MemoryReader } from "../memory.ts";
import { adoptFrom } from "./adoption.ts";
import { sqlLedgerReader } from "./ledger.ts";
import { sqlMemory } from "./memory.ts";
import { repositoryCalled } from "./repositories.ts";
import { sqlSigningKeyReader } from "./signing-keys.ts";
import type { Database } from "./sql.ts";
import { sqlOutcomes } from "./watch.ts";

/** What is read beside the app, which may run meanwhile. */
export function sqlMemoryReader(database: Database): Omit<MemoryReader, "close"> {
  const { remember, recall, recallSameContent } = sqlMemory(database, adoptFrom([]));
  return {
    find: (owner, repo) => repositoryCalled(database, owner, repo),
    ...{ remember, recall, recallSameContent },
    ...sqlLedgerReader(database),
    ...sqlSigningKeyReader(database),
    ...sqlOutcomes(database),
  };
}
