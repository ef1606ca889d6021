import { Writable } from "node:stream";
import { expect, test } from "@jest/globals";
import { Failure } from "../../../src/cli/failure.ts";
import { passkeyCode } from "../../../src/cli/passkey/passkey.ts";
import { readCode } from "../../../src/signoff/passkey/code.ts";

const SECRET = "5".repeat(64);
const NOW = new Date("2026-11-20T13:00:00Z");

function printed(
  owner: string,
  login: string,
  environment: Readonly<Record<string, string>> = { SESSION_SECRET: SECRET },
) {
  let text = "";
  const stdout = new Writable({
    write(chunk, _, done) {
      text += String(chunk);
      done();
    },
  });
  const terminal = { stdout, stderr: stdout, directory: "/", now: () => NOW };
  passkeyCode({ whom: { owner, login }, environment, nonce: "n" }, terminal);
  return text.split("\n");
}

test("it prints a code that the App takes from that person, and until when", () => {
  const [code = "", says] = printed("acme", "@olga");
  expect(readCode(SECRET, { owner: "acme", login: "olga" }, { code, now: NOW })).not.toBeNull();
  expect(says).toBe("For olga in acme, once, until 2026-11-20 13:15 UTC.");
});

test.each([
  ["no secret", "acme", "olga", {}, /SESSION_SECRET is not set/],
  ["no login", "acme", "olga ortiz", { SESSION_SECRET: SECRET }, /is no name on GitHub/],
  ["an escape", "ac\u001b[31mme", "olga", { SESSION_SECRET: SECRET }, /is no name on GitHub/],
])("it fails with one line for %s", (_, owner, login, environment, says) => {
  expect(() => printed(owner, login, environment)).toThrow(Failure);
  expect(() => printed(owner, login, environment)).toThrow(says);
});
