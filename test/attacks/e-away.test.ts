import { describe, expect, test } from "@jest/globals";
import { isEvaluation } from "../gate/gate.ts";
import { inTown, type Town } from "../gate/town.ts";
import type { RawResponse } from "../github-double/faults.ts";

/** One row of the list of attacks, told of an app that can be killed and started again. */
function row(number: string, situation: string, story: (town: Town) => Promise<void>): void {
  test(`${number} ${situation}`, () => inTown(story));
}

row.each =
  <Values extends readonly [string, ...unknown[]]>(rows: readonly Values[]) =>
  (number: string, situation: string, story: (town: Town, ...values: Values) => Promise<void>): void => {
    for (const values of rows)
      test(`${number} ${situation.replace("%s", values[0])}`, () => inTown((town) => story(town, ...values)));
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
    async (town) => {
      const { faults, webhooks } = town.double;
      const mend = faults.add({ match: ({ operation }) => operation.endsWith("/files"), respond: "hang" });
      const pull = town.kirosChange("change");
      await webhooks.settled();
      expect(webhooks.deliveries.find(({ action }) => action === "opened")?.status).toBe(202);
      await town.app?.kill();
      mend();
      expect(town.conclusionOf(pull)).toBeNull();
      // Nothing but the store tells the second process of the pull request.
      faults.add({
        match: ({ operation }) => operation === "GET /app/installations",
        respond: { status: 200, body: [] },
      });
      await town.start();
      await town.until(() => town.conclusionOf(pull) === "action_required");
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
    async (town, _situation, respond) => {
      const { pull, dismiss } = await town.signedChange();
      await town.rest();
      town.double.faults.add({ match: isEvaluation, times: 1, respond });
      const before = town.double.transitions.length;
      dismiss();
      await town.until(() => /waits for/.test(town.shown(pull)));
      const since = town.double.transitions.slice(before);
      expect(since.map(({ conclusion }) => conclusion)).not.toContain("success");
    },
  );

  row(
    "E05",
    "an approval is dismissed while the app is down: the passing check ends at the next start",
    async (town) => {
      const { pull, dismiss } = await town.signedChange();
      await town.app?.kill();
      dismiss();
      await town.double.webhooks.settled();
      expect(town.conclusionOf(pull)).toBe("success");
      await town.start();
      await town.until(() => town.conclusionOf(pull) === "action_required");
    },
  );

  row("E05", "failed or lost deliveries are requested once more, accepted ones are not", async (town) => {
    const { dismiss } = await town.signedChange();
    await town.double.webhooks.settled();
    await town.app?.kill();
    dismiss();
    await town.double.webhooks.settled();
    const failed = town.double.webhooks.deliveries.filter(({ status }) => status === 0);
    expect(failed.map(({ action }) => action)).toContain("dismissed");
    const lost = failed.map(({ guid }) => guid);
    const { accepted } = town.deliveries();

    await town.start();
    await town.looked();
    const first = town.deliveries();
    expect(first.again).toEqual(expect.arrayContaining(lost));
    expect(first.again.filter((guid) => accepted.includes(guid))).toEqual([]);
    expect(first.accepted).toEqual(expect.arrayContaining(lost));

    // Another start finds them accepted by now.
    await town.app?.kill();
    await town.start();
    await town.looked();
    const second = town.deliveries().again.slice(first.again.length);
    expect(second.filter((guid) => first.accepted.includes(guid))).toEqual([]);
  });

  row(
    "E15",
    "an approval is dismissed while the installation is suspended: the passing check ends when it is back",
    async (town) => {
      const { pull, dismiss } = await town.signedChange();
      town.double.world.suspend(town.installed, town.town.people.olga);
      dismiss();
      await town.double.webhooks.settled();
      town.double.world.unsuspend(town.installed, town.town.people.olga);
      await town.until(() => town.conclusionOf(pull) === "action_required");
    },
  );

  row.each<readonly [string]>([["members"], ["contents"], ["pull_requests"]])(
    "E15",
    "a permission is withdrawn: the passing check ends, and the check names it: %s",
    async (town, permission) => {
      const { pull } = await town.signedChange();
      const { world } = town.double;
      const { sam, olga } = town.town.people;
      world.withdrawPermission(town.installed, permission);
      // A token is good for an hour, and has no more than its installation.
      world.dismiss(pull, world.review(pull, sam, "APPROVED"), olga, "not any more");
      await town.until(() => town.conclusionOf(pull) === "failure");
      expect(town.shown(pull)).toContain(NAMES[permission]);
    },
  );

  test("names each permission that an account has not granted when it starts", () =>
    inTown(async (town) => {
      await town.app?.kill();
      town.double.world.withdrawPermission(town.installed, "members");
      await town.start();
      const named = "acme has not granted the permission members: read";
      await town.until(() => town.app?.log().includes(named) ?? false);
      const ready = await fetch(`${town.app?.address}/readyz`);
      expect([ready.status, await ready.json()]).toMatchObject([200, { store: "ok", github: "ok" }]);
    }));
});
