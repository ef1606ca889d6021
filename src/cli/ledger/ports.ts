import type { MemoryReader } from "../../store/memory.ts";
import { type OrFailed, withStore } from "../app-store.ts";
import type { Environment } from "../github/host.ts";
import type { Terminal } from "../terminal.ts";

/** What the commands over a ledger work with. */
export interface LedgerPorts {
  readonly terminal: Terminal;
  readonly environment: Environment;
}

/** Does the work with the App's ledger, which goes on meanwhile. Throws a `Failure` where it cannot be read. */
export function withLedger<Result>(
  { terminal: { directory }, environment }: LedgerPorts,
  command: string,
  work: (reader: MemoryReader, orFailed: OrFailed) => Promise<Result>,
): Promise<Result> {
  return withStore({ directory, environment, command: `ledger ${command}` }, work);
}
