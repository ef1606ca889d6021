/** How a key can ask for less. `unset` is what holds without it. */
export type Strictness =
  | { readonly scale: readonly string[]; readonly unset: string }
  /** The same, or a list in place of a word, which asks for no more than the word named. */
  | { readonly words: readonly string[]; readonly lists: string }
  /** A higher number is stricter. */
  | { readonly least: number }
  /** A number or a time that does not have to be set: the lower or the higher is stricter, and none asks for nothing. */
  | { readonly bound: "lower" | "higher" }
  /** What leaves the list is no longer asked for, or what comes to it is let off. */
  | { readonly list: "longer" | "shorter" }
  /** Neither value is stricter by itself: any change counts, or only one of what was set. */
  | { readonly any: "always" | "once-set" };

const COUNT = { least: 1 } as const;
const WHOSE = { scale: ["ai", "everyone"], unset: "ai" } as const;
const SENIOR = { any: "once-set" } as const;

/** Keys of the whole file, with what makes them stricter. A test compares them with the keys of the policy. */
export const FILE_KEYS: Readonly<Record<string, Strictness>> = {
  mode: { scale: ["observe", "enforce"], unset: "enforce" },
  branches: { list: "longer" },
  checks: { scale: ["one", "per-pattern"], unset: "one" },
  "detect.undeclared": { scale: ["human", "ai"], unset: "human" },
  "detect.weak-pairs": { scale: ["false", "true"], unset: "false" },
  "detect.agents": { list: "longer" },
  "detect.not-ai": { list: "shorter" },
  "detect.signals": { list: "longer" },
  "review.block": { scale: ["false", "true"], unset: "false" },
  "review.suggestions": { scale: ["ignored", "contributor"], unset: "contributor" },
  "built-in": { any: "always" },
  unowned: { list: "shorter" },
  "override.by": { list: "shorter" },
  "override.approvals": { least: 2 },
  "override.expires-after": { any: "always" },
  freeze: { list: "longer" },
  "hazards.destructive.countersignatures": COUNT,
  "hazards.destructive.senior": SENIOR,
  "hazards.destructive.applies-to": WHOSE,
  "hazards.widening.countersignatures": COUNT,
  "hazards.widening.senior": SENIOR,
  "hazards.widening.applies-to": WHOSE,
  "bypass.allowed": { list: "shorter" },
  "bypass.follow-up": { scale: ["none", "issue"], unset: "none" },
  "time.max-reviews-per-person": { bound: "lower" },
  "time.max-open-changes": { bound: "lower" },
  "time.max-lines": { bound: "lower" },
  "time.over-limit": { scale: ["extra-approval", "split"], unset: "extra-approval" },
  "time.fast-approvals": { scale: ["off", "show", "ask"], unset: "off" },
  "time.wait.destructive": { bound: "higher" },
  "time.wait.widening": { bound: "higher" },
  notify: { list: "longer" },
  passkey: { words: ["off", "hazards", "production", "everything"], lists: "production" },
};

/** The same of each area. */
export const AREA_KEYS: Readonly<Record<string, Strictness>> = {
  paths: { list: "longer" },
  countersignatures: COUNT,
  from: { any: "always" },
  senior: SENIOR,
  "applies-to": WHOSE,
  mode: { scale: ["observe", "enforce"], unset: "enforce" },
  keep: { scale: ["untouched", "never"], unset: "untouched" },
  when: { scale: ["hazards", "always"], unset: "" },
};

/** The same of each rule about hazards, by its id. */
export const HAZARD_KEYS: Readonly<Record<string, Strictness>> = {
  off: { any: "always" },
  countersignatures: { least: 0 },
  asks: { scale: ["show", "", "block"], unset: "" },
};
