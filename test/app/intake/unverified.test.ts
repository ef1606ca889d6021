import { PassThrough } from "node:stream";
import { beforeEach, describe, expect, test } from "@jest/globals";
import type { Sender } from "../../../src/app/intake/sender.ts";
import { SMALL_BYTES, Unverified } from "../../../src/app/intake/unverified.ts";

/** A body that nobody has to tell to wait. */
const FLOWING = { pause: () => {}, resume: () => {} };

let now: number;
let dropped: number;
let unverified: Unverified;
beforeEach(() => {
  now = 0;
  dropped = 0;
  unverified = new Unverified({
    bounds: { connections: 3, bytes: 10 * SMALL_BYTES },
    now: () => now,
    later: () => {},
    dropped: () => {
      dropped += 1;
    },
  });
});

interface Connection {
  readonly socket: PassThrough;
  readonly sender: Sender;
}

function connect(): Connection {
  const socket = new PassThrough();
  unverified.connected(socket);
  const sender = unverified.sender(socket);
  if (sender === null) throw new Error("a new connection was dropped at once");
  return { socket, sender };
}

/** So much of its body comes and is kept. */
function send({ sender }: Connection, bytes: number): void {
  sender.received(bytes);
  sender.hold(bytes);
}

const open = (...connections: readonly Connection[]) => connections.map(({ socket }) => !socket.destroyed);

describe("too many connections", () => {
  test("the oldest goes, while all are young", () => {
    const first = connect();
    now += 1;
    const others = [connect(), connect(), connect()];
    expect(open(first, ...others)).toEqual([false, true, true, true]);
    expect(dropped).toBe(1);
  });

  test("the slowest goes, when they are older than a second", () => {
    const [slow, fast, faster] = [connect(), connect(), connect()];
    now += 2_000;
    send(slow, 10);
    send(fast, 1_000);
    send(faster, 5_000);
    const young = connect();
    expect(open(slow, fast, faster, young)).toEqual([false, true, true, true]);
  });

  test("who was fast once and then waits is slow", () => {
    const [waiting, steady, third] = [connect(), connect(), connect()];
    send(waiting, 4 * SMALL_BYTES);
    for (now = 1_000; now <= 20_000; now += 1_000) for (const one of [steady, third]) send(one, 10);
    connect();
    expect(open(waiting, steady, third)).toEqual([false, true, true]);
  });

  test("one on which a genuine delivery waits stays, and takes nobody's place", () => {
    const genuine = connect();
    genuine.sender.accepted();
    now += 60_000;
    const others = [connect(), connect(), connect()];
    expect(open(genuine, ...others)).toEqual([true, true, true, true]);
    expect(unverified.connections).toBe(3);
  });

  test("strangers go before one that delivered something genuine, even if it is idle", () => {
    const known = connect();
    known.sender.accepted();
    known.sender.answered();
    now += 30_000;
    const strangers = [connect(), connect(), connect()];
    expect(open(known, ...strangers)).toEqual([true, false, true, true]);
  });

  test("a connection that ends makes room", async () => {
    const first = connect();
    first.socket.destroy();
    await new Promise((resolve) => first.socket.once("close", resolve));
    const others = [connect(), connect(), connect()];
    expect(open(...others)).toEqual([true, true, true]);
  });
});

describe("too many bytes", () => {
  test("a large body goes, and its bytes with it; small ones stay however slow", () => {
    const [small, large, larger] = [connect(), connect(), connect()];
    send(small, SMALL_BYTES);
    send(large, 5 * SMALL_BYTES);
    now += 2_000;
    send(larger, 5 * SMALL_BYTES);
    expect(open(small, large, larger)).toEqual([true, false, true]);
    expect(unverified.bytes).toBe(6 * SMALL_BYTES);
  });

  test("the slowest may be the one that asks for more", () => {
    const [fast, slow] = [connect(), connect()];
    now += 2_000;
    send(slow, 2 * SMALL_BYTES);
    send(fast, 8 * SMALL_BYTES);
    send(slow, 1);
    expect(open(fast, slow)).toEqual([true, false]);
    expect(unverified.bytes).toBe(8 * SMALL_BYTES);
  });

  test("whose body is being read is told", () => {
    const [told, other] = [connect(), connect()];
    let givenUp = false;
    told.sender.begins(FLOWING, () => {
      givenUp = true;
    });
    send(told, 6 * SMALL_BYTES);
    now += 1;
    send(other, 6 * SMALL_BYTES);
    expect(givenUp).toBe(true);
    expect(open(told, other)).toEqual([true, true]);
    expect(unverified.sender(told.socket)).toBeNull();
  });
});

test("no more than sixteen requests of one connection wait for their turn", () => {
  const { sender } = connect();
  const never = () => new Promise<void>(() => {});
  const taken = Array.from({ length: 20 }, () => sender.inTurn(never));
  expect(taken.filter((each) => each)).toHaveLength(16);
});
