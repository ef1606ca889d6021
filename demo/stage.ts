import { type GithubDouble, startDouble } from "../test/github-double/double.ts";
import type { Account } from "../test/github-double/world/model.ts";
import type { World } from "../test/github-double/world/world.ts";
import { type OriginStory, originStory } from "../test/story/scenario.ts";
import type { Login } from "./cast.ts";

/** A simulated GitHub with the people and the repository of the story. */
export interface Stage extends Pick<OriginStory, "acme" | "shop" | "bots" | "people"> {
  readonly double: GithubDouble;
  readonly cast: Readonly<Record<Login, Account>>;
  readonly openKirosPull: () => void;
}

/** A branch without Countersign's check. */
export const UNGOVERNED = "playground";

/** Who can let a change through in an emergency. */
export const CONFIG = `version: 1
override:
  by: ["@acme/sre"]
`;

const PASSKEYS = "passkey: production\n";

export interface Setting {
  readonly appId: number;
  /** Where the pages of this GitHub are. */
  readonly web?: string | undefined;
  /** Whether an approval of a production change counts only with its writer's passkey. */
  readonly passkeys?: boolean | undefined;
}

/** GitHub's number for the role of administrators. */
const ADMIN_ROLE = 5;

const LABELS = [
  { id: 1, name: "ai-authored", color: "8250df", description: "An AI wrote part of it" },
  { id: 2, name: "production", color: "0969da", description: "Touches production" },
  {
    id: 3,
    name: "needs-countersign",
    color: "fbca04",
    description: "Needs a human owner's countersignature",
  },
  {
    id: 4,
    name: "countersign-override",
    color: "d93f0b",
    description: "Let through in an emergency",
  },
  {
    id: 5,
    name: "countersign-bypassed",
    color: "b60205",
    description: "Merged past the check",
  },
] as const;

/** @param port of GitHub's API; 0 for any free port */
export async function setStage({ appId, web, passkeys = false }: Setting, port: number): Promise<Stage> {
  const double = await startDouble({ port, ...(web !== undefined && { web }) });
  const { world } = double;
  const story = originStory(double, appId);
  const { shop, people, bots } = story;
  const ines = administrator(world, story);
  const config = passkeys ? `${CONFIG}${PASSKEYS}` : CONFIG;
  world.setFile(shop, "main", ".github/countersign.yml", config, ines);
  world.branch(shop, UNGOVERNED, "main");
  for (const label of LABELS) shop.labels.set(label.name, label);
  const { kira, olga, sam, dana, wes } = people;
  const cast = { kira, olga, sam, dana, wes, ines, "coderabbitai[bot]": bots.coderabbit };
  return { ...story, double, cast, openKirosPull: () => story.kiroDeletesProduction() };
}

/** Somebody whom GitHub lets merge past every rule of the repository. */
function administrator({ user, permission, changeRuleset }: World, { acme, shop }: OriginStory): Account {
  const ines = user("ines", { name: "Ines Moreau" });
  permission(shop, ines, "admin");
  for (const ruleset of shop.rulesets)
    changeRuleset(
      shop,
      ruleset,
      { bypass: [{ actor_type: "RepositoryRole", actor_id: ADMIN_ROLE, bypass_mode: "always" }] },
      acme,
    );
  return ines;
}
