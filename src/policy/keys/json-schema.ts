import * as z from "zod";
import type { Path } from "../place.ts";
import { configSchema } from "./config.ts";

export type SchemaNode = z.core.JSONSchema.BaseSchema;

/** The config's JSON Schema (draft 2020-12), for editors and for the texts made from it. */
export const CONFIG_JSON_SCHEMA: SchemaNode = z.toJSONSchema(configSchema, { io: "input" });

/** The part of the schema that speaks of one place in a file; through a union, of the alternative that goes on. */
export function schemaAt(path: Path, root: SchemaNode = CONFIG_JSON_SCHEMA): SchemaNode | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return root;
  for (const node of root.anyOf ?? [root]) {
    const next =
      typeof step === "number" ? node.items : (node.properties?.[String(step)] ?? node.additionalProperties);
    if (isNode(next)) return schemaAt(rest, next);
  }
  return undefined;
}

function isNode(value: unknown): value is SchemaNode {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What may stand there, as a noun phrase: `"enforce" or "observe"`, `a whole number from 1 to 10`. */
export function allowed(node: SchemaNode): string {
  if (node.type === "object" && node.properties === undefined) return node.title ?? "a mapping";
  if (node.type === "object") return `a mapping of ${Object.keys(node.properties ?? {}).join(", ")}`;
  if (node.title !== undefined) return node.title;
  if (node.const !== undefined) return JSON.stringify(node.const);
  if (node.enum !== undefined) return alternatives(node.enum.map((value) => JSON.stringify(value)));
  switch (node.type) {
    case "boolean":
      return "true or false";
    case "integer":
      return wholeNumber(node);
    case "string":
      return `text of ${span(node.minLength, node.maxLength)} characters`;
    case "array":
      return `a list of ${span(node.minItems, node.maxItems)} entries${isNode(node.items) ? `, each ${allowed(node.items)}` : ""}`;
    default:
      return "nothing";
  }
}

function alternatives(values: readonly string[]): string {
  return [values.slice(0, -1).join(", "), ...values.slice(-1)].filter((part) => part !== "").join(" or ");
}

function wholeNumber({ minimum = 0, maximum = Number.MAX_SAFE_INTEGER }: SchemaNode): string {
  return maximum === Number.MAX_SAFE_INTEGER
    ? `a whole number from ${minimum}`
    : `a whole number from ${minimum} to ${maximum}`;
}

function span(least = 0, most: number | undefined): string {
  return least === 0 ? `up to ${most}` : `${least} to ${most}`;
}
