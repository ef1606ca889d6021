import type { Schema } from "./openapi.ts";

const COMPONENTS = "#/components/schemas/";
const PUBLISHED = "https://openapi.invalid/";

/** OpenAPI 3.0's dialect as JSON Schema: `nullable` becomes a type, references become absolute. */
export function jsonSchema(schema: Schema): Schema {
  return convert(schema) as Schema;
}

function convert(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(convert);
  if (typeof value !== "object" || value === null) return value;
  const { nullable, example: _example, examples: _examples, ...rest } = value as Schema;
  const converted: Record<string, unknown> = {};
  for (const [keyword, inner] of Object.entries(rest)) {
    if (keyword === "$ref" && typeof inner === "string")
      converted[keyword] = inner.replace(COMPONENTS, PUBLISHED);
    else if (keyword === "allOf" && isUserAndEnterprise(inner)) converted.anyOf = convert(inner);
    else if (keyword === "properties") converted[keyword] = convertProperties(inner as Schema);
    else if (keyword !== "discriminator" && keyword !== "xml") converted[keyword] = convert(inner);
  }
  return nullable === true ? orNull(converted) : converted;
}

/**
 * `GET /app/installations` says by mistake that an account is a user and an enterprise at once; the `installation`
 * component says "or" (seen 2026-11).
 */
function isUserAndEnterprise(inner: unknown): boolean {
  if (!Array.isArray(inner)) return false;
  const titles = inner.map((each: Schema) => each.title);
  return titles.includes("Simple User") && titles.includes("Enterprise");
}

/** Names of properties are data, not keywords. */
function convertProperties(properties: Schema): Schema {
  return Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, convert(inner)]));
}

function orNull(schema: Readonly<Record<string, unknown>>): Schema {
  return { anyOf: [{ type: "null" }, schema] };
}

/** The components a converted schema refers to. */
export function refTarget(schema: unknown): readonly string[] {
  if (Array.isArray(schema)) return schema.flatMap(refTarget);
  if (typeof schema !== "object" || schema === null) return [];
  return Object.entries(schema).flatMap(([keyword, inner]) =>
    keyword === "$ref" && typeof inner === "string" ? [inner.replace(PUBLISHED, "")] : refTarget(inner),
  );
}
