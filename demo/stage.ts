import { type GithubDouble, startDouble } from "../test/github-double/double.ts";
import type { Account } from "../test/github-double/world/model.ts";
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

const LABELS = [
  { id: 1, name: "ai-authored", color: "8250df", description: "An AI wrote part of it" },
  { id: 2, name: "production", color: "0969da", description: "Touches production" },
  {
    id: 3,
    name: "needs-countersign",
    color: "fbca04",
    description: "Needs a human owner's countersignature",
  },
] as const;

/** @param port of GitHub's API; 0 for any free port */
export async function setStage(appId: number, port: number): Promise<Stage> {
  const double = await startDouble({ port });
  const { world } = double;
  const story = originStory(double, appId);
  const { shop, people, bots } = story;
  world.branch(shop, UNGOVERNED, "main");
  for (const label of LABELS) shop.labels.set(label.name, label);
  const { kira, olga, sam, dana, wes } = people;
  const cast = { kira, olga, sam, dana, wes, "coderabbitai[bot]": bots.coderabbit };
  return { ...story, double, cast, openKirosPull: () => story.kiroDeletesProduction() };
}
