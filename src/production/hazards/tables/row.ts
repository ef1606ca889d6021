import type { Asks, HazardKind } from "../hazard.ts";
import type { Notation } from "../reading/part.ts";
import type { Check } from "./check.ts";

/**
 * What it means that a setting is not said, by the provider's own default: `safe`; `unsafe`, so that a new thing is shown and a
 * removed line reported; `weaker`, so that only a removed line is reported, because new things often go without.
 */
export type Absence = "safe" | "unsafe" | "weaker";

/**
 * One setting of one or more types of resources: their types, the path to it, which values are safe and what its absence means.
 * Types, and other names of the same setting, are parted by blanks. The type `*` is any part that has the setting
 * somewhere. A `?` behind a block in the path means that every such block is judged, and that none is safe.
 */
export type Row = readonly [
  types: string,
  paths: string,
  check: Check,
  absence: Absence,
  why?: string | undefined,
  except?: Except,
];

/** Where another setting of the same thing has such a value, this one is of no account. */
export type Except = readonly [path: string, value: RegExp];

/** Rows of one provider, by the family that they belong to. */
export interface Table {
  readonly of: readonly Notation[];
  readonly rows: Readonly<Partial<Record<string, readonly Row[]>>>;
}

/** Settings that do the same harm, in whatever resource. */
export interface Family {
  readonly id: string;
  readonly kind: HazardKind;
  /** When a thing that exists becomes unsafe, as a clause. */
  readonly when: string;
  /** What it means, as a clause. */
  readonly why: string;
  /** What an unsafe value on a new thing is: as bad as a change to it, or shown only. */
  readonly onNew: Asks;
  /** The rule for what is new and shown only. */
  readonly created?: { readonly id: string; readonly when: string };
}
