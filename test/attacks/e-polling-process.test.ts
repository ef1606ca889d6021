import { describe, expect, test } from "@jest/globals";
import { Door } from "../gate/door.ts";
import { withProcessGate } from "../gate/process-gate.ts";
import { readDeliveries } from "../gate/way.ts";

readDeliveries();

const ONE = "GET /app/hook/deliveries/{delivery_id}";

describe("The machine, where it reads deliveries in a process of its own", () => {
  test("E36 the app is killed while it reads a dismissal: the next process reads it, and the pass ends", () =>
    withProcessGate(async (gate) => {
      const { pull, dismiss } = await gate.signedChange();
      await gate.rest();
      const { faults, requests } = gate.double;
      const before = requests.length;
      const recover = faults.add({ match: ({ operation }) => operation === ONE, respond: "hang" });
      dismiss();
      await gate.until(() => requests.slice(before).some(({ operation }) => operation === ONE));
      await gate.app?.kill();
      recover();
      expect(gate.conclusionOf(pull)).toBe("success");

      // No look at the repositories tells the second process of it.
      const match = ({ operation }: { readonly operation: string }) => operation === "GET /app/installations";
      faults.add({ match, respond: { status: 200, body: [] } });
      await gate.start();
      await gate.until(() => gate.conclusionOf(pull) === "action_required");
    }));

  test("E36 outsiders reach no webhook path where none is needed, and a secret is not asked for", async () => {
    const door = await Door.open({ COUNTERSIGN_POLL: "2", WEBHOOK_SECRET: "" });
    try {
      expect(await door.deliver()).toBe(404);
      expect(await door.text("/healthz")).toBe('{"status":"ok"}');
      expect(await door.text("/metrics")).toMatch(/^countersign_deliveries_unread 0$/m);
      expect(door.log()).toMatch(/"seconds":2,"idleHour":1800,"busyHour":4000/);
      // Nobody answers there, which is said where people look.
      while (!(await door.text("/readyz")).includes("deliveries could not be read from GitHub since"));
    } finally {
      await door.close();
    }
  });
});
