import { createSign, generateKeyPairSync } from "node:crypto";
import { afterEach, beforeEach, expect } from "@jest/globals";
import { Octokit } from "@octokit/rest";
import { type AppConnection, type GithubDouble, startDouble } from "../github-double/double.ts";
import type { Account, Installation } from "../github-double/world/model.ts";
import { type OriginStory, originStory } from "./scenario.ts";

export const APP_ID = 4242;
/** Refusals are what the tests ask for. */
const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });

export interface OriginStorySetup {
  readonly double: GithubDouble;
  readonly world: GithubDouble["world"];
  readonly story: OriginStory;
  readonly installation: Installation;
  readonly appOctokit: Octokit;
  readonly octokit: Octokit;
  readonly octokitOf: (account: Account) => Octokit;
  /** Violations that this test provokes. */
  readonly provoked: RegExp[];
}

/** The origin story behind a double of its own for each test; no test may leave a violation behind. */
export function useOriginStory(connection: Partial<AppConnection> = {}): () => OriginStorySetup {
  let current: OriginStorySetup | undefined;
  beforeEach(async () => {
    current = await setUp(connection);
  });
  afterEach(async () => {
    const { double, provoked } = bed();
    await double.stop();
    expect(double.violations.filter((each) => !provoked.some((pattern) => pattern.test(each)))).toEqual([]);
  });
  const bed = () => {
    if (!current) throw new Error("no double is running");
    return current;
  };
  return bed;
}

async function setUp(connection: Partial<AppConnection>): Promise<OriginStorySetup> {
  const double = await startDouble();
  const story = originStory(double, APP_ID);
  const { installation } = double.connectApp({
    appId: APP_ID,
    privateKeyPublicPem: keys.publicKey.export({ type: "spki", format: "pem" }).toString(),
    secret: "a secret of the tests",
    webhookUrl: "http://127.0.0.1:9/nobody-listens",
    installationAccount: story.acme,
    ...connection,
  });
  const connect = (auth: string) => new Octokit({ auth, baseUrl: `${double.url}/api/v3`, log: SILENT });
  const appOctokit = connect(jwt());
  const { data } = await appOctokit.rest.apps.createInstallationAccessToken({
    installation_id: installation.id,
  });
  return {
    double,
    world: double.world,
    story,
    installation,
    appOctokit,
    octokit: connect(data.token),
    provoked: [],
    octokitOf: (account) => connect(double.world.userToken(account)),
  };
}

/** A token as the app signs it. */
export function jwt(given: { readonly iss?: number; readonly key?: typeof keys.privateKey } = {}): string {
  const now = Math.floor(Date.now() / 1000);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = { iat: now - 30, exp: now + 540, iss: given.iss ?? APP_ID };
  const text = `${part({ alg: "RS256", typ: "JWT" })}.${part(claims)}`;
  return `${text}.${createSign("RSA-SHA256")
    .update(text)
    .sign(given.key ?? keys.privateKey, "base64url")}`;
}

/** The status and message a promise is refused with. */
export async function refusal(
  promise: Promise<unknown>,
): Promise<{ readonly status: number; readonly message: string }> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error && "status" in error)
      return { status: Number(error.status), message: error.message };
    throw error;
  }
  throw new Error("it was not refused");
}
