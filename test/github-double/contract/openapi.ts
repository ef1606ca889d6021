import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

export interface Schema {
  readonly [keyword: string]: unknown;
}

interface Content {
  readonly [mediaType: string]: { readonly schema: Schema };
}

export interface Described {
  readonly $ref?: string;
  readonly content?: Content;
}

export interface Operation {
  readonly requestBody?: Described;
  readonly responses: Readonly<Record<string, Described>>;
}

/** The part of GitHub's published description that the double is held to. */
export interface Contract {
  /** Of the description. */
  readonly version: string;
  /** Whose payloads it describes, as far as GitHub does. */
  readonly events: readonly string[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly "x-webhooks": Readonly<Record<string, { readonly post?: Operation }>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly responses: Readonly<Record<string, Described>>;
  };
}

/** Made by `scripts/github-contract.ts`. */
export const CONTRACT_FILE = new URL("github.json.gz", import.meta.url);

let loaded: Contract | undefined;

function description(): Contract {
  loaded ??= JSON.parse(gunzipSync(readFileSync(CONTRACT_FILE)).toString("utf8")) as Contract;
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

/** Whether the contract says what GitHub describes of an event; else it has to be made anew. */
export function isInContract(event: string): boolean {
  return description().events.includes(event);
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
