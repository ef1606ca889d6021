import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { ManualClock } from "../app/manual-clock.ts";
import { Receiver } from "../app/notices/receiver.ts";
import { SECRET } from "../gate/app.ts";
import { PassingTime } from "../gate/clocked-row.ts";
import { type Gate, openGate } from "../gate/gate.ts";
import type { Account, Pull } from "../github-double/world/model.ts";
import { slackWebhook } from "../notices/slack-shape.ts";

const EDIT = { "infra/production/main.tf": "# one instance less\n" };
const CONFIG = `version: 1
notify: [platform, audit, nobody]
override: { by: ["@acme/web", "@acme/data"] }
freeze: []
bypass: { follow-up: issue }
`;

let platform: Receiver;
let audit: Receiver;
let clock: ManualClock;
let gate: Gate;
let time: PassingTime;

beforeEach(async () => {
  [platform, audit, clock] = [await Receiver.open(), await Receiver.open(), new ManualClock()];
  const targets = [
    { name: "platform", address: platform.address, format: "slack" },
    { name: "audit", address: audit.address, format: "json" },
  ] as const;
  gate = await openGate({ clock, notices: { targets, secret: SECRET } });
  time = new PassingTime(gate, clock);
  gate.configure(CONFIG);
  await gate.settle();
});
afterEach(async () => {
  await gate.close();
  await Promise.all([platform.close(), audit.close()]);
  expect(gate.double.violations).toEqual([]);
});

/** The kinds that one was told, with what they are about, once both were told so many. */
async function told(count: number): Promise<readonly string[]> {
  const isTold = () => [platform, audit].every(({ received }) => received.length >= count);
  await time.pass(2 * count + 10, isTold);
  return audit.received.map(({ body }) => {
    const { kind, pull, by, asked, areas } = JSON.parse(body);
    return [kind, pull && `#${pull.number}`, ...by, ...asked, ...areas].filter(Boolean).join(" ");
  });
}

/** Until all is told: a message that is underway has ten seconds, and time goes faster here than the network. */
async function quiet(): Promise<void> {
  const waits = async () =>
    /^countersign_notices_pending\{.*\} [1-9]/m.test(
      await (await fetch(new URL("/metrics", gate.webhookUrl))).text(),
    );
  for (let seconds = 0; seconds < 60 && (await waits()); seconds++) await time.leap(1);
}

async function says(pull: Pull, by: Account, body: string): Promise<void> {
  gate.world.comment(pull, by, body);
  await gate.settle();
  await quiet();
  await time.leap(5);
}

const override = ({ headSha }: Pull) => `/countersign override ${headSha.slice(0, 12)} The shop is down`;

async function judged(changes: Record<string, string | null>): Promise<Pull> {
  const pull = gate.kirosChange(changes);
  await gate.settle();
  await quiet();
  await time.leap(60);
  return pull;
}

test("asked, refused, overridden, followed up, bypassed, frozen and lifted: each is told once, in order", async () => {
  const { world, people } = gate;
  const stranger = { title: "Fix <!channel> @here <https://evil.example|this>" };
  const first = gate.openPull({ author: gate.bots.kiro, commits: [gate.kirosCommit(EDIT)], ...stranger });
  await gate.settle();
  world.review(first, people.sam, "CHANGES_REQUESTED", "Not now.");
  await gate.settle();
  // Whatever is judged again is not told again.
  world.review(first, people.wes, "COMMENTED", "Hm.");
  await gate.settle();
  expect(await told(2)).toEqual(["asked #1 acme/sre infrastructure", "refused #1 sam infrastructure"]);

  const second = await judged(EDIT);
  await says(second, people.wes, override(second));
  await says(second, people.dana, override(second));
  expect(gate.passes(second)).toBe(true);
  world.merge(second, people.kira);
  await gate.settle();
  expect((await told(6)).slice(2)).toEqual([
    "asked #2 acme/sre infrastructure",
    "override-asked #2 wes",
    "override-granted #2 wes dana",
    "follow-up #2 infrastructure",
  ]);

  const third = await judged({ "infra/production/network.tf": null });
  await says(third, people.wes, override(third));
  gate.pushTo(third, { author: gate.bots.kiro, changes: { "infra/production/main.tf": "# two\n" } });
  await gate.settle();
  gate.repo.rulesets.length = 0;
  world.merge(third, people.mallory);
  await gate.settle();
  const later = (await told(11)).slice(6);
  expect(later).toEqual([
    expect.stringMatching(/^asked #\d+ acme\/sre infrastructure$/),
    expect.stringMatching(/^override-asked #\d+ wes$/),
    expect.stringMatching(/^override-ended #\d+$/),
    expect.stringMatching(/^bypassed #\d+ mallory infrastructure$/),
    expect.stringMatching(/^follow-up #\d+ infrastructure$/),
  ]);

  const until = new Date(clock.now().getTime() + 86_400_000).toISOString().slice(0, 10);
  await says(first, people.sam, `/countersign freeze infrastructure until ${until} Look first`);
  // One word of somebody else lifts nothing yet.
  for (const by of [people.olga, people.sam]) await says(first, by, "/countersign unfreeze infrastructure");
  const last = await told(13);
  expect(last.slice(11)).toEqual(["frozen #1 sam infrastructure", "lifted #1 sam infrastructure"]);

  await time.leap(3600);
  await time.leap(10);
  expect([platform.received.length, audit.received.length]).toEqual([13, 13]);
  for (const { body } of platform.received) {
    slackWebhook.parse(JSON.parse(body));
    expect(body.replaceAll("<http://127.0.0.1", "")).not.toMatch(/<|@here/);
  }
});

test("an address that hangs holds up neither a verdict nor another address", async () => {
  platform.answer("hang");
  const pull = gate.kirosChange(EDIT);
  expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
  await platform.until(1);
  await audit.until(1);
  gate.world.review(pull, gate.people.olga, "APPROVED");
  await gate.settle();
  // All that without a second going by, while one still waits for its answer.
  expect(gate.passes(pull)).toBe(true);
  const metrics = await (await fetch(new URL("/metrics", gate.webhookUrl))).text();
  expect(metrics).toContain('countersign_notices_pending{target="platform"} 1');
  expect(metrics).toContain('countersign_notices_total{target="audit",result="sent"} 1');
  expect(metrics).toContain('countersign_notices_total{target="other",result="no-address"} 1');
  await time.leap(10);
  await time.leap(5);
  await platform.until(2);
  expect(platform.received[1]?.body).toBe(platform.received[0]?.body);
});
