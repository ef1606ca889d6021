import { show, showPath } from "../file/validate-schema.ts";
import type { Path, Positions } from "../file/yaml.ts";
import type { ConfigFile } from "../keys/config.ts";
import type { Problem } from "../problem.ts";
import type { Rule } from "./floor.ts";

/** A policy file that was read without an error; one that does not exist is a file without keys. */
export interface Layer {
  /** As people find it; also the begin of an area's origin. */
  readonly file: string;
  readonly config: ConfigFile;
  readonly positions: Positions;
}

export interface Layers {
  readonly organization: Layer;
  readonly repository: Layer;
}

/** A value as written; `undefined` where the file does not say it. */
export interface Written<Value> {
  readonly value: Value | undefined;
  readonly path: Path;
}

/** Brings two files together key by key, and remembers what of the repository's was ignored. */
export class Settlement {
  readonly problems: Problem[] = [];
  readonly #layers: Layers;

  constructor(layers: Layers) {
    this.#layers = layers;
  }

  /** The value in force of a key that stands at the same place in both files; `undefined` when neither says it. */
  settle<Value>(
    rule: Rule<Value>,
    path: Path,
    read: (config: ConfigFile) => Value | undefined,
  ): Value | undefined {
    const { organization, repository } = this.#layers;
    return this.choose(
      rule,
      { value: read(organization.config), path },
      { value: read(repository.config), path },
    );
  }

  choose<Value>(rule: Rule<Value>, ours: Written<Value>, theirs: Written<Value>): Value | undefined {
    if (ours.value === undefined || theirs.value === undefined) return ours.value ?? theirs.value;
    if (rule.weakens(ours.value, theirs.value)) this.#ignore(ours, theirs);
    return rule.merge(ours.value, theirs.value);
  }

  #ignore(ours: Written<unknown>, theirs: Written<unknown>): void {
    const { organization, repository } = this.#layers;
    const found = `${showPath(theirs.path)} is ${show(theirs.value)}`;
    const what = isMapping(ours.value) ? showPath(ours.path) : show(ours.value);
    const floor = `${what} (${organization.file}:${organization.positions.value(ours.path).line})`;
    this.problems.push({
      code: "config/weaker-than-organization",
      severity: "warning",
      file: repository.file,
      ...repository.positions.value(theirs.path),
      message: `${found}, but the organization's ${floor} holds.`,
      remedy: "Remove it here, or have the organization's file changed.",
    });
  }
}

function isMapping(value: unknown): boolean {
  return typeof value === "object" && !Array.isArray(value);
}
