import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const PROJECT = fileURLToPath(new URL("../..", import.meta.url));
const DOCKERFILE = readFileSync(join(PROJECT, "Dockerfile"), "utf8").replaceAll("\\\n", " ");
const [, BUILD_STAGE = "", FINAL_STAGE = ""] = DOCKERFILE.split(/^FROM /m);

/** What the final stage takes from the build, by its place there. */
const TAKEN = [...FINAL_STAGE.matchAll(/\/build\/([\w.-]+)/g)].map(([, name]) => name ?? "");

/** What the image starts: options of Node, and the file. */
export const COMMAND = [...(/^CMD \[(.+)\]$/m.exec(FINAL_STAGE)?.[1] ?? "").matchAll(/"([^"]+)"/g)].map(
  ([, word = ""]) => word,
);
export const ENTRY = COMMAND.at(-1) ?? "";

/** The program that asks a container how it is. */
export const HEALTH_CHECK = /CMD \["node", "-e", "(.+)"\]/.exec(FINAL_STAGE)?.[1] ?? "";

/** Whom the image runs as. */
export const USER = /^USER (\S+)$/m.exec(FINAL_STAGE)?.[1] ?? "root";

/** What the image sets in the environment. */
export const ENVIRONMENT = Object.fromEntries(
  [...FINAL_STAGE.matchAll(/\b([A-Z_]+)=(\S+)/g)].map(([, name, value]) => [name, value] as const),
);

/** Does in `build` what the Dockerfile's first stage does, and puts into `image` what its last one takes from there. */
export function makeImage(build: string, image: string): void {
  for (const [, names = ""] of BUILD_STAGE.matchAll(/^COPY (.+) \.\/\S*$/gm))
    for (const name of names.trim().split(/\s+/))
      cpSync(join(PROJECT, name), join(build, name), { recursive: true });
  if (process.env.IMAGE_FROM_REGISTRY) installFromRegistry(build);
  else installFromHere(build);
  for (const name of TAKEN) cpSync(join(build, name), join(image, name), { recursive: true });
}

function installFromRegistry(build: string): void {
  const npm = (...args: readonly string[]) => execFileSync("npm", args, { cwd: build, stdio: "pipe" });
  npm("ci", "--ignore-scripts");
  npm("run", "build");
  npm("prune", "--omit=dev", "--ignore-scripts");
}

interface LockedPackage {
  readonly dev?: boolean;
  readonly optional?: boolean;
}

/** The same packages without a network: those that the lock file keeps after the prune. */
function installFromHere(build: string): void {
  execFileSync(
    join(PROJECT, "node_modules/.bin/tsc"),
    ["-p", join(PROJECT, "tsconfig.build.json"), "--outDir", join(build, "dist")],
    {
      stdio: "pipe",
    },
  );
  const lock = JSON.parse(readFileSync(join(build, "package-lock.json"), "utf8")) as {
    readonly packages: Readonly<Record<string, LockedPackage>>;
  };
  for (const [path, { dev, optional }] of Object.entries(lock.packages)) {
    if (path === "" || dev || optional) continue;
    mkdirSync(dirname(join(build, path)), { recursive: true });
    cpSync(join(PROJECT, path), join(build, path), { recursive: true });
  }
}
