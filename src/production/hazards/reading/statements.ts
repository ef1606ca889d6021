import { at, entriesOf, oneOrMore, scalarsIn, type Tree, textOf } from "./tree.ts";

/** What one statement of an access policy allows. */
export interface Statement {
  readonly line: number;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** AWS principals; `*` is anyone. */
  readonly principals: readonly string[];
  /** A policy of the thing itself (a key, a bucket), where the resource `*` is that thing. */
  readonly isOfResource: boolean;
  readonly conditional: boolean;
}

/** Every allowing statement: of JSON policies, wherever they are nested, and of Terraform's policy documents. */
export function* statementsIn(tree: Tree): Generator<Statement> {
  if (tree.kind === "list") for (const item of tree.items) yield* statementsIn(item);
  if (tree.kind !== "map") return;
  const statement = statementOf(tree);
  if (statement !== null) yield statement;
  else for (const { value } of tree.entries) yield* statementsIn(value);
}

function statementOf(tree: Tree): Statement | null {
  const any = (...names: readonly string[]) => names.map((name) => at(tree, name)).find((value) => value);
  const actions = any("Action", "actions");
  const others = any("NotAction", "not_actions");
  const effect = textOf(any("Effect", "effect"));
  const isStatement = effect !== "" || any("sid", "resources", "principals") !== undefined;
  if ((actions === undefined && others === undefined) || !isStatement) return null;
  return {
    line: tree.line,
    actions: effect === "Deny" ? [] : others === undefined ? texts(actions) : ["*"],
    resources: effect === "Deny" ? [] : texts(any("Resource", "resources")),
    principals: effect === "Deny" ? [] : [...jsonPrincipals(at(tree, "Principal")), ...hclPrincipals(tree)],
    isOfResource: any("Principal", "NotPrincipal", "principals", "not_principals") !== undefined,
    conditional: any("Condition", "condition") !== undefined,
  };
}

function texts(tree: Tree | undefined): readonly string[] {
  return oneOrMore(tree).map(textOf);
}

function jsonPrincipals(tree: Tree | undefined): readonly string[] {
  if (tree?.kind === "map") return texts(at(tree, "AWS"));
  return texts(tree);
}

function hclPrincipals(tree: Tree): readonly string[] {
  return entriesOf(tree)
    .filter(({ key, value }) => key === "principals" && /^(?:AWS|\*)$/.test(textOf(at(value, "type"))))
    .flatMap(({ value }) => [...scalarsIn(at(value, "identifiers"))].map(textOf));
}
