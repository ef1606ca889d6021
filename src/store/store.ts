import type { FollowUps } from "./follow-up.ts";
import type { Jobs } from "./jobs.ts";
import type { AuditCursors, LedgerKeeping, LedgerReader, LedgerWriter } from "./ledger.ts";
import type { Memory } from "./memory.ts";
import type { NoticeMemory } from "./notices.ts";
import type { PageMemory } from "./pages.ts";
import type { Passes } from "./passes.ts";
import type { PasskeyMemory } from "./passkeys.ts";
import type { ProtectionMemory } from "./protection.ts";
import type { ServerMemory } from "./server.ts";
import type { SigningKeyMemory } from "./signing-keys.ts";
import type { TimeMemory } from "./time.ts";
import type { WatchMemory } from "./watch.ts";

/**
 * The durable inbox, the app's memory and the ledger. Every write is on disk when its promise resolves, but for who
 * works on a job and how that went: after a power cut a job may be done again, and is never lost.
 */
export interface Store
  extends Jobs,
    Memory,
    FollowUps,
    Passes,
    ProtectionMemory,
    ServerMemory,
    TimeMemory,
    WatchMemory,
    NoticeMemory,
    SigningKeyMemory,
    LedgerWriter,
    LedgerKeeping,
    AuditCursors,
    LedgerReader,
    PasskeyMemory,
    PageMemory {
  /** Calls `wake` when another process that shares the store put something into the queue, or in doubt. */
  onNews(wake: () => void): void;
  close(): Promise<void>;
}
