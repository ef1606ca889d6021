import { parsePattern } from "../../paths/pattern.ts";
import { CONTROL_FILES } from "../../production/control-files.ts";
import { HAZARD_IDS } from "../../production/hazards/ids.ts";
import { readBranch } from "../branch.ts";
import type { AreaConfig } from "../keys/area.ts";
import { BUILT_IN_NAMES } from "../keys/built-in.ts";
import type { ConfigFile } from "../keys/config.ts";
import type { WindowConfig } from "../keys/freeze.ts";
import { LIMITS } from "../limits.ts";
import type { Path } from "../place.ts";
import { show, showPath } from "../show.ts";
import { withoutAlternatives } from "./alternatives.ts";
import { slipIn, slipInPattern } from "./slips.ts";
import { suggest } from "./suggest.ts";
import { validateHours } from "./validate-hours.ts";
import { type OwnerCheck, ownerChecker } from "./validate-owner.ts";
import type { Finding } from "./validate-schema.ts";
import { validateSignals } from "./validate-signals.ts";

type HazardsConfig = NonNullable<ConfigFile["hazards"]>;

/** What a well-shaped config must hold to besides: patterns, owners and names that mean something. */
export function validateSemantics(config: ConfigFile): readonly Finding[] {
  const {
    branches = [],
    detect: { signals = [] } = {},
    production = [],
    unowned = [],
    hazards = {},
    override = {},
    freeze = [],
  } = config;
  const checkOwner = ownerChecker(config);
  return [
    ...each(branches, ["branches"], checkBranch),
    ...validateSignals(signals, ["detect", "signals"]),
    ...each(production, ["production"], (area, path) => checkArea(area, path, checkOwner)),
    ...checkTogether(production),
    ...checkHazards(hazards, checkOwner),
    ...each(unowned, ["unowned"], checkOwner),
    ...each(freeze, ["freeze"], checkWindow),
    ...each(override.by ?? [], ["override", "by"], checkOwner),
    ...validateHours(config, checkOwner),
  ];
}

function each<Item>(
  items: readonly Item[],
  path: Path,
  check: (item: Item, path: Path) => readonly Finding[],
): readonly Finding[] {
  return items.flatMap((item, index) => check(item, [...path, index]));
}

function finding(
  code: Finding["code"],
  path: Path,
  { message, remedy }: Pick<Finding, "message" | "remedy">,
): Finding {
  return { code, path, at: "value", message, remedy };
}

function checkBranch(branch: string, path: Path): readonly Finding[] {
  const alternatives = withoutAlternatives(branch);
  if (alternatives !== null) {
    const message = `${showPath(path)} is ${show(branch)}, but a branch pattern has no alternatives.`;
    return [finding("config/invalid-pattern", path, { message, remedy: alternatives })];
  }
  const slip = slipIn(branch);
  if (slip !== null) {
    const message = `${showPath(path)} is ${show(branch)}, which ${slip.says}.`;
    return [finding("config/invalid-pattern", path, { message, remedy: slip.remedy })];
  }
  if (readBranch(branch) !== null) return [];
  const short = branch.replace(/^refs\/(heads\/)?/, "");
  const message = `${showPath(path)} is ${show(branch)}, which no branch can be called.`;
  const remedy =
    readBranch(short) === null
      ? "Write the short name of a branch; * stands for anything but a slash, ** for any number of parts."
      : `Write ${show(short)}.`;
  return [finding("config/invalid-pattern", path, { message, remedy })];
}

/** `Date` takes the 31st of February for a day in March. */
function checkWindow({ starts, ends }: WindowConfig, path: Path): readonly Finding[] {
  const days = Object.entries({ starts, ends }).flatMap(([key, written]) =>
    isDay(written)
      ? []
      : [
          finding("config/invalid-value", [...path, key], {
            message: `${showPath([...path, key])} is ${show(written)}, which is no day.`,
            remedy: "Write a day of the calendar, such as 2026-12-20.",
          }),
        ],
  );
  if (days.length > 0 || starts <= ends) return days;
  return [
    finding("config/invalid-value", [...path, "ends"], {
      message: `${showPath([...path, "ends"])} is ${show(ends)}, which is before it starts (${show(starts)}).`,
      remedy: "Let it end on the day it starts, or later.",
    }),
  ];
}

function isDay(written: string): boolean {
  const time = Date.parse(written);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(written);
}

function checkArea(area: AreaConfig, path: Path, checkOwner: OwnerCheck): readonly Finding[] {
  const { name, paths = [], from = "owners", senior = [] } = area;
  const owners = from === "owners" ? [] : each(from, [...path, "from"], checkOwner);
  const rule = [...owners, ...each(senior, [...path, "senior"], checkOwner)];
  if (area.paths === undefined && !BUILT_IN_NAMES.some((builtIn) => builtIn === name)) {
    const message = `${showPath(path)} (${name}) has no "paths".`;
    const meant = suggest(name, BUILT_IN_NAMES);
    const say = "Say what belongs to it; only built-in areas bring paths of their own.";
    const remedy = meant === undefined ? say : `Did you mean ${show(meant)}? ${say}`;
    return [finding("config/invalid-value", path, { message, remedy }), ...rule];
  }
  if (name === CONTROL_FILES && from !== "owners") {
    const message = `${showPath([...path, "from"])} takes the ${CONTROL_FILES} from their owners.`;
    const remedy = "Leave it out; to ask for certain people besides, list them under senior.";
    return [finding("config/invalid-value", [...path, "from"], { message, remedy }), ...rule];
  }
  if (name === CONTROL_FILES && area.mode === "observe") {
    const message = `${showPath([...path, "mode"])} is "observe", and the ${CONTROL_FILES} are what the gate itself rests on.`;
    const remedy = 'Leave it out; to have everything observed, write "mode: observe" at the top of the file.';
    return [finding("config/invalid-value", [...path, "mode"], { message, remedy }), ...rule];
  }
  return [...each(paths, [...path, "paths"], checkPattern), ...rule];
}

function checkPattern(pattern: string, path: Path): readonly Finding[] {
  const parsed = parsePattern(pattern);
  const where = `${showPath(path)} is ${show(pattern)}`;
  if (!parsed.ok) {
    const { message, suggestion } = parsed;
    const remedy =
      suggestion === undefined ? "Write a pattern as in CODEOWNERS." : `Write ${show(suggestion)}.`;
    return [finding("config/invalid-pattern", path, { message: `${where}: ${message}`, remedy })];
  }
  const slip = slipInPattern(pattern);
  if (slip !== null) {
    const message = `${where}, which ${slip.says}.`;
    return [finding("config/invalid-pattern", path, { message, remedy: slip.remedy })];
  }
  const alternatives = withoutAlternatives(pattern);
  if (alternatives !== null) {
    const message = `${where}, but a pattern has no alternatives: it would match only that very text.`;
    return [finding("config/invalid-pattern", path, { message, remedy: alternatives })];
  }
  if (!pattern.split("/").some((part) => part === "." || part === "..")) return [];
  const message = `${where}, which matches nothing: paths begin at the root and hold no "." or "..".`;
  const remedy = `Write ${show(pattern.replaceAll(/(^|\/)\.{1,2}(?=\/|$)/g, "").replace(/\/?/, "/"))}.`;
  return [finding("config/invalid-pattern", path, { message, remedy })];
}

/** What no area can be judged for alone. */
function checkTogether(areas: readonly AreaConfig[]): readonly Finding[] {
  const repeated = areas.flatMap(({ name }, index) => {
    const first = areas.findIndex((area) => area.name === name);
    if (first === index) return [];
    const message = `The name ${show(name)} is taken by production.${first}.`;
    const remedy = "Give the area a name of its own, or put the two together.";
    return [finding("config/duplicate-area", ["production", index, "name"], { message, remedy })];
  });
  const patterns = areas.reduce((sum, { paths = [] }) => sum + paths.length, 0);
  if (patterns <= LIMITS.patterns) return repeated;
  const message = `The areas have ${patterns} patterns together.`;
  const remedy = `Use up to ${LIMITS.patterns}; a folder's pattern covers all below it.`;
  return [...repeated, finding("config/too-large", ["production"], { message, remedy })];
}

function checkHazards(
  { destructive, widening, rules = {} }: HazardsConfig,
  checkOwner: OwnerCheck,
): readonly Finding[] {
  const seniors = Object.entries({ destructive, widening }).flatMap(([kind, rule]) =>
    each(rule?.senior ?? [], ["hazards", kind, "senior"], checkOwner),
  );
  return [...seniors, ...Object.entries(rules).flatMap(([id, rule]) => checkRule(id, rule))];
}

type HazardRuleConfig = NonNullable<HazardsConfig["rules"]>[string];

function checkRule(id: string, rule: HazardRuleConfig): readonly Finding[] {
  const path = ["hazards", "rules", id];
  if (!HAZARD_IDS.includes(id)) {
    const meant = suggest(id, HAZARD_IDS);
    const message = `There is no hazard rule ${show(id)}.`;
    const remedy = meant === undefined ? "Use an id of docs/hazards.md." : `Did you mean "${meant}"?`;
    return [{ code: "config/unknown-key", path, at: "key", message, remedy }];
  }
  const found = wrongRule(rule);
  if (found === null) return [];
  const remedy =
    "Give it one of these: off, with the reason; a number of countersignatures; asks: block or show.";
  return [finding("config/invalid-value", path, { message: `${showPath(path)} has ${found}.`, remedy })];
}

function wrongRule(rule: HazardRuleConfig): string | null {
  const keys = Object.keys(rule);
  if (keys.length === 0) return "neither off nor countersignatures nor asks";
  if (keys.length > 1) return `more than one key (${keys.join(", ")})`;
  return rule.off?.trim() === "" ? "no reason to be off" : null;
}
