import type { Finding } from "../../hazard.ts";
import type { FileChange } from "../../reading/change.ts";
import { sidesOf } from "../../reading/sides.ts";
import { TERRAFORM_FILE } from "../../reading/terraform.ts";
import { at, entriesOf, type Tree } from "../../reading/tree.ts";
import { notationOf } from "../../reading/yaml-parts.ts";
import { changed, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { lostKeys } from "./instances.ts";
import { makesInstances } from "./named-values.ts";

const DATA = /\.(?:ya?ml|json)$/;
/** Where nothing but Terraform reads such a file. */
const INFRASTRUCTURE = /(?:^|\/)(?:terraform|tofu|opentofu|terragrunt|tf)(?:[-_][\w-]+)?\//i;
/** A file that is decoded, and the keys that lead into it. */
const DECODED =
  /\b(?:yaml|json)decode\(\s*(?:file|templatefile)\(\s*"(?:\$\{path\.(?:module|root|cwd)\}\/|\.\/)?([\w./-]{1,200})"\s*[,)][^)\n]{0,100}\)?\)((?:\.[A-Za-z_][\w-]*|\["[\w.-]+"\]){0,5})/g;

interface Decoded {
  readonly path: string;
  readonly keys: readonly string[];
}

/** As it is written from a folder, `../` and all. */
function pathFrom(folder: string, name: string): string {
  const parts = folder === "" ? [] : folder.split("/");
  for (const part of name.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return parts.join("/");
}

/** The files of data that a file of Terraform makes things of. */
function decodedIn({ path, after }: FileChange): readonly Decoded[] {
  if (!TERRAFORM_FILE.test(path) || typeof after !== "string" || !after.includes("decode(")) return [];
  const folder = path.slice(0, Math.max(0, path.lastIndexOf("/")));
  return [...after.matchAll(DECODED)].map(([, name = "", keys = ""]) => ({
    path: pathFrom(folder, name),
    keys: [...keys.matchAll(/[\w-]+/g)].map(([key]) => key),
  }));
}

interface Lost {
  readonly where: string;
  readonly keys: readonly string[];
}

/** Entries that are gone, at the place that is read or one below it. */
function lostBelow(before: Tree | undefined, after: Tree | undefined, where: string): readonly Lost[] {
  const own = lostKeys(before, after);
  if (own.length > 0) return [{ where, keys: own }];
  return entriesOf(before).flatMap(({ key, value }) => {
    const keys = value.kind === "list" ? lostKeys(value, at(after, key)) : [];
    return keys.length === 0 ? [] : [{ where: key, keys }];
  });
}

const stemOf = (path: string) => path.slice(path.lastIndexOf("/") + 1).replace(/\.\w+$/, "");

/** Where nothing shows what reads the file, by the names of what stands in it. */
function lostByName({ path }: FileChange, before: Tree, after: Tree): readonly Lost[] {
  if (!INFRASTRUCTURE.test(path)) return [];
  const stem = stemOf(path);
  const own = makesInstances(stem, undefined) ? lostKeys(before, after) : [];
  const inner = entriesOf(before)
    .filter(({ key, value }) => makesInstances(key, undefined) && value.kind !== "scalar")
    .map(({ key, value }) => ({ where: key, keys: lostKeys(value, at(after, key)) }));
  return [{ where: stem, keys: own }, ...inner].filter(({ keys }) => keys.length > 0);
}

function lostIn(file: FileChange, decoded: readonly Decoded[]): readonly Lost[] {
  const { before, after } = sidesOf(file);
  if (before === undefined || after === undefined) return [];
  if (decoded.length === 0) return lostByName(file, before, after);
  return decoded.flatMap(({ keys }) =>
    lostBelow(at(before, ...keys), at(after, ...keys), keys.at(-1) ?? stemOf(file.path)),
  );
}

const reads = (of: string, more = "") =>
  `locals {\n  a = yamldecode(file("\${path.module}/${of}"))\n}\nresource "aws_iam_user" "a" {\n  for_each = local.a\n${more}}\n`;
const reading = (of: string) => changed("infra/a.tf", reads(of), reads(of, '  path = "/b/"\n'));

export const DATA_ENTRY_REMOVED: Rule = {
  id: "terraform/data-entry-removed",
  kind: "destructive",
  asks: "block",
  when: "an entry leaves a file of YAML or JSON of which Terraform makes one thing for each entry",
  *files(files): Generator<Finding> {
    const decoded = Map.groupBy(files.flatMap(decodedIn), ({ path }) => path);
    for (const file of files) {
      const { path, before, after } = file;
      if (!DATA.test(path) || TERRAFORM_FILE.test(path)) continue;
      if (typeof before !== "string" || typeof after !== "string") continue;
      const uses = decoded.get(path) ?? [];
      if (uses.length === 0 && (!INFRASTRUCTURE.test(path) || notationOf(path, before) !== null)) continue;
      for (const { where, keys } of lostIn(file, uses)) {
        const why = `takes ${shown(keys.join(", "))} out of ${shown(where)} of ${shown(path)}: what is made for each of them is destroyed on apply`;
        yield { what: shown(where), file: path, line: 1, side: "after", why };
      }
    }
  },
  reports: [
    [
      "takes `bob` out of `users` of `infra/users.yaml`: what is made for each of them is destroyed on apply",
      changed("infra/users.yaml", "anna: {team: a}\nbob: {team: b}\n", "anna: {team: a}\n"),
      reading("users.yaml"),
    ],
    [
      "takes `b` out of `things` of `data/all.json`: what is made for each of them is destroyed on apply",
      changed("data/all.json", '{"things": [{"name": "a"}, {"name": "b"}]}', '{"things": [{"name": "a"}]}'),
      reading("../data/all.json"),
    ],
    [
      "takes `b` out of `repositories` of `terraform/repositories.yml`: what is made for each of them is destroyed on apply",
      changed("terraform/repositories.yml", "- a\n- b\n", "- a\n"),
    ],
  ],
  ignores: [
    [
      "one comes, and another changes",
      changed("infra/users.yaml", "anna: {team: a}\n", "anna: {team: b}\nbob: {team: b}\n"),
      reading("users.yaml"),
    ],
    [
      "a file that nothing reads so",
      changed("infra/users.yaml", "anna: {team: a}\nbob: {team: b}\n", "anna: {team: a}\n"),
    ],
    ["settings of one thing", changed("terraform/settings.yml", "rules: [a, b]\n", "rules: [a]\n")],
  ],
};
