import type * as z from "zod";
import { type ConfigFile, configSchema } from "../keys/config.ts";
import { allowed, type SchemaNode, schemaAt } from "../keys/json-schema.ts";
import type { Path, Position } from "../place.ts";
import type { FileProblem } from "../problem.ts";
import { show, showPath } from "../show.ts";
import { slipIn } from "./slips.ts";
import { suggest } from "./suggest.ts";
import { typingMistake } from "./typing-mistakes.ts";
import type { YamlFile } from "./yaml.ts";

/** What is wrong at a place, before its position is known. */
export interface Finding {
  readonly code: FileProblem["code"];
  /** An error unless it says otherwise. */
  readonly severity?: FileProblem["severity"];
  readonly path: Path;
  /** `key` points at the key itself, `value` at what stands behind it. */
  readonly at: "key" | "value";
  readonly message: string;
  readonly remedy: string;
}

export type SchemaResult =
  | { readonly ok: true; readonly config: ConfigFile }
  | { readonly ok: false; readonly findings: readonly Finding[] };

/** Holds plain data to the schema. An empty file is an empty mapping. */
export function validateSchema(data: unknown): SchemaResult {
  const input = data ?? {};
  const result = configSchema.safeParse(input);
  if (result.success) return { ok: true, config: result.data };
  return { ok: false, findings: result.error.issues.flatMap((issue) => explain(issue, input)) };
}

function explain(issue: z.core.$ZodIssue, input: unknown): readonly Finding[] {
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey(issue.path, key));
  if (issue.code === "invalid_union") {
    const inner = deepest(issue.errors);
    if (inner !== undefined) {
      return inner.flatMap((each) => explain({ ...each, path: [...issue.path, ...each.path] }, input));
    }
  }
  return [invalidValue(issue, input)];
}

/** The alternative that got furthest is the one that was meant; none, when all failed at the door. */
function deepest(alternatives: readonly (readonly z.core.$ZodIssue[])[]) {
  return alternatives.find((issues) =>
    issues.some(({ path, code }) => path.length > 0 || code === "too_big"),
  );
}

function unknownKey(path: Path, key: string): Finding {
  const { properties = {} } = schemaAt(path) ?? {};
  const known = Object.keys(properties);
  const meant = suggest(key, known);
  const where = path.length === 0 ? "" : ` in ${showPath(path)}`;
  return {
    code: "config/unknown-key",
    path: [...path, key],
    at: "key",
    message: `There is no key ${show(key)}${where}${which(key)}.`,
    remedy:
      typingMistake(key) ??
      (meant === undefined ? `Use one of ${known.join(", ")}.` : `Did you mean "${meant}"?`),
  };
}

/** The slip in a text that is nothing allowed, if it is one that is hard to see. */
function which(found: unknown): string {
  const slip = typeof found === "string" ? slipIn(found) : null;
  return slip === null ? "" : `, which ${slip.says}`;
}

function invalidValue(issue: z.core.$ZodIssue, input: unknown): Finding {
  const { path } = issue;
  const found = valueAt(input, path);
  const node = schemaAt(path) ?? {};
  const remedy = shapeMistake(found, node) ?? `Use ${allowed(node)}.`;
  if (found === undefined) {
    const key = String(path.at(-1));
    const message = `${showPath(path.slice(0, -1))} has no "${key}".`;
    return { code: "config/invalid-value", path, at: "value", message, remedy };
  }
  const message = `${showPath(path)} is ${show(found)}${which(found)}.`;
  if (issue.code === "too_big" && typeof found !== "number") {
    const shorter = typeof found === "string" ? `Use up to ${issue.maximum} characters.` : remedy;
    return { code: "config/too-large", path, at: "value", message, remedy: shorter };
  }
  const meant = typeof found === "string" ? meantBy(found, node) : undefined;
  const better = meant === undefined ? remedy : `Did you mean "${meant}"? ${remedy}`;
  return { code: "config/invalid-value", path, at: "value", message, remedy: better };
}

/** The mistake by which a line of YAML became a text or a key of its own. */
function shapeMistake(found: unknown, { type, properties = {} }: SchemaNode): string | null {
  if (typeof found !== "string") {
    const [key] = Object.keys(Object(found));
    return key === undefined ? null : typingMistake(key);
  }
  if (type !== "object" && type !== "array") return null;
  const first = found.replace(/\s.*/s, "");
  return Object.hasOwn(properties, first)
    ? `Put a colon and a blank after ${show(first)}.`
    : typingMistake(found);
}

function meantBy(found: string, { enum: values = [], pattern }: SchemaNode): string | undefined {
  if (pattern === undefined) return suggest(found, values.map(String));
  const spellings = [found.replace(/^@/, ""), found.toLowerCase().replaceAll(/[\s_]+/g, "-")];
  return spellings.find((spelling) => new RegExp(pattern).test(spelling));
}

function valueAt(input: unknown, path: Path): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return input;
  return valueAt(Object.entries(input ?? {}).find(([key]) => key === String(step))?.[1], rest);
}

export function toProblem(
  { code, severity = "error", path, at, message, remedy }: Finding,
  from: Located,
): FileProblem {
  const position: Position = from.positions[at](path);
  return { code, severity, file: from.file, ...position, message, remedy };
}

export interface Located extends Pick<YamlFile, "positions"> {
  readonly file: string;
}
