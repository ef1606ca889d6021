import { expect } from "@jest/globals";
import type { Pull } from "../github-double/world/model.ts";
import type { ActionBed } from "./workflow.ts";

/** Owners whom the token of a workflow can tell: people, not teams. */
const OWNED_BY_PEOPLE = "* @wes\n/infra/ @olga @sam\n/db/ @dana\n";

export const SWEEP = { payload: { schedule: "*/15 * * * *" } };

export function ownedByPeople({ world, story }: ActionBed): void {
  world.setFile(story.shop, "main", ".github/CODEOWNERS", OWNED_BY_PEOPLE, story.people.olga);
}

/** Kiro deletes production, which people own. */
export function kirosPull(bed: ActionBed): Pull {
  ownedByPeople(bed);
  return bed.story.kiroDeletesProduction();
}

/** The same with a status that lets it merge. */
export async function signedPull(bed: ActionBed): Promise<Pull> {
  const pull = kirosPull(bed);
  bed.world.review(pull, bed.story.people.olga, "APPROVED");
  await bed.reviewHeard(pull, bed.story.people.olga);
  expect(bed.status(pull.headSha)).toMatchObject({ state: "success" });
  return pull;
}
