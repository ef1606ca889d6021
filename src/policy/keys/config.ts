import * as z from "zod";
import type { OwnerRef } from "../../ownership/owner.ts";
import { DEFAULT_BRANCH } from "../branch.ts";
import { organizationOrDefault, repositoryIfSet, strictest, union } from "../layers/floor.ts";
import { LIMITS } from "../limits.ts";
import { owner, readOwners } from "./accounts.ts";
import { production } from "./areas.ts";
import { builtIn } from "./built-in.ts";
import { bypass } from "./bypass.ts";
import { detect } from "./detect.ts";
import { freeze } from "./freeze.ts";
import { floorsOf, mapping } from "./group.ts";
import { hazards } from "./hazards.ts";
import { key, type Written } from "./key.ts";
import { labels } from "./labels.ts";
import { notify } from "./notify.ts";
import { override } from "./override.ts";
import { passkey } from "./passkey.ts";
import { review } from "./review.ts";
import { time } from "./time.ts";

const branch = z
  .string()
  .min(1)
  .max(LIMITS.branchLength)
  .meta({ title: "a branch name, with * and ** as wildcards" });

/**
 * Every key of the config, each with all that is known about it. They are the one source of the config's types, its
 * JSON Schema, its error texts, its reference page, the organization's floor and the policy. A schema holds what JSON
 * Schema can say; what it cannot (patterns, owners, unique names) is in `file/validate-semantics.ts`.
 */
export const CONFIG_KEYS = {
  version: key({
    schema: z.literal(1),
    description: "The version of this format.",
    default: { written: 1 },
    examples: [1],
    floor: repositoryIfSet<1>(),
    read: (version) => version,
  }),
  mode: key({
    schema: z.enum(["enforce", "observe"]),
    description:
      "`enforce` blocks the merge. `observe` only reports what it would block, so that you can try it out.",
    default: { written: "enforce" },
    examples: ["observe"],
    floor: strictest(["observe", "enforce"]),
    read: (mode) => mode,
  }),
  branches: key({
    schema: z.array(branch).min(1).max(LIMITS.branches),
    description:
      "The base branches that Countersign governs. `*` matches anything but a slash, `**` any number of path segments.",
    default: { text: "the default branch only", value: [DEFAULT_BRANCH] },
    examples: [["main", "release/*"]],
    floor: union<string>(),
    read: (patterns) => patterns,
  }),
  checks: key({
    schema: z.enum(["one", "per-pattern"]),
    description:
      "Which checks are published. `one` is `countersign`, with the strictest verdict of all pull requests that share the commit. `per-pattern` adds a check for each entry of `branches`, such as `countersign (release/*)`, on pull requests into branches that the entry matches; see [installation](install.md#require-a-check-of-each-branch-pattern).",
    default: { written: "one" },
    examples: ["per-pattern"],
    floor: strictest(["one", "per-pattern"]),
    read: (checks) => checks,
  }),
  detect,
  labels,
  comment: key({
    schema: z.boolean(),
    description:
      "Whether Countersign also maintains a single comment on the pull request, created when action is needed and then edited in place.",
    default: { written: false },
    examples: [true],
    floor: repositoryIfSet<boolean>(),
    read: (kept) => kept,
  }),
  review,
  "built-in": builtIn,
  production,
  hazards,
  unowned: key({
    schema: z.array(owner).max(LIMITS.owners),
    description: "Who can countersign for production paths that have no owner in CODEOWNERS.",
    default: {
      text: "nobody: such a change is blocked until CODEOWNERS names an owner",
      value: [],
    },
    examples: [["@acme/maintainers"]],
    floor: organizationOrDefault<readonly OwnerRef[]>(),
    read: readOwners,
  }),
  override,
  freeze,
  bypass,
  time,
  notify,
  passkey,
};

export const configSchema = mapping(CONFIG_KEYS).meta({
  title: "Countersign configuration",
  description: "Who must countersign AI-written changes, and in which files.",
});

/** How the organization's file is a floor, for each key by its path. */
export const CONFIG_FLOORS = floorsOf(CONFIG_KEYS);

/** A policy file as written, valid by its schema. */
export type ConfigFile = Written<typeof configSchema>;
