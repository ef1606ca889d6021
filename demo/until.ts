import { setTimeout as pause } from "node:timers/promises";

const EVERY_MS = 25;

export interface Patience {
  /** Follows "waiting for". */
  readonly what: string;
  readonly withinMs: number;
}

/** Polls until the condition holds. A condition that throws does not hold. */
export async function until(holds: () => Promise<boolean>, { what, withinMs }: Patience): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await holds().catch(() => false))) {
    if (performance.now() > end) throw new Error(`timed out after ${withinMs / 1000} s waiting for ${what}`);
    await pause(EVERY_MS);
  }
}
