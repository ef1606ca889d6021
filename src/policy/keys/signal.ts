import * as z from "zod";
import type { Signal, SignalMatcher, Tool } from "../../provenance/tool/tool.ts";
import type { Origin } from "../layers/layer-merge.ts";
import { LIMITS } from "../limits.ts";
import { login } from "./accounts.ts";
import { described, shapeOf, type Written } from "./key.ts";

const text = z.string().min(1).max(LIMITS.signalLength);

const account = z
  .strictObject({
    id: described({
      schema: z.int().min(1),
      description: "The account's numeric id, which identifies it (`gh api users/LOGIN --jq .id` prints it).",
      default: { text: "none; allowed only for the login of an App, which ends in `[bot]`", value: null },
      examples: [12345678],
    }).exactOptional(),
    login: described({
      schema: login,
      description: "The account's login, for display. An App's login ends in `[bot]`.",
      default: { text: "none (required)", value: null },
      examples: ["acme-agent[bot]"],
    }),
  })
  .meta({
    if: { properties: { login: { pattern: "\\[bot\\]$" } } },
    else: { required: ["id"] },
  });

/** A kind of signal that a row may have. Each row of `detect.signals` has exactly one. */
interface MatcherKey<Schema extends z.ZodType = z.ZodType> {
  readonly schema: z.ZodExactOptional<Schema>;
  /** The reader: what the detector looks for. `value` is the row's, for a trailer. */
  read(written: Written<Schema>, value: string | undefined): SignalMatcher;
}

interface MatcherDefinition<Schema extends z.ZodType> {
  readonly schema: Schema;
  readonly title?: string;
  readonly description: string;
  readonly examples: readonly Written<Schema>[];
  readonly read: (written: Written<Schema>, value: string | undefined) => SignalMatcher;
}

function matcher<Schema extends z.ZodType>({
  read,
  ...about
}: MatcherDefinition<Schema>): MatcherKey<Schema> {
  const schema = described({ ...about, default: { text: "not used", value: null } });
  return { schema: schema.exactOptional(), read };
}

const MATCHER_KEYS = {
  trailer: matcher({
    schema: z
      .string()
      .max(LIMITS.trailerLength)
      .regex(/^[A-Za-z][A-Za-z0-9-]*$/),
    title: "a trailer key (letters, digits and hyphens)",
    description: "The key of a commit trailer, as in `X-Model: acme-7b`.",
    examples: ["X-Model"],
    read: (trailer, value) => ({
      kind: "trailer",
      key: trailer.toLowerCase(),
      ...(value !== undefined && { value }),
    }),
  }),
  email: matcher({
    schema: text.regex(/^[^\s@<>]+@[^\s@<>]+$/),
    title: "an e-mail address",
    description: "The exact e-mail address of an author, committer or co-author.",
    examples: ["agent@acme.example"],
    read: (email) => ({
      kind: "email",
      email: email.toLowerCase(),
      fields: ["author", "committer", "co-author"],
    }),
  }),
  "co-author": matcher({
    schema: text,
    description: "The exact display name of a co-author.",
    examples: ["Acme Agent"],
    read: (name) => ({ kind: "coauthor-name", name: name.toLowerCase() }),
  }),
  line: matcher({
    schema: text,
    description:
      "A regular expression for one line of a commit message or of the pull request's description.",
    examples: ["^Made with Acme Agent$"],
    read: (pattern) => ({ kind: "line", pattern, in: ["message", "body"] }),
  }),
  branch: matcher({
    schema: text,
    description: "A regular expression for the name of the head branch.",
    examples: ["^acme-agent/"],
    read: (pattern) => ({ kind: "branch", pattern }),
  }),
  label: matcher({
    schema: text.max(LIMITS.labelLength),
    description: "A label on the pull request.",
    examples: ["acme-agent"],
    read: (label) => ({ kind: "label", label: label.toLowerCase() }),
  }),
  account: matcher({
    schema: account,
    description: "A GitHub account that authors, commits, co-authors or opens the pull request.",
    examples: [{ id: 12345678, login: "acme-agent[bot]" }],
    read: ({ id, login: shown }) =>
      id === undefined
        ? { kind: "account", id: null, login: shown, type: "Bot" }
        : { kind: "account", id, login: shown, type: shown.endsWith("[bot]") ? "Bot" : "User" },
  }),
};

const MATCHER_READERS: Readonly<Record<string, MatcherKey>> = MATCHER_KEYS;

/** The kinds of signal, of which each row of `detect.signals` has exactly one. */
export const MATCHERS = keysOf(MATCHER_KEYS);

function keysOf<Key extends string>(record: Readonly<Record<Key, unknown>>): readonly Key[];
function keysOf(record: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.keys(record);
}

export const signal = z
  .strictObject({
    tool: described({
      schema: text,
      description: "The tool's name, as the check shows it.",
      default: { text: "none (required)", value: null },
      examples: ["In-house"],
    }),
    ...shapeOf(MATCHER_KEYS),
    value: described({
      schema: text,
      description: "Only with `trailer`: a regular expression that its value must match.",
      default: { text: "any value", value: null },
      examples: ["^acme-"],
    }).exactOptional(),
  })
  .meta({
    dependentRequired: { value: ["trailer"] },
    oneOf: MATCHERS.map((each) => ({ required: [each] })),
  });

export type SignalRow = Written<typeof signal>;

/** The signal of a row; exactly one if the file was validated. */
export function matchersOf(row: SignalRow): readonly SignalMatcher[] {
  return Object.entries(row).flatMap(([name, written]) => {
    const reader = Object.hasOwn(MATCHER_READERS, name) ? MATCHER_READERS[name] : undefined;
    return reader === undefined ? [] : [reader.read(written, row.value)];
  });
}

/** The tools of a file's rows, each with its signals. Somebody vouched for them, so each one is strong. */
export function readSignals(rows: readonly SignalRow[], origin: Origin): readonly Tool[] {
  const found = rows.map((row, index) => ({
    tool: row.tool,
    source: origin([index]),
    matchers: matchersOf(row),
  }));
  return [...Map.groupBy(found, ({ tool }) => tool)].map(([tool, ofTool]) => ({
    tool,
    vendor: "configured",
    signals: ofTool.flatMap(({ matchers, source }) =>
      matchers.map((each): Signal => ({ ...each, strength: "strong", source })),
    ),
  }));
}
