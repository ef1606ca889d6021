import type { Snapshot } from "../../signoff/snapshot.ts";
import type { Verdict } from "../../signoff/verdict.ts";
import type { PageSession } from "../../store/pages.ts";
import type { RepositoryRef } from "../../store/repository.ts";
import type { Budgets } from "../github/budgets.ts";
import { accounted } from "../github/usage.ts";
import type { Clock } from "../operation/clock.ts";
import type { Log } from "../operation/log.ts";
import { Rate } from "./rate.ts";

/** Each reads the pull request anew. A person who signs needs two. */
const OF_PERSON = { burst: 20, perSecond: 1 / 30 } as const;
const OF_INSTALLATION = { burst: 60, perSecond: 300 / 3600 } as const;
/** Of all visitors together: what they wait for keeps a place of the pages. */
const AT_ONCE = 4;

/** Pages wait for everything else. */
const LAST = { priority: "aside", hasPassed: false } as const;

export interface JudgementPorts {
  /** Judges one pull request as it is now; `null` where nothing can be signed on it. */
  readonly judgeNow: (
    repository: RepositoryRef,
    pull: number,
  ) => Promise<{ readonly snapshot: Snapshot; readonly verdict: Verdict } | null>;
  readonly budgets: Pick<Budgets, "isOpen">;
  readonly clock: Pick<Clock, "now">;
  readonly log: Log;
}

/** Why there is none is a sentence for the visitor. */
export type Fresh =
  | { readonly status: "judged"; readonly snapshot: Snapshot; readonly verdict: Verdict }
  | { readonly status: "none"; readonly because: string };

/** What a pull request comes to in this moment, for people who sign on it: from a budget of their own. */
export class Judgements {
  readonly #ports: JudgementPorts;
  readonly #people: Rate;
  readonly #installations: Rate;
  #inWork = 0;

  constructor(ports: JudgementPorts) {
    this.#ports = ports;
    const { now } = ports.clock;
    this.#people = new Rate({ ...OF_PERSON, now: () => now() });
    this.#installations = new Rate({ ...OF_INSTALLATION, now: () => now() });
  }

  async of({ account }: PageSession, repository: RepositoryRef, pull: number): Promise<Fresh> {
    const { budgets } = this.#ports;
    const { installationId } = repository;
    if (this.#inWork >= AT_ONCE || !budgets.isOpen(installationId, LAST)) return none(BUSY);
    if (!this.#people.take(String(account)) || !this.#installations.take(String(installationId)))
      return none(BUSY);
    this.#inWork += 1;
    try {
      return await this.#judge(repository, pull);
    } finally {
      this.#inWork -= 1;
    }
  }

  async #judge(repository: RepositoryRef, pull: number): Promise<Fresh> {
    const { judgeNow, log } = this.#ports;
    const { installationId, owner, repo } = repository;
    try {
      const usage = { installationId, requests: 0 };
      const judged = await accounted(usage, () => judgeNow(repository, pull));
      return judged === null ? none(NOTHING) : { status: "judged", ...judged };
    } catch (error) {
      log.warn({ repository: `${owner}/${repo}`, pull, error }, "could not judge it for somebody who signs");
      return none(NOT_READ);
    }
  }
}

const BUSY = "Too much is being judged just now, or you asked too often. Wait some minutes, and try again.";
const NOTHING =
  "Nothing can be signed on this pull request: it is not open, its branch is not governed, or it could not be read. Its check says more.";
const NOT_READ = "GitHub did not say what this pull request holds now. Try again in a minute.";

function none(because: string): Fresh {
  return { status: "none", because };
}
