/** Whatever the machine: what waits for GitHub costs little, and one slow answer is not to hold everything up. */
const LEAST = 10;
const MOST = 30;
const STEP = 4;
const LOOK_MS = 500;
/** Of its time the main thread has been busy, between these it is left as it is. */
const IDLE = 0.6;
const BUSY = 0.85;
/** Beyond this, what is in work is not to grow: the whole process is to stay below 384 MB. */
const MEMORY = 256 * 1024 * 1024;

export interface Load {
  /** Of the time since it was asked for last, how much the main thread was busy: from 0 to 1. */
  readonly busy: () => number;
  /** Bytes that the process has of the machine's memory. */
  readonly memory: () => number;
  /** Milliseconds of a clock that nobody sets. */
  readonly now: () => number;
}

/**
 * How many jobs are in work at once: the more, the more the process only waits for GitHub; as few as it has to be where the
 * processor or the memory is what is short.
 */
export function atOnce({ busy, memory, now }: Load): () => number {
  let jobs = LEAST;
  let lookedAt = now();
  return () => {
    if (now() - lookedAt < LOOK_MS) return jobs;
    lookedAt = now();
    const share = busy();
    if (memory() > MEMORY) jobs = LEAST;
    else if (share > BUSY) jobs = Math.max(LEAST, jobs - STEP);
    else if (share < IDLE) jobs = Math.min(MOST, jobs + STEP);
    return jobs;
  };
}

/** Of this process. */
export function ownLoad(): Load {
  let before = performance.eventLoopUtilization();
  return {
    busy: () => {
      const now = performance.eventLoopUtilization();
      const { utilization } = performance.eventLoopUtilization(now, before);
      before = now;
      return utilization;
    },
    memory: () => process.memoryUsage.rss(),
    now: () => performance.now(),
  };
}
