import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Replica } from "../../test/chaos/replica.ts";
import { temporaryFolder } from "../../test/gate/app.ts";
import { deliverAll, type Message } from "../deliver.ts";
import { storeSize } from "../store-size.ts";
import { printTable } from "../table.ts";
import { type OpenPulls, openPulls } from "./open-pulls.ts";

export interface SoakSize {
  readonly deliveries: number;
  /** Open pull requests, always the same. */
  readonly pulls: number;
}

const APP = fileURLToPath(new URL("../../test/gate/turned-app.ts", import.meta.url));
const PARTS = 10;
const AT_ONCE = 20;
/** Deliveries between two turns of the clock. */
const BATCH = 200;
const DAY_MS = 86_400_000;
/** What is kept of deliveries for 30 days has reached its end in the second tenth. */
const DAYS_A_PART = 30;
const LOOK_AGAIN_MS = 20;
/** Of the heap, in the last tenth beside the second. */
const BOUND = 0.05;
const MB = 1024 * 1024;
const KB = 1024;

interface Part {
  readonly deliveries: number;
  /** Bytes of the main thread's heap after a collection. */
  readonly heap: number;
  /** Bytes for each open pull request, but for the ledger, which is there to grow. */
  readonly store: number;
  readonly ledger: number;
}

/**
 * What grows in an app that runs for long: the same deliveries over and over, of pull requests that stay as they are, while
 * ten months pass by the app's clock, with all that it does by itself meanwhile.
 */
export async function benchSoak({ deliveries, pulls }: SoakSize): Promise<void> {
  const folder = temporaryFolder();
  const heapFile = join(folder, "heap");
  const batches = Math.max(1, Math.round(deliveries / PARTS / BATCH));
  const turnMs = Math.round((DAYS_A_PART * DAY_MS) / batches);
  const open = await openPulls(pulls);
  const app = new Replica(open.double, null, {
    folder,
    program: ["--expose-gc", "--disable-warning=ExperimentalWarning", APP],
    variables: { HEAP_FILE: heapFile, TURN_MS: String(turnMs) },
  });
  await app.start();
  const messages = await open.tell(app.webhookUrl);
  const parts: Part[] = [];
  try {
    for (let part = 1; part <= PARTS; part += 1) {
      let heap = 0;
      for (let batch = 0; batch < batches; batch += 1) {
        await deliverAll(app.webhookUrl, drawn(messages, (part * batches + batch) * BATCH), AT_ONCE);
        await idle(app);
        heap = await turn(app, heapFile);
      }
      await idle(app);
      parts.push({ deliveries: part * batches * BATCH, heap, ...stored(folder, pulls) });
    }
  } finally {
    await app.stop();
    await open.double.stop();
  }
  print(parts, { open, pulls });
}

function drawn(messages: readonly Message[], from: number): readonly Message[] {
  return Array.from({ length: BATCH }, (_, index) => messages[(from + index) % messages.length]).filter(
    (message) => message !== undefined,
  );
}

/** Resolves when nothing is due any more. */
async function idle(app: Replica): Promise<void> {
  while ((await app.active()) > 0) await setTimeout(LOOK_AGAIN_MS);
}

/** Turns the app's clock; answers what was in its heap before. */
async function turn(app: Replica, heapFile: string): Promise<number> {
  if (app.pid === undefined) throw new Error("the app is not running");
  rmSync(heapFile, { force: true });
  process.kill(app.pid, "SIGUSR2");
  while (!existsSync(heapFile) || readFileSync(heapFile, "utf8") === "") await setTimeout(LOOK_AGAIN_MS);
  return Number(readFileSync(heapFile, "utf8"));
}

function stored(folder: string, pulls: number): Pick<Part, "store" | "ledger"> {
  const { tables } = storeSize(folder);
  const sum = (wanted: (name: string) => boolean) =>
    [...tables].reduce((bytes, [name, own]) => (wanted(name) ? bytes + own : bytes), 0);
  const isLedger = (name: string) => name.startsWith("ledger");
  return { store: sum((name) => !isLedger(name)) / pulls, ledger: sum(isLedger) };
}

function print(
  parts: readonly Part[],
  { open, pulls }: { readonly open: OpenPulls; readonly pulls: number },
) {
  const [, second] = parts;
  const last = parts.at(-1);
  if (second === undefined || last === undefined) return;
  console.log(
    `${last.deliveries} deliveries of ${pulls} pull requests that stay open, ${PARTS * DAYS_A_PART} days by the app's clock, ${open.double.requests.length} requests to GitHub (bound: the heap of the last tenth within ${BOUND * 100} % of the second's)`,
  );
  const beside = (value: number, bound: number) => `${((value / bound - 1) * 100).toFixed(1)} %`;
  printTable(
    ["deliveries", "heap", "beside the second", "store for each pull request", "beside the second", "ledger"],
    parts.map(({ deliveries, heap, store, ledger }) => [
      String(deliveries),
      `${(heap / MB).toFixed(1)} MB`,
      beside(heap, second.heap),
      `${(store / KB).toFixed(1)} KB`,
      beside(store, second.store),
      `${(ledger / KB).toFixed(0)} KB`,
    ]),
  );
  const grown = last.heap / second.heap - 1;
  if (grown > BOUND)
    console.log(`the heap has grown by ${(grown * 100).toFixed(1)} %: more than the bound\n`);
}
