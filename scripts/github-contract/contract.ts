import { gzipSync } from "node:zlib";
import type { Contract, Described, Operation } from "../../test/github-double/contract/openapi.ts";
import { EVENTS, OPERATIONS } from "../../test/github-double/contract/used.ts";

/** GitHub's published description, as far as it is read. */
export interface Published {
  readonly info: { readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly "x-webhooks": Readonly<Record<string, { readonly post?: Operation }>>;
  readonly components: Contract["components"];
}

/** What of a description says nothing about what is right: texts for people. */
const TEXTS: ReadonlySet<string> = new Set(["description", "example", "examples", "summary", "externalDocs"]);

/** A body that every operation may answer with. */
const ALWAYS = "#/components/schemas/basic-error";

/**
 * The part of the description that the double is held to: the operations that it answers, the events that it tells of,
 * and whatever those refer to.
 * @throws where the description lacks an operation
 */
export function contractOf(published: Published): Contract {
  const paths = Object.fromEntries(
    [...Map.groupBy(OPERATIONS, (operation) => operation.split(" ")[1] ?? "")].map(([path, operations]) => [
      path,
      Object.fromEntries(operations.map((operation) => methodOf(published, operation))),
    ]),
  );
  const webhooks = Object.fromEntries(
    Object.entries(published["x-webhooks"]).flatMap(([name, { post }]) =>
      post !== undefined && EVENTS.some((event) => isOf(event, name)) ? [[name, { post: bare(post) }]] : [],
    ),
  );
  const components = referred(published, [{ $ref: ALWAYS }, paths, webhooks]);
  return { version: published.info.version, events: EVENTS, paths, "x-webhooks": webhooks, components };
}

function methodOf({ paths }: Published, operation: string): readonly [string, Operation] {
  const [method = "", path = ""] = operation.split(" ");
  const described = paths[path]?.[method.toLowerCase()];
  if (described === undefined) throw new Error(`the description has no ${operation}`);
  return [method.toLowerCase(), bare(described)];
}

/** Webhooks are named by event and action: "pull-request-opened", "push". */
function isOf(event: string, name: string): boolean {
  const stem = event.replaceAll("_", "-");
  return name === stem || name.startsWith(`${stem}-`);
}

function bare({ requestBody, responses }: Operation): Operation {
  return {
    ...(requestBody && { requestBody: bodyOf(requestBody) }),
    responses: Object.fromEntries(
      Object.entries(responses).map(([status, described]) => [status, bodyOf(described)]),
    ),
  };
}

function bodyOf({ $ref, content }: Described): Described {
  return {
    ...($ref !== undefined && { $ref }),
    ...(content && { content: withoutTexts(content) as NonNullable<Described["content"]> }),
  };
}

function withoutTexts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTexts);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([keyword]) => !TEXTS.has(keyword))
      .map(([keyword, inner]) => [
        keyword,
        keyword === "properties" ? withoutTextsIn(inner as object) : withoutTexts(inner),
      ]),
  );
}

/** Names of properties are data, not keywords. */
function withoutTextsIn(properties: object): unknown {
  return Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, withoutTexts(inner)]));
}

/** The components that these refer to, near or far. */
function referred({ components }: Published, from: readonly unknown[]): Contract["components"] {
  const found = new Map<string, unknown>();
  const follow = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [keyword, inner] of Object.entries(value)) {
      if (keyword !== "$ref" || typeof inner !== "string") follow(inner);
      else if (!found.has(inner)) {
        const [, , kind = "", name = ""] = inner.split("/");
        const component = Reflect.get(Reflect.get(components, kind) ?? {}, name);
        const whole = kind === "schemas" ? withoutTexts(component) : bodyOf(component);
        found.set(inner, whole);
        follow(whole);
      }
    }
  };
  from.forEach(follow);
  const of = (kind: string) =>
    Object.fromEntries(
      [...found].flatMap(([ref, component]) => {
        const [, , kindOfIt, name = ""] = ref.split("/");
        return kindOfIt === kind ? [[name, component]] : [];
      }),
    );
  return { schemas: of("schemas"), responses: of("responses") } as Contract["components"];
}

/** As it is kept: compressed, since nobody reads it and most of it repeats itself. */
export function written(contract: Contract): Uint8Array {
  return gzipSync(JSON.stringify(contract), { level: 9 });
}
