import * as z from "zod";
import { DEFAULTS } from "./defaults.ts";
import { LIMITS } from "./limits.ts";
import { login, owner } from "./schema-accounts.ts";
import { area, BUILT_IN_NAMES } from "./schema-area.ts";
import { hazards } from "./schema-hazards.ts";
import { signal } from "./schema-signal.ts";

/*
 * The single source of the config's types, its JSON Schema, its error messages and its reference page.
 * It expresses what JSON Schema can express; the rest (patterns, owners, unique names) is in `meaning.ts`.
 * `title` is the noun phrase that error messages and the reference use for the allowed values;
 * `$comment` describes the default when it is not a plain value.
 */

const label = (use: string, byDefault: string) =>
  z
    .union([z.string().min(1).max(LIMITS.labelLength), z.literal(false)])
    .meta({
      title: `the name of a label (up to ${LIMITS.labelLength} characters) or false`,
      description: `The label for ${use}; false turns it off.`,
      default: byDefault,
      examples: [byDefault, false],
    })
    .exactOptional();

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
          "`enforce` blocks the merge. `observe` only reports what it would block, so that you can try it out.",
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
          "The base branches that Countersign governs. `*` matches anything but a slash, `**` any number of path segments.",
        $comment: "the default branch only",
        examples: [["main", "release/*"]],
      })
      .exactOptional(),
    detect: z
      .strictObject({
        undeclared: z
          .enum(["human", "ai"])
          .meta({
            description:
              "Who counts as the author of a change without any signal. With `ai`, people can declare that no AI took part, either with the ticked box `- [x] This change was written without AI` in the pull request or with the trailer `AI-assisted: no` in every commit.",
            default: DEFAULTS.detect.undeclared,
            examples: ["ai"],
          })
          .exactOptional(),
        "weak-pairs": z
          .boolean()
          .meta({
            description:
              "Whether two weak signals of different kinds, such as a branch name and a label, together count as proof of AI authorship.",
            default: DEFAULTS.detect.weakPairs,
            examples: [true],
          })
          .exactOptional(),
        agents: z
          .array(login)
          .max(LIMITS.logins)
          .meta({
            description:
              "Accounts of type User that an AI agent uses. Their changes count as AI-written, and they can never countersign.",
            default: [],
            examples: [["acme-build"]],
          })
          .exactOptional(),
        "not-ai": z
          .array(login)
          .max(LIMITS.logins)
          .meta({
            description: "Automation accounts that are not AI, in addition to the built-in list.",
            default: [],
            examples: [["acme-sync[bot]"]],
          })
          .exactOptional(),
        signals: z
          .array(signal)
          .max(LIMITS.signals)
          .meta({
            description:
              "Signals of tools that the built-in catalogue does not contain. Each entry names a tool and exactly one signal, and a single match makes a change AI-written.",
            default: [],
            examples: [[{ tool: "In-house", trailer: "X-Model" }]],
          })
          .exactOptional(),
      })
      .meta({
        description: "How Countersign determines who wrote a change.",
        $comment: "the built-in catalogue of tools",
      })
      .exactOptional(),
    labels: z
      .strictObject({
        ai: label("pull requests with AI-written changes", DEFAULTS.labels.ai),
        production: label("pull requests that touch production areas", DEFAULTS.labels.production),
        waiting: label("pull requests that need countersignatures", DEFAULTS.labels.waiting),
      })
      .meta({
        description: "The labels that Countersign adds and removes. It never reads them.",
        $comment: "all three labels with their default names",
      })
      .exactOptional(),
    comment: z
      .boolean()
      .meta({
        description:
          "Whether Countersign also maintains a single comment on the pull request, created when action is needed and then edited in place.",
        default: DEFAULTS.comment,
        examples: [true],
      })
      .exactOptional(),
    review: z
      .strictObject({
        block: z
          .boolean()
          .meta({
            description:
              "Whether AI changes outside all production areas also need an owner's approval. With `false`, Countersign requests the review but does not block.",
            default: DEFAULTS.review.block,
            examples: [true],
          })
          .exactOptional(),
        suggestions: z
          .enum(["contributor", "ignored"])
          .meta({
            description:
              "Whether a reviewer becomes a contributor, who cannot countersign, when somebody else applies a suggestion of theirs. `ignored` applies to changes by humans only; in AI-authored changes the reviewer always becomes a contributor.",
            default: DEFAULTS.review.suggestions,
            examples: ["ignored"],
          })
          .exactOptional(),
      })
      .meta({
        description:
          "What AI changes outside all production areas need, and whether suggesting a change makes a reviewer a contributor.",
        $comment:
          "a review is requested but nothing blocks; a reviewer whose suggestion is applied becomes a contributor",
      })
      .exactOptional(),
    "built-in": z
      .union([z.boolean(), z.array(z.enum(BUILT_IN_NAMES))])
      .meta({
        title: `true, false or a list of ${BUILT_IN_NAMES.join(", ")}`,
        description: "Which built-in areas are enabled. Control files are always included.",
        default: true,
        examples: [["infrastructure", "migrations"], false],
      })
      .exactOptional(),
    production: z
      .array(area)
      .max(LIMITS.areas)
      .meta({
        description: "The production areas, each with its paths and what it requires.",
        default: [],
        examples: [[{ name: "billing", paths: ["/services/billing/"], countersignatures: 2 }]],
      })
      .exactOptional(),
    hazards,
    unowned: z
      .array(owner)
      .max(LIMITS.owners)
      .meta({
        description: "Who can countersign for production paths that have no owner in CODEOWNERS.",
        $comment: "nobody: such a change is blocked until CODEOWNERS names an owner",
        examples: [["@acme/maintainers"]],
      })
      .exactOptional(),
  })
  .meta({
    title: "Countersign configuration",
    description: "Who must countersign AI-written changes, and in which files.",
  });

/** A config file as written, validated against the schema. */
export type ConfigFile = DeepReadonly<z.infer<typeof configSchema>>;
export type AreaConfig = NonNullable<ConfigFile["production"]>[number];
export type HazardsConfig = NonNullable<ConfigFile["hazards"]>;
export type SignalConfig = NonNullable<NonNullable<ConfigFile["detect"]>["signals"]>[number];

type DeepReadonly<T> = T extends object ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> } : T;
