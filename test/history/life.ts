import type { Store } from "../../src/store/store.ts";

/** A process from its start to its end. What it waits for when it is killed never comes. */
export class Life {
  #ended = false;
  #end: () => void = () => {};
  readonly ended = new Promise<void>((resolve) => {
    this.#end = resolve;
  });

  get isOver(): boolean {
    return this.#ended;
  }

  end(): void {
    this.#ended = true;
    this.#end();
  }

  /** The answer, unless the process is no more: then neither an answer nor an error comes, and nothing is begun. */
  async survive<T>(begin: () => T | Promise<T>): Promise<T> {
    if (this.#ended) return FOREVER;
    try {
      const answer = await begin();
      return this.#ended ? FOREVER : answer;
    } catch (error) {
      if (this.#ended) return FOREVER;
      throw error;
    }
  }

  /** The store as this process holds it: what it wrote stays, and after its end it writes no more. */
  storeOf(store: Store): Store {
    return new Proxy(store, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== "function" || name === "onNews") return member;
        return (...given: unknown[]) => this.survive<unknown>(() => Reflect.apply(member, target, given));
      },
    });
  }
}

const FOREVER = new Promise<never>(() => {});
