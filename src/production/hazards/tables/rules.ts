import type { Example, Finding } from "../hazard.ts";
import type { LinePattern } from "../line-pattern.ts";
import { changedBy, keyOf } from "../reading/lookup.ts";
import type { ChangedPart, Notation } from "../reading/part.ts";
import { formerly, type Parts, withoutIndex } from "../reading/parts.ts";
import { at, textOf } from "../reading/tree.ts";
import { added, changed, type Rule } from "../rule.ts";
import { several, shown } from "../words.ts";
import { HARMLESS, OFF, ON } from "./check.ts";
import { concernsOf, type Judged, judgeSettings } from "./engine.ts";
import type { Family, Row, Table } from "./row.ts";
import { sampleOf } from "./sample.ts";
import { type Settings, settingsOf } from "./setting.ts";

/** The rules of a family: one for what exists, and one for what is new where that is only shown. */
export function familyRules(family: Family, tables: readonly Table[]): readonly Rule[] {
  const { id, kind, when, onNew, created } = family;
  const own = tables.filter(({ rows }) => rows[id] !== undefined);
  const settings = settingsOf(family, own);
  const of = [...new Set(own.flatMap((table) => table.of))];
  const asks = (change: Judged["change"]) =>
    change === "changed" || change === "dropped" || (change === "created" && onNew === "block");
  let made: ReturnType<typeof exampleOf> | undefined;
  /** Made where it is shown or tested; nobody who is judged waits for it. */
  const example = () => {
    made ??= exampleOf(family, own);
    return made;
  };
  const changing: Rule = {
    id,
    kind,
    asks: "block",
    when,
    parts: partsRule({ of, settings, takes: asks }),
    lines: linesRule(settings),
    get reports() {
      return example().changed;
    },
    get ignores() {
      return example().same;
    },
  };
  if (created === undefined) return [changing];
  return [
    changing,
    {
      ...created,
      kind,
      asks: "show",
      parts: {
        of,
        concerns: concernsOf(settings),
        find: (part, all) =>
          part.before === undefined && part.after !== undefined
            ? createdIn(withFormer(part, all), settings, (change) => !asks(change))
            : [],
      },
      get reports() {
        return example().created;
      },
      get ignores() {
        return example().safe;
      },
    },
  ];
}

interface Looking {
  readonly of: readonly Notation[];
  readonly settings: Settings;
  readonly takes: (change: Judged["change"]) => boolean;
}

function partsRule({ of, settings, takes }: Looking): NonNullable<Rule["parts"]> {
  return {
    of,
    concerns: concernsOf(settings),
    find(part: ChangedPart, all: Parts): Iterable<Finding> {
      if (part.after === undefined || (part.before === undefined && !takes("created"))) return NOTHING_FOUND;
      const whole = part.before === undefined ? withFormer(part, all) : part;
      return changesIn(whole, all, { settings, takes });
    },
  };
}

const NOTHING_FOUND: readonly Finding[] = [];

function* changesIn(
  part: ChangedPart,
  all: Parts,
  { settings, takes }: Pick<Looking, "settings" | "takes">,
): Generator<Finding> {
  for (const { change, finding } of judgeSettings(part, settings))
    if (takes(change) && !(change === "dropped" && isSplit(part, all, settings))) yield finding;
}

const whole = new WeakMap<ChangedPart, ChangedPart>();

/** With what it was before, wherever that stood: what only moved is not new. */
function withFormer(part: ChangedPart, all: Parts): ChangedPart {
  if (part.before !== undefined || part.after === undefined) return part;
  const before = formerly(part, all);
  if (before === undefined) return part;
  const known = whole.get(part) ?? { ...part, before };
  whole.set(part, known);
  return known;
}

/**
 * Whether blocks of a bucket become resources of their own in this change, as newer providers want them: one of the
 * family stands there for the same bucket, and all is safe in it.
 */
function isSplit({ type, name }: ChangedPart, all: Parts, settings: Settings): boolean {
  return blocksOf(all, keyOf(type, name)).some(
    (other) => isOwnBlock(other, type, settings) && [...judgeSettings(other, settings)].length === 0,
  );
}

/** Stores whose blocks may stand as resources of their own, and what these call the store. */
const BELONGS_BY: Readonly<Record<string, string>> = {
  aws_s3_bucket: "bucket",
  azurerm_storage_account: "storage_account_id",
};

/** New resources that belong to a store, by its type and name. */
const blocksOf = changedBy(({ type, before, after }) => {
  const store = Object.keys(BELONGS_BY).find((each) => type.startsWith(`${each}_`));
  if (store === undefined || before !== undefined) return undefined;
  return keyOf(
    store,
    withoutIndex(textOf(at(after, BELONGS_BY[store] ?? ""))).replace(/\.(?:id|bucket)$/, ""),
  );
});

/** A resource that a block of a store becomes: settings of the family are in it, or it is one itself. */
function isOwnBlock({ type }: ChangedPart, store: string, { byType }: Settings): boolean {
  if (!type.startsWith(`${store}_`)) return false;
  const block = type.slice(store.length + 1);
  const ofStore = byType.get(store) ?? [];
  return byType.has(type) || ofStore.some(({ paths }) => paths.some(({ key }) => key === block));
}

/** One finding for all of a new part: what it says before what it leaves out. */
function* createdIn(part: ChangedPart, settings: Settings, takes: Looking["takes"]): Generator<Finding> {
  const found = [...judgeSettings(part, settings)].filter(({ change }) => takes(change));
  const first = found.find(({ change }) => change === "created") ?? found[0];
  if (first === undefined) return;
  const more = found.length - 1;
  const { finding } = first;
  yield more === 0
    ? finding
    : { ...finding, why: `${finding.why} (and ${several(more, "more setting")} like it)` };
}

/** Switches by their names, for files that cannot be parsed. */
function linesRule({ anywhere }: Settings): readonly LinePattern[] {
  return [ON, OFF].flatMap((check): readonly LinePattern[] => {
    const own = anywhere.filter((setting) => setting.check === check);
    const names = own.flatMap(({ paths }) => paths.map(({ key }) => key)).filter((key) => key !== "enabled");
    if (names.length === 0) return [];
    const pattern = new RegExp(
      `^\\s*"?(${names.join("|")})"?\\s*[:=]\\s*"?${check.unsafe}"?\\s*(?:,|$|#|//)`,
    );
    const whyOf = (name: string) => own.find(({ paths }) => paths.some(({ key }) => key === name))?.why ?? "";
    return [
      {
        side: "after",
        pattern,
        what: ([, name = ""]) => shown(name),
        why: ([, name = ""]) => `sets ${shown(name)} to ${shown(check.unsafe)}: ${whyOf(name)}`,
      },
    ];
  });
}

/** Of the first row that is about one type, so that pages show what tests run. */
function exampleOf({ id, why, onNew }: Family, tables: readonly Table[]) {
  const rows = tables.flatMap(({ of, rows: all }) => (all[id] ?? []).map((row: Row) => ({ of, row })));
  const typed = rows.filter(({ row: [types, , check] }) => types !== "*" && check !== HARMLESS);
  const isAlone = ({ row: [types] }: (typeof rows)[number]) =>
    rows.filter(({ row: [others] }) => others.split(" ").includes(types.split(" ")[0] ?? "")).length === 1;
  const shows = ({ row: [, , , absence] }: (typeof rows)[number]) => onNew === "show" || absence === "unsafe";
  const alone = typed.filter(isAlone);
  const one = alone.find(shows) ?? typed.find(shows) ?? typed[0] ?? rows[0];
  if (one === undefined) throw new TypeError(`no row is of the family ${id}`);
  const [types, paths, check, , own = why] = one.row;
  const [type = ""] = types.split(" ");
  const [path = ""] = paths.split(" ");
  const { file, part, text } = sampleOf({ of: one.of, type, path });
  const name = shown(path.includes("?.") ? (path.split("?.")[1] ?? "") : path);
  const value = /^[[{]/.test(check.unsafe) ? "" : ` ${shown(check.unsafe.replaceAll('"', ""))}`;
  const [safe, unsafe] = [text(check.safe), text(check.unsafe)];
  const to = value === "" ? "" : ` to${value}`;
  const createdSays =
    onNew === "show"
      ? `creates ${shown(part)} with ${name}${value}: ${own}`
      : `creates ${shown(part)} without ${name}: ${own}`;
  return {
    changed: [
      [`sets ${name} of ${shown(part)}${to}: ${own}`, changed(file, safe, unsafe)],
    ] satisfies readonly Example[],
    created: [
      [createdSays, added(file, onNew === "show" ? unsafe : text(undefined))],
    ] satisfies readonly Example[],
    same: [["it was so before", changed(file, `${unsafe}\n`, unsafe)]] satisfies readonly Example[],
    safe: [["it is safe", added(file, safe)]] satisfies readonly Example[],
  };
}
