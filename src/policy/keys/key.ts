import type * as z from "zod";
import type { FloorRule } from "../layers/floor.ts";
import type { LayerMerge, MergedKey, Origin, Setting, Sides } from "../layers/layer-merge.ts";

/**
 * An entry of the config: everything that is known about a key. The schema, the reference, the floor and the policy
 * are all made from entries, so a key that has one is checked, documented, merged and in the policy.
 */
export interface Entry<Schema extends z.ZodType = z.ZodType, Value = unknown> {
  /** As it stands in the mapping around it: optional, or not. */
  readonly schema: Schema;
  /** A row for each key at or below this one. */
  readonly floors: readonly FloorRow[];
  /** What comes into force. */
  merge(settings: Sides<Setting<Written<Schema>>>, merge: LayerMerge): Value;
}

export interface FloorRow extends Pick<FloorRule<unknown>, "says" | "silence"> {
  /** From the entry; empty for the entry itself. */
  readonly path: string;
}

/** A value of a schema, as a file sets it. */
export type Written<Schema extends z.ZodType> = DeepReadonly<z.output<Schema>>;

type DeepReadonly<T> = T extends object ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> } : T;

/** The value of a key that no file sets: one that a file could set, or one that only words can show. */
type Default<Written, Value> =
  | { readonly written: Written }
  | { readonly text: string; readonly value: Value };

interface Definition<Schema extends z.ZodType, Value> {
  readonly schema: Schema;
  /** The noun phrase for what is allowed, if the schema alone does not say it well. */
  readonly title?: string;
  /** What the key does. */
  readonly description: string;
  readonly default: Default<Written<Schema>, NoInfer<Value>>;
  readonly examples: readonly Written<Schema>[];
  /** How the organization's value is a floor for the repository's. */
  readonly floor: FloorRule<NoInfer<Value>>;
  /** The reader: what a written value means in the policy. */
  readonly read: (written: Written<Schema>, origin: Origin) => Value;
}

/** A key that a file may set. */
export function key<Schema extends z.ZodType, Value>(
  definition: Definition<Schema, Value>,
): Entry<z.ZodExactOptional<Schema>, Value> & MergedKey<Written<Schema>, Value> {
  const { floor, read, default: fallback } = definition;
  const merged: MergedKey<Written<Schema>, Value> = {
    floor,
    read,
    unset: "written" in fallback ? read(fallback.written, () => "built-in") : fallback.value,
  };
  return {
    ...merged,
    schema: described(definition).exactOptional(),
    floors: [{ path: "", says: floor.says, silence: floor.silence }],
    merge: (settings, merge) => merge.mergeKey(merged, settings),
  };
}

export function described<Schema extends z.ZodType, Value>({
  schema,
  title,
  description,
  default: fallback,
  examples,
}: Omit<Definition<Schema, Value>, "floor" | "read">): Schema {
  return schema.meta({
    ...(title !== undefined && { title }),
    description,
    ...("written" in fallback ? { default: fallback.written } : { $comment: fallback.text }),
    examples: [...examples],
  });
}

/** The schemas of entries, by their keys. The compiler cannot follow a mapping over keys, so an overload states it. */
export function shapeOf<Keys extends WithSchemas>(
  keys: Keys,
): { readonly [Name in keyof Keys]: Keys[Name]["schema"] };
export function shapeOf(keys: WithSchemas): Readonly<Record<string, z.ZodType>> {
  return Object.fromEntries(Object.entries(keys).map(([name, { schema }]) => [name, schema]));
}

type WithSchemas = Readonly<Record<string, { readonly schema: z.ZodType }>>;
