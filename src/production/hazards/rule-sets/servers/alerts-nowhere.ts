import type { Finding } from "../../hazard.ts";
import { gained } from "../../reading/compare.ts";
import { sidesOf } from "../../reading/sides.ts";
import { at, entriesOf, oneOrMore, placesIn, type Tree, textOf } from "../../reading/tree.ts";
import { changed, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";

const NOWHERE = /^(?:null|none|devnull|dev-null|blackhole|black-hole|noop|silent)$/i;

/** The receivers of Alertmanager by their names, and how many ways they have to call somebody. */
function waysIn(tree: Tree): ReadonlyMap<string, { readonly ways: number; readonly line: number }> {
  const listed = oneOrMore(at(tree, "receivers"));
  return new Map(
    listed.map((each) => {
      const ways = entriesOf(each).filter(
        ({ key, value }) => key.endsWith("_configs") && oneOrMore(value).length > 0,
      );
      return [textOf(at(each, "name")), { ways: ways.length, line: each.line }];
    }),
  );
}

function* emptiedIn(file: string, { before, after }: { before: Tree; after: Tree }): Generator<Finding> {
  const was = waysIn(before);
  for (const [name, { ways, line }] of waysIn(after)) {
    if (ways > 0 || NOWHERE.test(name) || (was.get(name)?.ways ?? 0) === 0) continue;
    const why = `leaves ${shown(name)} without anybody whom it calls`;
    yield { what: shown(name), file, line, side: "after", why };
  }
}

export const ALERTS_NOWHERE: Rule = {
  id: "watch/alerts-nowhere",
  kind: "destructive",
  asks: "block",
  when: "alerts of Alertmanager, Grafana or Prometheus go nowhere",
  *file(file): Generator<Finding> {
    const { before, after } = sidesOf(file);
    if (before === undefined || after === undefined) return;
    yield* emptiedIn(file.path, { before, after });
    const receivers = (tree: typeof before) =>
      [...placesIn(tree)]
        .filter(({ key }) => key === "receiver")
        .map(({ path, value, line }) => ({
          key: `${path.join(".")} ${textOf(value)}`,
          path: path.join("."),
          value,
          line,
        }));
    const [was, is] = [receivers(before), receivers(after)];
    const gone = gained(is, was).filter(({ value }) => !NOWHERE.test(textOf(value) || "null"));
    for (const { path, value, line } of gained(was, is)) {
      const old = gone.find((each) => each.path === path)?.value;
      if (!NOWHERE.test(textOf(value) || "null") || old === undefined) continue;
      const why = `sends alerts to ${shown(textOf(value) || "null")} and no longer to ${shown(textOf(old))}: nobody is called`;
      yield { what: "the receiver", file: file.path, line, side: "after", why };
    }
  },
  reports: [
    [
      "sends alerts to `null` and no longer to `oncall`: nobody is called",
      changed("monitoring/alertmanager.yml", "route:\n  receiver: oncall\n", 'route:\n  receiver: "null"\n'),
    ],
    [
      "sends alerts to `null` and no longer to `oncall`: nobody is called",
      changed(
        "alertmanager.yml",
        "route:\n  routes:\n    - receiver: oncall\n    - receiver: none\n",
        'route:\n  routes:\n    - receiver: "null"\n    - receiver: none\n',
      ),
    ],
    [
      "leaves `oncall` without anybody whom it calls",
      changed(
        "alertmanager.yml",
        "receivers:\n  - name: oncall\n    pagerduty_configs: [{service_key: x}]\n",
        "receivers:\n  - name: oncall\n",
      ),
    ],
  ],
  ignores: [
    [
      "it calls in another way",
      changed(
        "alertmanager.yml",
        "receivers:\n  - name: oncall\n    pagerduty_configs: [{service_key: x}]\n",
        "receivers:\n  - name: oncall\n    slack_configs: [{channel: x}]\n",
      ),
    ],
    [
      "somebody else",
      changed("alertmanager.yml", "route:\n  receiver: oncall\n", "route:\n  receiver: sre\n"),
    ],
  ],
};
