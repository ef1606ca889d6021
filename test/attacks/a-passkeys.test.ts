import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Redeemed } from "../../src/app/passkeys/redeem.ts";
import type { Snapshot } from "../../src/signoff/snapshot.ts";
import { Desk, type Mischief, SHOP, shown, TOO_LATE } from "../app/passkeys/desk.ts";
import { NOT_VERIFIED, VirtualAuthenticator } from "../app/passkeys/virtual-authenticator.ts";
import {
  approval,
  commit,
  file,
  HEAD,
  kiro,
  OLD_HEAD,
  olga,
  permissions,
  record,
  recorded,
  refusal,
  review,
  sven,
  user,
} from "../signoff/build.ts";

let desk: Desk;
beforeEach(async () => {
  desk = new Desk();
  for (const owner of [olga, sven]) await desk.enrol(owner, desk.code(owner));
});
afterEach(() => desk.close());

function row(number: string, situation: string, run: () => Promise<void>): void {
  test(`${number} ${situation}`, run);
}

const because = (redeemed: Redeemed) => (redeemed.ok ? "" : redeemed.because);
const [ann, ben] = [user("ann", 21), user("ben", 22)];
const destroyed = file("infra/db.tf", {
  status: "removed",
  contentId: null,
  before: 'resource "aws_db_instance" "main" {\n  size = 1\n}\n',
});

describe("Passkeys: an agent has an owner's token", () => {
  row("A26", "it approves", async () => {
    desk.change = { reviews: [approval(olga)] };
    const { conclusion, title, text } = await desk.check();
    expect([conclusion, title]).toEqual([
      "action_required",
      "Waiting for the passkey of @olga: infrastructure",
    ]);
    expect(text).toContain("https://sign.example/acme/shop/pull/7/sign");
    await desk.sign(olga);
    expect((await desk.check()).conclusion).toBe("success");
  });

  row("A26", "it calls a hazard a false alarm, in an approval that its owner signs", async () => {
    const body = "False alarm: terraform/resource-removed: It was empty";
    desk.change = { files: [destroyed], reviews: [approval(olga, { body })] };
    expect(await desk.sign(olga)).toMatchObject({ ok: true });
    const { hazards, rejectedFalseAlarms } = await desk.verdict();
    expect(hazards[0]?.status.kind).toBe("asks");
    expect(rejectedFalseAlarms[0]?.sentence).toContain("that waits for their passkey");
    expect(await desk.sign(olga, "false-alarm")).toMatchObject({ ok: true });
    expect((await desk.verdict()).hazards[0]?.status.kind).toBe("answered");
  });

  row("A26", "it approves to take back its owner's refusal, and another owner signs", async () => {
    desk.change = { reviews: [refusal(olga), approval(olga), approval(sven)] };
    await desk.sign(sven);
    const { conclusion, title, text } = await desk.check();
    expect([conclusion, title]).toEqual(["action_required", "Refused by @olga: infrastructure"]);
    expect(text).toContain("approved since, which counts with their passkey alone");
  });

  row("A26", "it dismisses another owner's refusal", async () => {
    const dismissal = { previously: "changes_requested", by: sven, at: "2026-11-20T12:50:00Z" } as const;
    desk.change = { reviews: [review(olga, "dismissed", { dismissal }), approval(sven)] };
    await desk.sign(sven);
    expect((await desk.check()).title).toBe("Refused by @olga: infrastructure");
    await desk.sign(sven, "dismiss");
    expect((await desk.check()).conclusion).toBe("success");
  });

  row("A26", "two tokens ask for an override and grant it by comments", async () => {
    const line = `/countersign override ${HEAD.slice(0, 12)} It burns`;
    const said = (id: number, by: typeof ann) => ({ id, by, at: desk.nowText, body: line });
    desk.rules = {
      ...desk.rules,
      override: {
        by: [ann, ben].map(({ login }) => ({ kind: "user" as const, login })),
        ...{ approvals: 2, expiresAfter: 3_600_000 },
      },
    };
    desk.change = {
      commands: [said(1, ann), said(2, ben)],
      authority: { permissions: permissions("write", olga, sven, ann, ben), users: { ann, ben }, teams: {} },
    };
    desk.wait(60_000);
    expect((await desk.verdict()).override).toBeUndefined();
    for (const each of [ann, ben]) await desk.enrol(each, desk.code(each));
    expect(await desk.sign(ann, "override-ask")).toMatchObject({ ok: true });
    expect((await desk.verdict()).override).toMatchObject({ status: "asked", missing: 1 });
    expect(await desk.sign(ben, "override-grant")).toMatchObject({ ok: true });
    expect((await desk.check()).conclusion).toBe("success");
  });
});

describe("Passkeys: whose key it is", () => {
  const zoe = user("zoe", 30);
  const owners = {
    permissions: permissions("write", olga, sven, zoe),
    teams: { "acme/sre": { status: "known" as const, members: [olga, sven, zoe] } },
  };

  row("A27", "it enrols a key of its own on Friday, and signs on Saturday", async () => {
    desk.change = { reviews: [approval(zoe)], authority: owners };
    await desk.enrol(zoe);
    desk.wait(24 * 60 * 60_000);
    expect(because(await desk.sign(zoe))).toMatch(/None of your keys is valid here/);
    expect((await desk.check()).conclusion).toBe("action_required");
  });

  row("A27", "it has its key vouched for by another key of its own", async () => {
    desk.change = { reviews: [approval(zoe)], authority: owners };
    const other = new VirtualAuthenticator();
    await desk.enrol(zoe);
    await desk.enrol(zoe, null, { with: other });
    expect(because(await desk.vouch(zoe, other.id))).toMatch(/key of their own/);
    expect(because(await desk.sign(zoe))).toMatch(/None of your keys is valid here/);
  });

  row("A27", "an owner of something else vouches for it", async () => {
    const dora = user("dora", 4);
    desk.change = { reviews: [approval(zoe)], authority: owners };
    await desk.enrol(zoe);
    await desk.enrol(dora, desk.code(dora));
    expect(await desk.vouch(dora, desk.authenticatorOf(zoe).id)).toMatchObject({ ok: true });
    expect((await desk.check()).conclusion).toBe("action_required");
    expect(because(await desk.sign(zoe))).toMatch(/None of your keys is valid here/);
  });
});

describe("Passkeys: what an assertion is worth", () => {
  beforeEach(() => {
    desk.change = { reviews: [approval(olga)] };
  });

  row("A28", "it is sent again, also for another statement", async () => {
    const [first, second] = [shown(await desk.offer(olga)), shown(await desk.offer(olga))];
    const answer = desk.authenticatorOf(olga).assert(first.challenge);
    expect(await desk.redeem(olga, first.challenge, answer)).toMatchObject({ ok: true });
    expect(because(await desk.redeem(olga, first.challenge, answer))).toMatch(/signed already/);
    expect(because(await desk.redeem(olga, second.challenge, answer))).toMatch(/another statement/);
  });

  const WAYS: readonly (readonly [string, Mischief, RegExp])[] = [
    ["minutes after it was shown", { afterMs: TOO_LATE }, /its time is over/],
    ["from another page", { origin: "https://sign.example.evil" }, /was not given on/],
    ["by a key of another host", { rpId: "evil.example" }, /not made for/],
    ["by a device that verified nobody", { flags: NOT_VERIFIED }, /did not verify that it is you/],
    ["in another person's session", { session: sven }, /is not yours/],
    ["by an unknown key", { with: new VirtualAuthenticator() }, /not registered for your account/],
    ["in another installation", { on: { ...SHOP, installationId: 8 } }, /Open the page anew/],
  ];
  row("A28", "it comes in any other way than it was asked for", async () => {
    for (const [, mischief, says] of WAYS)
      expect(because(await desk.sign(olga, "countersign", mischief))).toMatch(says);
    expect((await desk.check()).conclusion).toBe("action_required");
  });

  row("A28", "it is another account's key", async () => {
    const mischief = { with: desk.authenticatorOf(sven) };
    expect(because(await desk.sign(olga, "countersign", mischief))).toMatch(
      /not registered for your account/,
    );
  });

  const passesAs = async (change: Partial<Snapshot>) => {
    desk.change = { ...desk.change, ...change };
    return (await desk.check()).conclusion === "success";
  };

  row("A29", "other content is pushed than was shown, and approved with the token", async () => {
    await desk.sign(olga);
    expect(await passesAs({})).toBe(true);
    const files = [file("infra/main.tf"), file("infra/more.tf")];
    const again = approval(olga);
    expect(await passesAs({ files, reviews: [again] })).toBe(false);
    expect(await desk.sign(olga)).toMatchObject({ ok: true });
    expect(await passesAs({})).toBe(true);
  });

  row("A29", "a rebase brings the same content to another head", async () => {
    const [yes] = desk.change.reviews ?? [];
    if (yes === undefined) throw new Error("nobody approved");
    await desk.sign(olga);
    const files = [file("infra/main.tf", { status: "removed", contentId: null })];
    const covered = recorded({ approvals: [record(yes, files, { headSha: HEAD })] });
    const { pullRequest } = await desk.snapshot();
    const moved = { ...pullRequest, head: { ...pullRequest.head, sha: OLD_HEAD } };
    const change = { pullRequest: moved, commits: [commit(kiro, { sha: OLD_HEAD })], recorded: covered };
    expect(await passesAs(change)).toBe(true);
  });

  row("A29", "the approval that was signed is edited into a false alarm", async () => {
    const yes = approval(olga);
    desk.change = { files: [destroyed], reviews: [yes] };
    await desk.sign(olga);
    const body = "False alarm: terraform/resource-removed: It was empty";
    desk.change = { files: [destroyed], reviews: [{ ...yes, body }] };
    expect((await desk.verdict()).hazards[0]?.status.kind).toBe("asks");
  });

  row("A29", "the signed approval is dismissed, and another is given with the token", async () => {
    await desk.sign(olga);
    expect(await passesAs({ reviews: [approval(olga)] })).toBe(false);
  });

  row("A29", "the signature is over another pull request of the same content", async () => {
    await desk.sign(olga);
    const { pullRequest } = await desk.snapshot();
    expect(await passesAs({ pullRequest: { ...pullRequest, number: 8 } })).toBe(false);
  });
});

describe("Passkeys: everybody is locked out", () => {
  row("A30", "it registers a key in an owner's session, and removes theirs with it", async () => {
    const own = new VirtualAuthenticator();
    await desk.enrol(olga, null, { with: own });
    const theirs = desk.authenticatorOf(olga).id;
    expect(because(await desk.remove(olga, theirs, { with: own }))).toMatch(/not valid for this/);
  });

  row("A30", "it has a key that somebody vouched for, and removes one that came with a code", async () => {
    const [own, theirs] = [desk.authenticatorOf(kiro), desk.authenticatorOf(olga).id];
    await desk.enrol(kiro);
    await desk.vouch(olga, own.id);
    expect(because(await desk.remove(kiro, theirs))).toMatch(/came with a code/);
  });

  row("A30", "all keys are gone: a code from the server lets one person in, once", async () => {
    desk.change = { reviews: [approval(olga)] };
    for (const owner of [olga, sven]) await desk.remove(owner, desk.authenticatorOf(owner).id);
    expect(because(await desk.sign(olga))).toMatch(/have no key here/);
    const code = desk.code(olga);
    const fresh = new VirtualAuthenticator();
    expect(await desk.enrol(olga, code, { with: fresh })).toMatchObject({ ok: true });
    expect(because(await desk.enrol(olga, code, { with: new VirtualAuthenticator() }))).toMatch(
      /used already/,
    );
    await desk.sign(olga, "countersign", { with: fresh });
    expect((await desk.check()).conclusion).toBe("success");
  });
});
