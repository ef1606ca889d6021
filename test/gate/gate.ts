import assert from "node:assert/strict";
import { type GithubDouble, startDouble } from "../github-double/double.ts";
import type { SeenRequest } from "../github-double/faults.ts";
import type { Change, CommitSpec } from "../github-double/world/commits.ts";
import type {
  Account,
  Annotation,
  Installation,
  Pull,
  Repository,
  Review,
} from "../github-double/world/model.ts";
import type { Commit } from "../github-double/world/objects.ts";
import type { World } from "../github-double/world/world.ts";
import { APP_ID, startTestApp, type TestApp, type TestAppOptions } from "./app.ts";
import { atRest } from "./at-rest.ts";
import { FILES, populate } from "./people.ts";
import { plain } from "./plain.ts";

type Changes = Readonly<Record<string, Change>>;

/** What people see of the check on the head of a pull request. */
export interface ShownCheck {
  readonly conclusion: string | null;
  readonly title: string;
  readonly summary: string;
  readonly text: string;
}

export interface OpenPull {
  readonly author: Account;
  readonly commits: readonly CommitSpec[];
  /** Who pushes; the author unless said otherwise. */
  readonly by?: Account;
  readonly head?: string;
  readonly base?: string;
  readonly title?: string;
  readonly body?: string;
  readonly draft?: boolean;
  /** The id of the app through which it is opened in its author's name. */
  readonly performedVia?: number;
  /** The fork the head lives in. */
  readonly headRepo?: Repository;
}

/** A GitHub with an organization and a repository, and the real app installed on it. */
export class Gate {
  readonly double: GithubDouble;
  readonly world: World;
  readonly repo: Repository;
  readonly org: ReturnType<typeof populate>["org"];
  readonly people: ReturnType<typeof populate>["people"];
  readonly bots: ReturnType<typeof populate>["bots"];
  readonly teams: ReturnType<typeof populate>["teams"];
  readonly #app: TestApp;
  #branches = 0;

  constructor(
    double: GithubDouble,
    fixtures: ReturnType<typeof populate> & { repo: Repository },
    app: TestApp,
  ) {
    this.double = double;
    this.world = double.world;
    this.repo = fixtures.repo;
    this.org = fixtures.org;
    this.people = fixtures.people;
    this.bots = fixtures.bots;
    this.teams = fixtures.teams;
    this.#app = app;
  }

  get webhookUrl(): string {
    return this.#app.webhookUrl;
  }

  get installation(): Installation {
    return this.#app.installation;
  }

  jobs(): Promise<number> {
    return this.#app.jobs();
  }

  /** All jobs, those put off until later included. */
  waiting(): Promise<number> {
    return this.#app.waiting();
  }

  /** Until every delivery is answered, no job is due or in work, and neither led to another. */
  async settle(): Promise<void> {
    const { webhooks } = this.double;
    for (let seen = -1; seen !== webhooks.deliveries.length; ) {
      seen = webhooks.deliveries.length;
      await webhooks.settled();
      await this.#app.looked();
      await atRest(
        () => this.#app.jobs(),
        () => webhooks.settled(),
      );
    }
  }

  /** Waits for a fact that comes while jobs are in work, by asking the app over and over, which takes its own time. */
  async until(fact: () => boolean): Promise<void> {
    while (!fact()) {
      await this.double.webhooks.settled();
      await this.#app.looked();
      await this.jobs();
    }
  }

  async close(): Promise<void> {
    await this.#app.stop();
    await this.double.stop();
  }

  configure(config: string): void {
    this.world.setFile(this.repo, "main", ".github/countersign.yml", config, this.people.olga);
  }

  kirosCommit(changes: Changes = { "infra/production/main.tf": null }): CommitSpec {
    return { author: this.bots.kiro, message: "Fix the slow checkout", changes };
  }

  copilotsCommit(changes: Changes): CommitSpec {
    return { author: this.bots.copilot, message: "Fix the slow checkout", changes };
  }

  humanCommit(
    author: Account,
    changes: Changes = { "app/cart.ts": "export const cart = [1];\n" },
  ): CommitSpec {
    return { author, message: "Fill the cart", changes };
  }

  /** A pull request with these commits on a branch of its own. */
  openPull(given: OpenPull): Pull {
    this.#branches += 1;
    const head = given.head ?? `change-${this.#branches}`;
    const base = given.base ?? "main";
    const headRepo = given.headRepo ?? this.repo;
    this.world.branch(headRepo, head, this.world.tip(this.repo, base));
    this.world.push(headRepo, head, given.commits, given.by ?? given.author);
    return this.world.openPull(this.repo, {
      head,
      base,
      title: given.title ?? "Fix the slow checkout",
      body: given.body ?? "",
      author: given.author,
      draft: given.draft ?? false,
      ...(given.headRepo && { headRepo: given.headRepo }),
      ...(given.performedVia !== undefined && { performedVia: given.performedVia }),
    });
  }

  /** One more pull request with the commits of another, from a branch of its own unless said otherwise. */
  openAgain(pull: Pull, given: Omit<OpenPull, "commits" | "by" | "draft"> & { readonly sha?: string }): Pull {
    this.#branches += 1;
    const { base = "main", headRepo = this.repo, author, performedVia } = given;
    const head = given.head ?? `again-${this.#branches}`;
    this.world.branch(headRepo, head, given.sha ?? pull.headSha);
    return this.world.openPull(this.repo, {
      ...{ head, base, author, headRepo },
      title: given.title ?? "Fix the slow checkout",
      body: given.body ?? "",
      ...(performedVia !== undefined && { performedVia }),
    });
  }

  /** Somebody who may read the repository and nothing more, with a fork of it. */
  async outsider(): Promise<{ readonly eve: Account; readonly fork: Repository }> {
    const eve = this.world.user("eve", { name: "Eve Ellis", email: "eve@elsewhere.example" });
    this.world.permission(this.repo, eve, "read");
    const fork = this.world.fork(this.repo, eve);
    await this.settle();
    return { eve, fork };
  }

  /** What Kiro opens when Kira asks. */
  kirosChange(changes: Changes, given: { readonly body?: string; readonly base?: string } = {}): Pull {
    return this.openPull({
      author: this.bots.kiro,
      commits: [this.kirosCommit(changes)],
      body: given.body ?? KIRO_LINE("kira"),
      ...(given.base !== undefined && { base: given.base }),
    });
  }

  /** One more commit on the pull request's branch; pushed by its author unless said otherwise. */
  pushTo(
    pull: Pull,
    given: Omit<CommitSpec, "message" | "author"> & { author: Account; message?: string; by?: Account },
  ): Commit {
    const { by = given.author, message = "One more thing", ...spec } = given;
    return this.world.commit(pull.headRepo, pull.headRef, { ...spec, message, by });
  }

  /** Force-pushes these commits, on top of the base as it is now, in place of what the branch holds. */
  rewrite(pull: Pull, commits: readonly CommitSpec[], by: Account = pull.author): void {
    this.#branches += 1;
    const scratch = `rewritten-${this.#branches}`;
    this.world.branch(pull.headRepo, scratch, this.world.tip(this.repo, pull.baseRef));
    this.world.push(pull.headRepo, scratch, commits, by);
    this.world.forcePush(pull.headRepo, pull.headRef, this.world.tip(pull.headRepo, scratch), by);
  }

  /** A review that GitHub itself would have refused. */
  forgeReview(pull: Pull, by: Account, state: Review["state"]): void {
    const forged = this.world.review(pull, by, "COMMENTED");
    forged.state = state;
  }

  /** The app's check on the head, when everything has come to rest; `null` where there is none. */
  async check(pull: Pull): Promise<ShownCheck | null> {
    await this.settle();
    return this.shown(pull);
  }

  /** The app's check on a head or the commit of a merge group as it is now; `null` where there is none. */
  shown({ repo, headSha }: Pick<Pull, "repo" | "headSha">): ShownCheck | null {
    const run = repo.runs.findLast(
      ({ suite, name }) => suite.appId === APP_ID && suite.sha === headSha && name === "countersign",
    );
    if (run === undefined) return null;
    const { conclusion, title, summary, text } = run;
    return { conclusion, title: title ?? "", summary: summary ?? "", text: text ?? "" };
  }

  /** Whether GitHub would let a merge through as far as the app's check goes. */
  passes(on: Pick<Pull, "repo" | "headSha">): boolean {
    return ["success", "neutral"].includes(this.shown(on)?.conclusion ?? "");
  }

  /** How often the check on a commit changed so far. */
  changesOf({ headSha }: Pick<Pull, "headSha">): number {
    return this.double.transitions.filter(({ sha, name }) => sha === headSha && name === "countersign")
      .length;
  }

  /** Holds a sentence of the check, as a reader sees it. */
  async says(pull: Pick<Pull, "repo" | "headSha">, sentence: string | RegExp): Promise<void> {
    await this.settle();
    const check = this.shown(pull);
    const shown = plain(`${check?.title}\n${check?.summary}\n${check?.text}`);
    const said =
      typeof sentence === "string" ? shown.includes(sentence.replace(/[“”]/g, "")) : sentence.test(shown);
    assert(said, `the check does not say: ${sentence}\nIt says:\n${shown}`);
  }

  annotationsOf(pull: Pull): readonly Annotation[] {
    return this.repo.runs.findLast(({ suite }) => suite.sha === pull.headSha)?.annotations ?? [];
  }

  labelsOf(pull: Pull): readonly string[] {
    return [...pull.labels].map(({ name }) => name).toSorted();
  }

  askedOf(pull: Pull): readonly string[] {
    return [...pull.requested].map((who) => ("slug" in who ? who.slug : who.login)).toSorted();
  }

  commitsOf(pull: Pull): readonly Commit[] {
    const { objects } = this.repo;
    const base = this.world.tip(this.repo, pull.baseRef);
    const commits: Commit[] = [];
    for (let sha = pull.headSha; sha !== base; ) {
      const commit = objects.commitAt(sha);
      commits.unshift(commit);
      sha = commit.parents[0] ?? base;
    }
    return commits;
  }
}

/** The line Kiro writes below its pull requests. */
export const KIRO_LINE = (login: string): string =>
  `This pull request was created by @kiro-agent on behalf of @${login} :ghost:`;

export function asPerson({ name, email }: Account): string {
  return `${name} <${email}>`;
}

/** The one request that reads nearly everything. */
export function isEvaluation({ operation, body }: SeenRequest): boolean {
  return operation === "POST /graphql" && JSON.stringify(body).includes("CountersignEvaluation");
}

export interface GateOptions extends TestAppOptions {
  /** Whether GitHub's GraphQL tells of stacks, as Enterprise Server's does not. Default: it does. */
  readonly stacks?: boolean;
}

export async function openGate({ stacks = true, ...options }: GateOptions = {}): Promise<Gate> {
  const double = await startDouble({
    stacks,
    ...(options.clock && { now: options.clock.now }),
    ...(options.hourlyLimit !== undefined && { hourlyLimit: options.hourlyLimit }),
  });
  const fixtures = populate(double);
  const repo = double.world.repository(fixtures.org, "shop", { files: FILES });
  for (const team of Object.values(fixtures.teams)) double.world.permission(repo, team, "write");
  double.world.ruleset(repo, {
    branches: ["~DEFAULT_BRANCH"],
    requiredChecks: [{ context: "countersign", integrationId: APP_ID }],
  });
  const app = await startTestApp(double, fixtures.org, options);
  const gate = new Gate(double, { ...fixtures, repo }, app);
  // The app looks at everything when it starts; tests begin when that is over.
  const swept = ({ operation }: GithubDouble["requests"][number]) =>
    operation === "GET /installation/repositories";
  while (!double.requests.some(swept)) await app.jobs();
  await gate.settle();
  return gate;
}
