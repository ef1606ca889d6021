import { KIRO_LINE } from "../gate/gate.ts";
import { APP_EVENTS, APP_PERMISSIONS } from "../gate/manifest.ts";
import { FILES, populate } from "../gate/people.ts";
import { type GithubDouble, startDouble } from "../github-double/double.ts";
import type { Change } from "../github-double/world/commits.ts";
import type { Account, Pull, Repository, Review } from "../github-double/world/model.ts";
import { APP_ID } from "./replica.ts";

/** One thing that somebody does. */
export type Act = () => void;

/** A GitHub where things happen to many pull requests, and a record of which heads were ever green. */
export class Stage {
  readonly double: GithubDouble;
  readonly #fixtures: ReturnType<typeof populate>;
  readonly #repo: Repository;
  readonly #pulls: (Pull | undefined)[] = [];
  /** By commit: whose head it was, as "pull request / nth head", which is the same in every run. */
  readonly #heads = new Map<string, string>();

  private constructor(double: GithubDouble) {
    this.double = double;
    this.#fixtures = populate(double);
    this.#repo = double.world.repository(this.#fixtures.org, "shop", { files: FILES });
    for (const team of Object.values(this.#fixtures.teams))
      double.world.permission(this.#repo, team, "write");
  }

  /** Hours are run in minutes here, so the limit of an hour would end them. */
  static async open(): Promise<Stage> {
    return new Stage(await startDouble({ validate: false, hourlyLimit: 1_000_000 }));
  }

  connect(webhookUrl: string, secret: string): ReturnType<GithubDouble["connectApp"]> {
    const permissions = { permissions: APP_PERMISSIONS, events: APP_EVENTS };
    const account = this.#fixtures.org;
    return this.double.connectApp({
      appId: APP_ID,
      secret,
      webhookUrl,
      installationAccount: account,
      ...permissions,
    });
  }

  /** What happens to the pull request of this number, in order. Nothing rests on the app having watched each step. */
  script(index: number): readonly Act[] {
    const { olga, sam, kira, mallory } = this.#fixtures.people;
    const approve = (by: Account) => () => void this.#review(index, by, "APPROVED");
    const opened = this.#opened(index, { [`infra/production/part-${index}.tf`]: `# ${index}\n` });
    const scripts: readonly (readonly Act[])[] = [
      [this.#openedByHuman(index)],
      [opened, approve(olga)],
      [opened, approve(olga), () => this.#dismissAll(index)],
      [opened, approve(kira), approve(mallory)],
      [opened, () => void this.#review(index, sam, "CHANGES_REQUESTED"), approve(olga)],
      [opened, () => this.#push(index, `# ${index} again\n`), approve(sam)],
      [opened, approve(olga), () => this.#push(index, `# ${index} otherwise\n`)],
      [opened, approve(sam), () => this.#dismissAll(index), approve(olga)],
    ];
    return scripts[index % scripts.length] ?? [];
  }

  /** The conclusion of the check on each pull request's head. */
  conclusions(): readonly (string | null)[] {
    return this.#pulls.map((pull) => {
      const run = this.#repo.runs.findLast(({ suite }) => suite.sha === pull?.headSha);
      return run?.conclusion ?? null;
    });
  }

  /** How many check runs the head of the pull request has. */
  runsOf(index: number): number {
    const { headSha } = this.#pull(index);
    return this.#repo.runs.filter(({ suite }) => suite.sha === headSha).length;
  }

  /** The heads that were green at any moment. */
  greens(): ReadonlySet<string> {
    const green = this.double.transitions.filter(({ conclusion }) => conclusion === "success");
    return new Set(green.map(({ sha }) => this.#heads.get(sha) ?? sha));
  }

  #openedByHuman(index: number): Act {
    const { wes } = this.#fixtures.people;
    return () =>
      this.#open(index, { author: wes, body: "", changes: { [`app/${index}.ts`]: "export {};\n" } });
  }

  #opened(index: number, changes: Readonly<Record<string, Change>>): Act {
    const { kiro } = this.#fixtures.bots;
    return () => this.#open(index, { author: kiro, body: KIRO_LINE("kira"), changes });
  }

  #open(
    index: number,
    given: {
      readonly author: Account;
      readonly body: string;
      readonly changes: Readonly<Record<string, Change>>;
    },
  ): void {
    const { world } = this.double;
    const { author, body, changes } = given;
    const head = `change-${index}`;
    const title = `Change ${index}`;
    world.branch(this.#repo, head, world.tip(this.#repo, "main"));
    world.push(this.#repo, head, [{ author, message: title, changes }], author);
    const pull = world.openPull(this.#repo, { head, base: "main", title, body, author });
    this.#pulls[index] = pull;
    this.#heads.set(pull.headSha, `${index}/1`);
  }

  #push(index: number, text: string): void {
    const pull = this.#pull(index);
    const { kiro } = this.#fixtures.bots;
    const changes = { [`infra/production/part-${index}.tf`]: text };
    const spec = { author: kiro, by: kiro, message: "One more thing", changes };
    this.double.world.commit(pull.headRepo, pull.headRef, spec);
    this.#heads.set(pull.headSha, `${index}/2`);
  }

  #review(index: number, by: Account, state: "APPROVED" | "CHANGES_REQUESTED"): Review {
    return this.double.world.review(this.#pull(index), by, state);
  }

  #dismissAll(index: number): void {
    const pull = this.#pull(index);
    for (const review of pull.reviews)
      if (review.state === "APPROVED")
        this.double.world.dismiss(pull, review, this.#fixtures.people.olga, "not any more");
  }

  #pull(index: number): Pull {
    const pull = this.#pulls[index];
    if (!pull) throw new Error(`pull request ${index} is not open yet`);
    return pull;
  }
}
