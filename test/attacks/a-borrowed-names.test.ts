import { describe, expect } from "@jest/globals";
import type { Gate } from "../gate/gate.ts";
import { row } from "../gate/row.ts";

const EDIT = { "infra/production/main.tf": "# one instance less\n" } as const;
const ELSEWHERE = { "infra/production/network.tf": "# wider\n" } as const;

/** A tool's note that somebody directed it, named by one of GitHub's own addresses. */
const noteNaming = (address: string) =>
  [
    "infra/production/network.tf",
    "  s_00000000000001::t_0000000000000a 1",
    "---",
    JSON.stringify({
      schema_version: "authorship/3.0.0",
      sessions: {
        s_00000000000001: {
          agent_id: { tool: "cursor", id: "c1", model: "gpt-5.4" },
          human_author: `Ada <${address}>`,
        },
      },
    }),
  ].join("\n");

/** Mallory, who may write, leaves such a note beside a commit of Kira's. */
async function leaveNote(gate: Gate, address: string) {
  const { kira, mallory } = gate.people;
  gate.double.webhooks.pause();
  const decoy = gate.openPull({ author: kira, commits: [gate.humanCommit(kira, ELSEWHERE)] });
  gate.world.notes(gate.repo, "ai", { [decoy.headSha]: noteNaming(address) }, mallory);
  gate.double.webhooks.resume();
  await gate.check(decoy);
}

describe("Whose approval: names that others bear", () => {
  row.each([["agents: [acme-coder]"], ["agents: ['acme-coder[bot]']"]])(
    "A21",
    "before an agent's App is first seen, an outsider takes its name without the end: %s",
    async (gate, list) => {
      gate.configure(`version: 1\ndetect: { ${list} }\n`);
      const eve = gate.world.user("acme-coder", { email: "eve@elsewhere.example" });
      gate.world.permission(gate.repo, eve, "read");
      const fork = gate.world.fork(gate.repo, eve);
      await gate.check(
        gate.openPull({ author: eve, commits: [gate.humanCommit(eve, ELSEWHERE)], headRepo: fork }),
      );
      const agent = gate.world.bot("acme-coder[bot]");
      const pull = gate.openPull({ author: agent, commits: [gate.humanCommit(gate.people.wes, EDIT)] });

      expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
      await gate.says(pull, "acme-coder[bot], certain: author acme-coder[bot]");
    },
  );

  row("A21", "before a listed agent is first seen, a note gives its name to another id", async (gate) => {
    await leaveNote(gate, "987654+acme-coder@users.noreply.github.com");
    gate.configure("version: 1\ndetect: { agents: [acme-coder] }\n");
    await gate.settle();
    const agent = gate.world.user("acme-coder", { email: "coder@acme.example" });
    gate.world.permission(gate.repo, agent, "write");
    const pull = gate.openPull({ author: agent, commits: [gate.humanCommit(agent, EDIT)] });

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
  });

  row("A21", "before somebody is listed, a note gives their name to whoever approves then", async (gate) => {
    const { mallory, sam } = gate.people;
    await leaveNote(gate, `${mallory.id}+sam@users.noreply.github.com`);
    gate.configure('version: 1\nproduction: [{ name: infrastructure, from: ["@sam"] }]\n');
    await gate.settle();
    const pull = gate.kirosChange(EDIT);
    gate.world.review(pull, mallory, "APPROVED");
    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });

    gate.world.review(pull, sam, "APPROVED");
    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
  });
});
