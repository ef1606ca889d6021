import * as z from "zod";
import type { Signal, SignalMark, Tool } from "../../provenance/tool.ts";
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

/** A kind of mark that a row may have. Each row of `detect.signals` has exactly one. */
interface MarkKey<Schema extends z.ZodType = z.ZodType> {
  readonly schema: z.ZodExactOptional<Schema>;
  /** The reader: what the detector looks for. `value` is the row's, for a trailer. */
  read(written: Written<Schema>, value: string | undefined): SignalMark;
}

interface MarkDefinition<Schema extends z.ZodType> {
  readonly schema: Schema;
  readonly title?: string;
  readonly description: string;
  readonly examples: readonly Written<Schema>[];
  readonly read: (written: Written<Schema>, value: string | undefined) => SignalMark;
}

function mark<Schema extends z.ZodType>({ read, ...about }: MarkDefinition<Schema>): MarkKey<Schema> {
  const schema = described({ ...about, default: { text: "not used", value: null } });
  return { schema: schema.exactOptional(), read };
}

const MARK_KEYS = {
  trailer: mark({
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
  email: mark({
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
  "co-author": mark({
    schema: text,
    description: "The exact display name of a co-author.",
    examples: ["Acme Agent"],
    read: (name) => ({ kind: "coauthor-name", name: name.toLowerCase() }),
  }),
  line: mark({
    schema: text,
    description:
      "A regular expression for one line of a commit message or of the pull request's description.",
    examples: ["^Made with Acme Agent$"],
    read: (pattern) => ({ kind: "line", pattern, in: ["message", "body"] }),
  }),
  branch: mark({
    schema: text,
    description: "A regular expression for the name of the head branch.",
    examples: ["^acme-agent/"],
    read: (pattern) => ({ kind: "branch", pattern }),
  }),
  label: mark({
    schema: text.max(LIMITS.labelLength),
    description: "A label on the pull request.",
    examples: ["acme-agent"],
    read: (label) => ({ kind: "label", label: label.toLowerCase() }),
  }),
  account: mark({
    schema: account,
    description: "A GitHub account that authors, commits, co-authors or opens the pull request.",
    examples: [{ id: 12345678, login: "acme-agent[bot]" }],
    read: ({ id, login: shown }) =>
      id === undefined
        ? { kind: "account", id: null, login: shown, type: "Bot" }
        : { kind: "account", id, login: shown, type: shown.endsWith("[bot]") ? "Bot" : "User" },
  }),
};

const MARK_READERS: Readonly<Record<string, MarkKey>> = MARK_KEYS;

/** The kinds of mark, of which each row of `detect.signals` has exactly one. */
export const MARKS = keysOf(MARK_KEYS);

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
    ...shapeOf(MARK_KEYS),
    value: described({
      schema: text,
      description: "Only with `trailer`: a regular expression that its value must match.",
      default: { text: "any value", value: null },
      examples: ["^acme-"],
    }).exactOptional(),
  })
  .meta({
    dependentRequired: { value: ["trailer"] },
    oneOf: MARKS.map((each) => ({ required: [each] })),
  });

export type SignalRow = Written<typeof signal>;

/** The mark of a row; exactly one if the file was validated. */
export function marksOf(row: SignalRow): readonly SignalMark[] {
  return Object.entries(row).flatMap(([name, written]) => {
    const reader = Object.hasOwn(MARK_READERS, name) ? MARK_READERS[name] : undefined;
    return reader === undefined ? [] : [reader.read(written, row.value)];
  });
}

/** The tools of a file's rows, each with its marks. Somebody vouched for them, so each mark is strong. */
export function readSignals(rows: readonly SignalRow[], origin: Origin): readonly Tool[] {
  const found = rows.map((row, index) => ({ tool: row.tool, source: origin([index]), marks: marksOf(row) }));
  return [...Map.groupBy(found, ({ tool }) => tool)].map(([tool, ofTool]) => ({
    tool,
    vendor: "configured",
    signals: ofTool.flatMap(({ marks, source }) =>
      marks.map((each): Signal => ({ ...each, strength: "strong", source })),
    ),
  }));
}
