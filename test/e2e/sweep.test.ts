import { expect, test } from "@jest/globals";
import { inTown, type Town } from "../gate/town.ts";

const QUIET = 12;

/** What another start's look at everything asks GitHub for, installation by installation. */
async function askedByASweep(town: Town): Promise<readonly string[]> {
  await town.app?.kill();
  const before = town.double.requests.length;
  await town.start();
  await town.looked();
  await town.until(() => asked(town, before).includes("GET /installation/repositories"));
  await town.rest();
  return asked(town, before);
}

function asked({ double }: Town, since: number): readonly string[] {
  return double.requests
    .slice(since)
    .filter(({ counted }) => counted)
    .map(({ operation }) => operation);
}

test("a sweep over pull requests that nothing happened to costs two requests, however many they are", () =>
  inTown(async (town) => {
    const pulls = Array.from({ length: QUIET }, (_, index) => town.kirosChange(`change-${index}`));
    await town.until(() => pulls.every((pull) => town.conclusionOf(pull) === "action_required"));
    await town.rest();
    const hourAgo = new Date(Date.now() - 3_600_000).toISOString().replace(/\.\d+/, "");
    for (const pull of pulls) pull.updatedAt = hourAgo;
    // The first sweep to see them has them judged.
    await askedByASweep(town);
    await askedByASweep(town);

    expect(await askedByASweep(town)).toEqual(["GET /installation/repositories", "POST /graphql"]);

    const [first] = pulls;
    if (first) town.double.world.review(first, town.town.people.wes, "COMMENTED");
    await town.rest();
    // A process that has just begun reads the files of whatever it judges.
    const read = (await askedByASweep(town)).filter((operation) => operation.endsWith("/files"));
    expect(read).toHaveLength(1);
  }));
