import type { OwnerRef } from "../ownership/owner.ts";
import type { HazardKind } from "../production/hazards/hazard.ts";

/** What `time` in the config comes to for one change. Left out of a verdict where it says nothing. */
export interface TimeVerdict {
  /** What has to stand in the open for some time yet, the longest first. */
  readonly waits: readonly Wait[];
  /** It changes more lines than `max-lines`. */
  readonly size?: Size;
  /** The areas in whose lines it stands and is not asked about yet. */
  readonly inLine: readonly InLine[];
  /** Who could sign and is not asked, with the reason. */
  readonly notAsked: readonly NotAsked[];
  /** Who was asked and did not answer in time. */
  readonly late: readonly LateAnswer[];
}

/** Something that may merge at a moment, and not before. */
export interface Wait {
  readonly kind: HazardKind | "size";
  /** What it is about: hazards by their places, or nothing. */
  readonly places: readonly string[];
  /** Milliseconds in all. */
  readonly lasts: number;
  /** ISO 8601; `null` while the clock is stopped, because it is a draft. */
  readonly until: string | null;
}

export interface Size {
  /** Lines of production areas that were added or removed, and how many there may be. */
  readonly lines: number;
  readonly most: number;
  /** Lines of generated files and lock files, which are not counted. */
  readonly left: number;
  /** `extra`: it takes one countersignature more · `wait`: nobody could give one · `split`: it has to be split. */
  readonly need: "extra" | "wait" | "split";
  /** Changes that it could be split into. */
  readonly parts: readonly SizePart[];
}

export interface SizePart {
  readonly area: string;
  readonly owners: readonly OwnerRef[];
  readonly paths: readonly string[];
  readonly lines: number;
}

export interface InLine {
  readonly area: string;
  /** From 1: how many changes have to leave before it is asked about; `null` where it gave up its place. */
  readonly place: number | null;
  /** The changes before it, in order. */
  readonly before: readonly number[];
}

export interface NotAsked {
  readonly login: string;
  readonly because: "load" | "busy";
}

export interface LateAnswer {
  readonly kind: "user" | "team";
  readonly name: string;
  /** When they were asked, and by when they were to answer. ISO 8601. */
  readonly askedAt: string;
  readonly due: string;
  /** Nobody else is left to ask. */
  readonly isLast?: true;
}

/** An approval that came faster than its lines can be read. It holds no figures, so that nobody can pass them on. */
export interface Pace {
  /** When an approval counts. ISO 8601. */
  readonly from: string;
  /** It came before it was known what it is for, so that nobody can tell. */
  readonly isUntold: boolean;
}
