import { Cache } from "../../github/client/cache.ts";
import type { Access as Right } from "../../github/reading/read-snapshot.ts";
import type { PageMemory, PageSession } from "../../store/pages.ts";
import type { Passes } from "../../store/passes.ts";
import type { SeenRepository } from "../../store/repository.ts";
import type { Budgets } from "../github/budgets.ts";
import type { GitHubPort } from "../github/port.ts";
import { accounted } from "../github/usage.ts";
import type { Clock } from "../operation/clock.ts";
import type { Log } from "../operation/log.ts";
import { Rate } from "./rate.ts";

/** How long GitHub's word on somebody's right is good. */
const GOOD_MS = 60_000;
const KEPT = 20_000;

/** A repository of which GitHub has not said by then who may see it is not shown. */
const ANSWER_WITHIN_MS = 800;

/** Each question takes up to three requests of an installation's 5,000 an hour. */
const OF_INSTALLATION = { burst: 200, perSecond: 400 / 3600 } as const;
const OF_PERSON = { burst: 120, perSecond: 0.5 } as const;

/** Pages wait for everything else. */
const LAST = { priority: "aside", hasPassed: false } as const;

/** What changes who may see what. */
const CHANGING: ReadonlySet<string> = new Set([
  "installation",
  "installation_repositories",
  "installation_target",
  "member",
  "membership",
  "organization",
  "repository",
  "team",
  "team_add",
]);

export interface AccessPorts {
  readonly store: Pick<PageMemory, "repositoryCalled"> & Pick<Passes, "moment">;
  readonly github: Pick<GitHubPort, "access">;
  readonly budgets: Pick<Budgets, "isOpen">;
  readonly clock: Clock;
  readonly log: Log;
}

/** A repository that somebody may see, and how much of it. */
export interface Seen {
  readonly repository: SeenRepository;
  readonly right: Exclude<Right, "none">;
}

/** Who may see what, as GitHub says now. Where it does not say, nobody may. */
export class Access {
  readonly #ports: AccessPorts;
  readonly #known = new Cache<Right>({ capacity: KEPT, ttlMs: GOOD_MS });
  readonly #asking = new Map<string, Promise<Right>>();
  readonly #installations: Rate;
  readonly #people: Rate;
  /** Answers to questions from before are good no more. Milliseconds. */
  #notBefore = 0;

  constructor(ports: AccessPorts) {
    this.#ports = ports;
    const { now } = ports.clock;
    this.#installations = new Rate({ ...OF_INSTALLATION, now });
    this.#people = new Rate({ ...OF_PERSON, now });
  }

  /** A delivery came that may tell of other rights. */
  heard(event: string): void {
    // A question that was asked in this very moment may have been answered before.
    if (CHANGING.has(event)) this.#notBefore = this.#ports.clock.now().getTime() + 1;
  }

  /** `null` where the App does not know it, or this person may not see it. */
  async toNamed(session: PageSession, owner: string, repo: string): Promise<Seen | null> {
    const repository = await this.#ports.store.repositoryCalled(owner, repo);
    return repository && this.to(session, repository);
  }

  async to(session: PageSession, repository: SeenRepository): Promise<Seen | null> {
    const right = await this.#inTime(this.#right(session, repository));
    return right === "none" ? null : { repository, right };
  }

  /** What was asked goes on, and is known the next time. */
  async #inTime(asked: Promise<Right>): Promise<Right> {
    const waiting = new AbortController();
    const late = this.#ports.clock.sleep(ANSWER_WITHIN_MS, waiting.signal).then((): Right => "none");
    return Promise.race([asked, late]).finally(() => waiting.abort());
  }

  async #right(session: PageSession, repository: SeenRepository): Promise<Right> {
    const { store, clock } = this.#ports;
    const key = `${repository.installationId} ${repository.repositoryId} ${session.account} ${session.login}`;
    const { peopleSince } = await store.moment(repository.installationId);
    const notBefore = Math.max(this.#notBefore, peopleSince);
    const known = this.#known.get(key, clock.now(), notBefore);
    if (known !== undefined) return known;
    // Whoever asks after the news of a change does not get the answer to a question from before.
    const question = `${key} ${notBefore}`;
    const asking = this.#asking.get(question) ?? this.#ask(key, session, repository);
    this.#asking.set(question, asking);
    return asking.finally(() => this.#asking.delete(question));
  }

  async #ask(key: string, { account, login }: PageSession, repository: SeenRepository): Promise<Right> {
    const { github, budgets, clock, log } = this.#ports;
    const { installationId, owner, repo } = repository;
    if (!budgets.isOpen(installationId, LAST)) return "none";
    if (!this.#people.take(String(account)) || !this.#installations.take(String(installationId)))
      return "none";
    const askedAt = clock.now();
    try {
      const ask = () => github.access(repository, { account, login });
      const right = await accounted({ installationId, requests: 0 }, ask);
      this.#known.set(key, right, askedAt);
      return right;
    } catch (error) {
      log.warn({ repository: `${owner}/${repo}`, error }, "GitHub did not say who may see the repository");
      return "none";
    }
  }
}
