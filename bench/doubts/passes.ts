import { SECRET } from "../../test/app/credentials.ts";
import { APP_ID, Replica } from "../../test/chaos/replica.ts";
import { KIRO_LINE } from "../../test/gate/gate.ts";
import { APP_EVENTS, APP_PERMISSIONS } from "../../test/gate/manifest.ts";
import { FILES, populate } from "../../test/gate/people.ts";
import { type GithubDouble, startDouble } from "../../test/github-double/double.ts";
import type { Pull, Repository, Team } from "../../test/github-double/world/model.ts";

/** A GitHub with agents' pull requests that a team signs for, and the real app in a process of its own. */
export class Passes {
  readonly double: GithubDouble;
  readonly replica: Replica;
  readonly #fixtures: ReturnType<typeof populate>;
  readonly #repo: Repository;
  #opened = 0;

  private constructor(double: GithubDouble, replica: Replica) {
    this.double = double;
    this.replica = replica;
    this.#fixtures = populate(double);
    this.#repo = double.world.repository(this.#fixtures.org, "shop", { files: FILES });
    for (const team of Object.values(this.#fixtures.teams))
      double.world.permission(this.#repo, team, "write");
    // Another check that never comes keeps what merges by itself from merging before it is in doubt.
    const requiredChecks = [{ context: "countersign", integrationId: APP_ID }, { context: "ci" }];
    double.world.ruleset(this.#repo, { branches: ["main"], requiredChecks });
  }

  static async open(writesPerSecond: number): Promise<Passes> {
    const double = await startDouble({ validate: false, hourlyLimit: 1_000_000 });
    const replica = new Replica(double, null, { writesPerSecond });
    const passes = new Passes(double, replica);
    await replica.start();
    double.connectApp({
      appId: APP_ID,
      secret: SECRET,
      webhookUrl: replica.webhookUrl,
      installationAccount: passes.#fixtures.org,
      permissions: APP_PERMISSIONS,
      events: APP_EVENTS,
    });
    return passes;
  }

  async close(): Promise<void> {
    await this.replica.stop();
    await this.double.stop();
  }

  get team(): Team {
    return this.#fixtures.teams.sre;
  }

  /** An agent's change that an owner has to sign. */
  unsigned(): Pull {
    const { world } = this.double;
    const author = this.#fixtures.bots.kiro;
    this.#opened += 1;
    const head = `change-${this.#opened}`;
    const changes = { [`infra/production/part-${this.#opened}.tf`]: `# ${this.#opened}\n` };
    world.branch(this.#repo, head, world.tip(this.#repo, "main"));
    world.push(this.#repo, head, [{ author, message: head, changes }], author);
    return world.openPull(this.#repo, { head, base: "main", title: head, body: KIRO_LINE("kira"), author });
  }

  signed(): Pull {
    const pull = this.unsigned();
    this.double.world.review(pull, this.#fixtures.people.olga, "APPROVED");
    return pull;
  }

  mergingByItself(): Pull {
    const pull = this.signed();
    this.double.world.enableAutoMerge(pull, this.#fixtures.people.wes);
    return pull;
  }

  /** The commit of the merge group that was made for a signed change. */
  queued(): string {
    return this.double.world.enqueue([this.signed()], this.#fixtures.people.wes).headSha;
  }

  dismiss(pull: Pull): void {
    const [review] = pull.reviews;
    if (review) this.double.world.dismiss(pull, review, this.#fixtures.people.olga, "not any more");
  }

  /** Its members may no longer sign for anything. */
  doubtTeam(): void {
    this.double.world.permission(this.#repo, this.team, "read", this.#fixtures.people.olga);
  }

  isGreen(sha: string): boolean {
    return this.double.transitions.findLast((each) => each.sha === sha)?.conclusion === "success";
  }
}
