import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { SECRET } from "../test/app/credentials.ts";
import { Replica } from "../test/chaos/replica.ts";
import { Stage } from "../test/chaos/stage.ts";
import { startPostgres } from "../test/store/postgres/postgres-server.ts";
import { deliverAll, type Message } from "./deliver.ts";
import { asImage } from "./image.ts";
import { cpuTime, peakMemory } from "./process-use.ts";
import { type SlowGitHub, slowed } from "./slow-github.ts";
import { printTable } from "./table.ts";

const LATENCY_MS = 30;
const AT_ONCE = 20;
const LOOK_AGAIN_MS = 10;

/** Deliveries before those that are measured: the code of a process that has just begun is not compiled yet. */
const WARM_UP = 200;

export interface MachineSize {
  /** Deliveries in the burst. */
  readonly deliveries: number;
  /** Pull requests judged. */
  readonly pulls: number;
}

/** What the machine takes in and works off: a burst of deliveries, and evaluations with a near and a far GitHub. */
export async function benchMachine({ deliveries, pulls }: MachineSize): Promise<void> {
  const postgres = await startPostgres({ durable: true });
  try {
    const database = async () => (await postgres?.database()) ?? null;
    console.log(
      `A burst of ${deliveries} deliveries, ${AT_ONCE} at a time (aim: none refused, p99 below 100 ms)`,
    );
    const bursts = [await burst("SQLite", null, deliveries)];
    if (postgres) bursts.push(await burst("PostgreSQL", await database(), deliveries));
    printTable(["store", "refused", "p50", "p99", "slowest", "a second", "peak memory"], bursts);

    console.log(
      `${pulls} pull requests opened at once, until each has its check (peer: 8 a second, tuned 38)`,
    );
    const runs = [
      await evaluations("SQLite, one process", [null], { pulls, latencyMs: 0 }),
      await evaluations("SQLite, one process", [null], { pulls, latencyMs: LATENCY_MS }),
    ];
    if (postgres) {
      const one = await database();
      runs.push(await evaluations("PostgreSQL, one process", [one], { pulls, latencyMs: LATENCY_MS }));
      const two = await database();
      runs.push(await evaluations("PostgreSQL, two replicas", [two, two], { pulls, latencyMs: LATENCY_MS }));
    }
    printTable(
      [
        "store",
        "GitHub answers after",
        "evaluations a second",
        "in all",
        "CPU time of the app for one",
        "peak memory",
      ],
      runs,
    );
  } finally {
    await postgres?.stop();
  }
}

async function burst(name: string, database: string | null, count: number): Promise<readonly string[]> {
  const stage = await Stage.open();
  // On the disk, where a commit has to wait for it.
  const replica = new Replica(stage.double, database, {
    folder: mkdtempSync(join(tmpdir(), "countersign-burst-")),
    ...asImage(),
  });
  await replica.start();
  const { installation } = stage.connect(replica.webhookUrl, SECRET);
  const messages = Array.from({ length: WARM_UP + count }, (_, index) => opened(index, installation.id));
  await deliverAll(replica.webhookUrl, messages.slice(0, WARM_UP), AT_ONCE);
  const started = performance.now();
  const { times, refused } = await deliverAll(replica.webhookUrl, messages.slice(WARM_UP), AT_ONCE);
  const seconds = (performance.now() - started) / 1000;
  const memory = largest([replica]);
  await replica.stop();
  await stage.double.stop();
  const at = (share: number) => ms(times[Math.min(Math.floor(times.length * share), times.length - 1)] ?? 0);
  return [name, String(refused), at(0.5), at(0.99), at(1), (count / seconds).toFixed(0), memory];
}

/** A pull request nobody knows: the burst is about taking deliveries in. */
function opened(index: number, installationId: number): Message {
  const body = JSON.stringify({
    action: "opened",
    installation: { id: installationId },
    repository: { name: "shop", default_branch: "main", owner: { login: "acme" } },
    sender: { login: "kira" },
    pull_request: {
      number: 100_000 + index,
      head: { sha: index.toString(16).padStart(40, "0") },
      body: "x".repeat(10_000),
    },
  });
  return { event: "pull_request", body };
}

interface Evaluations {
  readonly pulls: number;
  readonly latencyMs: number;
}

async function evaluations(
  name: string,
  databases: readonly (string | null)[],
  { pulls, latencyMs }: Evaluations,
): Promise<readonly string[]> {
  const stage = await Stage.open();
  const proxy: SlowGitHub | null = latencyMs === 0 ? null : await slowed(stage.double.port, latencyMs);
  const replicas = databases.map((database) => new Replica(proxy ?? stage.double, database, asImage()));
  for (const replica of replicas) await replica.start();
  stage.connect(replicas[0]?.webhookUrl ?? "", SECRET);
  for (let index = 0; index < pulls; index++) stage.script(index)[0]?.();
  const cpuBefore = replicas.reduce((sum, replica) => sum + cpuTime(replica), 0);
  const started = performance.now();
  while (stage.conclusions().includes(null)) await setTimeout(LOOK_AGAIN_MS);
  const seconds = (performance.now() - started) / 1000;
  const memory = largest(replicas);
  const cpu = replicas.reduce((sum, replica) => sum + cpuTime(replica), 0) - cpuBefore;
  for (const replica of replicas) await replica.stop();
  await proxy?.stop();
  await stage.double.stop();
  return [
    name,
    ms(latencyMs),
    (pulls / seconds).toFixed(1),
    `${seconds.toFixed(1)} s`,
    ms((cpu * 1000) / pulls),
    memory,
  ];
}

/** Of the largest process. */
function largest(replicas: readonly Replica[]): string {
  return `${Math.max(...replicas.map(peakMemory))} MB`;
}

function ms(time: number): string {
  return `${Math.round(time)} ms`;
}
