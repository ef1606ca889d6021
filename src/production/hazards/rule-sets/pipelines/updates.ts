import type { Finding } from "../../hazard.ts";
import type { FileChange } from "../../reading/change.ts";
import { sidesOf } from "../../reading/sides.ts";
import {
  at,
  isFalse,
  isTrue,
  oneOrMore,
  type Place,
  placesIn,
  type Tree,
  textOf,
} from "../../reading/tree.ts";
import { changed, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";

export const RENOVATE_FILE =
  /(?:^|\/)(?:renovate(?:rc)?|default)\.json5?$|(?:^|\/)\.renovaterc(?:\.json5?)?$/;
export const DEPENDABOT_FILE = /(?:^|\/)\.github\/dependabot\.ya?ml$/;

interface Loss {
  readonly what: string;
  readonly line: number;
  readonly why: string;
}

const UNWATCHED = "known holes are no longer mended by it";

/** A rule that is about something named is about no more than that. */
function isAboutAll({ path, within }: Place): boolean {
  return !path.includes("packageRules") || !oneOrMore(within).some((each) => hasMatcher(each));
}

function hasMatcher(tree: Tree): boolean {
  return tree.kind === "map" && tree.entries.some(({ key }) => key.startsWith("match"));
}

function lossAt(place: Place): Loss | null {
  const { key, value, path, line } = place;
  const what = `${path.join(".")}: ${textOf(value) || textOf(oneOrMore(value)[0])}`;
  if (!isAboutAll(place)) return null;
  if (key === "enabled" && isFalse(value)) return { what, line, why: UNWATCHED };
  if (key === "automerge" && isTrue(value)) return { what, line, why: "updates are merged without anybody" };
  const isAll = oneOrMore(value).some((each) => /^\*{1,2}$/.test(textOf(each)));
  if (/^(?:ignorePaths|ignoreDeps|excludePackageNames)$/.test(key) && isAll)
    return { what, line, why: UNWATCHED };
  const isEverything = key === "dependency-name" && textOf(value) === "*" && path.includes("ignore");
  if (isEverything && at(place.within, "update-types") === undefined) return { what, line, why: UNWATCHED };
  return null;
}

function lossesIn(tree: Tree | undefined): readonly Loss[] {
  return tree === undefined ? [] : [...placesIn(tree)].flatMap((place) => lossAt(place) ?? []);
}

export const UPDATES_OFF: Rule = {
  id: "checks/updates-off",
  kind: "widening",
  asks: "block",
  when: "Renovate or Dependabot is switched off for everything, or merges everything by itself",
  *file(file: FileChange): Generator<Finding> {
    if (!RENOVATE_FILE.test(file.path) && !DEPENDABOT_FILE.test(file.path)) return;
    const { before, after } = sidesOf(file);
    if (before === undefined || after === undefined) return;
    const had = new Set(lossesIn(before).map(({ what }) => what));
    for (const { what, line, why } of lossesIn(after)) {
      if (had.has(what)) continue;
      yield { what: shown(what), file: file.path, line, side: "after", why: `sets ${shown(what)}: ${why}` };
    }
  },
  reports: [
    [
      "sets `automerge: true`: updates are merged without anybody",
      changed("renovate.json", '{"automerge": false}\n', '{"automerge": true}\n'),
    ],
    [
      "sets `enabled: false`: known holes are no longer mended by it",
      changed("renovate.json", "{}\n", '{"enabled": false}\n'),
    ],
    [
      "sets `updates.ignore.dependency-name: *`: known holes are no longer mended by it",
      changed(
        ".github/dependabot.yml",
        "version: 2\nupdates: [{package-ecosystem: npm}]\n",
        'version: 2\nupdates: [{package-ecosystem: npm, ignore: [{dependency-name: "*"}]}]\n',
      ),
    ],
  ],
  ignores: [
    [
      "of one package",
      changed(
        "renovate.json",
        "{}\n",
        '{"packageRules": [{"matchPackageNames": ["a"], "automerge": true, "enabled": false}]}\n',
      ),
    ],
    [
      "of large steps only",
      changed(
        ".github/dependabot.yml",
        "version: 2\nupdates: [{package-ecosystem: npm}]\n",
        'version: 2\nupdates: [{package-ecosystem: npm, ignore: [{dependency-name: "*", update-types: [a]}]}]\n',
      ),
    ],
  ],
};
