import { ManualClock } from "../app/manual-clock.ts";
import { APP_EVENTS, APP_PERMISSIONS } from "../gate/manifest.ts";
import { type GithubDouble, startDouble } from "../github-double/double.ts";
import type { Account, Org, Repository, Team } from "../github-double/world/model.ts";
import { APP_ID, keys } from "./app.ts";

export const GOVERNED = ["main", "release"] as const;
export const BASES = [...GOVERNED, "lab"] as const;
export type Base = (typeof BASES)[number];
/** All that pull requests change. */
export const PATHS = ["stock/a.txt", "stock/b.txt"] as const;
export const TEAMS = ["sre", "data"] as const;
type TeamName = (typeof TEAMS)[number];

/** How long what people override stays so. */
export const OVERRIDE_MS = 3 * 3_600_000;

const CONFIG = `version: 1
branches: [main, release]
production: [{ name: stock, paths: [/stock/] }]
override: { by: ["@acme/sre", "@acme/data"], expires-after: 3h }
freeze: []
bypass: { follow-up: issue }
`;

/** Who owns the two paths, as CODEOWNERS names teams and people. */
export function codeowners([a, b]: readonly [string, string]): string {
  return `/stock/a.txt @${a}\n/stock/b.txt @${b}\n`;
}

/**
 * A small GitHub: one organization, two teams, one repository, two governed branches and one that is not, and forks of
 * people, of whom one may only read.
 */
export interface Shop {
  readonly double: GithubDouble;
  readonly clock: ManualClock;
  readonly org: Org;
  readonly root: Account;
  readonly people: readonly Account[];
  readonly kira: Account;
  readonly bot: Account;
  readonly teams: Readonly<Record<TeamName, Team>>;
  readonly repo: Repository;
  /** Of whoever made one. */
  readonly forks: Map<Account, Repository>;
  /** How many requests GitHub will still refuse. */
  readonly refusals: { left: number };
  readonly installation: ReturnType<GithubDouble["connectApp"]>["installation"];
}

export async function openShop(): Promise<Shop> {
  const clock = new ManualClock();
  const double = await startDouble({
    now: clock.now,
    validate: false,
    tokensExpire: false,
    hourlyLimit: 100_000,
  });
  const { world } = double;
  const person = (login: string) => world.user(login, { name: login, email: `${login}@acme.example` });
  const root = person("root");
  const [olga, sam, dana, wes, kira, eve] = ["olga", "sam", "dana", "wes", "kira", "eve"].map(person);
  if (!olga || !sam || !dana || !wes || !kira || !eve) throw new Error("six people were made");
  const bot = world.bot("kiro-agent[bot]", { id: 245459735 });
  const org = world.org("acme", { owners: [root] });
  const teams = {
    sre: world.team(org, "sre", { members: [olga, sam] }),
    data: world.team(org, "data", { members: [dana, sam] }),
  };
  const files = { ".github/countersign.yml": CONFIG, CODEOWNERS: codeowners(["acme/sre", "acme/data"]) };
  const repo = world.repository(org, "shop", {
    files: { ...files, "stock/a.txt": "a\n", "stock/b.txt": "b\n" },
  });
  for (const team of Object.values(teams)) world.permission(repo, team, "write");
  for (const each of [wes, kira]) world.permission(repo, each, "write");
  world.permission(repo, eve, "read");
  for (const branch of ["release", "lab"]) world.branch(repo, branch, world.tip(repo, "main"));
  const requiredChecks = [{ context: "countersign", integrationId: APP_ID }];
  world.ruleset(repo, { branches: [...GOVERNED], requiredChecks });
  double.webhooks.pause();
  const { installation } = double.connectApp({
    appId: APP_ID,
    privateKeyPublicPem: keys.publicKey,
    secret: "not used",
    webhookUrl: "http://127.0.0.1:9/",
    installationAccount: org,
    permissions: APP_PERMISSIONS,
    events: APP_EVENTS,
  });
  return {
    double,
    clock,
    org,
    root,
    people: [olga, sam, dana, wes, kira, eve],
    kira,
    bot,
    teams,
    repo,
    forks: new Map(),
    refusals: { left: 0 },
    installation,
  };
}

/** The repository of somebody's own, made when it is first needed. */
export function forkOf({ double, repo, forks }: Shop, owner: Account): Repository {
  const fork = forks.get(owner) ?? double.world.fork(repo, owner);
  forks.set(owner, fork);
  return fork;
}
