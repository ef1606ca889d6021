import { beforeEach, describe, expect, test } from "@jest/globals";
import { PACE_BURST, PACE_BYTES, Pace, PacedBody, TURN_BYTES } from "../../../src/app/intake/pace.ts";

let now: number;
let due: { readonly at: number; readonly work: () => void }[];
let pace: Pace;
beforeEach(() => {
  now = 0;
  due = [];
  pace = new Pace({ now: () => now, later: (work, ms) => void due.push({ at: now + ms, work }) });
});

/** A sender who has as much as it is let. */
class Endless {
  readonly body: PacedBody;
  paused = false;
  sent = 0;

  constructor(isTrusted = true) {
    const pause = () => {
      this.paused = true;
    };
    const resume = () => {
      this.paused = false;
    };
    this.body = new PacedBody(pace, { pause, resume }, isTrusted);
  }

  /** In pieces as Node hands them over, until it has to wait or the whole of it is sent. */
  send(most: number): void {
    for (const until = this.sent + most; !this.paused && this.sent < until; ) {
      const piece = Math.min(16_384, until - this.sent);
      this.sent += piece;
      this.body.received(piece);
    }
  }
}

/** Everybody sends what they are let, for so long. */
function pass(ms: number, senders: readonly Endless[]): void {
  for (const end = now + ms; now < end; now += 1) {
    for (const each of senders) each.send(PACE_BURST);
    const works = due.filter(({ at }) => at <= now);
    due = due.filter(({ at }) => at > now);
    for (const { work } of works) work();
  }
}

const sentBy = (senders: readonly Endless[]) => senders.reduce((sum, { sent }) => sum + sent, 0);

describe("bodies of which nobody knows who sent them", () => {
  test("are read at once, as much as may come at once", () => {
    const sender = new Endless();
    sender.send(PACE_BURST - TURN_BYTES);
    expect(sender).toMatchObject({ paused: false, sent: PACE_BURST - TURN_BYTES });
  });

  test("are read at the pace from then on, however many there are, and none goes short", () => {
    const senders = Array.from({ length: 30 }, () => new Endless());
    pass(1_000, senders);
    const before = senders.map(({ sent }) => sent);
    pass(10_000, senders);
    const since = senders.map(({ sent }, index) => sent - (before[index] ?? 0));
    expect(since.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(11 * PACE_BYTES);
    expect(since.reduce((sum, bytes) => sum + bytes, 0)).toBeGreaterThan(9 * PACE_BYTES);
    expect(Math.min(...since)).toBeGreaterThan(Math.max(...since) / 2);
  });

  test("as small as nearly all of GitHub's are read at once all the same", () => {
    pass(1_000, [new Endless(), new Endless()]);
    const honest = new Endless();
    honest.send(TURN_BYTES);
    expect(honest).toMatchObject({ paused: false, sent: TURN_BYTES });
  });

  test("of a sender who was refused before wait from the first byte on", () => {
    pass(1_000, [new Endless()]);
    expect(new Endless(false).paused).toBe(true);
  });

  test("that turn out to be genuine leave the pace to the others", () => {
    for (let delivery = 0; delivery < 10; delivery++) {
      const genuine = new Endless();
      genuine.send(25 * 1024 * 1024);
      expect(genuine.paused).toBe(false);
      genuine.body.end(true);
    }
    expect(pace.isOpen).toBe(true);
  });

  test("whose sender has gone hold nobody up", () => {
    const senders = [new Endless(), new Endless()];
    pass(1_000, senders);
    for (const { body } of senders) body.end(false);
    const next = new Endless();
    pass(1_000, [next]);
    expect(sentBy([next])).toBeGreaterThan(PACE_BYTES / 2);
  });
});
