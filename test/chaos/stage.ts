import { KIRO_LINE } from "../gate/gate.ts";
import { APP_EVENTS, APP_PERMISSIONS } from "../gate/manifest.ts";
import { FILES, populate } from "../gate/people.ts";
import { type GithubDouble, startDouble } from "../github-double/double.ts";
import type { Change } from "../github-double/world/commits.ts";
import type { Account, Pull, Repository, Review } from "../github-double/world/model.ts";
import { Endings } from "./endings.ts";
import { APP_ID } from "./replica.ts";

/** One thing that somebody does. */
export type Act = () => void;

interface Opening {
  readonly author: Account;
  readonly body: string;
  readonly changes: Readonly<Record<string, Change>>;
  /** Where the head lies, if it is a fork. */
  readonly headRepo?: Repository;
}

/** A GitHub where things happen to many pull requests, and a record of which heads were ever green. */
export class Stage {
  readonly double: GithubDouble;
  readonly #fixtures: ReturnType<typeof populate>;
  readonly #repo: Repository;
  readonly #pulls: (Pull | undefined)[] = [];
  /** The commits of the merge groups that the pull requests were queued in. */
  readonly #groups: string[] = [];
  readonly #forks = new Map<Account, Repository>();
  readonly #endings: Endings;
  /** By commit: whose head it was, as "pull request / nth head", which is the same in every run. */
  readonly #heads = new Map<string, string>();

  private constructor(double: GithubDouble) {
    this.double = double;
    this.#endings = new Endings(double);
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
    const { olga, sam, kira, mallory, wes } = this.#fixtures.people;
    const approve = (by: Account) => () => void this.#review(index, by, "APPROVED");
    const changes = { [`infra/production/part-${index}.tf`]: `# ${index}\n` };
    const opened = this.#opened(index, changes);
    const openedFrom = (owner: Account) => this.#opened(index, changes, owner);
    const refuse = (by: Account) => () => void this.#review(index, by, "CHANGES_REQUESTED");
    const pushed = (text: string) => () => this.#push(index, text);
    const closed = () => this.double.world.close(this.#pull(index), wes);
    const reopened = () => this.double.world.reopen(this.#pull(index), wes);
    const queued = () => this.#queue(index, wes);
    const scripts: readonly (readonly Act[])[] = [
      [this.#openedByHuman(index)],
      [opened, approve(olga)],
      [opened, approve(olga), this.#ending(index, () => this.#dismissAll(index))],
      [opened, approve(kira), approve(mallory)],
      [opened, refuse(sam), approve(olga)],
      [opened, pushed(`# ${index} again\n`), approve(sam)],
      [opened, approve(olga), pushed(`# ${index} otherwise\n`)],
      [opened, approve(sam), () => this.#dismissAll(index), approve(olga)],
      [opened, approve(sam), queued],
      [opened, approve(olga), queued, this.#ending(index, refuse(sam))],
      [openedFrom(mallory), approve(olga)],
      [openedFrom(olga), approve(olga)],
      [opened, closed, reopened, approve(sam)],
      [opened, approve(olga), closed, pushed(`# ${index} behind the door\n`), reopened],
    ];
    return scripts[index % scripts.length] ?? [];
  }

  /** The conclusion of the check on each pull request's head, and on the commit of each merge group by pull request. */
  conclusions(): readonly (string | null)[] {
    const heads = this.#pulls.map((pull) => pull?.headSha);
    return [...heads, ...this.#groups.flat()].map((sha) => {
      const run = this.#repo.runs.findLast(({ suite }) => suite.sha === sha);
      return run?.conclusion ?? null;
    });
  }

  /** Calls the repository, and somebody who signs, otherwise than before. */
  rename(): void {
    const { world } = this.double;
    const { people, org } = this.#fixtures;
    world.renameRepository(this.#repo, this.#repo.name === "shop" ? "store" : "shop", org);
    world.renameAccount(people.sam, people.sam.login === "sam" ? "samuel" : "sam");
  }

  /** What was green for longer than that after it was told what ended it. */
  greenFor(allowedMs: number): readonly string[] {
    return this.#endings.greenFor(allowedMs);
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

  #opened(index: number, changes: Readonly<Record<string, Change>>, owner?: Account): Act {
    const { kiro } = this.#fixtures.bots;
    const body = KIRO_LINE("kira");
    return () => {
      const where = owner === undefined ? {} : { headRepo: this.#forkOf(owner) };
      this.#open(index, { author: kiro, body, changes, ...where });
    };
  }

  #forkOf(owner: Account): Repository {
    const fork = this.#forks.get(owner) ?? this.double.world.fork(this.#repo, owner);
    this.#forks.set(owner, fork);
    return fork;
  }

  #open(index: number, { author, body, changes, headRepo = this.#repo }: Opening): void {
    const { world } = this.double;
    const head = `change-${index}`;
    const title = `Change ${index}`;
    world.branch(headRepo, head, world.tip(this.#repo, "main"));
    world.push(headRepo, head, [{ author, message: title, changes }], author);
    const pull = world.openPull(this.#repo, { head, base: "main", title, body, author, headRepo });
    this.#pulls[index] = pull;
    this.#heads.set(pull.headSha, `${index}/1`);
  }

  #push(index: number, text: string): void {
    const pull = this.#pull(index);
    const { kiro } = this.#fixtures.bots;
    const changes = { [`infra/production/part-${index}.tf`]: text };
    const spec = { author: kiro, by: kiro, message: "One more thing", changes };
    const { world } = this.double;
    world.commit(pull.headRepo, pull.headRef, spec);
    this.#heads.set(world.tip(pull.headRepo, pull.headRef), `${index}/2`);
  }

  #queue(index: number, by: Account): void {
    const { headSha } = this.double.world.enqueue([this.#pull(index)], by);
    this.#groups[index] = headSha;
    this.#heads.set(headSha, `${index}/group`);
  }

  /** After this nothing of the pull request may pass any more. */
  #ending(index: number, act: Act): Act {
    return () => {
      const group = this.#groups[index];
      const shas = [this.#pull(index).headSha, ...(group === undefined ? [] : [group])];
      this.#endings.note(act, { what: `pull request ${index} may pass no more`, shas });
    };
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
