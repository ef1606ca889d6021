import type { GithubDouble } from "../../github-double/double.ts";
import type { Account } from "../../github-double/world/model.ts";
import type { NewRuleset } from "../../github-double/world/rulesets.ts";
import type { World } from "../../github-double/world/world.ts";
import { SHOP_FILES } from "../../story/story-files.ts";

export const APP_ID = 4242;
export const CHECK = { context: "countersign", integrationId: APP_ID };

const CODEOWNERS = "*        @acme/web\n/infra/  @acme/sre\n/db/     @acme/data\n/.github/  @acme/sre\n";

/** The ruleset that our own documentation proposes. */
export const SOUND = {
  name: "countersign",
  branches: ["~DEFAULT_BRANCH"],
  requiredChecks: [CHECK],
  rules: [{ type: "non_fast_forward" }, { type: "deletion" }],
} as const satisfies NewRuleset;

export type Shop = ReturnType<typeof openShop>;

/**
 * `acme/shop` as it should be: its only ruleset requires the check of the App without any exception, and two people can
 * sign for each file. Ada owns the organization.
 */
export function openShop(double: GithubDouble) {
  const { world } = double;
  const people = peopleIn(world);
  const acme = world.org("acme", { owners: [people.ada] });
  const teams = {
    sre: world.team(acme, "sre", { members: [people.olga, people.sam] }),
    data: world.team(acme, "data", { members: [people.dana, people.omar] }),
    web: world.team(acme, "web", { members: [people.wes, people.kira] }),
  };
  const repo = world.repository(acme, "shop", {
    files: { ...SHOP_FILES, ".github/CODEOWNERS": CODEOWNERS, ".github/countersign.yml": "version: 1\n" },
  });
  const { app, installation } = double.connectApp({
    appId: APP_ID,
    secret: "a secret of the tests",
    webhookUrl: "http://127.0.0.1:9/nobody-listens",
    installationAccount: acme,
    events: ["merge_group"],
  });
  const ruleset = world.ruleset(repo, SOUND);
  return {
    world,
    faults: double.faults,
    people,
    acme,
    teams,
    repo,
    app,
    installation,
    ruleset,
    write: (path: string, text: string | null) => world.setFile(repo, "main", path, text, people.ada),
    config: (text: string) =>
      world.setFile(repo, "main", ".github/countersign.yml", `version: 1\n${text}\n`, people.ada),
    /** A pull request that an agent wrote for somebody. */
    asks(who: Account) {
      const head = `kiro/${repo.pulls.size}`;
      const kiro = world.user(`helper-${repo.pulls.size}`);
      world.branch(repo, head, "main");
      world.commit(repo, head, {
        author: kiro,
        by: who,
        message: "Fix it\n\nCo-authored-by: Kiro Agent <kiro-agent@users.noreply.github.com>",
        changes: { [`app/${repo.pulls.size}.ts`]: "export {};\n" },
      });
      world.openPull(repo, { head, base: "main", title: "Fix it", body: "", author: who });
    },
    /** Another App, installed on all repositories of the organization. */
    install(slug: string, permissions: Readonly<Record<string, "read" | "write">>) {
      return world.install(world.app(slug, { permissions }), acme);
    },
    /** Takes its only ruleset away. */
    unprotect: () => {
      repo.rulesets.length = 0;
    },
  };
}

function peopleIn(world: World) {
  return {
    ada: world.user("ada"),
    olga: world.user("olga"),
    sam: world.user("sam"),
    dana: world.user("dana"),
    omar: world.user("omar"),
    wes: world.user("wes"),
    kira: world.user("kira"),
  };
}
