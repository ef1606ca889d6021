import { Cache } from "../../github/client/cache.ts";
import type { RepositoryRef } from "../../store/repository.ts";
import type { Asker } from "../../store/task.ts";
import type { GitHubPort } from "../github/port.ts";
import type { Clock } from "../operation/clock.ts";

const ACCOUNTS = 20_000;
const KNOWN_FOR_MS = 5 * 60_000;

export interface WritersOptions {
  readonly github: Pick<GitHubPort, "mayWrite">;
  readonly clock: Pick<Clock, "now">;
}

/** Who may write, as GitHub answered last. It decides what is done first, and never what a verdict says. */
export class Writers {
  readonly #options: WritersOptions;
  readonly #known = new Cache<boolean>({ capacity: ACCOUNTS, ttlMs: KNOWN_FOR_MS });
  readonly #asking = new Map<string, Promise<boolean | null>>();

  constructor(options: WritersOptions) {
    this.#options = options;
  }

  /** `undefined` where it is not known without asking. */
  known(repository: RepositoryRef, asker: Asker): boolean | undefined {
    return this.#known.get(keyOf(repository, asker), this.#options.clock.now());
  }

  /** `null` where GitHub does not tell, which holds nobody's work up. Jobs that ask for the same at once ask once. */
  async mayWrite(repository: RepositoryRef, asker: Asker): Promise<boolean | null> {
    const known = this.known(repository, asker);
    if (known !== undefined) return known;
    const key = keyOf(repository, asker);
    const asking = this.#asking.get(key) ?? this.#ask(repository, asker, key);
    this.#asking.set(key, asking);
    return asking;
  }

  async #ask(repository: RepositoryRef, asker: Asker, key: string): Promise<boolean | null> {
    const { github, clock } = this.#options;
    const { installationId, repositoryId, owner, repo } = repository;
    try {
      const answer = await github.mayWrite({ installationId, repositoryId, owner, repo }, asker);
      this.#known.set(key, answer, clock.now());
      return answer;
    } catch {
      return null;
    } finally {
      this.#asking.delete(key);
    }
  }
}

function keyOf({ installationId, repositoryId }: RepositoryRef, { account }: Asker): string {
  return `${installationId}/${repositoryId} ${account}`;
}
