import { expect, test } from "@jest/globals";
import { type ProcessGate, withProcessGate } from "../gate/process-gate.ts";

const QUIET = 12;

/** What another start's look at everything asks GitHub for, installation by installation. */
async function askedByASweep(gate: ProcessGate): Promise<readonly string[]> {
  await gate.app?.kill();
  const before = gate.double.requests.length;
  await gate.start();
  await gate.looked();
  await gate.until(() => asked(gate, before).includes("GET /installation/repositories"));
  await gate.rest();
  return asked(gate, before);
}

function asked({ double }: ProcessGate, since: number): readonly string[] {
  return double.requests
    .slice(since)
    .filter(({ counted }) => counted)
    .map(({ operation }) => operation);
}

test("a sweep over pull requests that nothing happened to costs three requests, however many they are", () =>
  withProcessGate(async (gate) => {
    const pulls = Array.from({ length: QUIET }, (_, index) => gate.kirosChange(`change-${index}`));
    await gate.until(() => pulls.every((pull) => gate.conclusionOf(pull) === "action_required"));
    await gate.rest();
    const hourAgo = new Date(Date.now() - 3_600_000).toISOString().replace(/\.\d+/, "");
    for (const pull of pulls) pull.updatedAt = hourAgo;
    // The first sweep to see them has them judged.
    await askedByASweep(gate);
    await askedByASweep(gate);

    // The last one is for what came past the check; a process that goes on is answered with 304.
    expect(await askedByASweep(gate)).toEqual([
      ...["GET /installation/repositories", "POST /graphql", "GET /repos/{owner}/{repo}/activity"],
    ]);

    const [first] = pulls;
    if (first) gate.double.world.review(first, gate.fixtures.people.wes, "COMMENTED");
    await gate.rest();
    // A process that has just begun reads the files of whatever it judges.
    const read = (await askedByASweep(gate)).filter((operation) => operation.endsWith("/files"));
    expect(read).toHaveLength(1);
  }));
