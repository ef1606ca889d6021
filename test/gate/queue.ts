import { z } from "zod";

export interface Queue {
  /** All jobs, those put off until later included. */
  readonly jobs: number;
  /** Jobs that are due or in work. */
  readonly active: number;
}

const queue = z.object({ jobs: z.int(), active: z.int() });

/** How the queue of a running app stands, where its readiness is told. Throws where the store does not answer. */
export async function queueAt(address: string): Promise<Queue> {
  const ask = () => fetch(`${address}/readyz`);
  // On a busy machine the app may close a connection that idled just as it is used again.
  return queue.parse(await (await ask().catch(ask)).json());
}

/** The value of a metric, of the given labels where it has some. Throws where it was never set. */
export function metric(text: string, name: string, labels = ""): number {
  const line = text.split("\n").find((each) => each.startsWith(`${name}${labels} `));
  if (line === undefined) throw new Error(`${name}${labels} is not among the metrics`);
  return Number(line.slice(name.length + labels.length + 1));
}
