import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { compileFunction } from "node:vm";
import { Ajv, type ValidateFunction } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import addFormats from "ajv-formats";
import { jsonSchema, refTarget } from "./json-schema.ts";
import { componentSchema, type Schema } from "./openapi.ts";

/** What compiled code depends on: the packages installed, the contract, and how schemas are converted and compiled. */
const MADE_OF = [
  "../../../package-lock.json",
  "github.json.gz",
  "json-schema.ts",
  "openapi.ts",
  "compiled.ts",
];

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const require = createRequire(import.meta.url);

let folder: string | undefined;
const loaded = new Map<string, ValidateFunction>();

/**
 * The validator of a schema; `name` stands for it. Compiling GitHub's schemas takes longer than most of the tests that
 * need them, so the code is kept beside the installed packages.
 */
export function validator(name: string, schema: Schema): ValidateFunction {
  const before = loaded.get(name);
  if (before) return before;
  const file = `${cacheFolder()}/${digest(name)}.cjs`;
  const validate = load(codeIn(file) ?? compile(file, schema), file);
  loaded.set(name, validate);
  return validate;
}

function cacheFolder(): string {
  if (folder !== undefined) return folder;
  const parts = MADE_OF.map((path) => readFileSync(new URL(path, import.meta.url), "base64"));
  folder = `${ROOT}node_modules/.cache/countersign-contract/${digest(parts.join("\0"))}`;
  mkdirSync(folder, { recursive: true });
  return folder;
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

function codeIn(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}

/** Other workers may compile the same at the same time: the file appears whole. */
function compile(file: string, schema: Schema): string {
  const ajv = new Ajv({ strict: false, logger: false, allErrors: true, code: { source: true } });
  addFormats.default(ajv);
  // Git takes any text for an address, and those of bots, `1+app[bot]@users.noreply.github.com`, are none by the format.
  ajv.addFormat("email", true);
  const converted = jsonSchema(schema);
  register(ajv, converted);
  const code = standalone.default(ajv, ajv.compile(converted));
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, code);
  renameSync(unfinished, file);
  return code;
}

/** Adds every component a schema refers to, near or far. */
function register(ajv: Ajv, schema: Schema): void {
  for (const name of refTarget(schema)) {
    const id = `https://openapi.invalid/${name}`;
    if (ajv.schemas[id] !== undefined) continue;
    const component = jsonSchema(componentSchema(name));
    ajv.addSchema(component, id);
    register(ajv, component);
  }
}

function load(code: string, filename: string): ValidateFunction {
  const module: { exports?: ValidateFunction } = {};
  compileFunction(code, ["module", "require"], { filename })(module, require);
  if (module.exports === undefined) throw new Error(`${filename} is no validator: delete it`);
  return module.exports;
}
