import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { openSqliteStore } from "../../src/store/sqlite/sqlite.ts";
import { privateKey, SECRET, sign } from "./credentials.ts";
import { addressOf, SilentGitHub, type Started, startProcess } from "./process.ts";

const sha = "a".repeat(40);
const BODY = JSON.stringify({
  action: "opened",
  installation: { id: 7 },
  repository: { name: "shop", owner: { login: "acme" } },
  pull_request: { number: 3, head: { sha }, title: "the-title-of-the-change" },
});

let folder: string;
let github: SilentGitHub;
let started: Started[];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "countersign-app-"));
  github = await SilentGitHub.start();
  started = [];
});
afterEach(async () => {
  for (const { child, exited } of started) {
    child.kill("SIGKILL");
    await exited;
  }
  await github.stop();
  rmSync(folder, { recursive: true, force: true });
});

function start(more: Readonly<Record<string, string>> = {}): Started {
  const environment = {
    APP_ID: "12",
    PRIVATE_KEY: privateKey,
    WEBHOOK_SECRET: SECRET,
    PORT: "0",
    HOST: "127.0.0.1",
    GHE_HOST: github.host,
    GHE_PROTOCOL: "http",
    LOG_FORMAT: "json",
    LOG_LEVEL: "trace",
  };
  const app = startProcess({ ...environment, ...more }, folder);
  started.push(app);
  return app;
}

async function deliver(address: string): Promise<number> {
  const response = await fetch(`${address}/api/github/webhooks`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-github-event": "pull_request",
      "x-github-delivery": "72d3162e",
      "x-hub-signature-256": sign(BODY),
    },
    body: BODY,
  });
  return response.status;
}

const jobsOf = async (address: string) =>
  (await (await fetch(`${address}/healthz`)).json()) as { jobs: number };

/** The jobs left in the folder of a process that ended. */
async function jobsLeft(): Promise<number> {
  const store = openSqliteStore(join(folder, ".countersign"));
  const depth = await store.depth();
  await store.close();
  return depth;
}

describe("the app as a process", () => {
  test("E02 takes up after kill -9 what it had accepted before", async () => {
    const first = start();
    const asked = github.asked();
    expect(await deliver(await addressOf(first))).toBe(202);
    await asked;
    first.child.kill("SIGKILL");
    expect(await first.exited).toBeNull();

    const again = github.asked();
    const second = start();
    const address = await addressOf(second);
    await again;
    // The delivery, and the look at everything that each start asks for.
    expect(await jobsOf(address)).toMatchObject({ jobs: 2 });
  });

  test("SIGTERM lets what is in work end, and ends well", async () => {
    const app = start();
    const asked = github.asked();
    await deliver(await addressOf(app));
    await asked;
    app.child.kill("SIGTERM");
    github.answer();
    expect(await app.exited).toBe(0);
    expect(app.output()).toContain('"stopped"');
    expect(await jobsLeft()).toBe(2);
  });

  test("a second signal ends it at once, and loses nothing", async () => {
    const app = start();
    const asked = github.asked();
    await deliver(await addressOf(app));
    await asked;
    app.child.kill("SIGINT");
    await untilOutput(app, '"stopping"');
    app.child.kill("SIGINT");
    expect(await app.exited).toBe(130);
    expect(await jobsLeft()).toBe(2);
  });

  test("E07, E09 writes no secret and nothing of a payload, not even at the finest level", async () => {
    const app = start();
    const asked = github.asked();
    await deliver(await addressOf(app));
    await asked;
    github.answer();
    app.child.kill("SIGTERM");
    await app.exited;
    expect(app.output()).toContain("delivery accepted");
    expect(app.output()).not.toContain("the-title-of-the-change");
    expect(app.output()).not.toContain(SECRET);
    expect(app.output()).not.toMatch(/PRIVATE KEY|eyJ[\w-]+\.eyJ/);
  });
});

describe("the app does not start", () => {
  test("E06 without a strong secret: it says how to make one, without a stack trace", async () => {
    const app = start({ WEBHOOK_SECRET: "development" });
    expect(await app.exited).toBe(2);
    expect(app.output()).toMatch(
      /^Countersign cannot start:\n {2}- WEBHOOK_SECRET is too easy.*openssl rand -hex 32/,
    );
    expect(app.output()).not.toMatch(/\n\s+at /);
  });

  test("on the folder of a running one", async () => {
    await addressOf(start());
    const second = start();
    expect(await second.exited).toBe(1);
    expect(second.output()).toMatch(
      /^Countersign cannot start: .*is used by another running Countersign; stop that one/,
    );
    expect(second.output()).not.toMatch(/\n\s+at /);
  });

  test("on a port that is taken", async () => {
    const { port } = new URL(await addressOf(start()));
    const second = start({ PORT: port, COUNTERSIGN_DATA: "other" });
    expect(await second.exited).toBe(1);
    expect(second.output()).toMatch(
      new RegExp(`^Countersign cannot start: port ${port} of 127.0.0.1 is taken`),
    );
    expect(second.output()).not.toMatch(/\n\s+at /);
  });
});

async function untilOutput(app: Started, text: string): Promise<void> {
  while (!app.output().includes(text))
    await new Promise((resolve) => app.child.stdout?.once("data", resolve));
}
