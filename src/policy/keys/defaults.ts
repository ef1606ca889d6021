import type { Policy } from "../policy.ts";

/** What holds where no file says otherwise. Areas are built in: see `production/built-in.ts`; of hazards see below. */
export const DEFAULTS = {
  mode: "enforce",
  branches: null,
  detect: { undeclared: "human", weakPairs: false, agents: [], notAi: [], signals: [] },
  labels: { ai: "ai-authored", production: "production", waiting: "needs-countersign" },
  comment: false,
  review: { block: false, suggestions: "contributor" },
  unowned: [],
} as const satisfies Omit<Policy, "areas" | "hazards">;

/** The rule of an area, by the config's keys. */
export const AREA_DEFAULTS = {
  countersignatures: 1,
  from: "owners",
  senior: [],
  "applies-to": "ai",
  keep: "untouched",
} as const;

/** The rule of a kind of hazards, by the config's keys. */
export const HAZARD_DEFAULTS = { countersignatures: 1, senior: [], "applies-to": "ai" } as const;
