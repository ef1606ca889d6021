import type { Steps } from "../../../notation/steps.ts";
import { BUILT_IN_AREAS } from "../../built-in.ts";
import type { Finding } from "../hazard.ts";
import type { FileChange } from "../reading/change.ts";
import { looseTree } from "../reading/loose.ts";
import { at, entriesOf, fingerprint, isTrue, itemsOf, type Tree, textOf } from "../reading/tree.ts";
import { parseYaml } from "../reading/yaml.ts";
import { changed, type Rule, type RuleSet, removed } from "../rule.ts";
import { shown } from "../words.ts";
import { AREA_KEYS, FILE_KEYS, HAZARD_KEYS, type Strictness } from "./config-keys.ts";

interface Weakening {
  readonly line: number;
  readonly side: "before" | "after";
  readonly what: string;
}

function* weakenings(before: Tree, after: Tree): Generator<Weakening> {
  yield* weakened(FILE_KEYS, { before, after });
  yield* areaWeakenings(before, after);
  const rules = (tree: Tree) => entriesOf(at(tree, "hazards", "rules")).map(({ key }) => key);
  for (const rule of new Set([...rules(before), ...rules(after)])) {
    const sides = {
      before: at(before, "hazards", "rules", rule),
      after: at(after, "hazards", "rules", rule),
    };
    yield* weakened(HAZARD_KEYS, { ...sides, of: ` of the rule ${shown(rule)}` });
  }
}

function* areaWeakenings(before: Tree, after: Tree): Generator<Weakening> {
  const areas = (tree: Tree) => itemsOf(at(tree, "production"));
  const named = (tree: Tree, name: string) => areas(tree).find((each) => textOf(at(each, "name")) === name);
  for (const area of areas(before)) {
    const name = textOf(at(area, "name"));
    const now = named(after, name);
    if (now === undefined) yield { line: area.line, side: "before", what: `removes the area ${shown(name)}` };
    else yield* weakened(AREA_KEYS, { before: area, after: now, of: ` in ${shown(name)}` });
  }
  // With the name of a built-in area it takes its place; with any other, it only asks for more.
  for (const area of areas(after)) {
    const name = textOf(at(area, "name"));
    if (named(before, name) !== undefined || !BUILT_IN_AREAS.some((each) => each.name === name)) continue;
    const paths = at(area, "paths");
    if (paths !== undefined)
      yield {
        line: paths.line,
        side: "after",
        what: `replaces the paths of the built-in area ${shown(name)}`,
      };
    yield* weakened(AREA_KEYS, { before: undefined, after: area, of: ` in ${shown(name)}` });
  }
}

interface Sides {
  readonly before: Tree | undefined;
  readonly after: Tree | undefined;
  /** Of what the keys are, for people. */
  readonly of?: string;
}

function* weakened(keys: Readonly<Record<string, Strictness>>, { before, after, of = "" }: Sides) {
  for (const [path, strictness] of Object.entries(keys)) {
    const [was, is] = [before, after].map((tree) => at(tree, ...path.split(".")));
    if (fingerprint(was) === fingerprint(is)) continue;
    yield* lossesOf(strictness, { path, was, is, of });
  }
}

interface KeyChange {
  readonly path: string;
  readonly was: Tree | undefined;
  readonly is: Tree | undefined;
  readonly of: string;
}

function* lossesOf(strictness: Strictness, change: KeyChange): Generator<Weakening> {
  const { path, was, is, of } = change;
  const place = {
    line: (is ?? was)?.line ?? 1,
    side: is === undefined ? ("before" as const) : ("after" as const),
  };
  if ("scale" in strictness) {
    const { scale, unset } = strictness;
    const rank = (tree: Tree | undefined) => scale.indexOf(tree === undefined ? unset : textOf(tree));
    // What is strict without the key may be less so by any value of it.
    const isWeaker =
      unset === "" && was === undefined && !scale.includes("") ? rank(is) === 0 : rank(is) < rank(was);
    if (isWeaker) yield { ...place, what: `weakens \`${path}\`${of}` };
  } else if ("words" in strictness) {
    if (was?.kind === "list" && is?.kind === "list") yield* lost(change);
    else if (isLessOf(strictness, was, is)) yield { ...place, what: `weakens \`${path}\`${of}` };
  } else if ("least" in strictness) {
    const count = (tree: Tree | undefined) => Number(textOf(tree) || strictness.least);
    if (count(is) < count(was))
      yield { ...place, what: `asks for fewer countersignatures by \`${path}\`${of}` };
  } else if ("bound" in strictness) {
    const none = strictness.bound === "lower" ? Infinity : 0;
    const [before, after] = [was, is].map((tree) => (tree === undefined ? none : quantityIn(textOf(tree))));
    if (before === undefined || after === undefined) return;
    const isWeaker = strictness.bound === "lower" ? after > before : after < before;
    if (isWeaker) yield { ...place, what: `weakens \`${path}\`${of}` };
  } else if ("list" in strictness) yield* strictness.list === "longer" ? lost(change) : won(change);
  else if (strictness.any === "always" ? is !== undefined && !isTrue(is) : was !== undefined)
    yield { ...place, what: `changes \`${path}\`${of}` };
}

/** Of a word and a list: a list is as strict as a word only if that asks for nothing. */
function isLessOf(
  { words, lists }: Extract<Strictness, { readonly words: unknown }>,
  was: Tree | undefined,
  is: Tree | undefined,
): boolean {
  const [none = ""] = words;
  const rank = (tree: Tree | undefined) => words.indexOf(tree === undefined ? none : textOf(tree));
  if (was?.kind === "list") return rank(is) < words.indexOf(lists);
  return is?.kind === "list" ? rank(was) > 0 : rank(is) < rank(was);
}

const MINUTES: Readonly<Record<string, number>> = { m: 1, h: 60, d: 24 * 60 };

/** A number, or the minutes of a time such as `30m`; what is neither asks for nothing. */
function quantityIn(text: string): number {
  const unit = MINUTES[text.at(-1) ?? ""];
  return Number((unit === undefined ? text : text.slice(0, -1)) || Number.NaN) * (unit ?? 1);
}

function* lost({ path, was, is, of }: KeyChange): Generator<Weakening> {
  const now = new Set(itemsOf(is).map(fingerprint));
  for (const item of itemsOf(was))
    if (!now.has(fingerprint(item)))
      yield {
        line: item.line,
        side: "before",
        what: `takes ${shown(textOf(item) || path)} from \`${path}\`${of}`,
      };
}

function* won({ path, was, is, of }: KeyChange): Generator<Weakening> {
  const had = new Set(itemsOf(was).map(fingerprint));
  for (const item of itemsOf(is))
    if (!had.has(fingerprint(item)))
      yield {
        line: item.line,
        side: "after",
        what: `adds ${shown(textOf(item) || path)} to \`${path}\`${of}`,
      };
}

const EMPTY: Tree = { kind: "map", line: 1, entries: [] };

/** One that is broken is read by its lines, to tell what the change takes from it. */
function readConfig(text: string, steps: Steps): Tree {
  return parseYaml(text, { steps }) ?? looseTree(text, steps) ?? EMPTY;
}

function* configFindings(file: FileChange): Generator<Finding> {
  const common = { what: shown(file.path), file: file.path };
  if (file.after === null) {
    yield {
      ...common,
      line: 1,
      side: "before",
      why: "deletes Countersign's own rules: only the built-in ones are left",
    };
    return;
  }
  const [before, after] = [file.before, file.after].map((text) =>
    typeof text === "string" ? readConfig(text, file.steps) : EMPTY,
  );
  if (before === undefined || after === undefined) return;
  for (const { line, side, what } of weakenings(before, after))
    yield { ...common, line, side, why: `weakens Countersign's own rules: it ${what}` };
}

const CONFIG_WEAKENED: Rule = {
  id: "countersign/config-weakened",
  kind: "widening",
  asks: "block",
  when: "Countersign's own config asks for less than before, or is deleted",
  file: configFindings,
  reports: [
    [
      "weakens Countersign's own rules: it weakens `mode`",
      changed(".github/countersign.yml", "mode: enforce\n", "mode: observe\n"),
    ],
    [
      "weakens Countersign's own rules: it asks for fewer countersignatures by `countersignatures` in `billing`",
      changed(
        ".github/countersign.yml",
        "production:\n  - name: billing\n    paths: [/billing/]\n    countersignatures: 2\n",
        "production:\n  - name: billing\n    paths: [/billing/]\n",
      ),
    ],
    [
      "weakens Countersign's own rules: it adds `@ada` to `override.by`",
      changed(".github/countersign.yml", "mode: enforce\n", 'mode: enforce\noverride:\n  by: ["@ada"]\n'),
    ],
    [
      "deletes Countersign's own rules: only the built-in ones are left",
      removed(".github/countersign.yml", "mode: enforce\n"),
    ],
    [
      "weakens Countersign's own rules: it changes `off` of the rule `sql/drop-table`",
      changed(
        ".github/countersign.yml",
        "mode: enforce\n",
        "mode: enforce\nhazards:\n  rules:\n    sql/drop-table: { off: noisy }\n",
      ),
    ],
  ],
  ignores: [
    [
      "it asks for more",
      changed(
        ".github/countersign.yml",
        "mode: observe\n",
        "mode: enforce\nproduction:\n  - name: billing\n    paths: [/billing/]\n    countersignatures: 2\n",
      ),
    ],
  ],
};

export const CONFIG: RuleSet = {
  name: "countersign",
  title: "Countersign's own config",
  reads: ({ path, previousPath }) => [path, previousPath].includes(".github/countersign.yml"),
  rules: [CONFIG_WEAKENED],
};
