import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { SeenRequest } from "../../github-double/faults.ts";
import { type Ran, run } from "../run-cli.ts";
import { readPage } from "../scan/well-formed.ts";
import { merges, type PastShop, startPastShop, tell } from "./past-shop.ts";

let shop: PastShop;
let folder: string;
let environment: Record<string, string>;

beforeEach(async () => {
  shop = await startPastShop();
  folder = mkdtempSync(join(tmpdir(), "countersign-backtest-"));
  setEnvironment(shop.token);
});

afterEach(async () => {
  for (const name of Object.keys(environment)) delete process.env[name];
  rmSync(folder, { recursive: true });
  await shop.double.stop();
  expect(shop.double.violations).toEqual([]);
});

function setEnvironment(token: string) {
  environment = {
    GITHUB_TOKEN: token,
    GH_TOKEN: "",
    GHE_HOST: shop.double.apiHost,
    GHE_PROTOCOL: "http",
    XDG_CACHE_HOME: join(folder, "caches"),
  };
  Object.assign(process.env, environment);
}

const SIDE_BY_SIDE = `The policies side by side
policy                   today  then  senior.yml
an AI’s                      1     1           1
asked                        1     0           1
signed in time               0     0           0
would have waited            1     0           1
unclear                      0     0           0
without an owner             1     0           1
signed without a word        0     0           0
hazards                      0     0           0
time to sign, in median      –     –           –
`;

function backtest(...args: readonly string[]): Promise<Ran> {
  return run(folder, "backtest", "acme/shop", ...args);
}

async function documented(...args: readonly string[]) {
  const { code, stdout, stderr } = await backtest(...args, "--json");
  return { code, stderr, document: JSON.parse(stdout) };
}

/** What was asked of GitHub meanwhile. */
async function asking<Result>(work: () => Promise<Result>) {
  const before = shop.double.requests.length;
  const result = await work();
  return { result, requests: shop.double.requests.length - before };
}

/** Words, whatever the width of the page. */
function words(text: string): string {
  return text.replaceAll(/\s+/g, " ");
}

/** A GraphQL document by its name. */
function queries(name: string): (request: SeenRequest) => boolean {
  return ({ operation, body }) => operation === "POST /graphql" && JSON.stringify(body).includes(name);
}

describe("what would have been asked, and what was done", () => {
  test("of each kind one, newest first", async () => {
    const { signed, nobody, silent, earlier, late, human, forked } = tell(shop);
    const { code, document } = await documented();
    const [{ figures, pulls, mostTelling }] = document.policies;

    expect(code).toBe(0);
    expect(pulls.map(({ pull }: { pull: { number: number } }) => pull.number)).toEqual(
      [forked, late, earlier, silent, nobody, signed, human].map(({ number }) => number),
    );
    expect(
      pulls.flatMap(({ pull, asks }: { pull: { number: number }; asks: { done: object }[] }) =>
        asks.map(({ done }) => [pull.number, done]),
      ),
    ).toEqual([
      [late.number, { kind: "late", by: ["olga"], afterMergeMs: 26 * 3_600_000 }],
      [earlier.number, { kind: "earlier", by: ["sam"] }],
      [silent.number, { kind: "signed", by: ["dana"], waitedMs: 120_000, silent: true }],
      [nobody.number, { kind: "nobody" }],
      [signed.number, { kind: "signed", by: ["olga"], waitedMs: 3 * 3_600_000, silent: false }],
    ]);
    expect(figures).toMatchObject({
      pulls: 7,
      ai: 5,
      aiInProduction: 5,
      asked: 5,
      inTime: 2,
      wouldHaveWaited: 2,
      unclear: 1,
      withoutOwner: 2,
      silent: 1,
      signing: { of: 2, median: 120_000, p90: 3 * 3_600_000 },
    });
    expect(mostTelling[0]).toBe(nobody.number);
    expect(document).toMatchObject({
      version: 1,
      repository: { owner: "acme", name: "shop" },
      found: 7,
      stopped: null,
      notRead: [],
      unreadTeams: [],
    });
  });

  test("for people: a row for each as it comes, then what it comes to", async () => {
    const { nobody } = tell(shop);
    const { code, stdout, stderr } = await backtest();

    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(words(stdout)).toContain(
      `#${nobody.number} 2026-09-01 AI (Kiro) would have waited infrastructure asks @acme/sre: no owner signed`,
    );
    expect(words(stdout)).toContain(
      "5 of 7 merged pull requests were an AI’s, 5 touched production, 2 merged without an owner",
    );
    expect(words(stdout)).toContain("Who belonged to a team then, and who could write, is not known");
    expect(stdout.indexOf("The most telling")).toBeGreaterThan(stdout.indexOf("Asked, by owners"));
  });

  test("as a page", async () => {
    const { nobody } = tell(shop);
    await backtest("--html", "page.html");
    const page = readFileSync(join(folder, "page.html"), "utf8");

    expect(() => readPage(page)).not.toThrow();
    expect(page).toContain(`<strong>#${nobody.number}</strong> Fix checkout timeouts`);
    expect(page).toContain(
      "infra/production/database.tf:1: `aws_db_instance.orders` (terraform/resource-removed)",
    );
    expect(page).toContain("AI (Kiro); merged 2026-09-01 by @kira");
    expect(page).not.toContain("<script");
  });

  test("of the last two only", async () => {
    const { forked, late } = tell(shop);
    const { document } = await documented("--last", "2");
    expect(document.policies[0].pulls.map(({ pull }: { pull: { number: number } }) => pull.number)).toEqual([
      forked.number,
      late.number,
    ]);
  });

  test("the latest merged, though an older one was touched since", async () => {
    const { human, forked } = tell(shop);
    shop.pass(60_000);
    shop.world.comment(human, shop.people.wes, "By the way.");
    const { document } = await documented("--last", "1");
    expect(document.policies[0].pulls).toMatchObject([{ pull: { number: forked.number } }]);
  });

  test("a title that would move the cursor, or start a command of a runner, is shown written out", async () => {
    const { kiro, people } = shop;
    const title = "::error::\u001b[2J<script>";
    shop.merge(shop.open({ by: kiro, path: "infra/production/a.tf", title }), people.kira);
    const { stdout } = await backtest("--html", "page.html");

    expect(stdout).not.toContain("\u001b[2J");
    expect(stdout).not.toMatch(/^\s*::error/m);
    expect(readFileSync(join(folder, "page.html"), "utf8")).not.toContain("<script>");
  });
});

describe("who took part signs nothing, then as today", () => {
  test.each([
    ["an owner who pushed what the AI wrote", "olga", "kiro"],
    ["an owner who wrote a commit of it", "olga", "olga"],
  ] as const)("%s", async (_, by, author) => {
    const { kiro, people, world, shop: repo } = shop;
    const pull = shop.open({ by: kiro, path: "infra/production/a.tf", title: "Change" });
    const writer = author === "kiro" ? kiro : people[author];
    const changes = { "infra/production/b.tf": "# b\n" };
    world.commit(repo, pull.headRef, { author: writer, by: people[by], message: "More", changes });
    world.review(pull, people.olga, "APPROVED");
    shop.merge(pull, people.kira);
    const { document } = await documented();
    expect(document.policies[0].pulls[0].asks[0].done).toEqual({ kind: "nobody" });
  });

  test("who asked for it after the merge took no part in what was merged", async () => {
    const { kiro, people, world } = shop;
    const pull = shop.open({ by: kiro, path: "infra/production/a.tf", title: "Change" });
    world.review(pull, people.olga, "APPROVED");
    shop.merge(pull, people.kira);
    shop.pass(1000);
    world.comment(pull, people.olga, "@claude please write a test for this");
    const { document } = await documented();
    expect(document.policies[0].pulls[0].asks[0].done).toMatchObject({ kind: "signed", by: ["olga"] });
  });

  test("a label tells of it only if it was put on before the merge", async () => {
    const { people, world } = shop;
    const labelled = (title: string, when: "before" | "after") => {
      const pull = shop.open({ by: people.wes, path: "infra/production/a.tf", title });
      if (when === "before") world.label(pull, "in-house", people.wes);
      shop.merge(pull, people.kira);
      shop.pass(1000);
      if (when === "after") world.label(pull, "in-house", people.wes);
    };
    labelled("Before", "before");
    labelled("After", "after");
    writeFileSync(join(folder, "house.yml"), "detect:\n  signals: [{ tool: House, label: in-house }]\n");
    const { document } = await documented("--config", "house.yml");
    expect(document.policies[0].pulls.map(({ writer }: { writer: string }) => writer)).toEqual([
      "human",
      "ai",
    ]);
  });

  test("who asked for it before the merge did", async () => {
    const { kiro, people, world } = shop;
    const pull = shop.open({ by: kiro, path: "infra/production/a.tf", title: "Change" });
    world.comment(pull, people.olga, "@claude please write a test for this");
    world.review(pull, people.olga, "APPROVED");
    shop.merge(pull, people.kira);
    const { document } = await documented();
    expect(document.policies[0].pulls[0].asks[0].done).toEqual({ kind: "nobody" });
  });
});

describe("by which rules", () => {
  const CODEOWNERS = ".github/CODEOWNERS";

  test("CODEOWNERS is that of the base of then", async () => {
    const { kiro, people, world, shop: repo } = shop;
    shop.merge(shop.open({ by: kiro, path: "infra/production/a.tf", title: "Before" }), people.kira);
    world.setFile(repo, "main", CODEOWNERS, "* @acme/web\n", people.olga);
    shop.merge(shop.open({ by: kiro, path: "infra/production/b.tf", title: "After" }), people.kira);
    const { document } = await documented();
    expect(
      document.policies[0].pulls.map(({ asks }: { asks: [{ owners: string[] }] }) => asks[0].owners),
    ).toEqual([["@acme/web"], ["@acme/sre"]]);
  });

  test("a pull request that changes CODEOWNERS is judged by what it changed, merge commit or squash", async () => {
    const { kiro, people } = shop;
    for (const method of ["merge", "squash"] as const) {
      const title = `By ${method}`;
      const pull = shop.open({ by: kiro, path: CODEOWNERS, text: `* @acme/web # ${method}\n`, title });
      shop.merge(pull, people.kira, 60_000, method);
    }
    const { document } = await documented();
    expect(document.policies[0].pulls.map(({ areas }: { areas: string[] }) => areas)).toEqual([
      ["control-files"],
      ["control-files"],
    ]);
  });

  test("several configs, side by side: today's, then's and files, from one reading", async () => {
    const { kiro, people, world, shop: repo } = shop;
    world.setFile(repo, "main", ".github/countersign.yml", "built-in: false\n", people.olga);
    shop.merge(shop.open({ by: kiro, path: "app/checkout.ts", title: "Change the checkout" }), people.kira);
    const stricter = "production:\n  - { name: app, paths: [/app/] }\n";
    world.setFile(repo, "main", ".github/countersign.yml", stricter, people.olga);
    writeFileSync(
      join(folder, "senior.yml"),
      "production:\n  - { name: app, paths: [/app/], from: ['@dana'] }\n",
    );
    const { result, requests } = await asking(() => documented("--config", "today", "then", "senior.yml"));
    const { policies, cost } = result.document;

    expect(
      policies.map(({ name, pulls }: { name: string; pulls: { asks: { owners: string[] }[] }[] }) => [
        name,
        pulls[0]?.asks.map(({ owners }) => owners),
      ]),
    ).toEqual([
      ["today", [["@acme/web"]]],
      ["then", []],
      ["senior.yml", [["@dana"]]],
    ]);
    expect(cost.requests).toBe(requests);
    const { stdout } = await backtest("--config", "today", "then", "senior.yml");
    expect(stdout).toContain(SIDE_BY_SIDE);
  });

  test("a config that is broken: one clear error", async () => {
    writeFileSync(join(folder, "try.yml"), "mode: off\n");
    const { code, stderr } = await backtest("--config", "try.yml");
    expect(code).toBe(2);
    expect(stderr).toContain("countersign: try.yml:1:7: mode is");
  });
});

test("tables fit into 80 columns, however long the names in them are", async () => {
  const { kiro, people, world, shop: repo } = shop;
  const owners = ["a", "b"].map((name) => `"@acme/${name}-team-of-the-platform-and-the-infrastructure"`);
  const name = "a-policy-with-a-name-that-fills-more-than-half-of-a-line.yml";
  world.setFile(repo, "main", ".github/countersign.yml", "built-in: false\n", people.olga);
  writeFileSync(join(folder, name), `production:\n  - { name: app, paths: [/app/], from: [${owners}] }\n`);
  shop.merge(shop.open({ by: kiro, path: "app/checkout.ts", title: "Change the checkout" }), people.kira);
  const { stdout } = await backtest("--config", name, "today");
  const [asked = "", beside = ""] = [/^owners .*\n.*$/m, /^policy .*\n.*$/m].map(
    (table) => table.exec(stdout)?.[0],
  );
  expect(asked).toMatch(/^owners +asked .*\n@acme\/a-team-of.*… +1 +0 /);
  expect(beside).toMatch(/^policy .*… +today\n/);
  for (const row of `${asked}\n${beside}`.split("\n")) expect([...row].length).toBeLessThanOrEqual(80);
});

describe("whether the check really blocks merges today", () => {
  test("is said in five lines, with the command that tells it in full", async () => {
    tell(shop);
    const said = words((await backtest()).stdout);
    expect(said).toContain(
      "Does the check really block merges here today? 8 findings to fix, 7 unknown, 9 fine. In full, with what to do: countersign doctor acme/shop no The check is required on every governed branch.",
    );
    const { result } = await asking(() => documented());
    expect(result.document.gate).toHaveLength(24);
  });

  test("is not known where the requests were used up before", async () => {
    tell(shop);
    const { stdout } = await backtest("--most", "20");
    expect(words(stdout)).toContain("That was not read: countersign doctor acme/shop tells.");
  });
});

describe("what it costs", () => {
  const PER_PULL = 3;
  /** Whether the check really blocks merges today. */
  const GATE = 16;
  const SHARED = 12 + GATE;

  test("three requests a pull request and a few for all, whatever is asked together", async () => {
    merges(shop, 30);
    const { result, requests } = await asking(() => documented());
    expect(result.document.found).toBe(30);
    expect(requests).toBeLessThanOrEqual(30 * PER_PULL + SHARED);
    expect(result.document.cost).toEqual({ requests, kept: 0 });
  });

  test("a repository with too many files to list costs no more, and it is said", async () => {
    merges(shop, 6);
    shop.world.limitTrees(shop.shop, 3);
    const { result, requests } = await asking(() => backtest());
    expect(result.code).toBe(0);
    expect(requests).toBeLessThanOrEqual(6 * PER_PULL + SHARED);
    expect(words(result.stdout)).toContain("too many files to look for symbolic links");
  });

  test("what was read is asked for no more, and can be replayed by another policy", async () => {
    tell(shop);
    const first = await documented();
    const { result, requests } = await asking(() => documented());
    expect(result.document.policies).toEqual(first.document.policies);
    expect(result.document.cost.kept).toBe(7);
    expect(requests).toBeLessThanOrEqual(6 + GATE);
    const fresh = await asking(() => documented("--fresh"));
    expect(fresh.result.document.cost.kept).toBe(0);
    expect(fresh.requests).toBeGreaterThan(20);
  });

  test("what is kept is its owner's alone, and where is said", async () => {
    tell(shop);
    const { document } = await documented("--state", "kept");
    const [name = ""] = readdirSync(join(folder, "kept"));
    expect(document.folder).toBe(join(folder, "kept"));
    expect(statSync(join(folder, "kept", name)).mode & 0o077).toBe(0);
    expect(statSync(join(folder, "kept")).mode & 0o077).toBe(0);
  });

  test.each(["", "{", "null", '{"version":1,"pull":{},"past":{"snapshot":{}}}'])(
    "a kept file of %j is read again",
    async (text) => {
      tell(shop);
      const first = await documented("--state", "kept");
      for (const name of readdirSync(join(folder, "kept"))) writeFileSync(join(folder, "kept", name), text);
      const { document } = await documented("--state", "kept");
      expect(document.cost.kept).toBe(0);
      expect(document.policies).toEqual(first.document.policies);
    },
  );
});

describe("it ends early and goes on another time", () => {
  test("after as many requests as it may make", async () => {
    merges(shop, 12);
    const { result, requests } = await asking(() => documented("--most", "20"));
    expect(result.code).toBe(2);
    expect(result.document.stopped).toEqual({ kind: "requests", most: 20 });
    expect(requests).toBeLessThanOrEqual(20);
    const read = result.document.policies[0].pulls.length;
    expect(read).toBeLessThan(12);
    const rest = await documented();
    expect(rest.code).toBe(0);
    expect(rest.document.cost.kept).toBeGreaterThanOrEqual(read);
    expect(rest.document.policies[0].pulls).toHaveLength(12);
  });

  test.each(["core", "graphql"] as const)("at a fifth of the hour's requests (%s)", async (resource) => {
    merges(shop, 12);
    shop.double.limits.spend(`user ${shop.people.kira.id}`, resource, 3_990);
    const { code, stdout } = await backtest();
    expect(code).toBe(2);
    expect(words(stdout)).toMatch(/Stopped with \d+ of the token’s 5000 requests an hour left/);
    expect(words(stdout)).toContain("The same command goes on from here; the hour ends at 2026-09-");
    expect(shop.double.limits.left(`user ${shop.people.kira.id}`, resource).remaining).toBeGreaterThan(980);
    shop.pass(3_600_000);
    expect((await backtest()).code).toBe(0);
  });

  test("before anything was read: one sentence", async () => {
    merges(shop, 1);
    shop.double.limits.spend(`user ${shop.people.kira.id}`, "graphql", 4_200);
    const { code, stdout, stderr } = await backtest();
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^countersign: Stopped with 79\d of the token’s 5000 requests/);
  });

  test("GitHub breaks down in the middle: what was read is shown", async () => {
    merges(shop, 3);
    shop.double.faults.add({
      match: ({ path }) => path.includes("/pulls/1/files"),
      respond: { status: 503, headers: { "retry-after": "3600" }, body: { message: "Down" } },
    });
    const { code, document } = await documented();
    expect(code).toBe(2);
    expect(document.stopped).toMatchObject({ kind: "unavailable" });
    expect(document.policies[0].pulls.length).toBeLessThan(3);
  });
});

describe("what the token may not see is unknown, and never wrong", () => {
  test("somebody outside of the organization sees no teams", async () => {
    const { signed, nobody } = tell(shop);
    const outsider = shop.world.user("outsider");
    shop.world.permission(shop.shop, outsider, "read");
    setEnvironment(shop.world.userToken(outsider));
    const { code, document } = await documented();
    const done = (wanted: number) =>
      document.policies[0].pulls.find(({ pull }: { pull: { number: number } }) => pull.number === wanted)
        .asks[0].done;

    expect(code).toBe(0);
    expect(done(signed.number)).toEqual({ kind: "unknown", about: ["@acme/sre"] });
    expect(done(nobody.number)).toEqual({ kind: "nobody" });
    expect(document.unreadTeams).toEqual(["@acme/data", "@acme/sre", "@acme/web"]);
    expect(document.policies[0].figures.inTime).toBe(0);
  });

  test("a token without the scope for teams is asked about them once for each question", async () => {
    const { signed } = tell(shop);
    let asked = 0;
    const isAboutTeams = queries("CountersignTeams");
    shop.double.faults.add({
      match: (request) => {
        asked += isAboutTeams(request) ? 1 : 0;
        return isAboutTeams(request);
      },
      respond: {
        status: 200,
        body: {
          errors: [
            {
              type: "INSUFFICIENT_SCOPES",
              message:
                "Your token has not been granted the required scopes to execute this query. The 'team' field requires one of the following scopes: ['read:org'].",
            },
          ],
        },
      },
    });
    const { code, stdout } = await backtest();
    expect(code).toBe(0);
    expect(words(stdout)).toContain("Who is in @acme/data, @acme/sre and @acme/web is unknown");
    expect(words(stdout)).toContain(`#${signed.number} 2026-09-01 AI (Kiro) unclear`);
    // Of the past, and whether enough people can sign today.
    expect(asked).toBe(2);
  });
});

describe("what has changed since", () => {
  test("the fork that it came from is gone, and so is its owner", async () => {
    const { forked, fork } = tell(shop);
    shop.world.deleteRepository(fork, shop.people.finn);
    shop.world.deleteAccount(shop.people.finn);
    const { code, document } = await documented("--last", "1");
    expect(code).toBe(0);
    expect(document.policies[0].pulls).toMatchObject([
      { pull: { number: forked.number, author: null }, writer: "human", asks: [] },
    ]);
  });

  test("the branch that it was merged into is gone", async () => {
    const { kiro, people, world, shop: repo } = shop;
    world.branch(repo, "release", "main");
    world.branch(repo, "change", "release");
    const changes = { "infra/production/a.tf": "# a\n" };
    world.commit(repo, "change", { author: kiro, by: kiro, message: "Change", changes });
    const pull = world.openPull(repo, { head: "change", base: "release", title: "Change", author: kiro });
    shop.merge(pull, people.kira);
    world.deleteBranch(repo, "release", people.kira);
    writeFileSync(join(folder, "all.yml"), 'branches: ["*"]\n');
    const { document } = await documented("--config", "all.yml");
    expect(document.policies[0].pulls).toMatchObject([{ asks: [{ owners: ["@acme/sre"] }] }]);
  });

  test("the repository has another name", async () => {
    tell(shop);
    shop.world.renameRepository(shop.shop, "store", shop.people.olga);
    const { code, stdout } = await backtest();
    expect(code).toBe(0);
    expect(words(stdout)).toContain("acme/store 5 of 7 merged pull requests");
    expect(words(stdout)).toContain("acme/shop is now called acme/store.");
  });
});

describe("what cannot be read", () => {
  test.each([
    ["a repository that is not there", "acme/nothing"],
    ["somebody else's private one", "secret/vault"],
  ])("%s: one clear error", async (_, name) => {
    const owner = shop.world.org("secret");
    shop.world.repository(owner, "vault", {});
    const { code, stdout, stderr } = await run(folder, "backtest", name);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toBe(
      `countersign: ${name} does not exist or is not visible: check its spelling, and that the token can read it\n`,
    );
  });

  test("a host that is not there: no waiting, one sentence", async () => {
    process.env.GHE_HOST = "127.0.0.1:1";
    const { code, stderr } = await run(folder, "backtest", "acme/shop");
    expect(code).toBe(2);
    expect(stderr).toMatch(/^countersign: GitHub could not be reached: .*; try again\n$/);
  });

  test("a token that GitHub does not take", async () => {
    setEnvironment("gho_wrong");
    const { code, stderr } = await backtest();
    expect(code).toBe(2);
    expect(stderr).toContain("GitHub rejected the token in GITHUB_TOKEN or GH_TOKEN: Bad credentials");
  });

  test("a pull request of more files than one page has is read whole", async () => {
    const { kiro, people, world, shop: repo } = shop;
    const pull = shop.open({ by: kiro, path: "app/a.ts", title: "Change much" });
    const changes = Object.fromEntries(Array.from({ length: 130 }, (_, index) => [`app/${index}.ts`, "1\n"]));
    changes["infra/production/last.tf"] = "# last\n";
    world.commit(repo, pull.headRef, { author: kiro, by: kiro, message: "More", changes });
    shop.merge(pull, people.kira);
    const { document } = await documented();
    expect(document.policies[0].pulls).toMatchObject([{ areas: ["infrastructure"], asks: [{}] }]);
  });

  test("a pull request that GitHub counts otherwise is named, and the others are judged", async () => {
    const { signed } = tell(shop);
    shop.world.misreportFiles(signed, { graphqlCount: 2 });
    const { code, document } = await documented();
    expect(code).toBe(2);
    expect(document.notRead).toEqual([
      { number: signed.number, because: expect.stringContaining("GitHub counts 2 changed files") },
    ]);
    expect(document.policies[0].pulls).toHaveLength(6);
  });

  test("an address on another host is not asked with this token", async () => {
    const { code, stderr } = await run(folder, "backtest", "https://github.com/acme/shop");
    expect(code).toBe(2);
    expect(stderr).toContain("that address is on github.com");
  });

  test("a repository where nothing was ever merged", async () => {
    const { code, stdout } = await backtest("--html", "page.html");
    expect(code).toBe(0);
    expect(words(stdout)).toContain("no merged pull requests were read by the built-in areas");
    expect(words(stdout)).toContain("Remarks No pull request was merged here yet.");
    expect(stdout).not.toContain("What the policy would have done");
    const page = readFileSync(join(folder, "page.html"), "utf8");
    expect(() => readPage(page)).not.toThrow();
    expect(page).toContain('<p class="soft">by the built-in areas');
    expect(page).not.toContain("All pull requests");
  });
});
