import { type Condition, conditionsOf } from "./conditions.ts";
import { at, entriesOf, oneOrMore, scalarsIn, type Tree, textOf } from "./tree.ts";
import { hasKey } from "./tree-index.ts";
import { coversAll } from "./wildcards.ts";

/** What one statement of an access policy allows or denies. */
export interface Statement {
  readonly line: number;
  readonly isDenial: boolean;
  /** The same for the statements of one policy, which a denial among them overrules. */
  readonly policy: Tree;
  readonly actions: readonly string[];
  /** It names the actions that it leaves out; `actions` is `*`. */
  readonly isAllActionsBut: boolean;
  readonly resources: readonly string[];
  /** It names the resources that it leaves out; `resources` is `*`. */
  readonly isAllResourcesBut: boolean;
  /** AWS principals; `*` is anyone. */
  readonly principals: readonly string[];
  /** Issuers of identities from outside, by which roles are assumed. */
  readonly federated: readonly string[];
  /** Services of the cloud, which act for whoever tells them to. */
  readonly services: readonly string[];
  /** It names whom it does not let in, and lets in everybody else. */
  readonly isAllBut: boolean;
  /** Those whom it names so. */
  readonly exceptions: readonly string[];
  /** A policy of the thing itself (a key, a bucket), where the resource `*` is that thing. */
  readonly isOfResource: boolean;
  readonly conditions: readonly Condition[];
}

interface Read {
  readonly grants: readonly Statement[];
  readonly denials: readonly Statement[];
}

const NAMES_ACTIONS = new Set(["Action", "actions", "NotAction", "not_actions"]);
const NO_STATEMENTS: Read = { grants: [], denials: [] };
const known = new WeakMap<Tree, Read>();

function read(tree: Tree): Read {
  if (!hasKey(tree, NAMES_ACTIONS)) return NO_STATEMENTS;
  const found = known.get(tree);
  if (found !== undefined) return found;
  const all = [...readStatements(tree, tree)];
  const denials = all.filter(({ isDenial }) => isDenial);
  const sides = {
    grants: all.filter((each) => !each.isDenial && !isDenied(each, denials)),
    denials,
  };
  known.set(tree, sides);
  return sides;
}

/** Whether another statement of the same policy denies, always and to everybody, all that one allows. */
function isDenied(statement: Statement, denials: readonly Statement[]): boolean {
  return denials.some(
    (denial) =>
      denial.policy === statement.policy &&
      denial.conditions.length === 0 &&
      !denial.isAllActionsBut &&
      !denial.isAllResourcesBut &&
      (denial.isOfResource ? denial.principals.includes("*") : !statement.isOfResource) &&
      coversAll(denial.actions, statement.actions) &&
      coversAll(denial.resources, statement.resources),
  );
}

/** Every allowing statement that no other one of its policy takes back: of JSON policies, wherever they are nested, and of Terraform's policy documents. */
export function statementsIn(tree: Tree): readonly Statement[] {
  return read(tree).grants;
}

export function denialsIn(tree: Tree): readonly Statement[] {
  return read(tree).denials;
}

function* readStatements(tree: Tree, policy: Tree): Generator<Statement> {
  if (tree.kind === "list") for (const item of tree.items) yield* readStatements(item, tree);
  if (tree.kind !== "map") return;
  const statement = statementOf(tree, policy);
  if (statement !== null) yield statement;
  else for (const { value } of tree.entries) yield* readStatements(value, tree);
}

function statementOf(tree: Tree, policy: Tree): Statement | null {
  const any = (...names: readonly string[]) => names.map((name) => at(tree, name)).find((value) => value);
  const actions = any("Action", "actions");
  const others = any("NotAction", "not_actions");
  const effect = textOf(any("Effect", "effect"));
  const isStatement = effect !== "" || any("sid", "resources", "principals") !== undefined;
  if ((actions === undefined && others === undefined) || !isStatement) return null;
  return {
    line: tree.line,
    isDenial: effect.toLowerCase() === "deny",
    policy,
    actions: others === undefined ? texts(actions) : ["*"],
    isAllActionsBut: others !== undefined,
    resources:
      any("NotResource", "not_resources") === undefined
        ? texts(any("Resource", "resources")).map(withoutFirst)
        : ["*"],
    isAllResourcesBut: any("NotResource", "not_resources") !== undefined,
    principals: [...principalsOf(LETS_IN, tree, /^AWS$/), ...anyoneOf(tree)],
    federated: principalsOf(LETS_IN, tree, /^Federated$/),
    services: principalsOf(LETS_IN, tree, /^Service$/),
    exceptions: principalsOf(EXCEPT, tree, /(?:)/),
    isAllBut: any("NotPrincipal", "not_principals") !== undefined,
    isOfResource: any("Principal", "NotPrincipal", "principals", "not_principals") !== undefined,
    conditions: conditionsOf(tree),
  };
}

/** Of a resource that is made at most once, `a[0].arn` or `a[""].arn` is what `a.arn` was before. */
function withoutFirst(resource: string): string {
  return resource.replaceAll(/\[(?:0|"")\]\./g, ".");
}

function texts(tree: Tree | undefined): readonly string[] {
  return oneOrMore(tree).map(textOf);
}

interface Names {
  readonly json: string;
  readonly hcl: string;
}

const LETS_IN: Names = { json: "Principal", hcl: "principals" };
const EXCEPT: Names = { json: "NotPrincipal", hcl: "not_principals" };

/** Of one kind: `AWS`, `Federated`, `Service`. A principal that is only text is one of `AWS`. */
function principalsOf({ json, hcl }: Names, tree: Tree, kind: RegExp): readonly string[] {
  const principal = at(tree, json);
  const inJson =
    principal?.kind === "map"
      ? principal.entries.filter(({ key }) => kind.test(key)).flatMap(({ value }) => texts(value))
      : kind.test("AWS")
        ? texts(principal)
        : [];
  const inHcl = entriesOf(tree)
    .filter(({ key, value }) => key === hcl && kind.test(textOf(at(value, "type"))))
    .flatMap(({ value }) => [...scalarsIn(at(value, "identifiers"))].map(textOf));
  return [...inJson, ...inHcl];
}

/** Anyone is anyone, of whatever kind. */
function anyoneOf(tree: Tree): readonly string[] {
  const isNamed = principalsOf(LETS_IN, tree, /^AWS$/).includes("*");
  return !isNamed && principalsOf(LETS_IN, tree, /^(?!AWS$)/).includes("*") ? ["*"] : [];
}

/** What a statement allows to whom, whatever notation says it, but for its conditions. */
export function grantOf({ actions, resources, principals, federated, isAllBut }: Statement): string {
  const parts = [actions, resources, principals, federated].map((each) => each.toSorted());
  return JSON.stringify([...parts, isAllBut]);
}
