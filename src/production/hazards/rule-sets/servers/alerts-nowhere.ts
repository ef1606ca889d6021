import type { Finding } from "../../hazard.ts";
import { gained } from "../../reading/compare.ts";
import { sidesOf } from "../../reading/sides.ts";
import { placesIn, textOf } from "../../reading/tree.ts";
import { changed, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";

const NOWHERE = /^(?:null|none|devnull|dev-null|blackhole|black-hole|noop|silent)$/i;

export const ALERTS_NOWHERE: Rule = {
  id: "watch/alerts-nowhere",
  kind: "destructive",
  asks: "block",
  when: "alerts of Alertmanager, Grafana or Prometheus go nowhere",
  *file(file): Generator<Finding> {
    const { before, after } = sidesOf(file);
    if (before === undefined || after === undefined) return;
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
  ],
  ignores: [
    [
      "somebody else",
      changed("alertmanager.yml", "route:\n  receiver: oncall\n", "route:\n  receiver: sre\n"),
    ],
  ],
};
