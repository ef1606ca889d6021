/** That people are to be told of something, each address by itself. */
export interface NewNotice {
  /** The name of the address. */
  readonly target: string;
  /** Names what happened: of one thing an address is told once. */
  readonly key: string;
  /** What is told. */
  readonly record: string;
  /** Makes room before others do. */
  readonly routine: boolean;
}

/** One that is in work. */
export interface ClaimedNotice extends Pick<NewNotice, "target" | "key" | "record"> {
  /** Tries so far, this one included. */
  readonly attempts: number;
}

/** How many there are of an address. */
export interface NoticeCount {
  readonly target: string;
  readonly notices: number;
}

/**
 * What people have still to be told. An address is told of one thing after the other, in the order in which they were
 * noted; what was told is kept for a time, so that it is not told again.
 */
export interface NoticeMemory {
  /**
   * Notes what is to be told from `dueAt` on. Beyond what is kept of an address the oldest are dropped, routine ones
   * first. Answers how many that were.
   */
  noteNotices(
    notices: readonly NewNotice[],
    when: { readonly now: Date; readonly dueAt: Date },
  ): Promise<readonly NoticeCount[]>;
  /** What was noted for later and not tried is due now. */
  releaseNotices(keys: readonly string[], now: Date): Promise<void>;
  /** What was noted for later and not tried did not happen. */
  withdrawNotices(keys: readonly string[]): Promise<void>;
  /** The first of an address, if it is due, for nobody else to take until `now + leaseMs`. */
  claimNotice(target: string, now: Date, leaseMs: number): Promise<ClaimedNotice | null>;
  /** When the first of an address falls due; `null` where none waits. */
  noticeDueAt(target: string): Promise<Date | null>;
  noticeSent(notice: ClaimedNotice, now: Date): Promise<void>;
  retryNotice(notice: ClaimedNotice, at: Date): Promise<void>;
  /** Gives up what was noted before `since` and not told yet. Answers how many that were. */
  giveUpNotices(since: Date, now: Date): Promise<readonly NoticeCount[]>;
  /** Forgets what was told, dropped or given up before. */
  forgetNotices(before: Date): Promise<void>;
  /** How many wait. */
  waitingNotices(): Promise<readonly NoticeCount[]>;
}
