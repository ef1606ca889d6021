import { AsyncLocalStorage } from "node:async_hooks";

/** What the job in work asks of GitHub, for whichever client does the asking. */
export interface Usage {
  readonly installationId: number;
  requests: number;
}

const current = new AsyncLocalStorage<Usage>();

/** Runs `work` and adds up in `usage` every request made on its behalf. */
export function accounted<T>(usage: Usage, work: () => Promise<T>): Promise<T> {
  return current.run(usage, work);
}

/** On whose behalf a request is being made; absent outside a job. */
export function currentUsage(): Usage | undefined {
  return current.getStore();
}
