import { readdirSync } from "node:fs";
import { registerHooks } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { getState, type State } from "jest-circus";

/** One row of a table, to be run as often as there are mutants. */
export interface Row {
  /** Its own among all rows. */
  readonly id: string;
  readonly run: () => unknown;
}

/** What chance finds out is not held by it, and takes its time; a command started anew does not know of the mutant. */
const LEFT_OUT = /(?:properties|generated)\.test\.ts$/;
const PARTS = ["policy", "signoff"];
const GLOBALS = new URL("./globals.ts", import.meta.url).href;

/** Loads the tables of the parts below a copy of the project, and with them its sources. */
export async function loadTables(root: string): Promise<readonly Row[]> {
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === "@jest/globals" ? { url: GLOBALS, shortCircuit: true } : next(specifier, context),
  });
  for (const file of PARTS.flatMap((part) => tablesOf(join(root, "test", part)))) {
    await import(pathToFileURL(file).href);
  }
  return rowsIn(getState().rootDescribeBlock, []);
}

function tablesOf(folder: string): readonly string[] {
  return readdirSync(folder, { encoding: "utf8", recursive: true })
    .filter((file) => file.endsWith(".test.ts") && !LEFT_OUT.test(file))
    .toSorted()
    .map((file) => join(folder, file));
}

type Block = State["rootDescribeBlock"];

function rowsIn({ children, hooks }: Block, place: readonly (string | number)[]): readonly Row[] {
  if (hooks.length > 0) throw new Error(`${place.join(" ")}: a table with hooks cannot be run row by row`);
  return children.flatMap((child, index) => {
    const here = [...place, index, String(child.name)];
    if (child.type === "describeBlock") return rowsIn(child, here);
    const { fn } = child;
    if (fn.length > 0) throw new Error(`${here.join(" ")}: a row that takes a callback cannot be run`);
    return child.mode === "skip" || child.mode === "todo"
      ? []
      : [{ id: here.join(" "), run: () => Reflect.apply(fn, undefined, []) }];
  });
}
