import { describe, expect, test } from "@jest/globals";
import { APP_ID, SECRET, type SpawnedApp, spawnApp, temporaryFolder } from "../gate/app.ts";
import { isEvaluation, KIRO_LINE } from "../gate/gate.ts";
import { APP_EVENTS, APP_PERMISSIONS } from "../gate/manifest.ts";
import { FILES, populate } from "../gate/people.ts";
import { row } from "../gate/row.ts";
import { type GithubDouble, startDouble } from "../github-double/double.ts";
import type { Pull, Repository } from "../github-double/world/model.ts";

const PULLS = 40;
const INFRA = { "infra/production/main.tf": null } as const;

describe("The machine, when deliveries go astray", () => {
  row.each<readonly [string, "kept" | "reversed", number][]>([
    ["in order", "kept", 1],
    ["in reverse, each twice", "reversed", 2],
    ["in order, each three times", "kept", 3],
  ])(
    "E01",
    "deliveries in another order or repeated lead to the same check: %s",
    async (gate, _situation, order, times) => {
      const { olga, sam } = gate.people;
      const { webhooks } = gate.double;
      webhooks.pause();
      const before = webhooks.deliveries.length;
      const pull = gate.kirosChange(INFRA);
      const review = gate.world.review(pull, olga, "APPROVED");
      gate.pushTo(pull, { author: gate.bots.kiro, changes: { "app/cart.ts": "export const cart = [2];\n" } });
      gate.world.dismiss(pull, review, olga, "not any more");
      gate.world.review(pull, sam, "APPROVED");
      const once = webhooks.deliveries.slice(before);
      for (let time = 1; time < times; time++) for (const { id } of once) webhooks.redeliver(id);
      webhooks.resume({ order });

      expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
      const passed = gate.double.transitions.filter(({ conclusion }) => conclusion === "success");
      expect(passed.every(({ sha }) => sha === pull.headSha)).toBe(true);
    },
  );

  row("E01", "a dismissal that comes before its approval leaves nothing green", async (gate) => {
    const pull = gate.kirosChange(INFRA);
    await gate.settle();
    gate.double.webhooks.pause();
    const review = gate.world.review(pull, gate.people.olga, "APPROVED");
    gate.world.dismiss(pull, review, gate.people.olga, "not any more");
    gate.double.webhooks.resume({ order: "reversed" });

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    expect(gate.double.transitions.map(({ conclusion }) => conclusion)).not.toContain("success");
  });

  row(
    "E16",
    "one change of CODEOWNERS leads to many evaluations, and direct news goes first",
    async (gate) => {
      const pulls = Array.from({ length: PULLS }, (_, index) =>
        gate.kirosChange({ [`infra/production/part-${index}.tf`]: `# ${index}\n` }),
      );
      const [first, last] = [pulls[0], pulls.at(-1)];
      if (!first || !last) throw new Error("no pull requests");
      gate.world.review(first, gate.people.olga, "APPROVED");
      expect(await gate.check(first)).toMatchObject({ conclusion: "success" });

      const asked: string[] = [];
      let pushed = false;
      gate.double.faults.add({
        match: (request) => {
          if (isEvaluation(request)) asked.push(JSON.stringify(request.body));
          // In the midst of the sweep somebody signs.
          if (asked.length === 5 && !pushed) {
            pushed = true;
            gate.world.review(last, gate.people.sam, "APPROVED");
          }
          return false;
        },
        respond: "hang",
      });
      const owners = `${FILES.CODEOWNERS}/infra/ @acme/data\n`;
      gate.world.setFile(gate.repo, "main", "CODEOWNERS", owners, gate.people.olga);

      expect(await gate.check(first)).toMatchObject({ conclusion: "action_required" });
      expect(await gate.check(last)).toMatchObject({ conclusion: "action_required" });
      const place = asked.findIndex((body) => new RegExp(`"number":${last.number}\\b`).test(body));
      expect(place).toBeGreaterThan(0);
      // The sweep takes the oldest pull requests first, so this one would have been the last.
      expect(place).toBeLessThan(PULLS - 5);
      // The pass that rested on the old owners was taken back before anything was judged.
      const ofFirst = gate.double.transitions.filter(({ sha }) => sha === first.headSha);
      expect(ofFirst.map(({ title }) => title)).toContain("Being checked again");
    },
  );
});

/** A GitHub, and the app as a process that can be killed and started again. */
class Town {
  readonly double: GithubDouble;
  readonly repo: Repository;
  readonly town: ReturnType<typeof populate>;
  readonly folder = temporaryFolder();
  installation: ReturnType<GithubDouble["connectApp"]>["installation"] | null = null;
  app: SpawnedApp | null = null;

  constructor(double: GithubDouble) {
    this.double = double;
    this.town = populate(double);
    this.repo = double.world.repository(this.town.org, "shop", { files: FILES });
    for (const team of Object.values(this.town.teams)) double.world.permission(this.repo, team, "write");
  }

  async start(): Promise<void> {
    const { webhooks } = this.double;
    // Nothing is sent to where the app listened before: what it asks for while it starts waits for its new address.
    webhooks.pause();
    this.app = await spawnApp(this.double, null, this.folder);
    const { webhookUrl } = this.app;
    const hook = { appId: APP_ID, secret: SECRET };
    webhooks.connect({ ...hook, url: webhookUrl });
    webhooks.resume();
    this.installation ??= this.double.connectApp({
      ...{ ...hook, webhookUrl, installationAccount: this.town.org },
      ...{ permissions: APP_PERMISSIONS, events: APP_EVENTS },
    }).installation;
  }

  /** Kiro's change, signed by Olga and green. */
  async signedChange(): Promise<{ readonly pull: Pull; readonly dismiss: () => void }> {
    const { world } = this.double;
    const { people, bots } = this.town;
    world.branch(this.repo, "change", world.tip(this.repo, "main"));
    const message = "Fix the slow checkout";
    world.push(this.repo, "change", [{ author: bots.kiro, message, changes: INFRA }], bots.kiro);
    const where = { head: "change", base: "main" };
    const words = { title: message, body: KIRO_LINE("kira"), author: bots.kiro };
    const pull = world.openPull(this.repo, { ...where, ...words });
    const review = world.review(pull, people.olga, "APPROVED");
    await this.until(() => this.conclusionOf(pull) === "success");
    return { pull, dismiss: () => world.dismiss(pull, review, people.olga, "not any more") };
  }

  conclusionOf(pull: Pull): string | null {
    return this.repo.runs.findLast(({ suite }) => suite.sha === pull.headSha)?.conclusion ?? null;
  }

  /** The guids of the deliveries that the app accepted, and of those that it asked for once more. */
  deliveries(): { readonly accepted: readonly string[]; readonly again: readonly string[] } {
    const { deliveries } = this.double.webhooks;
    return {
      accepted: deliveries.filter(({ status }) => status === 202).map(({ guid }) => guid),
      again: deliveries.filter(({ redelivery }) => redelivery).map(({ guid }) => guid),
    };
  }

  /** Until the running app has looked for what was missed. */
  async looked(): Promise<void> {
    await this.until(() => this.app?.log().includes("looked for what was missed") ?? false);
    await this.double.webhooks.settled();
  }

  /** Waits for a fact by asking the app over and over how it stands, which takes its own time. */
  async until(fact: () => boolean): Promise<void> {
    while (!fact()) {
      await this.double.webhooks.settled();
      await this.app?.jobs();
    }
  }

  async close(): Promise<void> {
    await this.app?.stop();
    await this.double.stop();
  }
}

async function inTown(story: (town: Town) => Promise<void>): Promise<void> {
  const town = new Town(await startDouble());
  try {
    await town.start();
    await story(town);
  } finally {
    await town.close();
  }
}

describe("The machine, when it was away", () => {
  test("E05 an approval dismissed meanwhile ends the pass at the next start", () =>
    inTown(async (town) => {
      const { pull, dismiss } = await town.signedChange();
      await town.app?.kill();
      dismiss();
      await town.double.webhooks.settled();
      expect(town.conclusionOf(pull)).toBe("success");
      await town.start();
      await town.until(() => town.conclusionOf(pull) === "action_required");
    }));

  test("E05 deliveries that failed (or never arrived) are asked for once more, those that were accepted are not", () =>
    inTown(async (town) => {
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
    }));

  test("E15 what was dismissed while the installation was suspended ends the pass when it is back", () =>
    inTown(async (town) => {
      const { pull, dismiss } = await town.signedChange();
      const { installation } = town;
      if (!installation) throw new Error("not installed");
      town.double.world.suspend(installation, town.town.people.olga);
      dismiss();
      await town.double.webhooks.settled();
      town.double.world.unsuspend(installation, town.town.people.olga);
      await town.until(() => town.conclusionOf(pull) === "action_required");
    }));

  test.each([["members"], ["contents"], ["pull_requests"]])(
    "E15 fails closed when the permission %s is withdrawn, and says which",
    (permission) =>
      inTown(async (town) => {
        const { pull } = await town.signedChange();
        if (!town.installation) throw new Error("not installed");
        town.double.world.withdrawPermission(town.installation, permission);
        // A token is good for an hour, and has no more than its installation.
        town.double.world.dismiss(
          pull,
          town.double.world.review(pull, town.town.people.sam, "APPROVED"),
          town.town.people.olga,
          "not any more",
        );
        await town.until(() => !["success", "neutral"].includes(town.conclusionOf(pull) ?? ""));
        await town.until(() => town.conclusionOf(pull) === "failure" || permission === "pull_requests");
      }),
  );

  test("names each permission that an account has not granted when it starts", () =>
    inTown(async (town) => {
      if (!town.installation) throw new Error("not installed");
      await town.app?.kill();
      town.double.world.withdrawPermission(town.installation, "members");
      await town.start();
      const named = "acme has not granted the permission members: read";
      await town.until(() => town.app?.log().includes(named) ?? false);
      const ready = await fetch(`${town.app?.address}/readyz`);
      expect([ready.status, await ready.json()]).toMatchObject([200, { store: "ok", github: "ok" }]);
    }));
});
