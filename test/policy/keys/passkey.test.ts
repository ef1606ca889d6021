import { describe, expect, test } from "@jest/globals";
import type { PasskeyScope } from "../../../src/policy/keys/passkey.ts";
import { policyOf, resolveTexts, type Texts } from "../files.ts";

const OFF: PasskeyScope = { hazards: false, areas: [], outside: false };
const HAZARDS: PasskeyScope = { ...OFF, hazards: true };
const PRODUCTION: PasskeyScope = { ...HAZARDS, areas: "all" };
const EVERYTHING: PasskeyScope = { ...PRODUCTION, outside: true };
const areas = (...names: readonly string[]): PasskeyScope => ({ ...OFF, areas: names });

interface Row extends Texts {
  readonly why: string;
  readonly inForce: PasskeyScope;
  /** The repository's value adds nothing to the organization's. */
  readonly ignored?: true;
}

/** The default, each value, what the organization's file allows and what its silence does. */
const ROWS: readonly Row[] = [
  { why: "unset", inForce: OFF },
  { why: "off", repository: "passkey: off\n", inForce: OFF },
  { why: "hazards", repository: "passkey: hazards\n", inForce: HAZARDS },
  { why: "production", repository: "passkey: production\n", inForce: PRODUCTION },
  { why: "everything", repository: "passkey: everything\n", inForce: EVERYTHING },
  { why: "areas", repository: "passkey: [ci, migrations, ci]\n", inForce: areas("ci", "migrations") },
  { why: "no area", repository: "passkey: []\n", inForce: OFF },
  { why: "the organization's alone", organization: "passkey: hazards\n", inForce: HAZARDS },
  {
    why: "a silent organization",
    organization: "version: 1\n",
    repository: "passkey: production\n",
    inForce: PRODUCTION,
  },
  {
    why: "off below hazards",
    organization: "passkey: hazards\n",
    repository: "passkey: off\n",
    inForce: HAZARDS,
    ignored: true,
  },
  {
    why: "hazards below production",
    organization: "passkey: production\n",
    repository: "passkey: hazards\n",
    inForce: PRODUCTION,
    ignored: true,
  },
  {
    why: "production below everything",
    organization: "passkey: everything\n",
    repository: "passkey: production\n",
    inForce: EVERYTHING,
    ignored: true,
  },
  {
    why: "areas below production",
    organization: "passkey: production\n",
    repository: "passkey: [ci]\n",
    inForce: PRODUCTION,
    ignored: true,
  },
  {
    why: "fewer areas",
    organization: "passkey: [ci, migrations]\n",
    repository: "passkey: [ci]\n",
    inForce: areas("ci", "migrations"),
    ignored: true,
  },
  {
    why: "other areas",
    organization: "passkey: [ci]\n",
    repository: "passkey: [migrations]\n",
    inForce: areas("ci", "migrations"),
  },
  {
    why: "areas beside hazards",
    organization: "passkey: hazards\n",
    repository: "passkey: [ci]\n",
    inForce: { ...HAZARDS, areas: ["ci"] },
  },
  {
    why: "hazards beside areas",
    organization: "passkey: [ci]\n",
    repository: "passkey: hazards\n",
    inForce: { ...HAZARDS, areas: ["ci"] },
  },
  {
    why: "more than the organization asks for",
    organization: "passkey: off\n",
    repository: "passkey: everything\n",
    inForce: EVERYTHING,
  },
];

test.each(ROWS)("passkey: $why", ({ inForce, ignored, ...texts }) => {
  const { policy, problems } = policyOf(texts);
  expect(policy.passkey).toEqual(inForce);
  expect(problems.map(({ code }) => code)).toEqual(ignored ? ["config/weaker-than-organization"] : []);
});

describe("what stands there has to mean something", () => {
  test.each(["sometimes", "true", "Hazards", "{ areas: [ci] }", '[""]'])("%s is refused", (value) => {
    expect(resolveTexts({ repository: `passkey: ${value}\n` })).toMatchObject({
      policy: null,
      problems: [{ code: "config/invalid-value" }],
    });
  });

  test.each(["billing", "all"])("%s is no area, so a passkey is needed in every area", (name) => {
    const { policy, problems } = policyOf({ repository: `passkey: [ci, ${name}]\n` });
    expect(policy.passkey).toEqual({ hazards: false, areas: "all", outside: false });
    expect(problems).toEqual([
      expect.objectContaining({
        code: "config/unknown-area",
        severity: "warning",
        message: `"passkey" names "${name}", which is no area, so a passkey is needed in every area.`,
      }),
    ]);
  });
});
