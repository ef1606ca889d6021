import type { PasskeyFacts } from "../../signoff/passkey-facts.ts";
import type { PasskeyMemory } from "../../store/passkeys.ts";
import type { RepositoryRef } from "../../store/repository.ts";

interface Options {
  readonly store: Pick<PasskeyMemory, "passkeyFacts">;
  /** The App's own pages, without a slash at the end; left out where there are none. */
  readonly ownPages: string | undefined;
  /** After how many milliseconds a key is valid without anybody's word; left out where it never is. */
  readonly validAfter: number | undefined;
}

export type ReadPasskeys = (repository: RepositoryRef, pull: number) => Promise<PasskeyFacts>;

/** What is known of passkeys for a pull request, with the page to sign on. */
export function passkeyReader({ store, ownPages, validAfter }: Options): ReadPasskeys {
  return async (repository, pull) => {
    const { owner, repo } = repository;
    return {
      ...(await store.passkeyFacts(repository, pull)),
      signAt: ownPages === undefined ? null : `${ownPages}/${owner}/${repo}/pull/${pull}/sign`,
      ...(validAfter !== undefined && { validAfter }),
    };
  };
}
