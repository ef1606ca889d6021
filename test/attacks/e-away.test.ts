import { describe, expect, test } from "@jest/globals";
import { isEvaluation } from "../gate/gate.ts";
import { type ProcessGate, withProcessGate } from "../gate/process-gate.ts";
import type { RawResponse } from "../github-double/faults.ts";

/** One row of the list of attacks, told of an app that can be killed and started again. */
function row(number: string, situation: string, story: (gate: ProcessGate) => Promise<void>): void {
  test(`${number} ${situation}`, () => withProcessGate(story));
}

row.each =
  <Values extends readonly [string, ...unknown[]]>(rows: readonly Values[]) =>
  (
    number: string,
    situation: string,
    story: (gate: ProcessGate, ...values: Values) => Promise<void>,
  ): void => {
    for (const values of rows)
      test(`${number} ${situation.replace("%s", values[0])}`, () =>
        withProcessGate((gate) => story(gate, ...values)));
  };

const NAMES: Readonly<Record<string, string>> = {
  members: "Members: read",
  contents: "Contents: read",
  pull_requests: "Pull requests: read",
};

describe("The machine, when it was away", () => {
  row(
    "E02",
    "the app is killed between its answer to GitHub and the check, and evaluates after the restart",
    async (gate) => {
      const { faults, webhooks } = gate.double;
      const recover = faults.add({ match: ({ operation }) => operation.endsWith("/files"), respond: "hang" });
      const pull = gate.kirosChange("change");
      await webhooks.settled();
      expect(webhooks.deliveries.find(({ action }) => action === "opened")?.status).toBe(202);
      await gate.app?.kill();
      recover();
      expect(gate.conclusionOf(pull)).toBeNull();
      // Nothing but the store tells the second process of the pull request.
      faults.add({
        match: ({ operation }) => operation === "GET /app/installations",
        respond: { status: 200, body: [] },
      });
      await gate.start();
      await gate.until(() => gate.conclusionOf(pull) === "action_required");
    },
  );

  row.each<readonly [string, RawResponse]>([
    ["5xx", { status: 502, body: { message: "Bad Gateway" } }],
    [
      "403 for the secondary limit",
      {
        status: 403,
        body: { message: "You have exceeded a secondary rate limit." },
        headers: { "retry-after": "1" },
      },
    ],
    [
      "429 with Retry-After",
      { status: 429, body: { message: "Too many requests" }, headers: { "retry-after": "1" } },
    ],
  ])(
    "E03",
    "GitHub fails while an approval is dismissed: the passing check is withdrawn, and the work is done later: %s",
    async (gate, _situation, respond) => {
      const { pull, dismiss } = await gate.signedChange();
      await gate.rest();
      gate.double.faults.add({ match: isEvaluation, times: 1, respond });
      const before = gate.double.transitions.length;
      dismiss();
      await gate.until(() => /needs approval from/.test(gate.shown(pull)));
      const since = gate.double.transitions.slice(before);
      expect(since.map(({ conclusion }) => conclusion)).not.toContain("success");
    },
  );

  row(
    "E05",
    "an approval is dismissed while the app is down: the passing check ends at the next start",
    async (gate) => {
      const { pull, dismiss } = await gate.signedChange();
      await gate.app?.kill();
      dismiss();
      await gate.double.webhooks.settled();
      expect(gate.conclusionOf(pull)).toBe("success");
      await gate.start();
      await gate.until(() => gate.conclusionOf(pull) === "action_required");
    },
  );

  row("E05", "failed or lost deliveries are requested once more, accepted ones are not", async (gate) => {
    const { dismiss } = await gate.signedChange();
    await gate.double.webhooks.settled();
    await gate.app?.kill();
    dismiss();
    await gate.double.webhooks.settled();
    const failed = gate.double.webhooks.deliveries.filter(({ status }) => status === 0);
    expect(failed.map(({ action }) => action)).toContain("dismissed");
    const lost = failed.map(({ guid }) => guid);
    const { accepted } = gate.deliveries();

    await gate.start();
    await gate.looked();
    const first = gate.deliveries();
    expect(first.again).toEqual(expect.arrayContaining(lost));
    expect(first.again.filter((guid) => accepted.includes(guid))).toEqual([]);
    expect(first.accepted).toEqual(expect.arrayContaining(lost));

    // Another start finds them accepted by now.
    await gate.app?.kill();
    await gate.start();
    await gate.looked();
    const second = gate.deliveries().again.slice(first.again.length);
    expect(second.filter((guid) => first.accepted.includes(guid))).toEqual([]);
  });

  row(
    "E15",
    "an approval is dismissed while the installation is suspended: the passing check ends when it is back",
    async (gate) => {
      const { pull, dismiss } = await gate.signedChange();
      gate.double.world.suspend(gate.installed, gate.fixtures.people.olga);
      dismiss();
      await gate.double.webhooks.settled();
      gate.double.world.unsuspend(gate.installed, gate.fixtures.people.olga);
      await gate.until(() => gate.conclusionOf(pull) === "action_required");
    },
  );

  row.each<readonly [string]>([["members"], ["contents"], ["pull_requests"]])(
    "E15",
    "a permission is withdrawn: the passing check ends, and the check names it: %s",
    async (gate, permission) => {
      const { pull } = await gate.signedChange();
      const { world } = gate.double;
      const { sam, olga } = gate.fixtures.people;
      world.withdrawPermission(gate.installed, permission);
      // A token is good for an hour, and has no more than its installation.
      world.dismiss(pull, world.review(pull, sam, "APPROVED"), olga, "not any more");
      await gate.until(() => gate.conclusionOf(pull) === "failure");
      expect(gate.shown(pull)).toContain(NAMES[permission]);
    },
  );

  test("names each permission that an account has not granted when it starts", () =>
    withProcessGate(async (gate) => {
      await gate.app?.kill();
      gate.double.world.withdrawPermission(gate.installed, "members");
      await gate.start();
      const named = "acme has not granted the permission members: read";
      await gate.until(() => gate.app?.log().includes(named) ?? false);
      const ready = await fetch(`${gate.app?.address}/readyz`);
      expect([ready.status, await ready.json()]).toMatchObject([200, { store: "ok", github: "ok" }]);
    }));
});
