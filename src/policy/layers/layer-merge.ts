import type { Path, Positions } from "../place.ts";
import type { Problem } from "../problem.ts";
import { show, showPath } from "../show.ts";
import type { FloorRule } from "./floor.ts";

/** A policy file without errors. */
export interface Layer {
  /** As people find it. */
  readonly file: string;
  /** A file that does not exist has no keys, and is no floor. */
  readonly exists: boolean;
  readonly positions: Positions;
}

/** What belongs to each of the two files. */
export interface Sides<Each> {
  readonly organization: Each;
  readonly repository: Each;
}

/** A value as a file sets it; `undefined` if the file does not. */
export interface Setting<Written> {
  readonly value: Written | undefined;
  readonly path: Path;
}

/** Tells where a part of a value was written, for people: `.github/countersign.yml:12`. */
export type Origin = (below: Path) => string;

/** What is known of a key that both files may set. */
export interface MergedKey<Written, Value> {
  readonly floor: FloorRule<Value>;
  /** In force if no file sets the key. */
  readonly unset: Value;
  /** What a value as written means. */
  read(written: Written, origin: Origin): Value;
}

/** Merges two files key by key, and records what of the repository's was ignored. */
export class LayerMerge {
  readonly problems: Problem[] = [];
  readonly #layers: Sides<Layer>;

  constructor(layers: Sides<Layer>) {
    this.#layers = layers;
  }

  /** Whether the organization has a file at all. */
  get hasFloor(): boolean {
    return this.#layers.organization.exists;
  }

  /** The value in force. */
  mergeKey<Written, Value>(key: MergedKey<Written, Value>, settings: Sides<Setting<Written>>): Value {
    const repository = this.#read(key, "repository", settings.repository);
    const floor = this.floorOf(key, settings.organization);
    if (repository === undefined) return floor ?? key.unset;
    if (floor === undefined) return repository;
    if (key.floor.weakens(floor, repository)) this.#ignore(settings);
    return key.floor.merge(floor, repository);
  }

  /** Where the key at a path was written, for people. */
  origin(side: keyof Sides<Layer>, path: Path, at: keyof Positions = "value"): string {
    const { file, positions } = this.#layers[side];
    return `${file}:${positions[at](path).line}`;
  }

  #read<Written, Value>(
    key: MergedKey<Written, Value>,
    side: keyof Sides<Layer>,
    { value, path }: Setting<Written>,
  ): Value | undefined {
    if (value === undefined) return undefined;
    return key.read(value, (below) => this.origin(side, [...path, ...below]));
  }

  /** The value below which a repository cannot go, if there is one. */
  floorOf<Written, Value>(key: MergedKey<Written, Value>, setting: Setting<Written>): Value | undefined {
    const written = this.#read(key, "organization", setting);
    if (written !== undefined || key.floor.silence === "repository") return written;
    return this.hasFloor ? key.unset : undefined;
  }

  #ignore({ organization, repository }: Sides<Setting<unknown>>): void {
    this.warn(repository.path, {
      message: `${showPath(repository.path)} is ${show(repository.value)}, but ${this.#floorText(organization)}.`,
      remedy: `Remove it here, or have the organization's file ${organization.value === undefined ? "set it" : "changed"}.`,
    });
  }

  /** Records that the repository's value at a path asks for less than the organization does, and what becomes of it. */
  warn(path: Path, text: Pick<Problem, "message" | "remedy">): void {
    const { file, positions } = this.#layers.repository;
    const code = "config/weaker-than-organization";
    this.problems.push({ code, severity: "warning", file, ...positions.value(path), ...text });
  }

  #floorText({ value, path }: Setting<unknown>): string {
    return value === undefined
      ? `${this.#layers.organization.file} does not set it, so the default holds`
      : `the organization's ${show(value)} (${this.origin("organization", path)}) holds`;
  }
}
