import type { Finding } from "../../hazard.ts";
import type { FileChange } from "../../reading/change.ts";
import { gained, type Keyed } from "../../reading/compare.ts";
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

interface Loss extends Keyed {
  readonly line: number;
  readonly why: string;
}

const UNWATCHED = "known holes are no longer closed by it";

/** A rule that is about something named is about no more than that. */
function isAboutAll({ path, within }: Place): boolean {
  return !path.includes("packageRules") || !oneOrMore(within).some((each) => hasMatcher(each));
}

function hasMatcher(tree: Tree): boolean {
  return tree.kind === "map" && tree.entries.some(({ key }) => key.startsWith("match"));
}

function lossAt(place: Place): Loss | null {
  const { key: name, value, path, line } = place;
  const key = `${path.join(".")}: ${textOf(value) || textOf(oneOrMore(value)[0])}`;
  if (!isAboutAll(place)) return null;
  if (name === "enabled" && isFalse(value)) return { key, line, why: UNWATCHED };
  if (name === "automerge" && isTrue(value)) return { key, line, why: "updates are merged without anybody" };
  const isAll = oneOrMore(value).some((each) => /^\*{1,2}$/.test(textOf(each)));
  if (/^(?:ignorePaths|ignoreDeps|excludePackageNames)$/.test(name) && isAll)
    return { key, line, why: UNWATCHED };
  const isEverything = name === "dependency-name" && textOf(value) === "*" && path.includes("ignore");
  if (isEverything && at(place.within, "update-types") === undefined) return { key, line, why: UNWATCHED };
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
    for (const { key, line, why } of gained(lossesIn(before), lossesIn(after)))
      yield { what: shown(key), file: file.path, line, side: "after", why: `sets ${shown(key)}: ${why}` };
  },
  reports: [
    [
      "sets `updates.ignore.dependency-name: *`: known holes are no longer closed by it",
      changed(
        ".github/dependabot.yml",
        'version: 2\nupdates:\n  - {package-ecosystem: npm}\n  - {package-ecosystem: pip, ignore: [{dependency-name: "*"}]}\n',
        'version: 2\nupdates:\n  - {package-ecosystem: npm, ignore: [{dependency-name: "*"}]}\n  - {package-ecosystem: pip, ignore: [{dependency-name: "*"}]}\n',
      ),
    ],
    [
      "sets `automerge: true`: updates are merged without anybody",
      changed("renovate.json", '{"automerge": false}\n', '{"automerge": true}\n'),
    ],
    [
      "sets `enabled: false`: known holes are no longer closed by it",
      changed("renovate.json", "{}\n", '{"enabled": false}\n'),
    ],
    [
      "sets `updates.ignore.dependency-name: *`: known holes are no longer closed by it",
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
