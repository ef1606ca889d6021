import { mergeAreas, readOwners } from "./keys/areas.ts";
import type { ConfigFile } from "./keys/config.ts";
import { DEFAULTS } from "./keys/defaults.ts";
import { mergeHazards } from "./keys/hazard-rules.ts";
import { configuredTools } from "./keys/signals.ts";
import { STRICTNESS } from "./keys/strictness.ts";
import { type Layers, Settlement } from "./layers/layer-merge.ts";
import type { Policy } from "./policy.ts";
import type { Problem } from "./problem.ts";

export interface Merged {
  readonly policy: Policy;
  /** One warning for each of the repository's values that would have weakened the organization's. */
  readonly problems: readonly Problem[];
}

/** The policy of the two files: what the organization sets is a floor, defaults fill the rest. */
export function mergeLayers(layers: Layers): Merged {
  const settlement = new Settlement(layers);
  const policy: Policy = {
    mode: settlement.settle(STRICTNESS.mode, ["mode"], ({ mode }) => mode) ?? DEFAULTS.mode,
    branches:
      settlement.settle(STRICTNESS.branches, ["branches"], ({ branches }) => branches) ?? DEFAULTS.branches,
    detect: mergeDetect(layers, settlement),
    labels: mergeLabels(settlement),
    comment: settlement.settle(STRICTNESS.comment, ["comment"], ({ comment }) => comment) ?? DEFAULTS.comment,
    review: mergeReview(settlement),
    areas: mergeAreas(layers, settlement),
    hazards: mergeHazards(layers, settlement),
    unowned: readOwners(
      settlement.settle(STRICTNESS.unowned, ["unowned"], ({ unowned }) => unowned) ?? DEFAULTS.unowned,
    ),
  };
  return { policy, problems: settlement.problems };
}

function mergeReview(settlement: Settlement): Policy["review"] {
  const { review } = DEFAULTS;
  return {
    block:
      settlement.settle(STRICTNESS["review.block"], ["review", "block"], (config) => config.review?.block) ??
      review.block,
    suggestions:
      settlement.settle(
        STRICTNESS["review.suggestions"],
        ["review", "suggestions"],
        (config) => config.review?.suggestions,
      ) ?? review.suggestions,
  };
}

function mergeDetect(layers: Layers, settlement: Settlement): Policy["detect"] {
  const { detect } = DEFAULTS;
  const logins = (key: "agents" | "not-ai") =>
    lowerCased(
      settlement.settle(STRICTNESS[`detect.${key}`], ["detect", key], (config) => config.detect?.[key]) ?? [],
    );
  return {
    undeclared:
      settlement.settle(
        STRICTNESS["detect.undeclared"],
        ["detect", "undeclared"],
        (config) => config.detect?.undeclared,
      ) ?? detect.undeclared,
    weakPairs:
      settlement.settle(
        STRICTNESS["detect.weak-pairs"],
        ["detect", "weak-pairs"],
        (config) => config.detect?.["weak-pairs"],
      ) ?? detect.weakPairs,
    agents: logins("agents"),
    notAi: logins("not-ai"),
    signals: STRICTNESS["detect.signals"].merge(
      configuredTools(layers.organization),
      configuredTools(layers.repository),
    ),
  };
}

function mergeLabels(settlement: Settlement): Policy["labels"] {
  const label = (key: keyof NonNullable<ConfigFile["labels"]>) =>
    settlement.settle(STRICTNESS.labels, ["labels", key], ({ labels }) => labels?.[key]) ??
    DEFAULTS.labels[key];
  return { ai: label("ai"), production: label("production"), waiting: label("waiting") };
}

function lowerCased(logins: readonly string[]): readonly string[] {
  return [...new Set(logins.map((login) => login.toLowerCase()))];
}
