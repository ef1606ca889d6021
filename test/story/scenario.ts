import type { GithubDouble } from "../github-double/double.ts";
import type { Pull } from "../github-double/world/model.ts";
import type { World } from "../github-double/world/world.ts";
import { PRODUCTION_FILES, SHOP_FILES } from "./story-files.ts";

/** The check that must pass before anything reaches `main`. */
const CHECK = "countersign";

const BRANCH = "kiro/fix-checkout-timeouts";

const BODY = `This pull request was created by @kiro-agent on behalf of @kira :ghost:

Checkout times out because the orders database keeps a stale connection pool. The environment has drifted from its
definition, so this change removes it; the next apply builds it again from nothing.

[Learn about Kiro autonomous agent](https://kiro.dev/autonomous-agent)
`;

export type OriginStory = ReturnType<typeof originStory>;

/**
 * The world of the origin story: `acme/shop` with its owners, the engineer who asks Kiro for a fix, an attacker and
 * the machines. Nothing may reach `main` without the check of the app with `appId`.
 */
export function originStory(double: Pick<GithubDouble, "world">, appId: number) {
  const { world } = double;
  const people = addPeople(world);
  const bots = addBots(world);
  const acme = world.org("acme");
  const teams = {
    sre: world.team(acme, "sre", { members: [people.olga, people.sam] }),
    data: world.team(acme, "data", { members: [people.dana] }),
    web: world.team(acme, "web", { members: [people.wes] }),
  };
  const shop = world.repository(acme, "shop", { files: SHOP_FILES });
  for (const writer of [people.kira, people.mallory, ...Object.values(bots)])
    world.permission(shop, writer, "write");
  world.ruleset(shop, {
    name: "main",
    branches: ["main"],
    requiredChecks: [{ context: CHECK, integrationId: appId }],
  });

  return {
    acme,
    shop,
    people,
    bots,
    teams,

    /** Kiro's answer to "checkout times out": it deletes the production environment. */
    kiroDeletesProduction(): Pull {
      world.branch(shop, BRANCH, "main");
      world.commit(shop, BRANCH, {
        author: bots.kiro,
        by: bots.kiro,
        message: "Fix checkout timeouts by rebuilding the environment",
        changes: {
          ...Object.fromEntries(PRODUCTION_FILES.map((path) => [path, null])),
          "app/checkout.ts": SHOP_FILES["app/checkout.ts"]?.replace("2_000", "10_000") ?? "",
        },
      });
      return world.openPull(shop, {
        head: BRANCH,
        base: "main",
        title: "Fix checkout timeouts",
        body: BODY,
        author: bots.kiro,
      });
    },
  };
}

function addPeople(world: World) {
  return {
    kira: world.user("kira", { name: "Kira Novak" }),
    olga: world.user("olga", { name: "Olga Petrova" }),
    sam: world.user("sam", { name: "Sam Okafor" }),
    dana: world.user("dana", { name: "Dana Levi" }),
    wes: world.user("wes", { name: "Wes Tan" }),
    mallory: world.user("mallory", { name: "Mallory" }),
  };
}

/** The machines under the ids they have on GitHub. */
function addBots(world: World) {
  return {
    kiro: world.bot("kiro-agent", { id: 245459735 }),
    coderabbit: world.bot("coderabbitai", { id: 136622811 }),
    amazonQ: world.bot("amazon-q-developer", { id: 208079219 }),
    dependabot: world.bot("dependabot", { id: 49699333 }),
  };
}
