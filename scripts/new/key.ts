import type { Kind } from "./kind.ts";

/** A key of the config. `npm run check` fails until it is filled in, and its test until its rows hold. */
export const key: Kind = {
  summary: "a key of the config",
  files: (name) => [
    { path: `src/policy/keys/${name}.ts`, text: entry(name) },
    { path: `test/policy/keys/${name}.test.ts`, text: rows(name) },
  ],
  next: [
    "Change the schema, the default, the examples, the floor and the reader to what the key needs.",
    "Enter the key in CONFIG_KEYS of src/policy/keys/config.ts, or in the group that it belongs to, such as review.ts.",
    "Replace each FILL IN, also in the rows of its test; `npm run check` lists what is left.",
    "Read its value where it counts: src/signoff/evaluate.ts has the policy. A remark in the check is a warning among the verdict's problems, with a code in src/policy/problems.ts.",
    "If a laxer value weakens the gate, let src/production/hazards/rule-sets/config.ts report that.",
    "Add it to the example of every key in scripts/config-reference.ts.",
    "Run `npm run generate`, `npm run check` and `npm test -- test/policy`; test/policy/keys/readers.test.ts fails while nobody reads the key.",
  ],
};

function exportOf(name: string): string {
  return name.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function entry(name: string): string {
  return `import * as z from "zod";
import { strictest } from "../layers/floor.ts";
import { key } from "./key.ts";

// FILL IN its place in CONFIG_KEYS or in a group, then delete this line.
export const ${exportOf(name)} = key({
  // The values that a file may set.
  schema: z.enum(["lenient", "strict"]),
  // One sentence: what the key does.
  description: "FILL IN what the key does.",
  // The value that changes nothing for who does not set the key. If no file can write it: { text: "no limit", value: null }.
  default: { written: "lenient" },
  examples: ["strict"],
  // How the organization's value is a floor; the other rules are in layers/floor.ts.
  floor: strictest(["lenient", "strict"]),
  // What the value means in the policy; with a default that no file can write: (value): number | null => value.
  read: (value) => value,
});
`;
}

function rows(name: string): string {
  return `import { expect, test } from "@jest/globals";
import { policyOf, type Texts } from "../files.ts";

interface Row extends Texts {
  readonly why: string;
  readonly inForce: unknown;
}

/** The default, each value, what the organization's file allows and what its silence does. */
const ROWS: readonly Row[] = [{ why: "FILL IN the rows", inForce: "lenient" }];

// In a group such as review: { review: { ${exportOf(name)}: inForce } }.
test.each(ROWS)("${name}: $why", ({ inForce, ...texts }) => {
  expect(policyOf(texts).policy).toMatchObject({ ${exportOf(name)}: inForce });
});
`;
}
