import { type Budget, Stopped } from "../cli/backtest/budget.ts";
import type { OpenHead } from "../github/listing/open-heads.ts";
import { type Commit, type Told, tellOf, type Work } from "./commit.ts";
import type { Occasion } from "./occasion.ts";
import type { Bench } from "./ports.ts";
import { sweepOrder } from "./sweep-order.ts";

/** What became of a run. */
export interface Result {
  readonly told: readonly Told[];
  /** Commits that could not be judged or shown. */
  readonly failed: readonly { readonly headSha: string; readonly error: unknown }[];
  /** Why nothing was looked at, or not everything. */
  readonly remarks: readonly string[];
}

/** Does what an event asks for. @throws where not even the open pull requests can be listed */
export async function run(work: Work, occasion: Occasion, hour: Budget): Promise<Result> {
  switch (occasion.kind) {
    case "nothing":
      return nothing(`Nothing to do: ${occasion.because}.`);
    case "group":
      return one(work, await work.open(), occasion);
    case "left":
      return one(work, await work.open(), { kind: "head", headSha: occasion.headSha });
    case "pull":
      return ofPull(work, occasion, hour);
    case "sweep":
      return sweep(work, await work.open(), hour);
  }
}

const TRIES = 3;

/**
 * By its number alone: its head is looked up, and again where it was pushed to meanwhile. The last of the hour's requests
 * are for what people with rights do; what others do only makes the gate stricter, and waits.
 */
async function ofPull(
  work: Work,
  { number, by }: Extract<Occasion, { readonly kind: "pull" }>,
  hour: Budget,
): Promise<Result> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const bench = await work.open();
    const isLow = stopOf(hour) !== null;
    if (isLow && by !== null && !(await bench.github.mayWrite(work.repository, { ...by, account: by.id })))
      return nothing(`#${number} is left to the next sweep: most of the hour's requests are used up.`);
    const head = bench.open.find((one) => one.number === number);
    if (head === undefined) return nothing(`Nothing to do: #${number} is no open pull request here.`);
    const result = await one(work, bench, { kind: "head", headSha: head.headSha });
    if (!result.told.some(({ status }) => status === "moved")) return result;
  }
  return nothing(`#${number} is being pushed to: its next event will have it judged.`);
}

function nothing(because: string): Result {
  return { told: [], failed: [], remarks: [because] };
}

async function one(work: Work, bench: Bench, commit: Commit): Promise<Result> {
  try {
    return { told: [await tellOf(work, bench, commit)], failed: [], remarks: [] };
  } catch (error) {
    return { told: [], failed: [{ headSha: commit.headSha, error }], remarks: [] };
  }
}

/** Every open head, as far as the hour's requests go; the next sweep begins with what this one leaves. */
async function sweep(work: Work, bench: Bench, hour: Budget): Promise<Result> {
  const ordered = sweepOrder(bench.open, (head) => work.publisher.seenAt(head), work.now());
  const heads = [...new Set(ordered.map(({ headSha }: OpenHead) => headSha))];
  const results: Result[] = [];
  for (const [index, headSha] of heads.entries()) {
    const stopped = stopOf(hour);
    if (stopped !== null) {
      results.push(nothing(leftOver(heads.length - index, stopped)));
      break;
    }
    results.push(await one(work, bench, { kind: "head", headSha }));
  }
  return {
    told: results.flatMap(({ told }) => told),
    failed: results.flatMap(({ failed }) => failed),
    remarks: results.flatMap(({ remarks }) => remarks),
  };
}

/** Until when the hour's requests are used up, but for what is left to events; `null` where they are not. */
function stopOf(hour: Budget): string | null {
  try {
    hour.take();
    return null;
  } catch (error) {
    if (error instanceof Stopped && error.stop.kind === "quota") return error.stop.resetAt;
    throw error;
  }
}

function leftOver(count: number, until: string): string {
  return `${count} of the open pull requests' heads were not looked at: the hour's requests are used up until ${until}. Later sweeps look at them.`;
}
