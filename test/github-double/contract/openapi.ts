import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

export interface Schema {
  readonly [keyword: string]: unknown;
}

interface Content {
  readonly [mediaType: string]: { readonly schema: Schema };
}

interface Described {
  readonly $ref?: string;
  readonly content?: Content;
}

export interface Operation {
  readonly requestBody?: Described;
  readonly responses: Readonly<Record<string, Described>>;
}

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly "x-webhooks": Readonly<Record<string, { readonly post?: Operation }>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly responses: Readonly<Record<string, Described>>;
  };
}

let loaded: Description | undefined;

/** GitHub's published description of its REST API, read when first asked for: it is 13 MB of JSON. */
function description(): Description {
  const file = createRequire(import.meta.url).resolve("@octokit/openapi/generated/api.github.com.json");
  loaded ??= JSON.parse(readFileSync(file, "utf8")) as Description;
  return loaded;
}

/** By "METHOD /path/{template}". */
export function operationNamed(operation: string): Operation | undefined {
  const [method = "", path = ""] = operation.split(" ");
  return description().paths[path]?.[method.toLowerCase()];
}

export function componentSchema(name: string): Schema {
  return description().components.schemas[name] ?? {};
}

/** The JSON schemas of one answer, `undefined` when the status is not described, empty when it has no body. */
export function responseSchemas(operation: Operation, status: number): readonly Schema[] | undefined {
  const response = resolve(operation.responses[String(status)]);
  if (!response) return undefined;
  return Object.entries(response.content ?? {})
    .filter(([type]) => type.includes("json"))
    .map(([, content]) => content.schema);
}

export function requestSchema(operation: Operation): Schema | undefined {
  return resolve(operation.requestBody)?.content?.["application/json"]?.schema;
}

/** The payload of a webhook, by "event-action". */
export function payloadSchema(name: string): Schema | undefined {
  const described = description()["x-webhooks"][name]?.post;
  return described && requestSchema(described);
}

function resolve(described: Described | undefined): Described | undefined {
  const name = described?.$ref?.split("/").at(-1);
  return name === undefined ? described : description().components.responses[name];
}
