import { expect, test } from "@jest/globals";
import { makeCode, readCode } from "../../../src/signoff/passkey/code.ts";

const SECRET = "a".repeat(32);
const OLGA = { owner: "acme", login: "olga" };
const at = (minutes: number) => new Date(Date.UTC(2026, 10, 20, 12, minutes));
const { code, until } = makeCode(SECRET, OLGA, { now: at(0), nonce: "n" });
const read = (given = code, { secret = SECRET, whom = OLGA, now = at(1) } = {}) =>
  readCode(secret, whom, { code: given, now });

test("a code is known by a hash, in its time, for whom it was made", () => {
  expect(until).toEqual(at(15));
  expect(read()).toMatch(/^[\w-]{43}$/);
  expect(read(` ${code}\n`)).toBe(read());
  expect(read(code, { whom: { owner: "Acme", login: "Olga" } })).toBe(read());
  expect(code).not.toContain(read());
});

test.each([
  ["another person", () => read(code, { whom: { ...OLGA, login: "sven" } })],
  ["another organization", () => read(code, { whom: { ...OLGA, owner: "globex" } })],
  ["another server", () => read(code, { secret: "b".repeat(32) })],
  ["its last moment", () => read(code, { now: at(15) })],
  ["a later end", () => read(code.replace(/^[^.]+/, at(60).getTime().toString(36)))],
  ["another nonce", () => read(code.replace(".n.", ".m."))],
  ["no code", () => read("open sesame")],
  ["nothing", () => read("")],
])("is none for %s", (_, given) => {
  expect(given()).toBeNull();
});
