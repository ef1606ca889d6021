import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { join } from "node:path";
import { build, type Metafile } from "esbuild";
import { z } from "zod";

/*
 * The action is one file, which a runner starts without installing anything. Whose packages are in it, and under which
 * licenses, stands in a text beside it.
 */

const own = z.object({ version: z.string(), homepage: z.string() });
const packaged = z.object({ name: z.string(), version: z.string(), license: z.string() });

export interface Bundled {
  readonly bytes: number;
  /** What it holds of others, by folder of `node_modules`. */
  readonly packages: readonly string[];
}

/**
 * Makes the folder that `action.yml` names anew.
 * @throws {Error} where the bundle would need anything beside Node
 */
export async function bundleAction(project: string, folder: string): Promise<Bundled> {
  const { version, homepage } = own.parse(JSON.parse(readFileSync(join(project, "package.json"), "utf8")));
  const file = join(folder, "index.mjs");
  rmSync(folder, { recursive: true, force: true });
  const { metafile } = await build({
    stdin: {
      contents: entry({ version, homepage }),
      resolveDir: project,
      sourcefile: "action.ts",
      loader: "ts",
    },
    ...{ bundle: true, platform: "node", format: "esm", target: "node24", outfile: file },
    // Readable: whoever pins a commit can look at what it runs.
    ...{ minify: false, legalComments: "inline", metafile: true, logLevel: "silent", charset: "ascii" },
    // Packages of the older kind ask for their parts with `require`.
    banner: {
      js: 'import { createRequire as __createRequire } from "node:module";\nconst require = __createRequire(import.meta.url);',
    },
  });
  refuseOutside(metafile);
  const packages = packagesIn(metafile);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "LICENSES.txt"), licenses(project, packages));
  return { bytes: statSync(file).size, packages };
}

function entry(package_: z.infer<typeof own>): string {
  return `import { runAction } from "./src/action/main.ts";
process.exitCode = await runAction({
  environment: process.env,
  stdout: process.stdout,
  now: () => new Date(),
  wait: (ms) => new Promise((done) => setTimeout(done, ms)),
  ...${JSON.stringify(package_)},
});
`;
}

function refuseOutside({ outputs }: Metafile): void {
  const outside = Object.values(outputs)
    .flatMap(({ imports }) => imports)
    .filter(({ path, external }) => external === true && !isOfNode(path));
  if (outside.length > 0)
    throw new Error(`the bundle imports ${outside.map(({ path }) => path).join(", ")}, which a runner lacks`);
}

function isOfNode(path: string): boolean {
  return path.startsWith("node:") || builtinModules.includes(path);
}

function packagesIn({ inputs }: Metafile): readonly string[] {
  const folders = Object.keys(inputs).flatMap(
    (path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0] ?? [],
  );
  return [...new Set(folders)].toSorted();
}

/** The notices of what is in the bundle, as their licenses ask for. */
function licenses(project: string, packages: readonly string[]): string {
  const texts = packages.map((path) => {
    const folder = join(project, path);
    const { name, version, license } = packaged.parse(
      JSON.parse(readFileSync(join(folder, "package.json"), "utf8")),
    );
    return `${name} ${version} (${license})\n\n${licenseText(folder)}`;
  });
  return `${texts.join(`\n\n${"-".repeat(80)}\n\n`)}\n`;
}

const NAMES = ["LICENSE", "LICENSE.md", "LICENSE.txt", "license", "license.md"];

function licenseText(folder: string): string {
  for (const name of NAMES) {
    try {
      return readFileSync(join(folder, name), "utf8").trim();
    } catch {
      // Some other name, or none.
    }
  }
  return "No text of its license is part of the package.";
}
