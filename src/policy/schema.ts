import * as z from "zod";
import { DEFAULTS } from "./defaults.ts";
import { LIMITS } from "./limits.ts";
import { login, owner } from "./schema-accounts.ts";
import { area, BUILT_IN_NAMES } from "./schema-area.ts";
import { hazards } from "./schema-hazards.ts";
import { signal } from "./schema-signal.ts";

/*
 * The one source of the config's types, its JSON Schema, its error texts and its reference page.
 * It holds what JSON Schema can say; what it cannot (patterns, owners, unique names) is in `meaning.ts`.
 * `title` is the noun phrase that errors and the reference use for what is allowed;
 * `$comment` says the default where it is no plain value.
 */

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
            description:
              "Who wrote a change that carries no sign of its writer. With `ai`, a person can declare in the pull request that no AI took part: by a ticked box `- [x] This change was written without AI`, or by the trailer `AI-assisted: no` in every commit.",
            default: DEFAULTS.detect.undeclared,
            examples: ["ai"],
          })
          .exactOptional(),
        "weak-pairs": z
          .boolean()
          .meta({
            description:
              "Whether two weak signals of different kinds, such as a branch name and a label, decide together.",
            default: DEFAULTS.detect.weakPairs,
            examples: [true],
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
              "Signals of tools that the built-in catalogue does not know: a tool and exactly one signal each. Each is enough to call a change AI-written.",
            default: [],
            examples: [[{ tool: "In-house", trailer: "X-Model" }]],
          })
          .exactOptional(),
      })
      .meta({
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
        description: "The labels that Countersign sets and removes. They are output only.",
        $comment: "all three, by their default names",
      })
      .exactOptional(),
    comment: z
      .boolean()
      .meta({
        description:
          "Whether Countersign keeps one comment on the pull request too: begun when somebody has something to do, edited ever after, notifying nobody.",
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
              "Whether AI changes outside all areas wait for an owner's approval too, or the owner is only asked.",
            default: DEFAULTS.review.block,
            examples: [true],
          })
          .exactOptional(),
        suggestions: z
          .enum(["contributor", "ignored"])
          .meta({
            description:
              "Whether a reviewer whose suggestion somebody else applied took part in the change, and so cannot countersign it. `ignored` lets them where the change is by people; in AI-authored changes they always took part.",
            default: DEFAULTS.review.suggestions,
            examples: ["ignored"],
          })
          .exactOptional(),
      })
      .meta({
        description:
          "What happens to AI changes outside all production areas, and what reviewing makes of people.",
        $comment: "an owner is asked, nothing blocks; whoever suggested a change took part in it",
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
    hazards,
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
export type HazardsConfig = NonNullable<ConfigFile["hazards"]>;
export type SignalConfig = NonNullable<NonNullable<ConfigFile["detect"]>["signals"]>[number];

type DeepReadonly<T> = T extends object ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> } : T;
