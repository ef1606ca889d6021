import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { z } from "zod";

const manifest = z.looseObject({
  name: z.string(),
  version: z.string(),
  dependencies: z.record(z.string(), z.string()).default({}),
});

type Manifest = z.infer<typeof manifest>;

interface Registry {
  readonly url: string;
  /** The packages that somebody asked for and that are not here. */
  readonly missed: readonly string[];
  readonly stop: () => Promise<void>;
}

/**
 * A package registry on this machine that offers what is installed here of such packages and their dependencies: no test
 * reaches another. Other packages it does not know.
 */
export async function startRegistry(
  project: string,
  names: readonly string[],
  folder: string,
): Promise<Registry> {
  const places = closureOf(project, names);
  const offered = places.map((place) => manifestIn(place));
  const packed = [
    "pack",
    "--ignore-scripts",
    "--json",
    "--pack-destination",
    folder,
    ...places.map((place) => `file:${place}`),
  ];
  const files = z
    .array(z.object({ name: z.string(), version: z.string(), filename: z.string() }))
    .parse(
      JSON.parse(
        execFileSync("npm", packed, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }),
      ),
    );
  const missed: string[] = [];
  const server = createServer(({ url = "" }, response) => {
    const name = decodeURIComponent(url.slice(1));
    const file = files.find(({ filename }) => filename === name.replace("-/", ""));
    if (file !== undefined) return void response.end(readFileSync(join(folder, file.filename)));
    const versions = offered.filter((each) => each.name === name);
    const [newest] = versions;
    if (newest === undefined) {
      missed.push(name);
      return void response.writeHead(404).end("{}");
    }
    const base = `http://127.0.0.1:${port()}`;
    const told = versions.map((each): readonly [string, unknown] => {
      const { filename = "" } =
        files.find((one) => one.name === each.name && one.version === each.version) ?? {};
      return [each.version, { ...each, dist: { tarball: `${base}/-/${filename}` } }];
    });
    const document = { name, "dist-tags": { latest: newest.version }, versions: Object.fromEntries(told) };
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(document));
  });
  const port = (): number => {
    const address = server.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${port()}/`,
    missed,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function manifestIn(place: string): Manifest {
  return manifest.parse(JSON.parse(readFileSync(join(place, "package.json"), "utf8")));
}

/** The folders of packages and of what they depend on, as Node finds them. */
function closureOf(project: string, names: readonly string[]): readonly string[] {
  const places = new Set(names.map((name) => placeOf(name, project, project)));
  for (const place of places)
    for (const name of Object.keys(manifestIn(place).dependencies)) places.add(placeOf(name, place, project));
  return [...places];
}

function placeOf(name: string, from: string, project: string): string {
  for (let folder = from; folder.length >= project.length; folder = join(folder, "..")) {
    const place = join(folder, "node_modules", name);
    if (existsSync(join(place, "package.json"))) return place;
  }
  throw new Error(`${name} is not installed here`);
}
