import type { Strength } from "../evidence.ts";
import type { Account } from "../identity.ts";

/** Something public, by where it was found. People are written as `Name <address>`; texts are one line of a longer one. */
export type Sample =
  | { readonly author: string }
  | { readonly committer: string }
  | { readonly message: string }
  | { readonly body: string }
  | { readonly branch: string }
  | { readonly label: string }
  /** The author of a pull request. */
  | { readonly account: Account };

/** A sample in which the tool is found, and how far that may be trusted. */
export type Found = Sample & { readonly is: Strength };

type AtLeastOne<Item> = readonly [Item, ...Item[]];

/** What a tool has to be found in, and near-misses in which it must not be found. */
export interface Examples {
  readonly matches: AtLeastOne<Found>;
  readonly ignores: AtLeastOne<Sample>;
}
