export interface Queue {
  /** All jobs, those put off until later included. */
  readonly jobs: number;
  /** Jobs that are due or in work. */
  readonly active: number;
}

/** How the queue of a running app stands, by its metrics. */
export async function queueAt(address: string): Promise<Queue> {
  const ask = () => fetch(`${address}/metrics`);
  // On a busy machine the app may close a connection that idled just as it is used again.
  const text = await (await ask().catch(ask)).text();
  return { jobs: metric(text, "countersign_jobs"), active: metric(text, "countersign_jobs_active") };
}

/** The value of a metric, of the given labels where it has some. Throws where it was never set. */
export function metric(text: string, name: string, labels = ""): number {
  const line = text.split("\n").find((each) => each.startsWith(`${name}${labels} `));
  if (line === undefined) throw new Error(`${name}${labels} is not among the metrics`);
  return Number(line.slice(name.length + labels.length + 1));
}
