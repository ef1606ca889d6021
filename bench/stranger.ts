import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { SECRET } from "../test/app/credentials.ts";
import { APP_ID, Replica } from "../test/chaos/replica.ts";
import { temporaryFolder } from "../test/gate/app.ts";
import { KIRO_LINE } from "../test/gate/gate.ts";
import { APP_EVENTS, APP_PERMISSIONS } from "../test/gate/manifest.ts";
import { FILES, populate } from "../test/gate/people.ts";
import { type GithubDouble, startDouble } from "../test/github-double/double.ts";
import type { Delivery } from "../test/github-double/webhooks/deliveries.ts";
import type { Pull, Repository } from "../test/github-double/world/model.ts";
import { Flood } from "./flood.ts";
import { HOSTILE_FILES, HOSTILE_TEXTS } from "./hostile-texts.ts";
import { asImage } from "./image.ts";
import { cpuTime, peakMemory } from "./process-use.ts";
import { type StoreSize, storeSize } from "./store-size.ts";
import { printTable } from "./table.ts";

export interface StrangerSize {
  /** Pull requests of people with rights. */
  readonly honest: number;
  /** Pull requests of the stranger. */
  readonly strangers: number;
  /** In each of the stranger's. */
  readonly files: number;
  readonly reviews: number;
  readonly comments: number;
}

const LOOK_AGAIN_MS = 10;
/** Between two honest ones: both runs have the same to do in the same time. */
const NEXT_MS = 300;
const LONGEST_TURN = fileURLToPath(new URL("./longest-turn.ts", import.meta.url));

let texts = 0;

/** Another one each time, so that what was worked out of one tells nothing of the next. */
function hostileText(index: number): string {
  texts += 1;
  return `${HOSTILE_TEXTS[index % HOSTILE_TEXTS.length] ?? ""} ${texts}`;
}

/**
 * What one account without rights costs that opens, pushes, reviews and comments as fast as its deeds are delivered, and
 * posts bodies that nobody signed, beside honest pull requests that are opened and signed meanwhile.
 */
export async function benchStranger(size: StrangerSize): Promise<void> {
  const { honest, strangers, files, reviews, comments } = size;
  const alone = await measured({ ...size, strangers: 0 });
  const beside = await measured(size);
  console.log(
    `${honest} honest pull requests, one every ${NEXT_MS} ms, beside ${strangers} of a stranger, with ${files} files, ${reviews} reviews and ${comments} comments each, and unsigned bodies all the while; the app as the image runs it (aim: verdicts within twice the time, below 400 MB, nobody waits longer than 100 ms, up to 20 KB of store for each of the stranger's)`,
  );
  const bytes = strangers === 0 ? 0 : (beside.store - alone.store) / strangers;
  printTable(
    [
      "",
      "verdict after: median",
      "90th percentile",
      "slowest",
      "CPU time",
      "peak memory",
      "longest turn",
      "requests to GitHub",
      "store",
    ],
    [row("alone", alone), row("beside the stranger", beside)],
  );
  const [median, most] = [0.5, 0.9].map((share) => at(beside.verdicts, share) / at(alone.verdicts, share));
  console.log(
    `honest verdicts take ${median?.toFixed(1)} times as long, those of the 90th percentile ${most?.toFixed(1)} times`,
  );
  console.log(`store for each of the stranger's: ${(bytes / 1024).toFixed(1)} KB`);
  if (strangers > 0) printTables(alone, beside, strangers);
}

function row(name: string, measured: Measured): readonly string[] {
  const { verdicts, cpu, memory, turn, requests, store } = measured;
  return [
    name,
    ...[0.5, 0.9, 1].map((share) => `${(at(verdicts, share) / 1000).toFixed(2)} s`),
    `${cpu.toFixed(1)} s`,
    `${memory} MB`,
    `${Math.round(turn)} ms`,
    String(requests),
    `${Math.round(store / 1024)} KB`,
  ];
}

/** Which so many are not above. */
function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? 0;
}

/** The tables and indexes that grow most because of the stranger. */
function printTables(alone: Measured, beside: Measured, strangers: number): void {
  const grown = [...beside.tables]
    .map(([name, bytes]) => [name, (bytes - (alone.tables.get(name) ?? 0)) / strangers] as const)
    .filter(([, bytes]) => bytes !== 0)
    .toSorted(([, one], [, other]) => other - one);
  printTable(
    ["of it", "KB"],
    grown.map(([name, bytes]) => [name, (bytes / 1024).toFixed(1)]),
  );
}

interface Measured extends StoreSize {
  /** From when the app was told of each honest one, which was signed by then, until it passed: in milliseconds, shortest first. */
  readonly verdicts: readonly number[];
  /** Seconds of the app's CPU time until all had passed. */
  readonly cpu: number;
  /** The longest that its main thread was busy with one thing, in milliseconds of CPU time. */
  readonly turn: number;
  readonly memory: number;
  readonly requests: number;
}

async function measured(size: StrangerSize): Promise<Measured> {
  const double = await startDouble({ validate: false });
  const folder = temporaryFolder();
  const turns = join(folder, "longest-turn");
  const { program, variables: own } = asImage();
  const variables = { ...own, NODE_OPTIONS: `--import=${LONGEST_TURN}`, LONGEST_TURN: turns };
  const replica = new Replica(double, null, { folder, program, variables });
  try {
    const fixtures = populate(double);
    const repo = double.world.repository(fixtures.org, "shop", { files: FILES });
    for (const team of Object.values(fixtures.teams)) double.world.permission(repo, team, "write");
    await replica.start();
    const { webhookUrl } = replica;
    const granted = { permissions: APP_PERMISSIONS, events: APP_EVENTS };
    const installationAccount = fixtures.org;
    double.connectApp({ appId: APP_ID, secret: SECRET, webhookUrl, installationAccount, ...granted });
    process.kill(replica.pid ?? process.pid, "SIGUSR2");
    const cpuBefore = cpuTime(replica);
    const flood = size.strangers === 0 ? null : new Flood(webhookUrl);
    const pulls: Pull[] = [];
    const strangers = beStranger(double, { repo, size, pulls });
    const verdicts = await honest(double, { repo, fixtures, pulls, count: size.honest });
    const cpu = cpuTime(replica) - cpuBefore;
    await strangers;
    flood?.stop();
    while ((await replica.active()) > 0) await setTimeout(LOOK_AGAIN_MS);
    const requests = double.requests.filter(({ counted }) => counted).length;
    const turn = Number(readFileSync(turns, "utf8"));
    return { verdicts, cpu, turn, requests, memory: peakMemory(replica), ...storeSize(folder) };
  } finally {
    await replica.stop();
    await double.stop();
  }
}

interface Honest {
  readonly repo: Repository;
  readonly fixtures: ReturnType<typeof populate>;
  /** To which each is added once it is open. */
  readonly pulls: Pull[];
  readonly count: number;
}

/** Opens one after the other and has it signed; answers how long each took to pass, the shortest first. */
async function honest(
  double: GithubDouble,
  { repo, fixtures, pulls, count }: Honest,
): Promise<readonly number[]> {
  const waiting: Promise<number>[] = [];
  for (let index = 0; index < count; index += 1) {
    const { kiro } = fixtures.bots;
    const changes = { [`infra/production/part-${index}.tf`]: `# ${index}\n` };
    const pull = opened(double, { repo, from: repo, author: kiro, changes, body: KIRO_LINE("kira") });
    const told = double.webhooks.deliveries.at(-1);
    pulls.push(pull);
    double.world.review(pull, fixtures.people.olga, "APPROVED");
    waiting.push(untilPassed(repo, pull, told));
    await setTimeout(NEXT_MS);
  }
  return (await Promise.all(waiting)).toSorted((one, other) => one - other);
}

/** From when the app is told of it: the double sends one delivery after the other, and so as late as others let it. */
async function untilPassed(repo: Repository, pull: Pull, told: Delivery | undefined): Promise<number> {
  while (told?.ended === false) await setTimeout(LOOK_AGAIN_MS);
  const sent = performance.now() - (told?.durationMs ?? 0);
  while (!passes(repo, pull)) await setTimeout(LOOK_AGAIN_MS);
  return performance.now() - sent;
}

interface Strange {
  readonly repo: Repository;
  readonly size: StrangerSize;
  /** Those of others, more and more. */
  readonly pulls: readonly Pull[];
}

/** One deed after the other, each once the one before it has been delivered. */
async function beStranger(double: GithubDouble, { repo, size, pulls }: Strange): Promise<void> {
  const { world, webhooks } = double;
  const eve = world.user("eve", { name: "Eve", email: "eve@elsewhere.example" });
  world.permission(repo, eve, "read");
  if (size.strangers === 0) return;
  const fork = world.fork(repo, eve);
  const own = Array.from({ length: size.strangers }, (_, index) => {
    const small = Array.from({ length: size.files }, (_, file) => [`${file}.tf`, `# ${file}\n`] as const);
    const changes = Object.fromEntries(
      [...small, ...Object.entries(HOSTILE_FILES)].map(([name, text]) => [
        `infra/production/eve-${index}/${name}`,
        text,
      ]),
    );
    return opened(double, { repo, from: fork, author: eve, changes, body: hostileText(index) });
  });
  for (let round = 0; round < Math.max(size.comments, size.reviews); round += 1)
    for (const [index, pull] of own.entries()) {
      if (round < size.comments) world.comment(pull, eve, hostileText(round));
      const other = pulls[(round * own.length + index) % pulls.length];
      const state = round % 2 === 0 ? "APPROVED" : "CHANGES_REQUESTED";
      // Nobody can approve or refuse their own.
      if (other && round < size.reviews) world.review(other, eve, state, hostileText(round));
      await webhooks.settled();
    }
  for (const [index, pull] of own.entries()) {
    const push = { author: eve, by: eve, message: "Again", changes: { "app/eve.ts": `// ${index}\n` } };
    world.commit(fork, pull.headRef, push);
    await webhooks.settled();
  }
}

interface Opened {
  readonly repo: Repository;
  readonly from: Repository;
  readonly author: Pull["author"];
  readonly changes: Readonly<Record<string, string>>;
  readonly body: string;
}

let branches = 0;

function opened({ world }: Pick<GithubDouble, "world">, { repo, from, author, changes, body }: Opened): Pull {
  branches += 1;
  const head = `change-${branches}`;
  world.branch(from, head, world.tip(repo, "main"));
  world.push(from, head, [{ author, message: `Change ${branches}`, changes }], author);
  const headRepo = from === repo ? {} : { headRepo: from };
  return world.openPull(repo, { head, base: "main", title: head, body, author, draft: false, ...headRepo });
}

function passes(repo: Repository, { headSha }: Pull): boolean {
  return repo.runs.findLast(({ suite }) => suite.sha === headSha)?.conclusion === "success";
}
