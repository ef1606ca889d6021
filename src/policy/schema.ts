import * as z from "zod";
import { BUILT_IN_AREAS } from "../production/built-in.ts";
import { CONTROL_FILES } from "../production/control-files.ts";
import { AREA_DEFAULTS, DEFAULTS } from "./defaults.ts";
import { LIMITS } from "./limits.ts";

/*
 * The one source of the config's types, its JSON Schema, its error texts and its reference page.
 * It holds what JSON Schema can say; what it cannot (patterns, owners, unique names) is in `meaning.ts`.
 * `title` is the noun phrase that errors and the reference use for what is allowed;
 * `$comment` says the default where it is no plain value.
 */

/** Each row of `detect.signals` has exactly one of these. */
export const MARKS = ["trailer", "email", "co-author", "line", "branch", "label", "account"] as const;

const BUILT_IN_NAMES = BUILT_IN_AREAS.map(({ name }) => name);

const pattern = z.string().min(1).max(LIMITS.patternLength).meta({ title: "a pattern as in CODEOWNERS" });

const owner = z
  .string()
  .min(1)
  .max(LIMITS.ownerLength)
  .meta({ title: "an owner (@user, @org/team or an e-mail address)" });

const owners = z.array(owner).min(1).max(LIMITS.owners);

const login = z
  .string()
  .max(LIMITS.loginLength)
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]*(\[bot\])?$/)
  .meta({ title: "a login without @" });

const mark = z.string().min(1).max(LIMITS.signalLength);

const label = (use: string, byDefault: string) =>
  z
    .union([z.string().min(1).max(LIMITS.labelLength), z.literal(false)])
    .meta({
      title: `the name of a label (up to ${LIMITS.labelLength} characters) or false`,
      description: `The label for ${use}; false sets none.`,
      default: byDefault,
      examples: [byDefault, false],
    })
    .exactOptional();

const signal = z
  .strictObject({
    tool: mark.meta({
      description: "The name under which people know the tool.",
      $comment: "none, it must be said",
      examples: ["In-house"],
    }),
    trailer: z
      .string()
      .max(LIMITS.trailerLength)
      .regex(/^[A-Za-z][A-Za-z0-9-]*$/)
      .meta({
        title: "the key of a trailer (letters, digits and hyphens)",
        description: "A commit trailer by its key, as in `X-Model: acme-7b`.",
        $comment: "not looked for",
        examples: ["X-Model"],
      })
      .exactOptional(),
    value: mark
      .meta({
        description: "With `trailer`: a regular expression that the trailer's value must match.",
        $comment: "any value",
        examples: ["^acme-"],
      })
      .exactOptional(),
    email: mark
      .regex(/^[^\s@<>]+@[^\s@<>]+$/)
      .meta({
        title: "an e-mail address",
        description: "The exact address of an author, a committer or a co-author.",
        $comment: "not looked for",
        examples: ["agent@acme.example"],
      })
      .exactOptional(),
    "co-author": mark
      .meta({
        description: "The whole display name of a co-author.",
        $comment: "not looked for",
        examples: ["Acme Agent"],
      })
      .exactOptional(),
    line: mark
      .meta({
        description: "A regular expression for one line of a commit message or of the pull request's text.",
        $comment: "not looked for",
        examples: ["^Made with Acme Agent$"],
      })
      .exactOptional(),
    branch: mark
      .meta({
        description: "A regular expression for the name of the head branch.",
        $comment: "not looked for",
        examples: ["^acme-agent/"],
      })
      .exactOptional(),
    label: mark
      .max(LIMITS.labelLength)
      .meta({
        description: "A label on the pull request.",
        $comment: "not looked for",
        examples: ["acme-agent"],
      })
      .exactOptional(),
    account: z
      .strictObject({
        id: z
          .int()
          .min(1)
          .meta({
            description: "The numeric id, which decides (`gh api users/LOGIN --jq .id`).",
            $comment: "not known, which only an App's login ending in `[bot]` may do",
            examples: [12345678],
          })
          .exactOptional(),
        login: login.meta({
          description: "The login, which is shown; ends in `[bot]` for an App.",
          $comment: "none, it must be said",
          examples: ["acme-agent[bot]"],
        }),
      })
      .meta({
        title: "an account with id and login",
        if: { properties: { login: { pattern: "\\[bot\\]$" } } },
        else: { required: ["id"] },
        description: "An account as author, committer, co-author or author of the pull request.",
        $comment: "not looked for",
        examples: [{ id: 12345678, login: "acme-agent[bot]" }],
      })
      .exactOptional(),
  })
  .meta({
    title: "a signal with a tool and one mark",
    dependentRequired: { value: ["trailer"] },
    oneOf: MARKS.map((key) => ({ required: [key] })),
  });

const area = z
  .strictObject({
    name: z
      .string()
      .max(LIMITS.nameLength)
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
      .meta({
        title: `a name of lower-case letters, digits and single hyphens (up to ${LIMITS.nameLength} characters)`,
        description:
          "The area's name. The name of a built-in area replaces it; `control-files` only adds to it.",
        $comment: "none, it must be said",
        examples: ["infrastructure"],
      }),
    paths: z
      .array(pattern)
      .min(1)
      .max(LIMITS.patterns)
      .meta({
        description:
          "What belongs to the area, in CODEOWNERS' pattern language: `/infra/` is a folder at the root, `*.tf` a name at any depth.",
        $comment: "the built-in area's paths; any other area must say them",
        examples: [["/infra/", "*.tf"]],
      })
      .exactOptional(),
    countersignatures: z
      .int()
      .min(1)
      .max(LIMITS.countersignatures)
      .meta({
        description: "How many different people must countersign.",
        default: AREA_DEFAULTS.countersignatures,
        examples: [2],
      })
      .exactOptional(),
    from: z
      .union([z.literal("owners"), owners])
      .meta({
        title: '"owners" or a list of owners (@user, @org/team or an e-mail address)',
        description:
          "Who may countersign: the owners by CODEOWNERS, or this list for the whole area. Control files keep `owners`.",
        default: AREA_DEFAULTS.from,
        examples: [["@acme/sre", "@ada"]],
      })
      .exactOptional(),
    senior: owners
      .meta({
        description: "At least one of the countersignatures must come from here.",
        $comment: "nobody in particular",
        examples: [["@acme/staff"]],
      })
      .exactOptional(),
    "applies-to": z
      .enum(["ai", "everyone"])
      .meta({
        description: "Whose changes need countersigning: those an AI took part in, or all.",
        default: AREA_DEFAULTS["applies-to"],
        examples: ["everyone"],
      })
      .exactOptional(),
    keep: z
      .enum(["untouched", "never"])
      .meta({
        description:
          "Whether a countersignature outlives a push: while the area's content stays as it was signed, or never.",
        default: AREA_DEFAULTS.keep,
        examples: ["never"],
      })
      .exactOptional(),
  })
  .meta({
    title: "an area with a name and paths",
    allOf: [
      {
        if: { properties: { name: { enum: BUILT_IN_NAMES } } },
        else: { required: ["paths"] },
      },
      {
        if: { properties: { name: { not: { const: CONTROL_FILES } } } },
        else: { properties: { from: { const: "owners" } } },
      },
    ],
  });

export const configSchema = z
  .strictObject({
    version: z
      .literal(1)
      .meta({ description: "The version of this format.", default: 1, examples: [1] })
      .exactOptional(),
    mode: z
      .enum(["enforce", "observe"])
      .meta({
        description:
          "`enforce` blocks; `observe` says what it would block and lets everything through, for trying it out.",
        default: DEFAULTS.mode,
        examples: ["observe"],
      })
      .exactOptional(),
    branches: z
      .array(
        z
          .string()
          .min(1)
          .max(LIMITS.branchLength)
          .meta({ title: "a branch name, with * and ** as wildcards" }),
      )
      .min(1)
      .max(LIMITS.branches)
      .meta({
        description:
          "The base branches that are governed: `*` stands for anything but a slash, `**` for any number of parts.",
        $comment: "the default branch alone",
        examples: [["main", "release/*"]],
      })
      .exactOptional(),
    detect: z
      .strictObject({
        undeclared: z
          .enum(["human", "ai"])
          .meta({
            description: "Who wrote a change that carries no sign of its writer.",
            default: DEFAULTS.detect.undeclared,
            examples: ["ai"],
          })
          .exactOptional(),
        agents: z
          .array(login)
          .max(LIMITS.logins)
          .meta({
            description:
              "Machine accounts of the type User that act for an AI: they write AI changes and never countersign.",
            default: [],
            examples: [["acme-build"]],
          })
          .exactOptional(),
        "not-ai": z
          .array(login)
          .max(LIMITS.logins)
          .meta({
            description: "Automation that is not AI, in addition to the built-in list.",
            default: [],
            examples: [["acme-sync[bot]"]],
          })
          .exactOptional(),
        signals: z
          .array(signal)
          .max(LIMITS.signals)
          .meta({
            description:
              "Marks of tools that the built-in catalogue does not know: a tool and exactly one mark each. Each is enough to call a change AI-written.",
            default: [],
            examples: [[{ tool: "In-house", trailer: "X-Model" }]],
          })
          .exactOptional(),
      })
      .meta({
        title: "a mapping of undeclared, agents, not-ai and signals",
        description: "How Countersign finds out who wrote a change.",
        $comment: "the built-in catalogue of tools",
      })
      .exactOptional(),
    labels: z
      .strictObject({
        ai: label("pull requests with changes written by an AI", DEFAULTS.labels.ai),
        production: label("pull requests that touch production areas", DEFAULTS.labels.production),
        waiting: label("pull requests that wait for countersignatures", DEFAULTS.labels.waiting),
      })
      .meta({
        title: "a mapping of ai, production and waiting",
        description: "The labels that Countersign sets and removes. They are output only.",
        $comment: "all three, by their default names",
      })
      .exactOptional(),
    review: z
      .strictObject({
        block: z
          .boolean()
          .meta({
            description:
              "Whether AI changes outside all areas wait for an owner's approval too, or the owner is only asked.",
            default: DEFAULTS.review.block,
            examples: [true],
          })
          .exactOptional(),
      })
      .meta({
        title: "a mapping of block",
        description: "What happens to AI changes outside all production areas.",
        $comment: "an owner is asked, nothing blocks",
      })
      .exactOptional(),
    "built-in": z
      .union([z.boolean(), z.array(z.enum(BUILT_IN_NAMES))])
      .meta({
        title: `true, false or a list of ${BUILT_IN_NAMES.join(", ")}`,
        description: "Which built-in areas are in force. Control files are, whatever stands here.",
        default: true,
        examples: [["infrastructure", "migrations"], false],
      })
      .exactOptional(),
    production: z
      .array(area)
      .max(LIMITS.areas)
      .meta({
        description: "The production areas, each with its paths and its rule.",
        default: [],
        examples: [[{ name: "billing", paths: ["/services/billing/"], countersignatures: 2 }]],
      })
      .exactOptional(),
    unowned: z
      .array(owner)
      .max(LIMITS.owners)
      .meta({
        description: "Who countersigns for production paths that CODEOWNERS gives no owner.",
        $comment: "nobody can, so such a change is blocked until CODEOWNERS names an owner",
        examples: [["@acme/maintainers"]],
      })
      .exactOptional(),
  })
  .meta({
    title: "Countersign configuration",
    description: "Who must countersign what an AI wrote, and where.",
  });

/** A policy file as written, its shape checked. */
export type ConfigFile = DeepReadonly<z.infer<typeof configSchema>>;
export type AreaConfig = NonNullable<ConfigFile["production"]>[number];
export type SignalConfig = NonNullable<NonNullable<ConfigFile["detect"]>["signals"]>[number];

type DeepReadonly<T> = T extends object ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> } : T;
