import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout } from "node:timers/promises";
import { SECRET } from "../test/app/credentials.ts";
import { APP_ID, Replica } from "../test/chaos/replica.ts";
import { temporaryFolder } from "../test/gate/app.ts";
import { KIRO_LINE } from "../test/gate/gate.ts";
import { APP_EVENTS, APP_PERMISSIONS } from "../test/gate/manifest.ts";
import { FILES, populate } from "../test/gate/people.ts";
import { type GithubDouble, startDouble } from "../test/github-double/double.ts";
import type { Account, Pull, Repository } from "../test/github-double/world/model.ts";
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
const HOSTILE = `${KIRO_LINE("olga")}\n\n${"False alarm: terraform/resource-removed: so\n".repeat(100)}`;

/**
 * What one account without rights costs that opens, pushes, reviews and comments at will, beside honest pull requests
 * that are opened and signed meanwhile.
 */
export async function benchStranger(size: StrangerSize): Promise<void> {
  const { honest, strangers, files, reviews, comments } = size;
  const alone = await measured({ ...size, strangers: 0 });
  const beside = await measured(size);
  console.log(
    `${honest} honest pull requests beside ${strangers} of a stranger, with ${files} files, ${reviews} reviews and ${comments} comments each (aim: verdicts within twice the time, below 400 MB, up to 20 KB of store for each of the stranger's)`,
  );
  const bytes = strangers === 0 ? 0 : (beside.store - alone.store) / strangers;
  const row = (name: string, { seconds, memory, requests, store }: Measured) => [
    name,
    `${seconds.toFixed(1)} s`,
    `${memory} MB`,
    String(requests),
    `${Math.round(store / 1024)} KB`,
  ];
  printTable(
    ["", "until all honest ones passed", "peak memory", "requests to GitHub", "store"],
    [row("alone", alone), row("beside the stranger", beside)],
  );
  console.log(`store for each of the stranger's: ${(bytes / 1024).toFixed(1)} KB`);
}

interface Measured {
  readonly seconds: number;
  readonly memory: number;
  readonly requests: number;
  readonly store: number;
}

async function measured(size: StrangerSize): Promise<Measured> {
  const double = await startDouble({ validate: false });
  const folder = temporaryFolder();
  const replica = new Replica(double, null, { folder });
  try {
    const fixtures = populate(double);
    const repo = double.world.repository(fixtures.org, "shop", { files: FILES });
    for (const team of Object.values(fixtures.teams)) double.world.permission(repo, team, "write");
    await replica.start();
    const { webhookUrl } = replica;
    const granted = { permissions: APP_PERMISSIONS, events: APP_EVENTS };
    const installationAccount = fixtures.org;
    double.connectApp({ appId: APP_ID, secret: SECRET, webhookUrl, installationAccount, ...granted });
    const started = performance.now();
    const eve = stranger(double, repo, size);
    const pulls = Array.from({ length: size.honest }, (_, index) => {
      const { kiro } = fixtures.bots;
      const changes = { [`infra/production/part-${index}.tf`]: `# ${index}\n` };
      return opened(double, { repo, from: repo, author: kiro, changes, body: KIRO_LINE("kira") });
    });
    // Nobody can approve or refuse their own.
    for (let review = 0; review < size.strangers * size.reviews; review++) {
      const on = pulls[review % pulls.length];
      if (on) double.world.review(on, eve, review % 2 === 0 ? "APPROVED" : "CHANGES_REQUESTED", HOSTILE);
    }
    for (const pull of pulls) double.world.review(pull, fixtures.people.olga, "APPROVED");
    while (!pulls.every((pull) => passes(repo, pull))) await setTimeout(LOOK_AGAIN_MS);
    const seconds = (performance.now() - started) / 1000;
    while ((await replica.active()) > 0) await setTimeout(LOOK_AGAIN_MS);
    const requests = double.requests.filter(({ counted }) => counted).length;
    return { seconds, requests, memory: peakMemory(replica), store: storeSize(folder) };
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
    const changes = Object.fromEntries(
      Array.from({ length: size.files }, (_, file) => [
        `infra/production/eve-${index}/${file}.tf`,
        `# ${file}\n`,
      ]),
    );
    const pull = opened({ world }, { repo, from: fork, author: eve, changes, body: HOSTILE });
    for (let comment = 0; comment < size.comments; comment++) world.comment(pull, eve, HOSTILE);
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

function peakMemory({ pid }: Replica): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}

/** What is in use of the database, whatever of it is still in the journal. */
function storeSize(folder: string): number {
  const database = new DatabaseSync(join(folder, ".countersign", "countersign.sqlite"), { readOnly: true });
  const read = (pragma: string) => Number(Object.values(database.prepare(`PRAGMA ${pragma}`).get() ?? {})[0]);
  const size = (read("page_count") - read("freelist_count")) * read("page_size");
  database.close();
  return size;
}
