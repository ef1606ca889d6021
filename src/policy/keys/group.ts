import * as z from "zod";
import type { LayerMerge, Setting, Sides } from "../layers/layer-merge.ts";
import { type Entry, type FloorRow, shapeOf } from "./key.ts";

/** The entries of a mapping, by their keys. */
export type Entries = Readonly<Record<string, Entry>>;

/** What comes into force for a mapping; `not-ai` in a file is `notAi` here. */
export type InForce<Keys extends Entries> = {
  readonly [Name in keyof Keys & string as CamelCase<Name>]: Keys[Name] extends Entry<infer _, infer Value>
    ? Value
    : never;
};

type CamelCase<Text extends string> = Text extends `${infer First}-${infer Rest}`
  ? `${First}${Capitalize<CamelCase<Rest>>}`
  : Text;

/** Keys that belong together, as a mapping of their own. `unset` says what holds without them. */
export function group<const Keys extends Entries>(
  keys: Keys,
  about: { readonly description: string; readonly unset: string },
) {
  const schema = mapping(keys).meta({ description: about.description, $comment: about.unset });
  return {
    schema: schema.exactOptional(),
    floors: floorsOf(keys),
    merge: (settings: Sides<Setting<object>>, merge: LayerMerge): InForce<Keys> =>
      mergeEntries(keys, settings, merge),
  };
}

/** The schema of a mapping that has no other keys than these. */
export function mapping<const Keys extends Entries>(keys: Keys) {
  return z.strictObject(shapeOf(keys));
}

/** Merges each key of a mapping. The compiler cannot follow a mapping over keys, so an overload states the result. */
export function mergeEntries<Keys extends Entries>(
  keys: Keys,
  settings: Sides<Setting<object>>,
  merge: LayerMerge,
): InForce<Keys>;
export function mergeEntries(
  keys: Entries,
  { organization, repository }: Sides<Setting<object>>,
  merge: LayerMerge,
): Readonly<Record<string, unknown>> {
  const merged = Object.entries(keys).map(([name, entry]) => {
    const settings = { organization: below(organization, name), repository: below(repository, name) };
    return [camelCase(name), entry.merge(settings, merge)];
  });
  return Object.fromEntries(merged);
}

function below({ value, path }: Setting<object>, name: string): Setting<unknown> {
  const [, found] = Object.entries(value ?? {}).find(([key]) => key === name) ?? [];
  return { value: found, path: [...path, name] };
}

function camelCase(name: string): string {
  return name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

export function floorsOf(keys: Entries): readonly FloorRow[] {
  return Object.entries(keys).flatMap(([name, { floors }]) =>
    floors.map((row) => ({ ...row, path: [name, row.path].filter((part) => part !== "").join(".") })),
  );
}
