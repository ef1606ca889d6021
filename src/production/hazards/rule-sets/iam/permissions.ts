import { at, literalOf, type Tree, textOf } from "../../reading/tree.ts";

/** Resources that are one permission, with one principal. */
export const PERMISSION =
  /^(?:aws_lambda_(?:layer_version_)?permission|aws_(?:cloudwatch|event)_event_permission|AWS::(?:Lambda::(?:Layer(?:Version)?)?Permission|Events::EventBusPolicy))$/;

const SOURCES = [
  "source_account",
  "SourceAccount",
  "principal_org_id",
  "PrincipalOrgID",
  "organization_id",
  "OrganizationId",
  "source_arn",
  "SourceArn",
  "condition",
  "Condition",
];

const propertiesOf = (tree: Tree | undefined) => at(tree, "Properties") ?? tree;

export function principalIn(tree: Tree | undefined): Tree | undefined {
  const properties = propertiesOf(tree);
  return at(properties, "principal") ?? at(properties, "Principal");
}

/** Whether it says for whose sake alone it may be used. A source of any account says nothing. */
export function hasSource(tree: Tree | undefined): boolean {
  const properties = propertiesOf(tree);
  return SOURCES.some((key) => {
    const source = at(properties, key);
    return source !== undefined && !(literalOf(source) !== undefined && isAnySource(textOf(source)));
  });
}

function isAnySource(text: string): boolean {
  if (text === "" || text === "*") return true;
  const [, , , , account = "", ...name] = text.split(":");
  return (
    text.startsWith("arn:") && (account === "" ? /^(?:[*?]|$)/.test(name.join(":")) : /[*?]/.test(account))
  );
}
