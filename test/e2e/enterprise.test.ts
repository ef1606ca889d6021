import { expect, test } from "@jest/globals";
import { ProcessGate } from "../gate/process-gate.ts";
import { startDouble } from "../github-double/double.ts";

test("what an Enterprise Server's GraphQL does not know is found out once, and known after a restart", async () => {
  const gate = new ProcessGate(await startDouble({ stacks: false }));
  let inVain = 0;
  gate.double.faults.add({
    match: ({ body }) => {
      if (JSON.stringify(body ?? "").includes("stack {")) inVain += 1;
      return false;
    },
    respond: "drop",
  });
  const judged = async (branch: string) => {
    const pull = gate.kirosChange(branch);
    await gate.until(() => gate.conclusionOf(pull) === "action_required");
  };
  try {
    await gate.start();
    await judged("first");
    expect(inVain).toBe(1);
    await gate.app?.kill();
    await gate.start();
    await judged("second");
    expect(inVain).toBe(1);
  } finally {
    await gate.close();
  }
});
