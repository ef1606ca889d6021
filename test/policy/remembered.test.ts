import { expect, test } from "@jest/globals";
import { LIMITS } from "../../src/policy/limits.ts";
import { rememberPolicies } from "../../src/policy/remembered.ts";
import { resolvePolicy } from "../../src/policy/resolve.ts";
import { CONFIG_PATH, type PolicySource, type PolicySources } from "../../src/policy/source.ts";

const found = (text: string, path: string = CONFIG_PATH): PolicySource => ({ status: "found", path, text });
const sources = (
  repository: PolicySource,
  organization: PolicySource = { status: "absent" },
): PolicySources => ({
  organization,
  repository,
});

test("the same files give the very same policy, and what others ask between them changes nothing", () => {
  const resolve = rememberPolicies();
  const mine = () => sources(found("mode: observe\n"));
  const first = resolve(mine());
  expect(first).toEqual(resolvePolicy(mine()));
  resolve(sources(found("mode: enforce\n")));
  expect(resolve(mine())).toBe(first);
});

// Whatever is known of the two files decides, so each of these is another answer.
test.each<[string, PolicySources]>([
  ["another text", sources(found("mode: enforce\n"))],
  ["the text as the floor", sources({ status: "absent" }, found("mode: observe\n"))],
  ["another path", sources(found("mode: observe\n", "elsewhere.yml"))],
  ["no file", sources({ status: "absent" })],
  ["an unreadable file", sources({ status: "unreadable", path: CONFIG_PATH, reason: "it is a folder" })],
  [
    "a floor that cannot be read",
    sources(found("mode: observe\n"), { status: "unreadable", path: CONFIG_PATH, reason: "it is a folder" }),
  ],
])("%s is not the policy that is remembered", (_, other) => {
  const resolve = rememberPolicies();
  resolve(sources(found("mode: observe\n")));
  expect(resolve(other)).toEqual(resolvePolicy(other));
});

test("as many as there is room for are kept, those asked for last, and none that is too long", () => {
  const resolve = rememberPolicies(2);
  const [one, other, third] = ["observe", "enforce", "off"].map((mode) => sources(found(`mode: ${mode}\n`)));
  if (!one || !other || !third) throw new Error("three were made");
  const kept = resolve(one);
  const forgotten = resolve(other);
  expect(resolve(one)).toBe(kept);
  resolve(third);
  expect(resolve(one)).toBe(kept);
  expect(resolve(other)).not.toBe(forgotten);
});

test.each([
  { why: "is kept where two files may be as long", beyond: 0, isKept: true },
  { why: "is not kept beyond that", beyond: 1, isKept: false },
])("what is asked for $why", ({ beyond, isKept }) => {
  const resolve = rememberPolicies();
  const asked = (length: number) => sources(found("#".repeat(length)));
  const around = JSON.stringify([asked(0).organization, asked(0).repository]).length;
  const length = 2 * LIMITS.fileLength - around + beyond;
  const first = resolve(asked(length));
  expect(resolve(asked(length)) === first).toBe(isKept);
});
