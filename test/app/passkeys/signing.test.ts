import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Redeemed } from "../../../src/app/passkeys/redeem.ts";
import type { FollowUpState } from "../../../src/store/follow-up.ts";
import { approval, dora, file, HEAD, nils, olga, sven } from "../../signoff/build.ts";
import { Desk, type Mischief, SHOP, shown, TOO_LATE } from "./desk.ts";
import { NOT_VERIFIED, VirtualAuthenticator } from "./virtual-authenticator.ts";

let desk: Desk;
beforeEach(async () => {
  desk = new Desk();
  desk.change = { reviews: [approval(olga), approval(sven)] };
  await desk.enrol(olga, desk.code(olga));
});
afterEach(() => desk.close());

const because = (redeemed: Redeemed) => (redeemed.ok ? redeemed.says : redeemed.because);
const passes = async () => (await desk.verdict()).conclusion === "success";
const events = () => desk.ledger.map(({ kind, data }) => [kind, (data as { event: string }).event]);

const followUpState: FollowUpState = {
  followUp: {
    ...{ reason: "override", commitSha: "d".repeat(40), headSha: HEAD, pull: 7, passedOver: [] },
    ...{ involved: [], involvedLogins: [], says: "", openedAt: "2026-11-20T12:00:00Z" },
  },
  accepted: [],
  isOpen: true,
  issue: 12,
  attempted: true,
  reopened: false,
  remindedAt: 0,
};

describe("an approval is signed", () => {
  test("in words that say what it is, and the change passes and is judged again", async () => {
    const { words, statement, keys } = shown(await desk.offer(olga));
    expect(words[0]).toBe("You countersign this change: your approval counts.");
    expect(words[1]).toBe("It is about pull request 7 of “acme/shop” into “main”, at bbbbbbb.");
    expect(JSON.parse(statement)).toMatchObject({ decision: { kind: "countersign" }, by: { login: "olga" } });
    expect(keys).toEqual([desk.authenticatorOf(olga).id]);
    expect(await passes()).toBe(false);
    expect(await desk.sign(olga)).toEqual({ ok: true, says: "Signed." });
    expect(await passes()).toBe(true);
    expect(desk.tasks).toEqual([{ kind: "head", headSha: HEAD, pulls: [7], ...SHOP }]);
    expect(events()).toEqual([
      ["key", "enrolled-by-code"],
      ["key", "signed"],
    ]);
    expect(desk.ledger[1]).toMatchObject({
      ...{ repository: SHOP, pull: 7, headSha: HEAD },
      data: { by: olga, decision: { kind: "countersign" }, areas: [{ name: "infrastructure" }] },
    });
  });

  interface Row extends Mischief {
    readonly why: string;
    readonly says: RegExp;
  }
  test.each<Row>([
    { why: "too late", afterMs: TOO_LATE, says: /its time is over/ },
    { why: "by somebody else's session", session: sven, says: /is not yours/ },
    {
      why: "with a key that is not registered",
      with: new VirtualAuthenticator(),
      says: /not registered for your account/,
    },
    {
      why: "on another page",
      origin: "https://evil.example",
      says: /was not given on https:\/\/sign\.example/,
    },
    {
      why: "with a key for another host",
      rpId: "evil.example",
      says: /not made for https:\/\/sign\.example/,
    },
    { why: "by a device that verified nobody", flags: NOT_VERIFIED, says: /did not verify that it is you/ },
    { why: "with another key's signature", by: new VirtualAuthenticator(), says: /not one of that key/ },
    { why: "on another repository's page", on: { ...SHOP, repositoryId: 71 }, says: /Open the page anew/ },
    { why: "in another installation", on: { ...SHOP, installationId: 8 }, says: /Open the page anew/ },
  ])("but not $why", async ({ why: _, says, ...mischief }) => {
    expect(because(await desk.sign(olga, "countersign", mischief))).toMatch(says);
    expect(await passes()).toBe(false);
    expect(events()).toEqual([["key", "enrolled-by-code"]]);
  });

  test("once: an answer that is sent again is refused, and so is one to another statement", async () => {
    const [first, second] = [shown(await desk.offer(olga)), shown(await desk.offer(olga))];
    const answer = desk.authenticatorOf(olga).assert(first.challenge);
    expect(because(await desk.redeem(olga, second.challenge, answer))).toMatch(
      /another statement than this one/,
    );
    expect(await desk.redeem(olga, first.challenge, answer)).toMatchObject({ ok: true });
    expect(because(await desk.redeem(olga, first.challenge, answer))).toMatch(/signed already/);
  });

  test("with another account's key neither", async () => {
    await desk.enrol(sven, desk.code(sven));
    expect(because(await desk.sign(olga, "countersign", { with: desk.authenticatorOf(sven) }))).toMatch(
      /not registered for your account/,
    );
  });

  test("what waits for nobody is not shown", async () => {
    expect(await desk.offer(nils)).toMatchObject({
      ok: false,
      because: expect.stringMatching(/Nothing waits/),
    });
    await desk.sign(olga);
    expect(await desk.offer(olga)).toMatchObject({ ok: false });
  });

  test("a copy of a key, whose counter went back, signs nothing", async () => {
    desk.change = { reviews: [approval(olga)], files: [file("infra/a.tf")] };
    expect(await desk.sign(olga, "countersign", { counter: 9 })).toMatchObject({ ok: true });
    desk.change = { reviews: [approval(olga)], files: [file("infra/b.tf")] };
    expect(because(await desk.sign(olga, "countersign", { counter: 9 }))).toMatch(
      /counter of that key went back/,
    );
  });
});

describe("a key is valid by people's word", () => {
  const svens = () => desk.authenticatorOf(sven).id;

  test("it waits for somebody who may sign", async () => {
    expect(because(await desk.sign(sven))).toMatch(/have no key here/);
    expect(because(await desk.enrol(sven))).toMatch(/counts once somebody who may sign vouches/);
    expect(because(await desk.sign(sven))).toMatch(/None of your keys is valid here/);
    expect(await desk.vouch(olga, svens())).toMatchObject({ ok: true });
    expect(desk.tasks).toEqual([{ kind: "repository", ...SHOP }]);
    expect(await desk.sign(sven)).toMatchObject({ ok: true });
    expect(await passes()).toBe(true);
    expect(events().map(([, event]) => event)).toEqual(["enrolled-by-code", "enrolled", "vouched", "signed"]);
  });

  test("nobody vouches for their own, nor with a key that is not valid", async () => {
    await desk.enrol(sven);
    expect(because(await desk.vouch(sven, svens()))).toMatch(/key of their own/);
    await desk.enrol(dora);
    expect(because(await desk.vouch(dora, svens()))).toMatch(/no key that is valid itself/);
    expect(because(await desk.vouch(olga, "none"))).toMatch(/no such key/);
  });

  test("an owner of something else may say so, and it counts for nothing here", async () => {
    await desk.enrol(sven);
    await desk.enrol(dora, desk.code(dora));
    expect(await desk.vouch(dora, svens())).toMatchObject({ ok: true });
    expect(because(await desk.sign(sven))).toMatch(/None of your keys is valid here/);
  });

  test("it is valid without when it is old enough, where the server says so: to sign, to vouch and to accept with", async () => {
    const day = 24 * 60 * 60_000;
    desk.validAfter = day;
    await desk.enrol(sven);
    await desk.enrol(dora);
    expect(await desk.sign(sven)).toMatchObject({ ok: false });
    expect(await desk.vouch(sven, desk.authenticatorOf(dora).id)).toMatchObject({ ok: false });
    desk.wait(day);
    expect(await desk.sign(sven)).toMatchObject({ ok: true });
    expect(await desk.vouch(sven, desk.authenticatorOf(dora).id)).toMatchObject({ ok: true });
    expect(await desk.accept(sven, followUpState, 31)).toMatchObject({ ok: true });
  });

  test("when it is removed, what it signed counts no more, and neither do keys that it alone vouched for", async () => {
    await desk.enrol(sven);
    await desk.vouch(olga, svens());
    await desk.sign(sven);
    expect(await passes()).toBe(true);
    expect(await desk.remove(olga, desk.authenticatorOf(olga).id)).toMatchObject({
      says: "The key is removed.",
    });
    expect([await passes(), desk.doubts]).toEqual([false, 1]);
    // The key itself is still there: another word makes it valid again, and with it what it signed.
    await desk.enrol(olga, desk.code(olga), { with: new VirtualAuthenticator() });
    expect(await passes()).toBe(false);
  });

  test("a leaver's is removed by whoever could vouch for it, and what it signed counts no more", async () => {
    await desk.enrol(sven);
    await desk.vouch(olga, svens());
    await desk.sign(sven);
    await desk.enrol(dora);
    expect(because(await desk.remove(dora, svens()))).toMatch(/no key that is valid itself/);
    await desk.vouch(olga, desk.authenticatorOf(dora).id);
    expect(await passes()).toBe(true);
    expect(await desk.remove(dora, svens())).toMatchObject({ says: "The key is removed." });
    expect([await passes(), desk.doubts]).toEqual([false, 1]);
    expect(desk.ledger.at(-1)?.data).toMatchObject({
      ...{ event: "removed", by: dora, key: desk.authenticatorOf(dora).id },
      decision: { kind: "remove-key", key: svens(), owner: sven },
    });
  });

  test("one that came by a code is removed by others whose own came by one, and by nobody else", async () => {
    const olgas = desk.authenticatorOf(olga).id;
    await desk.enrol(sven);
    await desk.vouch(olga, svens());
    expect(because(await desk.remove(sven, olgas))).toMatch(/came with a code/);
    const coded = new VirtualAuthenticator();
    await desk.enrol(sven, desk.code(sven), { with: coded });
    expect(because(await desk.remove(sven, olgas))).toMatch(/not valid for this/);
    expect(await desk.remove(sven, olgas, { with: coded })).toMatchObject({ ok: true });
  });

  test("a lost key is removed with one that came by a code, not with one that anybody could have registered", async () => {
    const lost = desk.authenticatorOf(olga).id;
    const [other, coded] = [new VirtualAuthenticator(), new VirtualAuthenticator()];
    await desk.enrol(olga, null, { with: other });
    expect(because(await desk.remove(olga, lost, { with: other }))).toMatch(/not valid for this/);
    await desk.enrol(olga, desk.code(olga), { with: coded });
    expect(await desk.remove(olga, lost, { with: coded })).toMatchObject({ ok: true });
    expect(because(await desk.remove(sven, coded.id))).toMatch(/came with a code/);
    expect(because(await desk.remove(olga, lost))).toMatch(/no such key/);
  });
});

describe("a code of the server", () => {
  test("is for one person, once, for a quarter of an hour", async () => {
    const code = desk.code(sven);
    const other = (by: typeof sven, given: string) =>
      desk.enrol(by, given, { with: new VirtualAuthenticator() });
    expect(because(await other(dora, code))).toMatch(/code is not yours/);
    expect(await other(sven, code)).toMatchObject({ says: "The key is registered, and valid." });
    expect(because(await other(sven, code))).toMatch(/used already/);
    const late = desk.code(dora);
    desk.wait(15 * 60_000);
    expect(because(await other(dora, late))).toMatch(/its time is over/);
  });

  test("a registration is refused like an assertion: on another page, too late, in another session", async () => {
    const refused = async (mischief: Mischief) => because(await desk.enrol(sven, desk.code(sven), mischief));
    expect(await refused({ origin: "https://evil.example" })).toMatch(/was not given on/);
    expect(await refused({ afterMs: TOO_LATE })).toMatch(/its time is over/);
    expect(await refused({ session: dora })).toMatch(/is not yours/);
  });
});

describe("an acceptance of what got in", () => {
  const state = followUpState;
  const { followUp } = state;

  test("is signed at its issue, and the follow-up is looked at again", async () => {
    expect(await desk.accept(olga, state, 31)).toMatchObject({ ok: true });
    const decision = {
      kind: "accept",
      repository: 70,
      number: 12,
      commitSha: followUp.commitSha,
      commentId: 31,
    };
    expect(await desk.signedAt(12)).toMatchObject([{ by: olga, decision }]);
    expect(desk.tasks).toEqual([{ kind: "follow-up", commitSha: followUp.commitSha, ...SHOP }]);
  });

  test("is asked of nobody whose keys are not valid, and not twice", async () => {
    await desk.enrol(sven);
    expect(because(await desk.accept(sven, state, 31))).toMatch(/None of your keys is valid here/);
    expect(because(await desk.accept(olga, { ...state, isOpen: false }, 31))).toMatch(/accepted already/);
  });
});
