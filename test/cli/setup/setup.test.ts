import { readFileSync, statSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { SetupOptions } from "../../../src/cli/setup/command.ts";
import { setup } from "../../../src/cli/setup/setup.ts";
import { readAppManifest } from "../../../src/github/client/app-manifest.ts";
import { type GithubDouble, startDouble } from "../../github-double/double.ts";
import { openShop, type Shop } from "../doctor/shop.ts";
import { sink } from "../run-cli.ts";
import { removeTemporaryDirectories, temporaryDirectory } from "../temporary-repository.ts";
import { formIn, registers } from "./person.ts";

const POLL: SetupOptions = { org: "acme", poll: true, browser: true };
const KEY = "countersign.private-key.pem";

let double: GithubDouble;
let shop: Shop;
let folder: string;

beforeEach(async () => {
  double = await startDouble();
  shop = openShop(double);
  shop.unprotect();
  folder = temporaryDirectory();
});

afterEach(async () => {
  await double.stop();
  expect(double.violations).toEqual([]);
});

afterAll(removeTemporaryDirectories);

interface Person {
  /** What they do with the link; default: register the App. */
  readonly opens?: (link: string) => Promise<unknown>;
  readonly answers?: boolean;
  readonly token?: string;
}

interface Ended {
  readonly code: number | string;
  readonly said: string;
  readonly landed: unknown;
}

/** A person runs the command, installs the new App as soon as it is waited for, and answers. */
async function setUp(options: SetupOptions, person: Person = {}): Promise<Ended> {
  const { opens = (link: string) => registers(double, link, shop.people.ada), answers = true } = person;
  const { token = shop.world.userToken(shop.people.ada) } = person;
  const out = sink();
  let landed: Promise<unknown> = Promise.resolve();
  const environment = {
    GHE_HOST: double.apiHost,
    GHE_PROTOCOL: "http",
    ...(token && { GITHUB_TOKEN: token }),
  };
  const ports = {
    browse: (link: string) => {
      landed = opens(link);
    },
    sleep: async () => {
      const [app] = [...double.apps()].filter(({ slug }) => slug === "countersign-acme");
      if (app) shop.world.install(app, shop.acme);
    },
  };
  const terminal = {
    ...{ stdout: out.stream, stderr: out.stream, directory: folder, now: () => new Date() },
    confirm: async () => answers,
  };
  const repository = { owner: "acme", repo: "shop" };
  const code = await setup({ repository, options, environment, ports }, terminal).catch((error: unknown) =>
    error instanceof Error ? error.message : String(error),
  );
  return { code, said: out.written(), landed: await landed };
}

const read = (file: string) => readFileSync(join(folder, file), "utf8");
const modeOf = (file: string) => statSync(join(folder, file)).mode & 0o777;

describe("from nothing to a required check", () => {
  test("the App is registered and installed, its settings are the owner's alone, the ruleset is written", async () => {
    const { code, said, landed } = await setUp(POLL);

    const app = [...double.apps()].find(({ slug }) => slug === "countersign-acme");
    expect(landed).toBe(`${double.url}/apps/countersign-acme/installations/new`);
    expect(read(".env").split("\n").slice(1)).toEqual([
      `APP_ID=${app?.id}`,
      `PRIVATE_KEY_PATH=${KEY}`,
      "COUNTERSIGN_POLL=5",
      `GHE_HOST=${double.apiHost}`,
      "GHE_PROTOCOL=http",
      "",
    ]);
    expect([modeOf(".env"), modeOf(KEY)]).toEqual([0o600, 0o600]);
    expect(shop.repo.rulesets.map(({ name }) => name)).toEqual(["countersign"]);
    expect(JSON.stringify(shop.repo.rulesets[0])).toContain(String(app?.id));
    expect(said).toMatch(/^HOLDS acme\/shop: \d+ fine$/m);
    expect(code).toBe(0);
    for (const line of read(KEY).split("\n").slice(1, -2)) expect(said).not.toContain(line);
  });

  test("the manifest asks for what app.yml asks for, and sends deliveries nowhere", async () => {
    let manifest: unknown;
    await setUp(POLL, {
      opens: async (link) => {
        manifest = JSON.parse(formIn(await (await fetch(link)).text()).manifest);
        return registers(double, link, shop.people.ada);
      },
    });
    const { default_permissions, default_events } = readAppManifest();
    expect(manifest).toMatchObject({
      ...{ name: "countersign-acme", public: false, default_permissions, default_events },
      hook_attributes: { url: "https://countersign.invalid/", active: true },
    });
  });

  test("where GitHub can reach the App, the secret that GitHub made is written", async () => {
    const { code, said } = await setUp({ org: "acme", url: "https://gate.acme.example/", browser: true });
    expect(code).toBe(0);
    const [, secret = ""] = /^WEBHOOK_SECRET=([0-9a-f]{40})$/m.exec(read(".env")) ?? [];
    expect(secret).toHaveLength(40);
    expect(said).not.toContain(secret);
    expect(read(".env")).not.toContain("POLL");
  });

  test("who says no is shown the ruleset, and nothing is written to GitHub", async () => {
    const { code, said } = await setUp(POLL, { answers: false });
    expect(code).toBe(1);
    expect(shop.repo.rulesets).toEqual([]);
    expect(said).toMatch(
      /would be created\. To write it: countersign doctor\s+acme\/shop --app-id \d+ --fix --yes/,
    );
  });

  test("without a token of the person, everything else is done, and what is left is said", async () => {
    const { code, said } = await setUp(POLL, { token: "" });
    expect(code).toMatch(/^no token was given: /);
    expect(read(".env")).toContain("APP_ID=");
    expect(said).toMatch(
      /is not known to be required\. Once you can: countersign doctor acme\/shop --app-id \d+ --fix --yes\n$/,
    );
  });

  test("with --no-browser, the one link is shown and nothing is opened", async () => {
    const out = sink();
    const terminal = { stdout: out.stream, stderr: out.stream, directory: folder, now: () => new Date() };
    const given = {
      repository: { owner: "acme", repo: "shop" },
      options: { ...POLL, browser: false },
      environment: { GHE_HOST: double.apiHost, GHE_PROTOCOL: "http", GITHUB_TOKEN: "ghp_nobody" },
      ports: { browse: () => Promise.reject(new Error("opened")), sleep: async () => {} },
    };
    const ended = setup(given, terminal).catch((error: unknown) => error);
    while (!out.written().includes("\n")) await new Promise((resolve) => setImmediate(resolve));
    const [, link = ""] = /(http:\/\/127\.0\.0\.1:\d+\/[\w-]+)\n$/.exec(out.written()) ?? [];
    await registers(double, link, shop.people.ada);
    const [app] = [...double.apps()].filter(({ slug }) => slug === "countersign-acme");
    if (app) shop.world.install(app, shop.acme);
    await ended;
    expect(out.written()).toContain("It is installed.");
  });
});

describe("the page on the person's own machine", () => {
  const statusOf = async (url: string, init: RequestInit = {}) =>
    (await fetch(url, { ...init, redirect: "manual" })).status;
  const conversions = () => double.requests.filter(({ path }) => path.includes("app-manifests")).length;

  test("takes no answer but the one to what it sent, and that once", async () => {
    const statuses: number[] = [];
    const { code } = await setUp(POLL, {
      opens: async (link) => {
        const { origin } = new URL(link);
        const ada = shop.people.ada;
        const back = new URL(double.registerApp(formIn(await (await fetch(link)).text()), ada));
        const tampered = (change: (query: URLSearchParams) => void) => {
          const other = new URL(back);
          change(other.searchParams);
          return other.href;
        };
        statuses.push(
          await statusOf(tampered((query) => query.set("state", "x".repeat(32)))),
          await statusOf(tampered((query) => query.delete("state"))),
          await statusOf(tampered((query) => query.set("code", "../../app"))),
          await statusOf(`${origin}/${"x".repeat(32)}/registered${back.search}`),
          await statusOf(origin),
          await statusOf(back.href, { method: "POST" }),
          await statusByAnotherName(back),
          conversions(),
          await statusOf(back.href),
          conversions(),
        );
      },
    });
    expect(statuses).toEqual([403, 403, 403, 404, 404, 404, 404, 0, 303, 1]);
    expect(code).toBe(0);
  });

  test("lets nothing leave but the form, to GitHub", async () => {
    let policy = "";
    await setUp(POLL, {
      opens: async (link) => {
        policy = (await fetch(link)).headers.get("content-security-policy") ?? "";
        return registers(double, link, shop.people.ada);
      },
    });
    expect(policy).toContain(`default-src 'none'; script-src 'sha256-`);
    expect(policy).toContain(`form-action ${double.url};`);
  });
});

/** A name of an attacker's that leads to this machine. */
function statusByAnotherName({ port, pathname, search }: URL): Promise<number> {
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port, path: pathname + search, headers: { host: "evil.example" } };
    get(options, (response) => resolve(response.resume().statusCode ?? 0)).on("error", reject);
  });
}

describe("what cannot be set up ends with one sentence", () => {
  test.each([".env", KEY])("%s is there: nothing is registered, and it stays as it is", async (file) => {
    writeFileSync(join(folder, file), "mine");
    const { code } = await setUp(POLL, { opens: () => Promise.reject(new Error("asked")) });
    expect(code).toBe(
      `${file} is here already, and is not written over: move it away, or run this elsewhere`,
    );
    expect(read(file)).toBe("mine");
    expect(double.requests).toEqual([]);
  });

  test.each<[string, SetupOptions]>([
    ["neither an address nor --poll", { browser: true }],
    ["both", { browser: true, poll: true, url: "https://gate.acme.example/" }],
  ])("%s", async (_, options) => {
    const { code } = await setUp(options);
    expect(code).toMatch(/^say how the App learns what happens: --url ADDRESS .* or --poll$/);
  });

  test("a code that was used before", async () => {
    double.faults.add({
      match: ({ path }) => path.includes("app-manifests"),
      respond: { status: 404, body: { message: "Not Found" } },
    });
    const { code, landed } = await setUp(POLL);
    expect(code).toBe("GitHub does not know that code: it works once, for an hour; run setup again");
    expect(landed).toMatch(/^500 .*The terminal says how/s);
  });

  test("a page elsewhere in GitHub's answer", async () => {
    double.faults.add({
      match: ({ path }) => path.includes("app-manifests"),
      respond: (real) => ({
        ...real,
        body: { ...(real.body as object), html_url: "https://evil.example/apps/x" },
      }),
    });
    const { code } = await setUp(POLL);
    expect(code).toMatch(/^GitHub answered with a page elsewhere, https:\/\/evil\.example/);
  });

  test("a folder that cannot be written to: the App that is left over is named", async () => {
    const { code } = await setUp(POLL, {
      opens: (link) => {
        writeFileSync(join(folder, KEY), "somebody else's by now");
        return registers(double, link, shop.people.ada);
      },
    });
    expect(code).toMatch(
      /cannot be written: EEXIST\. The App is registered and its key is lost: delete it at http/,
    );
    expect(read(KEY)).toBe("somebody else's by now");
  });
});
