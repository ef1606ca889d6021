import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { passkeyReader } from "../../../src/app/passkeys/facts.ts";
import { evaluate } from "../../../src/signoff/evaluate.ts";
import { makeCode } from "../../../src/signoff/passkey/code.ts";
import type { Snapshot } from "../../../src/signoff/snapshot.ts";
import type { FollowUp } from "../../../src/store/follow-up.ts";
import { approval, file, HEAD, olga, policy, snapshot, sven } from "../../signoff/build.ts";
import { SECRET } from "../credentials.ts";
import { type Deviations, NOT_VERIFIED, VirtualAuthenticator } from "../passkeys/virtual-authenticator.ts";
import { openVisits, SHOP, type Visits } from "./visiting.ts";

const URL_OF_PAGES = "https://sign.example";
const SIGN = "/acme/shop/pull/7/sign";

let visits: Visits;
let change: Partial<Snapshot>;
beforeEach(async () => {
  visits = await openVisits({ url: URL_OF_PAGES });
  for (const login of ["olga", "sven"]) visits.rights.set(`${login} shop`, "write");
  change = { reviews: [approval(olga)] };
  const read = passkeyReader({ store: visits.store, ownPages: URL_OF_PAGES, validAfter: undefined });
  visits.judged.now = async (repository, pull) => {
    const given = snapshot({ now: visits.clock.now().toISOString(), ...change });
    const known = { ...given, passkeys: await read(repository, pull) };
    const rules = policy({ passkey: { hazards: true, areas: "all", outside: false } });
    return { snapshot: known, verdict: evaluate(known, rules) };
  };
});
afterEach(() => visits.store.close());

const code = (login: string) =>
  makeCode(SECRET, { owner: SHOP.owner, login }, { now: visits.clock.now(), nonce: "nonce" }).code;

type Fields = Readonly<Record<string, string>>;

/** Somebody with the page to sign on open, and an authenticator. */
class Signer {
  readonly browser = visits.browser();
  readonly authenticator = new VirtualAuthenticator();

  static async open(login = "olga"): Promise<Signer> {
    const signer = new Signer();
    await signer.browser.logIn(login);
    return signer;
  }

  page() {
    return this.browser.get(SIGN);
  }

  /** As the page's form has it: by its first button with that field. */
  async form(field: string): Promise<Fields> {
    const { text } = await this.page();
    const found = new RegExp(`name="${field}" value="([^"]+)"`).exec(text)?.[1] ?? "";
    return { token: await this.browser.token(), [field]: found };
  }

  /** @throws where it is refused */
  async offer(form: Fields, on = SIGN) {
    const { text } = await this.browser.post(`${on}/offer`, { form });
    const offered = JSON.parse(text);
    if (!offered.ok) throw new Error(offered.because);
    return offered;
  }

  async send(form: Fields, given: { readonly challenge: string; readonly response: unknown }, on = SIGN) {
    const { challenge } = given;
    const sent = { ...form, challenge, response: JSON.stringify(given.response) };
    const { text, status } = await this.browser.post(on, { form: sent });
    return { status, ...(JSON.parse(text) as { ok: boolean; says?: string; because?: string }) };
  }

  async enrol(oneTimeCode = "") {
    const form = await this.form("enrol");
    const { create } = await this.offer(form);
    const { challenge } = create;
    const response = this.authenticator.register(challenge);
    return this.send({ ...form, code: oneTimeCode }, { challenge, response });
  }

  async sign(field = "sign", deviations: Deviations = {}) {
    const form = await this.form(field);
    const { challenge } = (await this.offer(form)).get;
    return this.send(form, { challenge, response: this.authenticator.assert(challenge, deviations) });
  }
}

/** Olga with a key that came by a code. */
async function ready(): Promise<Signer> {
  const signer = await Signer.open();
  expect(await signer.enrol(code("olga"))).toMatchObject({ ok: true });
  return signer;
}

const passes = async () => (await visits.judged.now?.(SHOP, 7))?.verdict.conclusion === "success";

describe("somebody signs what waits for them", () => {
  test("with a key that came by a code: the page says it in words before, and it is judged again", async () => {
    const signer = await Signer.open();
    expect((await signer.page()).text).toContain("You have no key here.");
    expect(await signer.enrol(code("olga"))).toMatchObject({ says: "The key is registered, and valid." });
    const { text } = await signer.page();
    expect(text).toContain("You countersign this change: your approval counts.");
    expect(text).toContain("It is about pull request 7 of <code>acme/shop</code> into <code>main</code>");
    expect(await passes()).toBe(false);
    expect(await signer.sign()).toEqual({ status: 200, ok: true, says: "Signed." });
    expect(await passes()).toBe(true);
    const job = await visits.store.claim(visits.clock.now(), 1000);
    expect(job?.task).toMatchObject({ kind: "head", headSha: HEAD, pulls: [7], repo: "shop" });
    expect(visits.judged.woken).toBe(2);
    expect((await signer.page()).text).toContain("Nothing here waits for your passkey.");
  });

  test("what a browser is asked for verifies whoever holds the key, and names the keys that count", async () => {
    const signer = await ready();
    const { get } = await signer.offer(await signer.form("sign"));
    expect(get).toEqual({
      ...{ challenge: expect.any(String), rpId: "sign.example", timeout: 300_000 },
      ...{ userVerification: "required" },
      allowCredentials: [{ type: "public-key", id: signer.authenticator.id }],
    });
    const { create } = await signer.offer(await signer.form("enrol"));
    expect(create).toMatchObject({
      ...{ rp: { id: "sign.example", name: "Countersign" }, attestation: "none" },
      user: { id: Buffer.from(`${SHOP.installationId} ${olga.id}`).toString("base64url"), name: "olga" },
      authenticatorSelection: { userVerification: "required" },
      excludeCredentials: [{ type: "public-key", id: signer.authenticator.id }],
    });
  });

  test.each<[string, Deviations, RegExp]>([
    ["given on another page", { origin: "https://evil.example" }, /was not given on https:\/\/sign\.example/],
    ["for another host", { rpId: "evil.example" }, /not made for https:\/\/sign\.example/],
    ["given in a frame of another page", { crossOrigin: true }, /was not given on/],
    ["by a device that verified nobody", { flags: NOT_VERIFIED }, /did not verify that it is you/],
    ["with another key's signature", { by: new VirtualAuthenticator() }, /not one of that key/],
  ])("not with an assertion %s", async (_, deviations, says) => {
    const signer = await ready();
    expect(await signer.sign("sign", deviations)).toEqual({
      ...{ status: 409, ok: false },
      because: expect.stringMatching(says),
    });
    expect(await passes()).toBe(false);
  });

  test("an assertion counts once, in time, for its own statement, and from the session that it was shown to", async () => {
    const signer = await ready();
    const thief = await Signer.open("sven");
    const form = await signer.form("sign");
    const [first, second, late] = [
      (await signer.offer(form)).get,
      (await signer.offer(form)).get,
      (await signer.offer(form)).get,
    ];
    const answer = (challenge: string) => ({
      challenge,
      response: signer.authenticator.assert(challenge),
    });
    const given = answer(first.challenge);
    const stolen = { token: await thief.browser.token() };
    expect((await thief.send(stolen, given)).because).toMatch(/is not yours/);
    expect((await signer.send(form, { ...given, challenge: second.challenge })).because).toMatch(
      /another statement than this one/,
    );
    expect(await signer.send(form, given)).toMatchObject({ ok: true });
    expect((await signer.send(form, given)).because).toMatch(/signed already/);
    await visits.clock.advance(300_000);
    expect((await signer.send(form, answer(late.challenge))).because).toMatch(/its time is over/);
  });

  test.each<[string, Partial<Snapshot>]>([
    ["other content was pushed", { files: [file("infra/other.tf")] }],
    ["the approval is another one", { reviews: [{ ...approval(olga), id: 99 }] }],
    ["the approval is gone", { reviews: [] }],
  ])("nothing is offered but what the page showed: not after %s", async (_, changed) => {
    const signer = await ready();
    const form = await signer.form("sign");
    change = { ...change, ...changed };
    await expect(signer.offer(form)).rejects.toThrow(/What this page showed you does not wait/);
  });

  test("nor what waits for somebody else", async () => {
    const signer = await ready();
    const other = await Signer.open("sven");
    const form = { ...(await signer.form("sign")), token: await other.browser.token() };
    await expect(other.offer(form)).rejects.toThrow(/What this page showed you does not wait/);
    expect((await other.page()).text).toContain("Nothing here waits for your passkey.");
  });
});

test("what got in without its owners is accepted on the pull request's page, and the follow-up is looked at", async () => {
  visits.judged.now = async () => null;
  const owners = [{ kind: "user", login: "olga" }] as const;
  const followUp: FollowUp = {
    ...{ reason: "override", commitSha: "d".repeat(40), headSha: HEAD, pull: 7, says: "" },
    passedOver: [{ area: "infrastructure", owners, passkey: true }],
    ...{ involved: [], involvedLogins: [], openedAt: "2026-11-20T12:00:00Z" },
  };
  await visits.store.openFollowUp(SHOP, followUp);
  const signer = await ready();
  const { text } = await signer.page();
  expect(text).toContain("You accept afterwards that ddddddd got in without its owners.");
  expect(await signer.sign()).toMatchObject({ says: "Signed." });
  const { signed } = await visits.store.passkeyFacts(SHOP, 7);
  expect(signed).toMatchObject([{ by: olga, decision: { kind: "accept", commentId: null } }]);
  const job = await visits.store.claim(visits.clock.now(), 1000);
  expect(job?.task).toMatchObject({ kind: "follow-up", commitSha: followUp.commitSha });
  expect((await signer.page()).text).not.toContain("You accept afterwards");
});

describe("people's keys", () => {
  test("one without a code waits for somebody's word, who gives it on the same page", async () => {
    change = { reviews: [approval(sven)] };
    const [voucher, newcomer] = [await ready(), await Signer.open("sven")];
    expect((await newcomer.enrol()).says).toMatch(/counts once somebody who may sign vouches/);
    const waiting = await newcomer.page();
    expect(waiting.text).toContain("None of your keys is valid here");
    expect(waiting.text).not.toContain("Other people");
    expect((await voucher.page()).text).toContain(`that the key <code>${newcomer.authenticator.id}</code>`);
    expect(await voucher.sign("vouch")).toMatchObject({ says: "You vouched for the key." });
    expect(await newcomer.sign()).toMatchObject({ says: "Signed." });
    expect(await passes()).toBe(true);
  });

  test("nobody vouches for their own key, nor removes another's without a valid one", async () => {
    const [signer, other] = [await ready(), await Signer.open("sven")];
    const key = signer.authenticator.id;
    const token = await signer.browser.token();
    await expect(signer.offer({ token, vouch: key })).rejects.toThrow(/a key of their own/);
    await expect(other.offer({ token: await other.browser.token(), remove: key })).rejects.toThrow(
      /came with a code/,
    );
  });

  test("whoever could vouch for one may remove it instead", async () => {
    const [signer, leaver] = [await ready(), await Signer.open("sven")];
    await leaver.enrol();
    const { text } = await signer.page();
    expect(text).toContain("Remove this passkey of @sven");
    const token = await signer.browser.token();
    const fields = { token, remove: leaver.authenticator.id };
    const { challenge } = (await signer.offer(fields)).get;
    const response = signer.authenticator.assert(challenge);
    expect(await signer.send(fields, { challenge, response })).toMatchObject({ says: "The key is removed." });
    expect((await leaver.page()).text).toContain("You have registered none.");
  });

  test("one is removed with itself, and what it signed counts no more", async () => {
    const signer = await ready();
    await signer.sign();
    expect(await passes()).toBe(true);
    expect(await signer.sign("remove")).toMatchObject({ says: "The key is removed." });
    expect(await passes()).toBe(false);
    expect((await signer.page()).text).toContain("You have registered none.");
  });

  test("another person's code registers nothing", async () => {
    const signer = await Signer.open();
    expect((await signer.enrol(code("sven"))).because).toMatch(/code is not yours/);
    expect(await visits.store.passkeys(SHOP.installationId)).toEqual([]);
  });
});

describe("who may sign on it", () => {
  test("nobody who is not logged in: the page leads to the login, and back", async () => {
    const stranger = visits.browser();
    const location = `/login?to=${encodeURIComponent(SIGN)}`;
    expect(await stranger.get(SIGN)).toMatchObject({ status: 303, location });
    for (const path of [SIGN, `${SIGN}/offer`])
      expect(await stranger.post(path)).toMatchObject({ status: 303 });
    expect((await stranger.logIn("olga", SIGN)).location).toBe(SIGN);
  });

  test("nobody who may not see the repository: there is nothing, before anything is judged", async () => {
    const sam = await Signer.open("sam");
    const nothing = await sam.browser.get("/no/such/page");
    const token = await sam.browser.token();
    expect(await sam.page()).toMatchObject({ status: 404, text: nothing.text });
    for (const path of [SIGN, `${SIGN}/offer`])
      expect(await sam.browser.post(path, { form: { token, sign: "x" } })).toMatchObject({
        ...{ status: 404, text: nothing.text },
      });
    expect(visits.judged.count).toBe(0);
  });
});

describe("its script", () => {
  test("is the only one, and no other page may load it", async () => {
    const signer = await Signer.open();
    const { headers, text } = await signer.page();
    expect(headers.get("content-security-policy")).toMatch(
      /^default-src 'none'; .*; script-src https:\/\/sign\.example\/sign\.js; connect-src 'self'$/,
    );
    expect(text.match(/<script[^>]*>/g)).toEqual(['<script src="/sign.js" defer="">']);
    expect((await signer.browser.get("/")).headers.get("content-security-policy")).not.toContain("script");
    const script = await visits.browser().get("/sign.js");
    expect(script.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
    expect(script.whole).toContain("navigator.credentials");
  });
});

describe("judging for who signs has a budget of its own", () => {
  test("so many for one person, and one more each half a minute; others are not held up", async () => {
    const [signer, other] = [await Signer.open(), await Signer.open("sven")];
    for (let time = 0; time < 20; time++) await signer.page();
    expect(visits.judged.count).toBe(20);
    const { text, status } = await signer.page();
    expect(status).toBe(200);
    expect(text).toContain("Too much is being judged just now");
    expect((await other.page()).text).not.toContain("Too much is being judged");
    await visits.clock.advance(30_000);
    expect((await signer.page()).text).not.toContain("Too much is being judged");
  });

  test.each<[string, Visits["judged"]["now"], string]>([
    ["it is not open", async () => null, "Nothing can be signed on this pull request"],
    [
      "GitHub does not answer",
      () => Promise.reject(new Error("unreachable")),
      "GitHub did not say what this pull request holds now",
    ],
  ])("where %s, the page says so, and nothing is offered", async (_, now, says) => {
    const signer = await Signer.open();
    visits.judged.now = now;
    expect((await signer.page()).text).toContain(says);
    const token = await signer.browser.token();
    await expect(signer.offer({ token, sign: HEAD })).rejects.toThrow(says);
  });
});
