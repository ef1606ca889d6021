import type { Steps } from "../../../notation/steps.ts";
import { type Block, parseHcl } from "./hcl.ts";
import type { DeclaredPart } from "./part.ts";
import { type Entry, entriesOf, type Tree } from "./tree.ts";
import { parseYaml } from "./yaml.ts";

export const TERRAFORM_FILE = /\.(?:tf|tofu)(?:\.json)?$|(?:^|\/)(?:terragrunt[^/]*|root|unit|stack)\.hcl$/;
export const TERRAGRUNT_FILE = /(?:^|\/)(?:terragrunt[^/]*|root|unit|stack)\.hcl$/;
export const TERRAFORM_VALUES = /\.tfvars(?:\.json)?$/;

/** The top-level blocks of a file; `null` when it cannot be read. */
export function readTerraform(
  text: string,
  { path, steps }: { readonly path: string; readonly steps: Steps },
): readonly DeclaredPart[] | null {
  const scope = path.slice(0, Math.max(0, path.lastIndexOf("/")));
  if (path.endsWith(".json")) {
    const tree = parseYaml(text, { steps });
    return tree === null ? null : fromJson(tree, path, scope);
  }
  const root = parseHcl(text, steps);
  if (root === null) return null;
  if (TERRAFORM_VALUES.test(path)) return [values(bodyOf(root), path)];
  const inputs = root.attributes.find(({ key }) => key === "inputs");
  const stack = TERRAGRUNT_FILE.test(path) && inputs !== undefined ? [inputsOf(inputs.value, path)] : [];
  const blocks = root.blocks.map((block) => declared(block.type, block.labels, bodyOf(block), scope));
  return [...stack, ...blocks];
}

/** What Terragrunt hands to the module, as a file of values does. */
function inputsOf(tree: Tree, path: string): DeclaredPart {
  return { notation: "terraform-values", type: "inputs", name: path, scope: path, tree };
}

function values(tree: Tree, path: string): DeclaredPart {
  return { notation: "terraform-values", type: "values", name: path, scope: path, tree };
}

function declared(type: string, labels: readonly string[], tree: Tree, scope: string): DeclaredPart {
  const isResource = type === "resource" || type === "ephemeral";
  const alias = type === "provider" ? entriesOf(tree).find(({ key }) => key === "alias") : undefined;
  const words = [...(isResource ? [] : [type]), ...labels];
  const name = alias?.value.kind === "scalar" ? [...words, String(alias.value.value)] : words;
  return {
    notation: "terraform",
    type: isResource ? (labels[0] ?? type) : type,
    name: name.join("."),
    scope,
    tree,
  };
}

/** Blocks within a block stand beside its attributes, `dynamic "x" { content { … } }` as `x`. */
function bodyOf(block: Block): Tree {
  const nested = block.blocks.map(({ type, labels, ...rest }): Entry => {
    const content = type === "dynamic" ? rest.blocks.find((each) => each.type === "content") : undefined;
    if (content === undefined)
      return { key: type, line: rest.line, value: bodyOf({ type, labels, ...rest }) };
    const each = rest.attributes.filter(({ key }) => key === "for_each");
    const value = bodyOf({ ...content, attributes: [...content.attributes, ...each] });
    return { key: labels[0] ?? type, line: rest.line, value };
  });
  return { kind: "map", line: block.line, entries: [...block.attributes, ...nested] };
}

const LABELS: Readonly<Record<string, number>> = {
  resource: 2,
  data: 2,
  module: 1,
  provider: 1,
  variable: 1,
  output: 1,
};

function fromJson(tree: Tree, path: string, scope: string): readonly DeclaredPart[] {
  if (TERRAFORM_VALUES.test(path)) return [values(tree, path)];
  return entriesOf(tree).flatMap(({ key, value }) =>
    labelled(value, LABELS[key] ?? 0).map(({ labels, body }) => declared(key, labels, body, scope)),
  );
}

function labelled(tree: Tree, depth: number): readonly { labels: readonly string[]; body: Tree }[] {
  if (depth === 0) return (tree.kind === "list" ? tree.items : [tree]).map((body) => ({ labels: [], body }));
  return entriesOf(tree).flatMap(({ key, value, line }) =>
    labelled(value, depth - 1).map(({ labels, body }) => ({
      labels: [key, ...labels],
      body: { ...body, line: depth === 1 ? line : body.line },
    })),
  );
}
