import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { SECRET } from "../test/app/credentials.ts";
import { APP_ID, Replica } from "../test/chaos/replica.ts";
import { temporaryFolder } from "../test/gate/app.ts";
import { KIRO_LINE } from "../test/gate/gate.ts";
import { APP_EVENTS, APP_PERMISSIONS } from "../test/gate/manifest.ts";
import { FILES, populate } from "../test/gate/people.ts";
import { type GithubDouble, startDouble } from "../test/github-double/double.ts";
import type { Account, Pull, Repository } from "../test/github-double/world/model.ts";
import { Flood } from "./flood.ts";
import { HOSTILE_FILES, HOSTILE_TEXTS } from "./hostile-texts.ts";
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

const LOOK_AGAIN_MS = 100;
const LONGEST_TURN = fileURLToPath(new URL("./longest-turn.ts", import.meta.url));

let texts = 0;

/** Another one each time, so that what was worked out of one tells nothing of the next. */
function hostileText(index: number): string {
  texts += 1;
  return `${HOSTILE_TEXTS[index % HOSTILE_TEXTS.length] ?? ""} ${texts}`;
}

/**
 * What one account without rights costs that opens, pushes, reviews and comments at will, and posts bodies that nobody
 * signed, beside honest pull requests that are opened and signed meanwhile.
 */
export async function benchStranger(size: StrangerSize): Promise<void> {
  const { honest, strangers, files, reviews, comments } = size;
  const alone = await measured({ ...size, strangers: 0 });
  const beside = await measured(size);
  console.log(
    `${honest} honest pull requests beside ${strangers} of a stranger, with ${files} files, ${reviews} reviews and ${comments} comments each, and unsigned bodies all the while (aim: verdicts within twice the time, below 400 MB, nobody waits longer than 100 ms, up to 20 KB of store for each of the stranger's)`,
  );
  const bytes = strangers === 0 ? 0 : (beside.store - alone.store) / strangers;
  const row = (name: string, { seconds, cpu, memory, turn, requests, store }: Measured) => [
    name,
    `${seconds.toFixed(1)} s`,
    `${cpu.toFixed(1)} s`,
    `${memory} MB`,
    `${Math.round(turn)} ms`,
    String(requests),
    `${Math.round(store / 1024)} KB`,
  ];
  printTable(
    [
      "",
      "until all honest ones passed",
      "CPU time",
      "peak memory",
      "longest turn",
      "requests to GitHub",
      "store",
    ],
    [row("alone", alone), row("beside the stranger", beside)],
  );
  console.log(`store for each of the stranger's: ${(bytes / 1024).toFixed(1)} KB`);
  if (strangers > 0) printTables(alone, beside, strangers);
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

interface Measured {
  readonly seconds: number;
  /** Seconds of the app's CPU time until then. */
  readonly cpu: number;
  /** The longest that its main thread was busy with one thing, in milliseconds of CPU time. */
  readonly turn: number;
  readonly memory: number;
  readonly requests: number;
  readonly store: number;
  /** Bytes of what is in each table and index, without what their pages have left. */
  readonly tables: ReadonlyMap<string, number>;
}

async function measured(size: StrangerSize): Promise<Measured> {
  const double = await startDouble({ validate: false });
  const folder = temporaryFolder();
  const turns = join(folder, "longest-turn");
  const variables = { NODE_OPTIONS: `--import=${LONGEST_TURN}`, LONGEST_TURN: turns };
  const replica = new Replica(double, null, { folder, variables });
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
    const started = performance.now();
    const flood = size.strangers === 0 ? null : new Flood(webhookUrl);
    const eve = stranger(double, repo, size);
    const pulls = Array.from({ length: size.honest }, (_, index) => {
      const { kiro } = fixtures.bots;
      const changes = { [`infra/production/part-${index}.tf`]: `# ${index}\n` };
      return opened(double, { repo, from: repo, author: kiro, changes, body: KIRO_LINE("kira") });
    });
    // Nobody can approve or refuse their own.
    for (let review = 0; review < size.strangers * size.reviews; review++) {
      const on = pulls[review % pulls.length];
      if (on)
        double.world.review(
          on,
          eve,
          review % 2 === 0 ? "APPROVED" : "CHANGES_REQUESTED",
          hostileText(review),
        );
    }
    for (const pull of pulls) double.world.review(pull, fixtures.people.olga, "APPROVED");
    while (!pulls.every((pull) => passes(repo, pull))) await setTimeout(LOOK_AGAIN_MS);
    const seconds = (performance.now() - started) / 1000;
    const cpu = cpuTime(replica) - cpuBefore;
    flood?.stop();
    while ((await replica.active()) > 0) await setTimeout(LOOK_AGAIN_MS);
    const requests = double.requests.filter(({ counted }) => counted).length;
    const turn = Number(readFileSync(turns, "utf8"));
    return { seconds, cpu, turn, requests, memory: peakMemory(replica), ...storeSize(folder) };
  } finally {
    await replica.stop();
    await double.stop();
  }
}

function stranger({ world }: GithubDouble, repo: Repository, size: StrangerSize): Account {
  const eve = world.user("eve", { name: "Eve", email: "eve@elsewhere.example" });
  world.permission(repo, eve, "read");
  if (size.strangers === 0) return eve;
  const fork = world.fork(repo, eve);
  for (let index = 0; index < size.strangers; index++) {
    const small = Array.from({ length: size.files }, (_, file) => [`${file}.tf`, `# ${file}\n`] as const);
    const changes = Object.fromEntries(
      [...small, ...Object.entries(HOSTILE_FILES)].map(([name, text]) => [
        `infra/production/eve-${index}/${name}`,
        text,
      ]),
    );
    const pull = opened({ world }, { repo, from: fork, author: eve, changes, body: hostileText(index) });
    for (let comment = 0; comment < size.comments; comment++) world.comment(pull, eve, hostileText(comment));
    const push = { author: eve, by: eve, message: "Again", changes: { "app/eve.ts": `// ${index}\n` } };
    world.commit(fork, pull.headRef, push);
  }
  return eve;
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

/** Of the whole process, in seconds: the kernel counts hundredths of them. */
function cpuTime({ pid }: Replica): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /s, "")
    .split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function peakMemory({ pid }: Replica): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}

/** What is in use of the database, whatever of it is still in the journal. */
function storeSize(folder: string): Pick<Measured, "store" | "tables"> {
  const database = new DatabaseSync(join(folder, ".countersign", "countersign.sqlite"), { readOnly: true });
  const read = (pragma: string) => Number(Object.values(database.prepare(`PRAGMA ${pragma}`).get() ?? {})[0]);
  const store = (read("page_count") - read("freelist_count")) * read("page_size");
  const rows = database.prepare("SELECT name, sum(pgsize - unused) AS bytes FROM dbstat GROUP BY name").all();
  database.close();
  return { store, tables: new Map(rows.map(({ name, bytes }) => [String(name), Number(bytes)])) };
}
