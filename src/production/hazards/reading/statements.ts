import { opensInternet } from "./addresses.ts";
import { at, entriesOf, oneOrMore, scalarsIn, type Tree, textOf } from "./tree.ts";

export interface Condition {
  readonly test: string;
  readonly variable: string;
  readonly values: readonly string[];
}

/** What one statement of an access policy allows. */
export interface Statement {
  readonly line: number;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** AWS principals; `*` is anyone. */
  readonly principals: readonly string[];
  /** Issuers of identities from outside, by which roles are assumed. */
  readonly federated: readonly string[];
  /** It names whom it does not let in, and lets in everybody else. */
  readonly isAllBut: boolean;
  /** A policy of the thing itself (a key, a bucket), where the resource `*` is that thing. */
  readonly isOfResource: boolean;
  readonly conditions: readonly Condition[];
}

/** Whether the policy denies everybody but some by another statement, which overrules what it allows. */
export function deniesOthers(tree: Tree): boolean {
  if (tree.kind === "scalar") return false;
  if (tree.kind === "list") return tree.items.some(deniesOthers);
  const effect = textOf(at(tree, "Effect") ?? at(tree, "effect"));
  if (effect === "Deny")
    return [...jsonConditions(at(tree, "Condition")), ...hclConditions(tree)].some(({ test }) =>
      /Not/.test(test),
    );
  return tree.entries.some(({ value }) => deniesOthers(value));
}

const known = new WeakMap<Tree, readonly Statement[]>();

/** Every allowing statement: of JSON policies, wherever they are nested, and of Terraform's policy documents. */
export function statementsIn(tree: Tree): readonly Statement[] {
  const found = known.get(tree) ?? [...readStatements(tree)];
  known.set(tree, found);
  return found;
}

function* readStatements(tree: Tree): Generator<Statement> {
  if (tree.kind === "list") for (const item of tree.items) yield* readStatements(item);
  if (tree.kind !== "map") return;
  const statement = statementOf(tree);
  if (statement !== null) yield statement;
  else for (const { value } of tree.entries) yield* readStatements(value);
}

function statementOf(tree: Tree): Statement | null {
  const any = (...names: readonly string[]) => names.map((name) => at(tree, name)).find((value) => value);
  const actions = any("Action", "actions");
  const others = any("NotAction", "not_actions");
  const effect = textOf(any("Effect", "effect"));
  const isStatement = effect !== "" || any("sid", "resources", "principals") !== undefined;
  if ((actions === undefined && others === undefined) || !isStatement) return null;
  const isDenying = effect.toLowerCase() === "deny";
  const allowed = <Value>(values: readonly Value[]) => (isDenying ? [] : values);
  return {
    line: tree.line,
    actions: allowed(others === undefined ? texts(actions) : ["*"]),
    resources: allowed(
      any("NotResource", "not_resources") === undefined ? texts(any("Resource", "resources")) : ["*"],
    ),
    principals: allowed([
      ...jsonPrincipals(at(tree, "Principal"), "AWS"),
      ...hclPrincipals(tree, /^(?:AWS|\*)$/),
    ]),
    federated: allowed([
      ...jsonPrincipals(at(tree, "Principal"), "Federated"),
      ...hclPrincipals(tree, /^Federated$/),
    ]),
    isAllBut: !isDenying && any("NotPrincipal", "not_principals") !== undefined,
    isOfResource: any("Principal", "NotPrincipal", "principals", "not_principals") !== undefined,
    conditions: [...jsonConditions(at(tree, "Condition")), ...hclConditions(tree)],
  };
}

function texts(tree: Tree | undefined): readonly string[] {
  return oneOrMore(tree).map(textOf);
}

function jsonPrincipals(tree: Tree | undefined, kind: string): readonly string[] {
  if (tree?.kind === "map") return texts(at(tree, kind));
  return kind === "AWS" ? texts(tree) : [];
}

function hclPrincipals(tree: Tree, kind: RegExp): readonly string[] {
  return entriesOf(tree)
    .filter(({ key, value }) => key === "principals" && kind.test(textOf(at(value, "type"))))
    .flatMap(({ value }) => [...scalarsIn(at(value, "identifiers"))].map(textOf));
}

function jsonConditions(tree: Tree | undefined): readonly Condition[] {
  return entriesOf(tree).flatMap(({ key: test, value }) =>
    entriesOf(value).map((each) => ({
      test,
      variable: each.key,
      values: [...scalarsIn(each.value)].map(textOf),
    })),
  );
}

function hclConditions(tree: Tree): readonly Condition[] {
  return entriesOf(tree)
    .filter(({ key }) => key === "condition")
    .map(({ value }) => ({
      test: textOf(at(value, "test")),
      variable: textOf(at(value, "variable")),
      values: [...scalarsIn(at(value, "values"))].map(textOf),
    }));
}

/** How a request is made, which says nothing of who makes it, or what anyone can claim. */
const SAYS_NOTHING =
  /^aws:(?:SecureTransport|UserAgent|Referer|CurrentTime|EpochTime|TokenIssueTime|RequestedRegion|ViaAWSService|RequestTag.*|TagKeys)$|^s3:(?:x-amz-.*|prefix|delimiter|max-keys|TlsVersion|signatureversion|authType)$|:aud$/i;

/** Whether a condition keeps anyone out. One that only forbids something lets everybody else in. */
export function narrows({ test, variable, values }: Condition): boolean {
  if (SAYS_NOTHING.test(variable) || /Not|IfExists$/i.test(test)) return false;
  if (/IpAddress/i.test(test)) return !opensInternet(values);
  if (/^Null$/i.test(test)) return false;
  if (/Like$|Arn/i.test(test)) return values.every((value) => !/^[*?:]*$|^arn:aws:\w*:*\*$/.test(value));
  return !values.includes("*") || values.length === 0;
}

/** What a statement allows to whom, whatever notation says it, but for its conditions. */
export function grantOf({ actions, resources, principals, federated, isAllBut }: Statement): string {
  const parts = [actions, resources, principals, federated].map((each) => each.toSorted());
  return JSON.stringify([...parts, isAllBut]);
}
