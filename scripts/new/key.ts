import type { Kind } from "./kind.ts";

/** A key of the config. Its tests fail until it has rows, and the reference until it has a description. */
export const key: Kind = {
  summary: "a key of the config",
  files: (name) => [
    { path: `src/policy/keys/${name}.ts`, text: entry(name) },
    { path: `test/policy/keys/${name}.test.ts`, text: rows(name) },
  ],
  next: [
    "Fill in the schema, the description, the default, the examples, the floor and the reader.",
    "Add the entry to CONFIG_KEYS in src/policy/keys/config.ts, or to the group that it belongs to.",
    "Use the value that it has in the policy; test/policy/keys/readers.test.ts fails while nobody reads it.",
    "Fill in the rows of its test, then run `npm run generate` and `npm run check`.",
  ],
};

function exportOf(name: string): string {
  return name.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function entry(name: string): string {
  return `import * as z from "zod";
import { strictest } from "../layers/floor.ts";
import { key } from "./key.ts";

export const ${exportOf(name)} = key({
  // The values that a file may set.
  schema: z.enum(["lenient", "strict"]),
  // One sentence: what the key does.
  description: "",
  // The value that changes nothing for who does not set the key.
  default: { written: "lenient" },
  examples: ["strict"],
  // How the organization's value is a floor; the other rules are in layers/floor.ts.
  floor: strictest(["lenient", "strict"]),
  // What the value means in the policy.
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
const ROWS: readonly Row[] = [];

test.each(ROWS)("${name}: $why", ({ inForce, ...texts }) => {
  expect(policyOf(texts).policy).toMatchObject({ ${exportOf(name)}: inForce });
});
`;
}
