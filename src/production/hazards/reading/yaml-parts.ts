import type { Steps } from "../../../notation/steps.ts";
import type { FileChange } from "./change.ts";
import { looseTree } from "./loose.ts";
import { parsedOnce } from "./parsed-once.ts";
import type { DeclaredPart, Notation } from "./part.ts";
import { at, type Entry, entriesOf, itemsOf, type Tree, textOf } from "./tree.ts";
import { type DocumentText, documentsIn } from "./yaml.ts";

export const YAML_FILE = /\.(?:ya?ml|json|jsonc|template)$/i;
export const WORKFLOW_FILE =
  /^(?!(?:.*\/)?(?:node_modules|vendor)\/)(?:.*\/)?\.(?:github|gitea|forgejo)\/(?:workflows\/[^/]+|actions\/.*action)\.ya?ml$|(?:^|\/)action\.ya?ml$/;
export const COMPOSE_FILE = /(?:^|\/)(?:docker-)?compose[^/]*\.ya?ml$/;
const VALUES_FILE = /(?:^|\/)(?:values[^/]*|[^/]*[-.]values)\.ya?ml$/;
const CLOUDFORMATION = /AWSTemplateFormatVersion|\bType["']?\s*:\s*["']?AWS::/;
/** Blanks are looked for within their line: a run that could begin at every line end would be read as often. */
const KUBERNETES = [
  /(?:^|[\n{,])[^\S\n]*["']?kind["']?\s*:/,
  /(?:^|[\n{,])[^\S\n]*["']?(?:apiVersion|resources)["']?\s*:/,
];
const POLICY = /(?:Statement|\bstatements)["']?\s*:/;
/** Rules of branches and repositories as apps and GitHub itself export them. */
export const REPOSITORY_SETTINGS =
  /(?:^|\/)\.github\/(?:settings\.ya?ml|(?:rulesets?|branch-protections?|repos|suborgs)\/[^/]+\.(?:ya?ml|json)|(?:rulesets?|branch-protections?)[^/]*\.(?:ya?ml|json))$/;

/** What a file of YAML or JSON declares, told by its path and its text; `null` when no rule reads it. */
export function notationOf(path: string, text: string): Notation | null {
  if (WORKFLOW_FILE.test(path)) return "workflow";
  if (COMPOSE_FILE.test(path)) return "compose";
  if (REPOSITORY_SETTINGS.test(path)) return "settings";
  if (!YAML_FILE.test(path)) return null;
  if (CLOUDFORMATION.test(text)) return "cloudformation";
  if (KUBERNETES.every((key) => key.test(text))) return "kubernetes";
  if (VALUES_FILE.test(path)) return "helm-values";
  return POLICY.test(text) ? "policy" : null;
}

/** The documents of one side, but for those that the other side has too, word for word. */
export function ownDocuments(text: string, other: string | null): readonly DocumentText[] {
  const others = new Set(other === null ? [] : documentsIn(other).map((each) => each.text.trimEnd()));
  return documentsIn(text).filter((each) => !others.has(each.text.trimEnd()));
}

interface Reading {
  readonly notation: Notation;
  readonly file: FileChange;
  readonly steps: Steps;
  /** What is broken is read by its lines. */
  readonly isLoose: boolean;
}

/** Made into data by a program, which this is not. */
const TEMPLATE = /(?:^|\/)(?:templates|charts?)\/|\.(?:j2|tpl|gotmpl)$/;

/** `null` when a document cannot be read. */
export function readDocument(
  document: DocumentText,
  { notation, file, steps, isLoose }: Reading,
): readonly DeclaredPart[] | null {
  const { path } = file;
  const tree =
    parsedOnce(file, document, steps) ??
    (isLoose && !TEMPLATE.test(path) ? looseTree(document.text, steps) : undefined);
  if (tree === undefined) return null;
  const part = (type: string, name: string, { line, value }: Entry): DeclaredPart => ({
    notation,
    type,
    name,
    scope: path,
    tree: { ...value, line },
  });
  if (notation === "kubernetes") return objectsIn(tree);
  const whole = part("file", path, { key: "", line: tree.line, value: tree });
  if (notation === "cloudformation") {
    const resources = entriesOf(at(tree, "Resources") ?? at(tree, "resources", "Resources"));
    return resources.map((entry) => part(textOf(at(entry.value, "Type")), entry.key, entry));
  }
  if (notation === "compose") {
    const named = (key: string, type: string) =>
      entriesOf(at(tree, key)).map((entry) => part(type, entry.key, entry));
    return [...named("services", "service"), ...named("volumes", "volume")];
  }
  if (notation === "workflow") {
    const jobs = entriesOf(at(tree, "jobs")).map((entry) => part("job", entry.key, entry));
    return [whole, ...jobs];
  }
  return [whole];
}

/** An object, or those of a `List`. The same name in the same namespace is the same object, in whatever file. */
function objectsIn(tree: Tree): readonly DeclaredPart[] {
  const type = textOf(at(tree, "kind"));
  if (type === "List") return itemsOf(at(tree, "items")).flatMap(objectsIn);
  const metadata = at(tree, "metadata");
  const name = textOf(at(metadata, "name")) || textOf(at(metadata, "generateName"));
  const scope = textOf(at(metadata, "namespace"));
  if (type === "") return [];
  return [{ notation: "kubernetes", type, name: name === "" ? type : `${type} ${name}`, scope, tree }];
}
