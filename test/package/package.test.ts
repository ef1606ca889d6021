import { execFile, execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { makePackage } from "../../scripts/package/make.ts";
import { isolatedEnvironment } from "../cli/temporary-repository.ts";
import { shopWithKirosBranch } from "../repository/shop.ts";
import { startRegistry } from "./registry.ts";

/*
 * The package as it is published: packed, and installed by npm in an empty folder whose path has blanks, from a registry
 * on this machine.
 */

const PROJECT = fileURLToPath(new URL("../../", import.meta.url));
/** Megabytes of everything that is installed: 30 when this was written, 69 with what the server needs. */
const MOST_MEGABYTES = 35;

let root: string;
let app: string;
let missed: readonly string[];

beforeAll(async () => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "countersign package ")));
  const folder = join(root, "the package");
  const dist = join(root, "dist");
  const tsc = join(PROJECT, "node_modules", ".bin", "tsc");
  execFileSync(tsc, ["-p", join(PROJECT, "tsconfig.build.json"), "--outDir", dist], { stdio: "pipe" });
  makePackage(PROJECT, dist, folder);
  npm(root, "pack", `file:${folder}`, "--pack-destination", root);
  const { dependencies } = manifestOf(folder);
  const packed = join(root, "packed");
  mkdirSync(packed);
  const registry = await startRegistry(realpathSync(PROJECT), Object.keys(dependencies), packed);
  app = join(root, "an empty folder");
  mkdirSync(app);
  writeFileSync(join(app, "package.json"), '{ "name": "app", "private": true, "type": "module" }\n');
  const [tarball = ""] = readdirSync(root).filter((name) => name.endsWith(".tgz"));
  await npmMeanwhile(
    app,
    "install",
    "--registry",
    registry.url,
    "--cache",
    join(root, "cache"),
    join(root, tarball),
  );
  missed = registry.missed;
  await registry.stop();
});
afterAll(() => rmSync(root, { recursive: true }));

test("what is installed is what the command line and the library import, and light", () => {
  // npm looks an optional peer up, and leaves it.
  expect(missed.filter((name) => name !== "pg")).toEqual([]);
  const installed = readdirSync(join(app, "node_modules"));
  for (const name of ["probot", "pg", "pino", "prom-client", "dotenv", "jest", "typescript"])
    expect(installed).not.toContain(name);
  expect(installed).toContain("countersign");
  expect(megabytesOf(join(app, "node_modules"))).toBeLessThan(MOST_MEGABYTES);
});

test("the server is not in it, and nothing of the sources", () => {
  const files = readdirSync(join(app, "node_modules", "countersign"), { recursive: true }).map(String);
  expect(files.filter((path) => /^dist.app|\.ts$/.test(path) && !path.endsWith(".d.ts"))).toEqual([]);
  expect(files).toEqual(
    expect.arrayContaining(["README.md", "CHANGELOG.md", "LICENSE", "schema.json", "app.yml"]),
  );
});

test("the manifest names a repository, by which npm tells where it was built", () => {
  const { version } = manifestOf(PROJECT);
  expect(
    JSON.parse(readFileSync(join(app, "node_modules", "countersign", "package.json"), "utf8")),
  ).toMatchObject({
    version,
    license: "Apache-2.0",
    repository: { type: "git", url: "git+https://github.com/countersign/countersign.git" },
    peerDependenciesMeta: { pg: { optional: true } },
  });
});

describe("the command", () => {
  test("tells its version, and checks a repository whose path has blanks", () => {
    const { directory } = shopWithKirosBranch();
    const shop = join(root, "a shop with blanks");
    cpSync(directory, shop, { recursive: true });
    rmSync(directory, { recursive: true });

    expect(countersign(app, "--version").stdout.trim()).toBe(manifestOf(PROJECT).version);
    const checked = countersign(app, "check", "--repo", shop);
    expect({ status: checked.status, stderr: checked.stderr }).toEqual({ status: 1, stderr: "" });
    expect(checked.stdout).toContain("BLOCKED Needs @acme/sre: infrastructure");
  });

  test.each(["check", "scan", "explain", "owners", "validate", "simulate", "snapshot", "doctor", "backtest"])(
    "%s has all that it imports",
    (command) => {
      // Each loads the rest of its modules only when it runs.
      const { status, stderr } = countersign(join(root, "packed"), command, ...(ARGUMENTS[command] ?? []));

      expect(status).toBe(2);
      expect(stderr).toMatch(EXPECTED[command] ?? /is not in a git repository/);
      expect(stderr).not.toMatch(/unexpected|ERR_MODULE/);
    },
  );

  test("says what to install for a store in PostgreSQL", () => {
    const environment = { DATABASE_URL: "postgres://127.0.0.1:1/none", GITHUB_TOKEN: "x" };

    const { status, stderr } = countersignWith(environment, app, "snapshot", "acme/shop#7");

    expect(status).toBe(2);
    expect(stderr).toContain(
      "the PostgreSQL store of DATABASE_URL cannot be read: its client is not installed: run `npx --package=countersign --package=pg",
    );
  });
});

const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  explain: ["HEAD"],
  simulate: ["acme/shop#7"],
  snapshot: ["acme/shop#7"],
  doctor: ["acme/shop"],
  backtest: ["acme/shop"],
};

const EXPECTED: Readonly<Record<string, RegExp>> = {
  validate: /has no .github\/countersign.yml and no CODEOWNERS/,
  simulate: /token/,
  snapshot: /token|store/,
  doctor: /no token was given/,
  backtest: /no token was given/,
};

describe("the library", () => {
  const use = `import { readCodeowners } from "countersign/codeowners";
const owned = readCodeowners("/infra/ @mona\\n").of("infra/main.tf");
const kind: string = owned.kind;
if (kind !== "owned") throw new Error(kind);
console.log(kind);
`;

  test("is imported by its name", () => {
    writeFileSync(join(app, "use.mjs"), use.replace(": string", ""));

    expect(spawnSync(process.execPath, ["use.mjs"], { cwd: app, encoding: "utf8" })).toMatchObject({
      status: 0,
      stdout: "owned\n",
    });
  });

  test("has types, which a strict compiler accepts", () => {
    writeFileSync(join(app, "use.ts"), use);
    const wrong = `import { readCodeowners } from "countersign/codeowners";\nexport const n: number = readCodeowners("").of("a").kind;\n`;
    writeFileSync(join(app, "wrong.ts"), wrong);
    const compile = (file: string) =>
      spawnSync(
        join(PROJECT, "node_modules", ".bin", "tsc"),
        [
          "--noEmit",
          "--strict",
          "--skipLibCheck",
          "false",
          "--module",
          "nodenext",
          "--target",
          "es2024",
          "--types",
          "",
          "--lib",
          "es2024,dom",
          file,
        ],
        { cwd: app, encoding: "utf8" },
      );

    expect(compile("use.ts")).toMatchObject({ status: 0, stdout: "" });
    expect(compile("wrong.ts").stdout).toContain("is not assignable to type 'number'");
  });
});

function manifestOf(folder: string) {
  const parts = z.object({ version: z.string(), dependencies: z.record(z.string(), z.string()) });
  return parts.parse(JSON.parse(readFileSync(join(folder, "package.json"), "utf8")));
}

const QUIET = ["--no-audit", "--no-fund", "--ignore-scripts", "--no-update-notifier"];

function npm(directory: string, ...args: readonly string[]): void {
  execFileSync("npm", [...args, ...QUIET], { cwd: directory, stdio: "pipe" });
}

/** The registry answers from this process, which must not wait. */
async function npmMeanwhile(directory: string, ...args: readonly string[]): Promise<void> {
  await promisify(execFile)("npm", [...args, ...QUIET], { cwd: directory });
}

function countersign(directory: string, ...args: readonly string[]) {
  return countersignWith({}, directory, ...args);
}

function countersignWith(environment: NodeJS.ProcessEnv, directory: string, ...args: readonly string[]) {
  const command = join(app, "node_modules", ".bin", "countersign");
  const { GITHUB_TOKEN: _, GH_TOKEN: __, ...inherited } = isolatedEnvironment(directory);
  return spawnSync(command, args, {
    cwd: directory,
    encoding: "utf8",
    env: { ...inherited, ...environment },
  });
}

function megabytesOf(folder: string): number {
  const sizes = readdirSync(folder, { recursive: true }).map(
    (path) => statSync(join(folder, String(path))).size,
  );
  return sizes.reduce((sum, size) => sum + size, 0) / (1 << 20);
}
