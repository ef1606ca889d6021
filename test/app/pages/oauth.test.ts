import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { authorizeAddress, identify } from "../../../src/app/pages/oauth.ts";
import { type GithubDouble, startDouble } from "../../github-double/double.ts";
import { SECRET } from "../credentials.ts";

const VERIFIER = "v".repeat(43);
const challenge = createHash("sha256").update(VERIFIER).digest("base64url");
const settings = {
  ...{ url: "https://countersign.test", clientId: "Iv23liPages" },
  ...{ clientSecret: "c".repeat(40), sessionSecret: SECRET },
};

let double: GithubDouble;
beforeAll(async () => {
  double = await startDouble();
  double.logins.connect({ ...settings, callback: `${settings.url}/login/callback` });
  double.logins.signedIn = double.world.user("olga", { id: 3 });
});
afterAll(async () => {
  await double.stop();
  expect(double.violations).toEqual([]);
});

const ports = (given: Partial<typeof settings> = {}) => {
  return { settings: { ...settings, ...given }, github: double.url, api: `${double.url}/api/v3` };
};

/** What GitHub sends a browser back with. */
async function code(): Promise<string> {
  const address = authorizeAddress(ports(), { state: "s", challenge });
  const { headers } = await fetch(address, { redirect: "manual" });
  return new URL(headers.get("location") ?? "").searchParams.get("code") ?? "";
}

const revoked = () =>
  double.requests.filter(
    ({ operation, status }) => operation.startsWith("DELETE /applications") && status === 204,
  ).length;

describe("who came back from GitHub", () => {
  test("is known by id and login, and the token is revoked", async () => {
    const before = revoked();
    expect(await identify(ports(), { code: await code(), verifier: VERIFIER })).toEqual({
      account: 3,
      login: "olga",
    });
    expect(revoked()).toBe(before + 1);
  });

  test.each<[string, () => Promise<{ code: string; verifier?: string; secret?: string }>]>([
    ["the code is made up", async () => ({ code: "x" })],
    ["somebody else has the verifier", async () => ({ code: await code(), verifier: "w".repeat(43) })],
    ["the App's secret is another", async () => ({ code: await code(), secret: "d".repeat(40) })],
    [
      "the code was used",
      async () => {
        const used = await code();
        await identify(ports(), { code: used, verifier: VERIFIER });
        return { code: used };
      },
    ],
  ])("is nobody where %s", async (_, given) => {
    const { code: own, verifier = VERIFIER, secret = settings.clientSecret } = await given();
    await expect(identify(ports({ clientSecret: secret }), { code: own, verifier })).rejects.toThrow(
      "did not take",
    );
  });

  test.each([
    ["says nothing of a person", { status: 200, body: { id: 3, login: "olga" } }],
    ["names a machine", { status: 200, body: { id: 3, login: "olga", type: "Bot" } }],
    ["refuses", { status: 401, body: { message: "Bad credentials" } }],
    ["answers with no JSON", { status: 200, body: "<html>" }],
    ["sends elsewhere", { status: 302, body: "", headers: { location: "/api/v3/users/olga" } }],
  ])("is nobody where GitHub %s, and the token is revoked all the same", async (_, respond) => {
    const before = revoked();
    double.faults.add({ match: ({ path }) => path.endsWith("/user"), respond, times: 1 });
    await expect(identify(ports(), { code: await code(), verifier: VERIFIER })).rejects.toThrow();
    expect(revoked()).toBe(before + 1);
  });

  test("is known also where the token cannot be revoked: nothing keeps it", async () => {
    const end = double.faults.add({ match: ({ method }) => method === "DELETE", respond: "drop" });
    expect(await identify(ports(), { code: await code(), verifier: VERIFIER })).toMatchObject({
      login: "olga",
    });
    end();
  });
});
