import type { Finding } from "../hazard.ts";
import type { FileChange } from "../reading/change.ts";
import { at, entriesOf, fingerprint, isTrue, itemsOf, type Tree, textOf } from "../reading/tree.ts";
import { parseYaml } from "../reading/yaml.ts";
import { changed, type Rule, type RuleSet, removed } from "../rule.ts";
import { shown } from "../words.ts";

/** From lenient to strict, by the path of the key. */
const SCALES: Readonly<Record<string, readonly string[]>> = {
  mode: ["observe", "enforce"],
  "detect.undeclared": ["human", "ai"],
  "review.block": ["false", "true"],
  "applies-to": ["ai", "everyone"],
  keep: ["untouched", "never"],
};

interface Weakening {
  readonly line: number;
  readonly side: "before" | "after";
  readonly what: string;
}

function* weakenings(before: Tree, after: Tree): Generator<Weakening> {
  for (const path of ["mode", "detect.undeclared", "review.block"])
    yield* scaled(path, at(before, ...path.split(".")), at(after, ...path.split(".")));
  yield* lost("detect.agents", before, after);
  yield* lost("detect.signals", before, after);
  yield* lost("branches", before, after);
  yield* won("detect.not-ai", before, after);
  yield* won("unowned", before, after);
  const builtIn = at(after, "built-in");
  if (
    builtIn !== undefined &&
    !isTrue(builtIn) &&
    fingerprint(builtIn) !== fingerprint(at(before, "built-in"))
  )
    yield { line: builtIn.line, side: "after", what: "narrows `built-in`" };
  const areas = itemsOf(at(after, "production"));
  for (const area of itemsOf(at(before, "production"))) {
    const name = textOf(at(area, "name"));
    const now = areas.find((each) => textOf(at(each, "name")) === name);
    if (now === undefined) yield { line: area.line, side: "before", what: `removes the area ${shown(name)}` };
    else yield* areaWeakenings(area, now, name);
  }
  for (const key of ["destructive", "widening"])
    yield* areaWeakenings(at(before, "hazards", key), at(after, "hazards", key), `hazards.${key}`);
  const off = entriesOf(at(after, "hazards", "rules")).filter(
    ({ key, value }) =>
      at(value, "off") !== undefined && at(before, "hazards", "rules", key, "off") === undefined,
  );
  const silenced = entriesOf(at(after, "hazards", "rules")).filter(
    ({ key, value }) =>
      textOf(at(value, "asks")) === "show" && textOf(at(before, "hazards", "rules", key, "asks")) !== "show",
  );
  for (const { key, line } of silenced)
    yield { line, side: "after", what: `lets the rule ${shown(key)} ask for nothing` };
  for (const { key, line } of off) yield { line, side: "after", what: `switches the rule ${shown(key)} off` };
}

function* areaWeakenings(
  before: Tree | undefined,
  after: Tree | undefined,
  name: string,
): Generator<Weakening> {
  for (const key of ["applies-to", "keep"]) yield* scaled(key, at(before, key), at(after, key));
  const [was, is] = [at(before, "countersignatures"), at(after, "countersignatures")];
  if (Number(textOf(was) || 1) > Number(textOf(is) || 1))
    yield {
      line: (is ?? was)?.line ?? 1,
      side: is === undefined ? "before" : "after",
      what: `asks for fewer countersignatures in ${shown(name)}`,
    };
  yield* lost("paths", before, after);
  const senior = at(before, "senior");
  if (itemsOf(senior).length > 0 && itemsOf(at(after, "senior")).length === 0)
    yield { line: senior?.line ?? 1, side: "before", what: `asks for no senior in ${shown(name)}` };
  yield* won("senior", senior === undefined ? undefined : before, after);
  const from = at(after, "from");
  if (before !== undefined && from !== undefined && fingerprint(from) !== fingerprint(at(before, "from")))
    yield { line: from.line, side: "after", what: `changes who may sign in ${shown(name)}` };
}

function* scaled(path: string, before: Tree | undefined, after: Tree | undefined): Generator<Weakening> {
  const scale = SCALES[path] ?? [];
  const lenient = path === "mode" ? 1 : 0;
  const place = (tree: Tree | undefined) => (tree === undefined ? lenient : scale.indexOf(textOf(tree)));
  if (place(after) >= place(before)) return;
  yield {
    line: (after ?? before)?.line ?? 1,
    side: after === undefined ? "before" : "after",
    what: `weakens \`${path}\``,
  };
}

function* lost(path: string, before: Tree | undefined, after: Tree | undefined): Generator<Weakening> {
  const keys = path.split(".");
  const now = new Set(itemsOf(at(after, ...keys)).map(fingerprint));
  for (const item of itemsOf(at(before, ...keys)))
    if (!now.has(fingerprint(item)))
      yield {
        line: item.line,
        side: "before",
        what: `takes ${shown(textOf(item) || path)} from \`${path}\``,
      };
}

function* won(path: string, before: Tree | undefined, after: Tree | undefined): Generator<Weakening> {
  if (before === undefined) return;
  const keys = path.split(".");
  const was = new Set(itemsOf(at(before, ...keys)).map(fingerprint));
  for (const item of itemsOf(at(after, ...keys)))
    if (!was.has(fingerprint(item)))
      yield { line: item.line, side: "after", what: `adds ${shown(textOf(item) || path)} to \`${path}\`` };
}

const EMPTY: Tree = { kind: "map", line: 1, entries: [] };

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
    typeof text === "string" ? (parseYaml(text, { steps: file.steps }) ?? EMPTY) : EMPTY,
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
      "weakens Countersign's own rules: it asks for fewer countersignatures in `billing`",
      changed(
        ".github/countersign.yml",
        "production:\n  - name: billing\n    paths: [/billing/]\n    countersignatures: 2\n",
        "production:\n  - name: billing\n    paths: [/billing/]\n",
      ),
    ],
    [
      "deletes Countersign's own rules: only the built-in ones are left",
      removed(".github/countersign.yml", "mode: enforce\n"),
    ],
    [
      "weakens Countersign's own rules: it switches the rule `sql/drop-table` off",
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
