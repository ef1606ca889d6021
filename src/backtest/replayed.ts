import type { Writer } from "../provenance/evidence.ts";

/** A merged pull request, judged by a policy as it would have been. */
export interface Replayed {
  readonly pull: PullName;
  /** Why there is nothing to say of it: the policy leaves its base out, or what was read is not enough. */
  readonly unjudged?: { readonly kind: "not-governed" | "not-evaluated"; readonly because: string };
  readonly writer: Writer;
  readonly tools: readonly string[];
  /** The production areas touched, by name. */
  readonly areas: readonly string[];
  readonly asks: readonly Ask[];
  readonly hazards: readonly FoundHazard[];
  /** Approved by a person who took no part in it, whether an owner or not, before the merge. */
  readonly approved: boolean;
}

export interface PullName {
  readonly number: number;
  readonly title: string;
  /** Logins; `null` where nobody knows. */
  readonly author: string | null;
  readonly mergedBy: string | null;
  readonly openedAt: string;
  readonly mergedAt: string;
}

export interface FoundHazard {
  readonly id: string;
  readonly what: string;
  readonly file: string;
  readonly line: number;
  /** Whether it would have asked somebody, or only been shown. */
  readonly asks: boolean;
}

/** What would have been asked, of whom, and what was done in fact. */
export interface Ask {
  readonly area: string;
  /** As people write them: `@olga`, `@acme/sre`. */
  readonly owners: readonly string[];
  readonly count: number;
  readonly because: string;
  /** When the last commit was there to be signed. */
  readonly since: string;
  readonly done: Done;
}

export type Done =
  /** Signed before the merge. `silent`: without a word of the signers, and nothing was changed since it was opened. */
  | {
      readonly kind: "signed";
      readonly by: readonly string[];
      readonly waitedMs: number;
      readonly silent: boolean;
    }
  /** Signed for what was merged, but after the merge. */
  | { readonly kind: "late"; readonly by: readonly string[]; readonly afterMergeMs: number }
  /** An owner approved an earlier commit; what has changed since is not known. */
  | { readonly kind: "earlier"; readonly by: readonly string[] }
  /** An owner asked for changes, and it was merged all the same. */
  | { readonly kind: "refused"; readonly by: readonly string[] }
  /** Somebody approved of whom nobody knows whether they could sign: these teams cannot be read, these people may no longer write. */
  | { readonly kind: "unknown"; readonly about: readonly string[] }
  /** Nobody could have signed. */
  | { readonly kind: "impossible"; readonly because: string }
  | { readonly kind: "nobody" };

/** Whether it would have been held at the moment it was merged: `null` where that cannot be told. */
export function wouldHaveWaited({ asks }: Pick<Replayed, "asks">): boolean | null {
  const kinds = new Set(asks.map(({ done }) => done.kind));
  if (HELD.some((kind) => kinds.has(kind))) return true;
  return UNSURE.some((kind) => kinds.has(kind)) ? null : false;
}

const HELD = ["late", "refused", "impossible", "nobody"] as const satisfies readonly Done["kind"][];
const UNSURE = ["earlier", "unknown"] as const satisfies readonly Done["kind"][];
