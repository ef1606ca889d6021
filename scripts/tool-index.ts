import { readdirSync } from "node:fs";

const FOLDER = new URL("../src/provenance/catalogue/tools/", import.meta.url);

/** The index of the files that define tools: nothing reads the folder when the program runs. */
export function toolIndex(files: readonly string[] = readdirSync(FOLDER)): string {
  const names = files
    .filter((file) => file.endsWith(".ts"))
    .map((file) => file.slice(0, -".ts".length))
    .toSorted();
  const imports = names.map((name) => `import { ${exportOf(name)} } from "./tools/${name}.ts";`);
  const list = names.map((name) => `  ${exportOf(name)},`);
  return `// Generated from the files in tools/ by \`npm run generate\`. Edit those, not this file.
import type { CataloguedTool } from "../tool/tool.ts";
${imports.join("\n")}

/** Every tool whose signals are known without configuration. */
export const CATALOGUE: readonly CataloguedTool[] = [
${list.join("\n")}
].flat();
`;
}

/** What the file of a tool exports: its own name in camel case, a tool or a list of tools. */
export function exportOf(name: string): string {
  return name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
