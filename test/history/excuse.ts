import type { Store } from "../../src/store/store.ts";
import type { Shop } from "./shop.ts";
import { refusesAll } from "./troubles.ts";

/** Excuses a pass that the app has put in doubt and is about to withdraw, where GitHub refused its writes. */
export class Excuse {
  readonly #shop: Shop;
  readonly #store: Store;
  /** Whether something could not be written, and was not made up for since. */
  #isBehind = false;

  constructor(shop: Shop, store: Store) {
    this.#shop = shop;
    this.#store = store;
  }

  /** After every trouble, and before every look at the checks. */
  async observe(): Promise<void> {
    const waits = async () => (await this.#store.nextWithdrawalAt()) !== null;
    this.#isBehind = refusesAll(this.#shop) || (this.#isBehind && (await waits()));
  }

  readonly covers = async (sha: string): Promise<boolean> => {
    if (!this.#isBehind) return false;
    const { repo, installation } = this.#shop;
    const { id: repositoryId, owner, name } = repo;
    const place = { installationId: installation.id, repositoryId, owner: owner.login, repo: name };
    const published = await this.#store.publishedChecks(place, sha);
    return published.some(({ state }) => state === "doubted");
  };
}
