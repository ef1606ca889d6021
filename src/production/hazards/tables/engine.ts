import type { Concerns } from "../concerned.ts";
import type { Finding } from "../hazard.ts";
import type { ChangedPart } from "../reading/part.ts";
import { at, oneOrMore, type Tree, textOf } from "../reading/tree.ts";
import { shown } from "../words.ts";
import type { Setting, Settings } from "./setting.ts";
import { hasHolder, mentions, type State, stateOf, statesAnywhere } from "./state.ts";

/** Whether a thing that was there became unsafe, or a new one is: by what it says, or by what it leaves out. */
type Change = "changed" | "dropped" | "created" | "lacking";

export interface Judged {
  readonly change: Change;
  readonly finding: Finding;
}

/** The parts that can say anything of the settings of a family: most parts cannot. */
export function concernsOf({ byType, names }: Settings): Concerns {
  return { types: new Set([...byType.keys(), "variable"]), keys: names, formerly: true };
}

/** What the settings of a family find in a part. */
export function* judgeSettings(changed: ChangedPart, { byType, anywhere }: Settings): Generator<Judged> {
  if (changed.after === undefined) return;
  const part = changed.type === "variable" ? asSetting(changed) : changed;
  const { after } = part;
  if (after === undefined) return;
  const own = byType.get(part.type) ?? NONE;
  for (const setting of own)
    if (setting.of.has(part.notation)) yield* judgeTyped({ ...part, after }, setting);
  if (anywhere.length === 0) return;
  for (const setting of anywhere) {
    if (!setting.of.has(part.notation) || !mentions(after, part.before, setting)) continue;
    // Where a type has a row of its own for the name, that row says what it means there.
    const isKnown = own.some(({ paths }) =>
      paths.some(({ key }) => setting.paths.some((each) => each.key === key)),
    );
    if (!isKnown) yield* judgeAnywhere({ ...part, after }, setting);
  }
}

const NONE: readonly Setting[] = [];

/** The default of a variable as what it sets where it is used, which is most often a setting of its own name. */
function asSetting(part: ChangedPart): ChangedPart {
  const side = (tree: Tree | undefined): Tree | undefined => {
    const value = at(tree, "default");
    if (tree === undefined) return undefined;
    const key = part.name.slice(part.name.indexOf(".") + 1);
    return {
      kind: "map",
      line: tree.line,
      entries: value === undefined ? [] : [{ key, line: value.line, value }],
    };
  };
  return { ...part, before: side(part.before), after: side(part.after) };
}

interface LivingPart extends ChangedPart {
  readonly after: Tree;
}

function* judgeTyped(part: LivingPart, setting: Setting): Generator<Judged> {
  const now = stateOf(part.after, setting);
  if (now.judgement !== "unsafe" || isExcepted(part.after, setting)) return;
  if (part.before === undefined) {
    if (now.value !== undefined) yield judged("created", part, { setting, now });
    else if (setting.absence === "unsafe") yield judged("lacking", part, { setting, now });
    return;
  }
  const was = stateOf(part.before, setting);
  // A block that comes without it takes nothing away that was said before.
  if (was.judgement === "unsafe" || (now.value ?? was.value) === undefined) return;
  if (now.value === undefined && isIgnored(part.after, setting)) return;
  yield judged(now.value === undefined ? "dropped" : "changed", part, { setting, now, was });
}

function isExcepted(tree: Tree, { except }: Setting): boolean {
  if (except === undefined) return false;
  const [path, value] = except;
  return value.test(textOf(at(tree, ...path.split("."))));
}

/** Whether Terraform is told to leave the setting as it is. */
function isIgnored(tree: Tree, { paths }: Setting): boolean {
  const ignored = oneOrMore(at(tree, "lifecycle", "ignore_changes")).map(textOf);
  return paths.some(({ path }) => ignored.some((name) => name === path || path.startsWith(`${name}.`)));
}

function* judgeAnywhere(part: LivingPart, setting: Setting): Generator<Judged> {
  const now = statesAnywhere(part.after, setting);
  const was = part.before === undefined ? new Map<string, State>() : statesAnywhere(part.before, setting);
  for (const [path, state] of now) {
    const old = was.get(path);
    if (state.judgement !== "unsafe" || old?.judgement === "unsafe") continue;
    if (old !== undefined) yield judged("changed", part, { setting, now: state, was: old });
    else if (part.before === undefined) yield judged("created", part, { setting, now: state });
    else if (setting.absence === "safe") yield judged("changed", part, { setting, now: state });
  }
  if (setting.absence === "safe") return;
  for (const [path, old] of was) {
    if (old.judgement !== "safe" || now.has(path) || !hasHolder(part.after, path, setting)) continue;
    yield judged("dropped", part, { setting, now: { ...old, value: undefined }, was: old });
  }
}

interface Sides {
  readonly setting: Setting;
  readonly now: State;
  readonly was?: State;
}

function judged(change: Change, part: LivingPart, sides: Sides): Judged {
  const { now, was } = sides;
  const setting = { ...sides.setting, name: saidIn(sides) };
  const isGone = change === "dropped" && was?.value !== undefined;
  return {
    change,
    finding: {
      what: shown(part.name),
      file: part.file,
      line: isGone && was !== undefined ? was.line : now.line,
      side: isGone ? "before" : "after",
      why: sentence(change, part, { setting, now }),
      ...(was?.value === undefined ? {} : { before: written(setting, was.value) }),
      ...(now.value === undefined ? {} : { after: written(setting, now.value) }),
    },
  };
}

/** The name by which one side says the setting. */
function saidIn({ setting, now, was }: Sides): string {
  return [now, was].find((state) => state?.value !== undefined)?.name ?? setting.name;
}

/** A setting as its notation writes it. */
function written({ name, of }: Setting, value: Tree): string {
  return `${name}${of.has("terraform") ? " =" : ":"} ${textOf(value) || (value.kind === "scalar" ? '""' : "…")}`;
}

function sentence(
  change: Change,
  { name: part }: LivingPart,
  { setting: { name, why }, now }: Sides,
): string {
  const value = textOf(now.value);
  const to = value === "" ? "" : ` to ${shown(value)}`;
  switch (change) {
    case "changed":
      return `sets ${shown(name)} of ${shown(part)}${to}: ${why}`;
    case "dropped":
      return `drops ${shown(name)} from ${shown(part)}: without it, ${why}`;
    case "created":
      return `creates ${shown(part)} with ${shown(name)}${value === "" ? "" : ` ${shown(value)}`}: ${why}`;
    case "lacking":
      return `creates ${shown(part)} without ${shown(name)}: ${why}`;
  }
}
