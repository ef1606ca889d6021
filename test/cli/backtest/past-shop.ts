import { type DoubleOptions, startDouble } from "../../github-double/double.ts";
import type { Account, Pull } from "../../github-double/world/model.ts";
import { SHOP_FILES } from "../../story/story-files.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export type PastShop = Awaited<ReturnType<typeof startPastShop>>;

/** `acme/shop` with nothing merged yet, on a clock that the test moves. Nothing there blocks a merge. */
export async function startPastShop(options: Pick<DoubleOptions, "hourlyLimit"> = {}) {
  let time = Date.parse("2026-09-01T08:00:00Z");
  const double = await startDouble({ ...options, now: () => new Date(time) });
  const { world } = double;
  const people = {
    olga: world.user("olga", { name: "Olga Petrova" }),
    sam: world.user("sam", { name: "Sam Okafor" }),
    dana: world.user("dana", { name: "Dana Levi" }),
    wes: world.user("wes", { name: "Wes Tan" }),
    kira: world.user("kira", { name: "Kira Novak" }),
    finn: world.user("finn", { name: "Finn Berg" }),
  };
  const kiro = world.bot("kiro-agent", { id: 245459735 });
  const acme = world.org("acme");
  world.team(acme, "sre", { members: [people.olga, people.sam] });
  world.team(acme, "data", { members: [people.dana] });
  world.team(acme, "web", { members: [people.wes, people.kira] });
  const shop = world.repository(acme, "shop", { files: SHOP_FILES });
  for (const writer of [people.kira, kiro]) world.permission(shop, writer, "write");

  const pass = (ms: number) => {
    time += ms;
  };

  /** A pull request of one commit. */
  const open = ({ by, path, text = `# ${time}\n`, title }: Change): Pull => {
    const head = `topic-${time}`;
    world.branch(shop, head, "main");
    world.commit(shop, head, { author: by, by, message: title, changes: { [path]: text } });
    pass(MINUTE);
    return world.openPull(shop, { head, base: "main", title, author: by });
  };
  const merge = (pull: Pull, by: Account, after = HOUR, method: "merge" | "squash" = "squash"): Pull => {
    pass(after);
    const { status, message } = world.merge(pull, by, { method });
    if (status !== 200) throw new Error(message);
    return pull;
  };
  return { double, world, people, kiro, acme, shop, pass, open, merge, token: world.userToken(people.kira) };
}

interface Change {
  readonly by: Account;
  readonly path: string;
  readonly text?: string | null;
  readonly title: string;
}

/** What the output in the docs is about: one of each kind, newest last. */
export function tell({ world, people, kiro, shop, pass, open, merge }: PastShop) {
  const { olga, sam, dana, wes, kira, finn } = people;
  const human = merge(open({ by: wes, path: "app/catalogue.ts", title: "Round prices up" }), kira);
  const signed = open({ by: kiro, path: "infra/production/network.tf", title: "Tidy up the network" });
  pass(3 * HOUR);
  world.review(signed, olga, "APPROVED", "Checked against the plan.");
  merge(signed, kira);
  const nobody = merge(
    open({ by: kiro, path: "infra/production/database.tf", text: null, title: "Fix checkout timeouts" }),
    kira,
  );
  const silent = open({
    by: kiro,
    path: "db/migrations/0002_index.sql",
    text: "CREATE INDEX i ON orders (basket);\n",
    title: "Index orders by basket",
  });
  pass(2 * MINUTE);
  world.review(silent, dana, "APPROVED");
  merge(silent, kira);
  const earlier = open({ by: kiro, path: "infra/production/alerts.tf", title: "Alert on slow checkouts" });
  world.review(earlier, sam, "APPROVED");
  world.commit(shop, earlier.headRef, {
    author: kiro,
    by: kiro,
    message: "Alert sooner",
    changes: { "infra/production/alerts.tf": "# sooner\n" },
  });
  merge(earlier, kira);
  const late = merge(open({ by: kiro, path: "infra/production/cache.tf", title: "Add a cache" }), kira);
  pass(26 * HOUR);
  world.review(late, olga, "APPROVED", "After the fact.");
  const fork = world.fork(shop, finn);
  world.branch(fork, "typo", "main");
  world.commit(fork, "typo", {
    author: finn,
    by: finn,
    message: "Fix a typo",
    changes: { "README.md": "# shop\n" },
  });
  const forked = merge(
    world.openPull(shop, { head: "typo", base: "main", title: "Fix a typo", author: finn, headRepo: fork }),
    kira,
  );
  return { human, signed, nobody, silent, earlier, late, forked, fork };
}

/** As many, a third of them an AI's and half of those in production. */
export function merges({ people, kiro, open, merge }: PastShop, count: number): void {
  for (let index = 0; index < count; index += 1) {
    const path = index % 2 === 0 ? `infra/production/${index}.tf` : `app/${index}.ts`;
    const by = index % 3 === 0 ? kiro : people.wes;
    merge(open({ by, path, title: `Change ${index}` }), people.kira);
  }
}
