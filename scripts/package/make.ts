import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { type Reach, reachFrom } from "./reach.ts";

/*
 * The package that is published: the command line and the library, and of the dependencies those that these import. The
 * server is run from its image or its sources; its packages are heavy, and `npx countersign` would wait for them.
 */

/** Imported by one command, and only for a store that most people do not have. Who has one installs it. */
const OPTIONAL: ReadonlySet<string> = new Set(["pg"]);

/** Beside what was built. */
const TEXTS = ["README.md", "CHANGELOG.md", "LICENSE", "schema.json", "app.yml"];

const own = z.object({
  version: z.string(),
  bin: z.record(z.string(), z.string()),
  exports: z.record(z.string(), z.union([z.string(), z.record(z.string(), z.string())])),
  dependencies: z.record(z.string(), z.string()),
});

type Own = z.infer<typeof own>;

/** What only concerns who works on it. */
const OURS = ["private", "scripts", "overrides", "devDependencies", "allowScripts"];

/** Makes the package's folder anew. `dist` is what was built. */
export function makePackage(project: string, dist: string, folder: string): void {
  const raw = z
    .record(z.string(), z.unknown())
    .parse(JSON.parse(readFileSync(join(project, "package.json"), "utf8")));
  const manifest = own.parse(raw);
  const reach = reachFrom(dist, entriesOf(manifest));
  rmSync(folder, { recursive: true, force: true });
  for (const file of reach.files) {
    mkdirSync(dirname(join(folder, "dist", file)), { recursive: true });
    cpSync(join(dist, file), join(folder, "dist", file));
  }
  for (const file of TEXTS) cpSync(join(project, file), join(folder, file));
  const kept = Object.fromEntries(Object.entries(raw).filter(([key]) => !OURS.includes(key)));
  const written = { ...kept, ...ofReach(manifest, reach) };
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(written, null, 2)}\n`);
}

/** The built files that the manifest names. */
function entriesOf({ bin, exports }: Own): readonly string[] {
  const named = [bin, ...Object.values(exports)].flatMap((each) =>
    typeof each === "string" ? [each] : Object.values(each),
  );
  return named
    .map((path) => path.replace(/^\.\//, ""))
    .flatMap((path) => (path.startsWith("dist/") ? [path.slice("dist/".length)] : []));
}

/** What is in the package, and what it needs. */
function ofReach(manifest: Own, { packages }: Reach) {
  const versions = (wanted: readonly string[]) =>
    Object.fromEntries(wanted.map((name) => [name, versionOf(manifest, name)]));
  const optional = packages.filter((name) => OPTIONAL.has(name));
  return {
    files: ["dist", ...TEXTS],
    dependencies: versions(packages.filter((name) => !OPTIONAL.has(name))),
    peerDependencies: versions(optional),
    peerDependenciesMeta: Object.fromEntries(optional.map((name) => [name, { optional: true }])),
  };
}

function versionOf({ dependencies }: Own, name: string): string {
  const version = dependencies[name];
  if (version === undefined) throw new Error(`${name} is imported, but no dependency`);
  return version;
}
