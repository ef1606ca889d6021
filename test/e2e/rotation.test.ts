import { generateKeyPairSync } from "node:crypto";
import { rmSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { type App, startApp } from "../../src/app/app.ts";
import { WEBHOOK_PATH } from "../../src/app/intake/routes.ts";
import { APP_ID, temporaryFolder } from "../gate/app.ts";
import { KIRO_LINE } from "../gate/gate.ts";
import { APP_EVENTS, APP_PERMISSIONS } from "../gate/manifest.ts";
import { FILES, populate } from "../gate/people.ts";
import { metric, queueAt } from "../gate/queue.ts";
import { type GithubDouble, startDouble } from "../github-double/double.ts";
import type { Pull, Repository } from "../github-double/world/model.ts";

const OLD_SECRET = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
const NEW_SECRET = "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8";

const keyPair = () =>
  generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });

interface Secrets {
  readonly privateKey: string;
  readonly secret: string;
  readonly previousSecret?: string;
}

/** One App, whose process is started again and again over one store while its secrets are changed. */
class Operator {
  readonly double: GithubDouble;
  readonly repo: Repository;
  readonly people: ReturnType<typeof populate>["people"];
  readonly bots: ReturnType<typeof populate>["bots"];
  readonly keys = { old: keyPair(), new: keyPair() };
  readonly #org: ReturnType<typeof populate>["org"];
  readonly #folder = temporaryFolder();
  #app: App | null = null;
  /** With what GitHub signs. */
  #signedWith = OLD_SECRET;
  #registered: ReturnType<GithubDouble["connectApp"]>["app"] | null = null;

  constructor(double: GithubDouble) {
    this.double = double;
    const { org, people, bots, teams } = populate(double);
    this.#org = org;
    this.people = people;
    this.bots = bots;
    this.repo = double.world.repository(org, "shop", { files: FILES });
    for (const team of Object.values(teams)) double.world.permission(this.repo, team, "write");
  }

  get registered() {
    if (this.#registered === null) throw new Error("the App was not started yet");
    return this.#registered;
  }

  async restart({ privateKey, ...deliveries }: Secrets): Promise<void> {
    await this.#app?.stop();
    this.#app = await startApp({
      ...{ appId: APP_ID, privateKey, deliveries: { by: "webhook", ...deliveries } },
      ...{ host: "127.0.0.1", port: 0, apiBaseUrl: `${this.double.url}/api/v3` },
      ...{ dataFolder: this.#folder, logLevel: "fatal", logFormat: "json" },
    });
    if (this.#registered === null) this.#registered = this.#register();
    this.signWith(this.#signedWith);
    await this.settle();
  }

  #register() {
    return this.double.connectApp({
      ...{ appId: APP_ID, secret: OLD_SECRET, webhookUrl: null, installationAccount: this.#org },
      ...{ permissions: APP_PERMISSIONS, events: APP_EVENTS, privateKeyPublicPem: this.keys.old.publicKey },
    }).app;
  }

  /** As in the App's webhook settings. */
  signWith(secret: string): void {
    this.#signedWith = secret;
    const url = `${this.#address}${WEBHOOK_PATH}`;
    this.double.webhooks.connect({ appId: APP_ID, secret, url });
  }

  get #address(): string {
    return this.#app?.address ?? "";
  }

  async stop(): Promise<void> {
    await this.#app?.stop();
    this.#app = null;
  }

  async close(): Promise<void> {
    await this.stop();
    await this.double.stop();
    rmSync(this.#folder, { recursive: true });
  }

  async settle(): Promise<void> {
    for (let seen = -1; seen !== this.double.webhooks.deliveries.length; ) {
      seen = this.double.webhooks.deliveries.length;
      await this.double.webhooks.settled();
      while ((await queueAt(this.#address)).active > 0) await this.double.webhooks.settled();
    }
  }

  async ready(): Promise<boolean> {
    return (await fetch(`${this.#address}/readyz`)).ok;
  }

  async signedBefore(): Promise<number> {
    const text = await (await fetch(`${this.#address}/metrics`)).text();
    return metric(text, "countersign_previous_secret_total");
  }

  open(head: string): Pull {
    const { world } = this.double;
    const { kiro } = this.bots;
    world.branch(this.repo, head, "main");
    const changes = { "infra/production/main.tf": `# ${head}\n` };
    world.push(this.repo, head, [{ author: kiro, message: "Shrink it", changes }], kiro);
    const text = { title: "Shrink it", body: KIRO_LINE("kira"), author: kiro };
    return world.openPull(this.repo, { head, base: "main", ...text });
  }

  /** The check on the head, when everything has come to rest. */
  async check(pull: Pull): Promise<string | null> {
    await this.settle();
    return this.repo.runs.findLast(({ suite }) => suite.sha === pull.headSha)?.conclusion ?? null;
  }
}

let operator: Operator;
let signed: Pull;
beforeEach(async () => {
  operator = new Operator(await startDouble());
  await operator.restart({ privateKey: operator.keys.old.privateKey, secret: OLD_SECRET });
  signed = operator.open("signed");
  await operator.settle();
  operator.double.world.review(signed, operator.people.olga, "APPROVED");
  expect(await operator.check(signed)).toBe("success");
});
afterEach(() => operator.close());

/** What nobody heard while the process was away is asked for again, and every signature counts as before. */
async function nothingIsLost(): Promise<void> {
  const { world, webhooks } = operator.double;
  world.commit(operator.repo, signed.headRef, {
    ...{ author: operator.people.wes, by: operator.people.wes, message: "One more" },
    changes: { "app/cart.ts": "// one more\n" },
  });
  expect(await operator.check(signed)).toBe("success");
  const ids = new Set(webhooks.deliveries.filter(({ status }) => status === 202).map(({ guid }) => guid));
  expect(webhooks.deliveries.filter(({ guid }) => !ids.has(guid))).toEqual([]);
}

test("the webhook secret: both are accepted while GitHub signs with the first one, then with the second", async () => {
  const { privateKey } = operator.keys.old;
  await operator.restart({ privateKey, secret: NEW_SECRET, previousSecret: OLD_SECRET });
  expect(await operator.check(operator.open("before"))).toBe("action_required");
  const before = await operator.signedBefore();
  expect(before).toBeGreaterThan(0);

  operator.signWith(NEW_SECRET);
  expect(await operator.check(operator.open("after"))).toBe("action_required");
  expect(await operator.signedBefore()).toBe(before);

  await operator.restart({ privateKey, secret: NEW_SECRET });
  expect(await operator.check(operator.open("done"))).toBe("action_required");
  await nothingIsLost();
});

test("the private key: the second one works before the first one is deleted, and what came in between is done", async () => {
  const { world } = operator.double;
  world.addKey(operator.registered, operator.keys.new.publicKey);
  await operator.stop();
  const meanwhile = operator.open("meanwhile");
  await operator.double.webhooks.settled();

  await operator.restart({ privateKey: operator.keys.new.privateKey, secret: OLD_SECRET });
  expect(await operator.ready()).toBe(true);
  world.deleteKey(operator.registered, operator.keys.old.publicKey);

  expect(await operator.check(meanwhile)).toBe("action_required");
  await operator.restart({ privateKey: operator.keys.new.privateKey, secret: OLD_SECRET });
  expect(await operator.check(operator.open("done"))).toBe("action_required");
  await nothingIsLost();
});

test("a private key that was deleted too early: the process is not ready", async () => {
  const { world } = operator.double;
  world.addKey(operator.registered, operator.keys.new.publicKey);
  world.deleteKey(operator.registered, operator.keys.old.publicKey);

  await operator.stop();
  await expect(startedWith(operator.keys.old.privateKey)).resolves.toBe(false);
});

/** Whether a process with this key says that it is ready, after GitHub has answered it. */
async function startedWith(privateKey: string): Promise<boolean> {
  const { requests } = operator.double;
  const before = requests.length;
  await operator.restart({ privateKey, secret: OLD_SECRET });
  while (!requests.slice(before).some(({ operation }) => operation === "GET /app/installations"))
    await operator.ready();
  return operator.ready();
}
