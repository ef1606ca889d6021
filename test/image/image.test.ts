import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { privateKey, SECRET } from "../app/credentials.ts";
import { APP_EVENTS, APP_PERMISSIONS } from "../gate/manifest.ts";
import { populate } from "../gate/people.ts";
import { type GithubDouble, startDouble } from "../github-double/double.ts";
import { COMMAND, ENTRY, ENVIRONMENT, HEALTH_CHECK, makeImage, USER } from "./steps.ts";

const APP_ID = 4711;

let folder: string;
let image: string;
let double: GithubDouble;
beforeAll(async () => {
  double = await startDouble();
  folder = mkdtempSync(join(tmpdir(), "countersign-image-"));
  const build = join(folder, "build");
  image = join(folder, "app");
  mkdirSync(build);
  mkdirSync(image);
  makeImage(build, image);
  rmSync(build, { recursive: true });
  double.connectApp({
    appId: APP_ID,
    secret: SECRET,
    webhookUrl: "http://127.0.0.1:1/",
    installationAccount: populate(double).org,
    permissions: APP_PERMISSIONS,
    events: APP_EVENTS,
  });
}, 300_000);
afterAll(async () => {
  await double.stop();
  rmSync(folder, { recursive: true });
});

function start() {
  const child = spawn(process.execPath, COMMAND, {
    cwd: image,
    env: {
      ...ENVIRONMENT,
      APP_ID: String(APP_ID),
      PRIVATE_KEY: privateKey,
      WEBHOOK_SECRET: SECRET,
      HOST: "127.0.0.1",
      PORT: "0",
      COUNTERSIGN_OPS_PORT: "0",
      COUNTERSIGN_DATA: join(folder, "data"),
      GHE_HOST: double.apiHost,
      GHE_PROTOCOL: "http",
    },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (text) => {
      output += String(text);
    });
  return { child, output: () => output, exited: once(child, "exit") };
}

describe("what the Dockerfile makes", () => {
  test("runs as a user without rights", () => {
    expect(USER).toMatch(/^[1-9]\d*:[1-9]\d*$/);
  });

  test("holds no source, no test and no tool of development", () => {
    expect(existsSync(join(image, ENTRY))).toBe(true);
    for (const absent of ["src", "test", "node_modules/typescript", "node_modules/jest"])
      expect(existsSync(join(image, absent))).toBe(false);
  });

  test("starts, is healthy and ready, and ends within its time when told to", async () => {
    const { child, output, exited } = start();
    let origin: string | undefined;
    while (!origin) {
      const ended = exited.then(() => "ended");
      if ((await Promise.race([once(child.stdout, "data"), ended])) === "ended") throw new Error(output());
      origin = /listens on (http:\/\/[\w.:]+)/.exec(output())?.[1];
    }
    const operation = /"metrics":"([^"]+)"/.exec(output())?.[1];
    let ready = await fetch(`${operation}/readyz`);
    while (ready.status !== 200) ready = await fetch(`${operation}/readyz`);
    expect((await fetch(`${origin}/readyz`)).status).toBe(404);
    expect(await ready.json()).toMatchObject({ store: "ok", github: "ok" });

    const { port } = new URL(origin);
    execFileSync(process.execPath, ["-e", HEALTH_CHECK], { env: { PORT: port } });

    const told = performance.now();
    child.kill("SIGTERM");
    expect(await exited).toEqual([0, null]);
    expect(performance.now() - told).toBeLessThan(25_000);
    expect(output()).toContain('"stopped"');
    expect(output()).not.toMatch(/"level":(50|60)\b/);
    expect(() =>
      execFileSync(process.execPath, ["-e", HEALTH_CHECK], { env: { PORT: port }, stdio: "ignore" }),
    ).toThrow();
  });
});
