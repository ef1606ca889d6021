import { describe, expect, test } from "@jest/globals";
import { CONFIG_FLOORS } from "../../../src/policy/keys/config.ts";
import { findHazards } from "../../../src/production/hazards/find.ts";
import { AREA_KEYS, FILE_KEYS, HAZARD_KEYS } from "../../../src/production/hazards/rule-sets/config-keys.ts";

const CONFIG = ".github/countersign.yml";

/** A config that says one thing at the path of a key. */
function config(path: string, value: string): string {
  if (path.startsWith("production."))
    return `production:\n  - name: billing\n    ${path.slice("production.".length)}: ${value}\n`;
  const keys = path.startsWith("hazards.rules.")
    ? ["hazards", "rules", "sql/drop-table", path.slice("hazards.rules.".length)]
    : path.split(".");
  return keys
    .map((key, depth) => `${"  ".repeat(depth)}${key}:`)
    .join("\n")
    .concat(` ${value}\n`);
}

const whys = (before: string, after: string) =>
  findHazards([{ path: CONFIG, status: "modified", before, after }])
    .filter(({ id }) => id === "countersign/config-weakened")
    .map(({ why }) => why);

/** Of each key that decides something: a strict value and a weaker one. */
const WEAKER: Readonly<Record<string, readonly [strict: string, weak: string]>> = {
  mode: ["enforce", "observe"],
  branches: ["[main, a]", "[main]"],
  checks: ["per-pattern", "one"],
  "detect.undeclared": ["ai", "human"],
  "detect.weak-pairs": ["true", "false"],
  "detect.agents": ["[a, b]", "[a]"],
  "detect.not-ai": ["[a]", "[a, b]"],
  "detect.signals": ["[{tool: A, trailer: X-A}]", "[]"],
  "review.block": ["true", "false"],
  "review.suggestions": ["contributor", "ignored"],
  "built-in": ["true", "[migrations]"],
  "production.paths": ["[/a/, /b/]", "[/a/]"],
  "production.countersignatures": ["2", "1"],
  "production.from": ["owners", "['@a']"],
  "production.senior": ["['@a']", "['@a', '@b']"],
  "production.applies-to": ["everyone", "ai"],
  "production.mode": ["enforce", "observe"],
  "production.keep": ["never", "untouched"],
  "production.when": ["always", "hazards"],
  "hazards.destructive.countersignatures": ["2", "1"],
  "hazards.destructive.senior": ["['@a']", "['@b']"],
  "hazards.destructive.applies-to": ["everyone", "ai"],
  "hazards.widening.countersignatures": ["2", "1"],
  "hazards.widening.senior": ["['@a']", "['@b']"],
  "hazards.widening.applies-to": ["everyone", "ai"],
  "hazards.rules.off": ["''", "noisy"],
  "hazards.rules.countersignatures": ["2", "1"],
  "hazards.rules.asks": ["block", "show"],
  unowned: ["['@a']", "['@a', '@b']"],
  "override.by": ["['@a']", "['@a', '@b']"],
  "override.approvals": ["3", "2"],
  "override.expires-after": ["30m", "4h"],
  "bypass.allowed": ["[]", "[{account: a, reason: A}]"],
  "bypass.follow-up": ["issue", "none"],
  "time.max-reviews-per-person": ["5", "6"],
  "time.max-open-changes": ["5", "10"],
  "time.max-lines": ["400", "4000"],
  "time.over-limit": ["split", "extra-approval"],
  "time.fast-approvals": ["ask", "show"],
  "time.wait.destructive": ["1h", "59m"],
  "time.wait.widening": ["1d", "23h"],
  notify: ["[platform]", "[]"],
  passkey: ["production", "hazards"],
  freeze: ["[{areas: [all], starts: 2026-12-20, ends: 2026-12-24, reason: A}]", "[]"],
};

const DECIDING = CONFIG_FLOORS.filter(({ says }) => says !== "the repository's value").map(
  ({ path }) => path,
);

describe("every key of the policy that decides something", () => {
  test("is known to the rule about the config, with what makes it stricter", () => {
    const known = [
      ...Object.keys(FILE_KEYS),
      ...Object.keys(AREA_KEYS).map((key) => `production.${key}`),
      ...Object.keys(HAZARD_KEYS).map((key) => `hazards.rules.${key}`),
    ];
    expect(known.toSorted()).toEqual(DECIDING.toSorted());
  });

  test.each(DECIDING)("%s: weaker is found, the same and stricter are silent", (path) => {
    const [strict = "", weak = ""] = WEAKER[path] ?? [];
    expect(whys(config(path, strict), config(path, weak))).toHaveLength(1);
    expect(whys(config(path, strict), `# a\n${config(path, strict)}`)).toEqual([]);
  });

  test.each([
    "time.max-lines",
    "time.wait.destructive",
    "checks",
    "passkey",
    "detect.weak-pairs",
    "review.suggestions",
    "production.when",
    "hazards.rules.asks",
  ])("%s: stricter is silent", (path) => {
    const [strict = "", weak = ""] = WEAKER[path] ?? [];
    expect(whys(config(path, weak), config(path, strict))).toEqual([]);
  });
});

describe("passkey: words and lists", () => {
  test.each([
    ["a word for less", "passkey: everything\n", "passkey: production\n", true],
    ["no key", "passkey: hazards\n", "version: 1\n", true],
    ["off, said", "passkey: hazards\n", "passkey: off\n", true],
    ["no word", "passkey: hazards\n", "passkey: sometimes\n", true],
    ["an area less", "passkey: [ci, migrations]\n", "passkey: [ci]\n", true],
    ["hazards in place of areas", "passkey: [ci]\n", "passkey: hazards\n", true],
    ["areas in place of hazards", "passkey: hazards\n", "passkey: [ci]\n", true],
    ["no key in place of areas", "passkey: [ci]\n", "version: 1\n", true],
    ["an area more", "passkey: [ci]\n", "passkey: [ci, migrations]\n", false],
    ["all areas", "passkey: [ci]\n", "passkey: production\n", false],
    ["areas where there was nothing", "version: 1\n", "passkey: [ci]\n", false],
    ["off where there was nothing", "version: 1\n", "passkey: off\n", false],
  ])("%s", (_, before, after, isWeaker) => {
    expect(whys(before, after)).toHaveLength(isWeaker ? 1 : 0);
  });
});

test.each([
  ["mode", "mode: enforce\n", "mode: observe\n"],
  ["a strict value that goes", "checks: per-pattern\n", "version: 1\n"],
  ["a weak value where there was none", "version: 1\n", "review: {suggestions: ignored}\n"],
  [
    "an area by its hazards only",
    "production:\n  - name: a\n    paths: [/a/]\n",
    "production:\n  - name: a\n    paths: [/a/]\n    when: hazards\n",
  ],
  [
    "a built-in area with paths of its own",
    "version: 1\n",
    "production:\n  - name: infrastructure\n    paths: [/a/]\n",
  ],
  ["accounts that are no AI, where there were none", "version: 1\n", "detect: {not-ai: [a]}\n"],
  ["a config that was broken", "mode: enforce\nmode: enforce\n  a: [\nunowned: ['@a']\n", "mode: observe\n"],
])("%s is found", (_, before, after) => {
  expect(whys(before, after)).not.toEqual([]);
});
