import { type GithubDouble, startDouble } from "../github-double/double.ts";
import type { Pull, Repository } from "../github-double/world/model.ts";
import { APP_ID, SECRET, type SpawnedApp, spawnApp, temporaryFolder } from "./app.ts";
import { atRest } from "./at-rest.ts";
import { KIRO_LINE } from "./gate.ts";
import { APP_EVENTS, APP_PERMISSIONS } from "./manifest.ts";
import { FILES, populate } from "./people.ts";
import { plain } from "./plain.ts";
import { way } from "./way.ts";

/** A GitHub, and the app as a process that can be killed and started again. */
export class ProcessGate {
  readonly double: GithubDouble;
  readonly repo: Repository;
  readonly fixtures: ReturnType<typeof populate>;
  readonly folder = temporaryFolder();
  installation: ReturnType<GithubDouble["connectApp"]>["installation"] | null = null;
  app: SpawnedApp | null = null;

  constructor(double: GithubDouble) {
    this.double = double;
    this.fixtures = populate(double);
    this.repo = double.world.repository(this.fixtures.org, "shop", { files: FILES });
    for (const team of Object.values(this.fixtures.teams)) double.world.permission(this.repo, team, "write");
  }

  get installed(): NonNullable<ProcessGate["installation"]> {
    if (!this.installation) throw new Error("the app is not installed");
    return this.installation;
  }

  async start(): Promise<void> {
    const { webhooks } = this.double;
    // Nothing is sent to where the app listened before: what it asks for while it starts waits for its new address.
    webhooks.pause();
    this.app = await spawnApp(this.double, null, { dataFolder: this.folder });
    const webhookUrl = way() === "polling" ? null : this.app.webhookUrl;
    const hook = { appId: APP_ID, secret: SECRET };
    webhooks.connect({ ...hook, url: webhookUrl });
    webhooks.resume();
    this.installation ??= this.double.connectApp({
      ...{ ...hook, webhookUrl, installationAccount: this.fixtures.org },
      ...{ permissions: APP_PERMISSIONS, events: APP_EVENTS },
    }).installation;
  }

  /** What Kiro opens when Kira asks. */
  kirosChange(head: string): Pull {
    const { world } = this.double;
    const { kiro } = this.fixtures.bots;
    const message = "Fix the slow checkout";
    const changes = { "infra/production/main.tf": `# ${head}\n` };
    world.branch(this.repo, head, world.tip(this.repo, "main"));
    world.push(this.repo, head, [{ author: kiro, message, changes }], kiro);
    const words = { title: message, body: KIRO_LINE("kira"), author: kiro };
    return world.openPull(this.repo, { head, base: "main", ...words });
  }

  /** Kiro's change, signed by Olga and green. */
  async signedChange(): Promise<{ readonly pull: Pull; readonly dismiss: () => void }> {
    const { world } = this.double;
    const { olga } = this.fixtures.people;
    const pull = this.kirosChange("change");
    const review = world.review(pull, olga, "APPROVED");
    await this.until(() => this.conclusionOf(pull) === "success");
    return { pull, dismiss: () => world.dismiss(pull, review, olga, "not any more") };
  }

  /** Until every delivery is answered, no job is due or in work, and neither led to another. */
  async rest(): Promise<void> {
    const { webhooks } = this.double;
    for (let seen = -1; seen !== webhooks.deliveries.length; ) {
      seen = webhooks.deliveries.length;
      await webhooks.settled();
      await atRest(
        async () => (await this.app?.jobs()) ?? 0,
        () => webhooks.settled(),
      );
    }
  }

  conclusionOf(pull: Pull): string | null {
    return this.repo.runs.findLast(({ suite }) => suite.sha === pull.headSha)?.conclusion ?? null;
  }

  /** All that the check on the head says. */
  shown(pull: Pull): string {
    const run = this.repo.runs.findLast(({ suite }) => suite.sha === pull.headSha);
    return plain(`${run?.title}\n${run?.summary}\n${run?.text}`);
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

export async function withProcessGate(story: (gate: ProcessGate) => Promise<void>): Promise<void> {
  const gate = new ProcessGate(await startDouble());
  try {
    await gate.start();
    await story(gate);
  } finally {
    await gate.close();
  }
}
