import { setTimeout as pause } from "node:timers/promises";

const EVERY_MS = 25;

export interface Patience {
  /** Follows "waited for". */
  readonly what: string;
  readonly withinMs: number;
}

/** Asks again and again until the answer is yes. A question that throws counts as no. */
export async function until(holds: () => Promise<boolean>, { what, withinMs }: Patience): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await holds().catch(() => false))) {
    if (performance.now() > end) throw new Error(`waited ${withinMs / 1000} s for ${what}, in vain`);
    await pause(EVERY_MS);
  }
}
