import { describe, expect } from "@jest/globals";
import { row } from "../gate/clocked-row.ts";
import type { Gate } from "../gate/gate.ts";
import type { SeenRequest } from "../github-double/faults.ts";
import type { Pull } from "../github-double/world/model.ts";

const EDIT = { "infra/production/main.tf": "# one instance less\n" } as const;

/** A list of repositories, of open pull requests, or of those at a commit; by REST or GraphQL. */
function isList({ operation, body }: SeenRequest): boolean {
  if (operation !== "POST /graphql")
    return /^GET \/(installation\/repositories|orgs\/\{org\}\/repos|repos\/\{owner\}\/\{repo\}\/(pulls|commits\/\{commit_sha\}\/pulls))$/.test(
      operation,
    );
  return /pullRequests\s*\(/.test(JSON.stringify(body));
}

async function signed(gate: Gate): Promise<Pull> {
  const pull = gate.kirosChange(EDIT);
  gate.world.review(pull, gate.people.sam, "APPROVED");
  await gate.settle();
  expect(gate.passes(pull)).toBe(true);
  return pull;
}

const DOUBTS: readonly (readonly [string, (gate: Gate) => void])[] = [
  [
    "who signed leaves the team",
    (gate) => gate.world.removeFromTeam(gate.teams.sre, gate.people.sam, gate.people.olga),
  ],
  [
    "who signed leaves the organization",
    (gate) => gate.world.removeFromOrg(gate.org, gate.people.sam, gate.people.olga),
  ],
  [
    "the team loses write access",
    (gate) => gate.world.permission(gate.repo, gate.teams.sre, "read", gate.people.olga),
  ],
  [
    "the config becomes stricter",
    (gate) => gate.configure("version: 1\nproduction: [{ name: infrastructure, countersignatures: 2 }]\n"),
  ],
  [
    "CODEOWNERS names others",
    (gate) => gate.world.setFile(gate.repo, "main", "CODEOWNERS", "/infra/ @acme/data\n", gate.people.olga),
  ],
  ["the team is deleted", (gate) => gate.world.deleteTeam(gate.teams.sre, gate.people.olga)],
  [
    "the organization's floor becomes stricter",
    (gate) => {
      const floor = gate.world.repository(gate.org, ".github");
      const text = "version: 1\nproduction: [{ name: infrastructure, countersignatures: 2 }]\n";
      gate.world.setFile(floor, "main", ".github/countersign.yml", text, gate.people.olga);
    },
  ],
];

/** How a list fails, and whether it does so once or until it is told to stop. */
const ONCE: readonly (readonly [string, (gate: Gate) => void])[] = [
  ["it is refused", (gate) => void gate.double.faults.refuse(isList, 403, { times: 1 })],
  [
    "it is empty",
    (gate) => void gate.double.faults.emptyList(isList, { times: 1, connections: ["pullRequests"] }),
  ],
  ["it is not found", (gate) => void gate.double.faults.refuse(isList, 404, { times: 1 })],
  ["it is refused five times", (gate) => void gate.double.faults.refuse(isList, 403, { times: 5 })],
];

describe("The machine, when lists fail", () => {
  row.each(DOUBTS)(
    "E33",
    "lists answer with errors, and a pass is in doubt: %s",
    async (gate, time, _what, doubt) => {
      const pull = await signed(gate);
      gate.double.faults.refuse(isList, 502);

      doubt(gate);
      await gate.settle();
      await time.pass(3, () => !gate.passes(pull));

      expect(gate.passes(pull)).toBe(false);
    },
  );

  row("E33", "lists hang, and who signed leaves the team", async (gate) => {
    const pull = await signed(gate);
    const held = gate.double.faults.hold(isList);
    gate.world.removeFromTeam(gate.teams.sre, gate.people.sam, gate.people.olga);
    await gate.double.webhooks.settled();
    // The lists stay open, so the work never comes to rest; a withdrawal has to come all the same.
    for (let asked = 0; asked < 300 && gate.passes(pull); asked++) await gate.jobs();
    const standing = gate.passes(pull);
    held.release();

    expect(standing).toBe(false);
  });

  row.each(ONCE)(
    "E34",
    "the rules become stricter, and the list of what they reach fails: %s",
    async (gate, time, _how, fail) => {
      const pull = await signed(gate);
      const { wes } = gate.people;
      const human = gate.openPull({
        author: wes,
        commits: [gate.humanCommit(wes, { "infra/production/network.tf": "# wider\n" })],
      });
      await gate.settle();
      expect(gate.passes(human)).toBe(true);
      fail(gate);

      gate.configure(
        "version: 1\nproduction: [{ name: infrastructure, countersignatures: 2, applies-to: everyone }]\n",
      );
      await gate.settle();
      for (let minute = 0; minute < 30; minute++) await time.leap(60);

      expect(gate.shown(pull)?.conclusion).toBe("action_required");
      expect(gate.shown(human)?.conclusion).toBe("action_required");
      await gate.says(pull, /1 of 2/);
      await gate.says(human, /0 of 2/);
    },
  );

  row(
    "E34",
    "the rules become looser, the list fails, and what waits passes in the end",
    async (gate, time) => {
      const pull = gate.kirosChange(EDIT);
      await gate.settle();
      gate.double.faults.refuse(isList, 403, { times: 1 });
      gate.configure("version: 1\nmode: observe\n");
      await gate.settle();
      for (let minute = 0; minute < 30; minute++) await time.leap(60);

      expect(gate.passes(pull)).toBe(true);
    },
  );
});
