import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { validateRoutes } from "../../../src/app/intake/routes.ts";
import { createHttpServer } from "../../../src/app/intake/server.ts";
import { BOUNDS, Unverified } from "../../../src/app/intake/unverified.ts";
import { LIMITS } from "../../../src/policy/limits.ts";
import { notes } from "../notes.ts";

let server: Server;
let origin: string;
let now: number;

beforeEach(async () => {
  now = 0;
  server = createHttpServer({
    routes: validateRoutes(() => now),
    unverified: new Unverified({ bounds: BOUNDS, now: () => now, later: setTimeout, dropped: () => {} }),
    log: notes(),
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/validate`;
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
});

async function validate(body: string | Uint8Array<ArrayBuffer>, contentType = "application/yaml") {
  const response = await fetch(origin, { method: "POST", headers: { "content-type": contentType }, body });
  expect(response.headers.get("content-type")).toBe("application/json");
  return { status: response.status, answer: await response.json() };
}

describe("a valid config", () => {
  test.each([
    {
      why: "says something",
      text: "mode: observe\nunowned: ['@acme/maintainers']\n",
      contentType: "text/yaml",
    },
    { why: "is empty", text: "", contentType: "application/yaml" },
    {
      why: "comes as curl sends it by itself",
      text: "# nothing\n",
      contentType: "application/x-www-form-urlencoded",
    },
  ])("that $why", async ({ text, contentType }) => {
    expect(await validate(text, contentType)).toEqual({
      status: 200,
      answer: { version: 1, valid: true, problems: [] },
    });
  });
});

describe("an invalid config is told what is wrong, where and what to do", () => {
  test.each([
    {
      why: "a key that does not exist",
      text: "mode: enforce\nproductoin: []\n",
      problem: {
        code: "config/unknown-key",
        severity: "error",
        file: ".github/countersign.yml",
        line: 2,
        column: 1,
        message: 'There is no key "productoin".',
        remedy: 'Did you mean "production"?',
      },
    },
    {
      why: "a value that is not allowed",
      text: "mode: off",
      problem: { line: 1, column: 7, message: 'mode is "off".', remedy: 'Use "enforce" or "observe".' },
    },
    { why: "broken YAML", text: "mode: [", problem: { code: "config/syntax", line: 1 } },
    {
      why: "more than a config may hold",
      text: `# ${"x".repeat(LIMITS.fileLength)}`,
      problem: { code: "config/too-large", line: 1 },
    },
    { why: "no text at all", text: new Uint8Array([0xff, 0xfe, 0x00]), problem: { severity: "error" } },
  ])("$why", async ({ text, problem }) => {
    const { status, answer } = await validate(text);

    expect(status).toBe(422);
    expect(answer).toMatchObject({ version: 1, valid: false, problems: [problem] });
  });
});

describe("a body larger than any config is refused", () => {
  const TOO_LARGE = {
    status: 413,
    answer: { error: "larger than any config: 65536 characters are allowed" },
  };

  test("by the length it announces", async () => {
    expect(await validate("x".repeat(300_000))).toEqual(TOO_LARGE);
  });

  test("by what comes, where no length is announced", async () => {
    const chunk = new Uint8Array(10_000);
    let left = 40;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => (left-- > 0 ? controller.enqueue(chunk) : controller.close()),
    });
    const response = await fetch(origin, { method: "POST", body, duplex: "half" });
    expect({ status: response.status, answer: await response.json() }).toEqual(TOO_LARGE);
  });
});

test("more than ten at once, and two a second, are too many, whoever asks", async () => {
  const asked = await Promise.all(Array.from({ length: 12 }, () => validate("")));
  expect(asked.map(({ status }) => status).toSorted()).toEqual([...Array(10).fill(200), 429, 429]);
  now += 1_000;
  const later = await Promise.all(Array.from({ length: 3 }, () => validate("")));
  expect(later.map(({ status }) => status).toSorted()).toEqual([200, 200, 429]);
});
