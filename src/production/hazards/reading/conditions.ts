import { opensInternet } from "./addresses.ts";
import { at, entriesOf, scalarsIn, type Tree, textOf } from "./tree.ts";

/** One condition of a statement of an access policy. */
export interface Condition {
  readonly test: string;
  readonly variable: string;
  readonly values: readonly string[];
}

/** Those of a statement, in JSON or in HCL. */
export function conditionsOf(statement: Tree): readonly Condition[] {
  return [...inJson(at(statement, "Condition")), ...inHcl(statement)];
}

function inJson(tree: Tree | undefined): readonly Condition[] {
  return entriesOf(tree).flatMap(({ key: test, value }) =>
    entriesOf(value).map((each) => ({
      test,
      variable: each.key,
      values: [...scalarsIn(each.value)].map(textOf),
    })),
  );
}

function inHcl(tree: Tree): readonly Condition[] {
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

/** A request without the variable passes these, so that they keep out nobody who leaves it away. */
const PASSES_WITHOUT = /^ForAllValues:|IfExists$/i;

/** Whether a condition makes a statement allow less, in whatever way. */
export function restricts(condition: Condition): boolean {
  return !SAYS_NOTHING.test(condition.variable) && isTelling(condition, 1);
}

/** Whether it lets through only what it names. One that only forbids something lets everything else through. */
export function narrows(condition: Condition): boolean {
  const { test } = condition;
  return !/Not|^Null$/i.test(test) && !PASSES_WITHOUT.test(test) && restricts(condition);
}

/**
 * What only the account, organization, network or address that is named can have. Tags, names, factors and the way of
 * a request are not among them, because anyone's account can bring them.
 */
const SAYS_WHO =
  /^aws:(?:PrincipalOrgID|PrincipalOrgPaths|PrincipalAccount|PrincipalArn|userid|SourceAccount|SourceArn|SourceOwner|SourceOrgID|SourceOrgPaths|SourceIp|VpcSourceIp|SourceVpc|SourceVpcArn|SourceVpce|VpceAccount|VpceOrgID|VpceOrgPaths|Ec2InstanceSourceVpc|PrincipalServiceName)$|^(?:kms:CallerAccount|s3:DataAccessPoint(?:Account|Arn)|elasticfilesystem:(?:AccessPointArn|AccessedViaMountTarget)|sns:Endpoint|ec2:SourceInstanceARN|lambda:SourceFunctionArn)$/i;

/** Whether a condition keeps out everybody but some whom it names. */
export function namesWho(condition: Condition): boolean {
  return SAYS_WHO.test(condition.variable) && narrows(condition) && isTelling(condition, LEAST_OF_A_NAME);
}

/** Whether a denial under this condition alone hits everybody but some whom it names. */
export function hitsOthers(condition: Condition): boolean {
  const { test, variable, values } = condition;
  if (/^aws:PrincipalIsAWSService$/i.test(variable)) return /^Bool/i.test(test) && values.join() === "false";
  if (!SAYS_WHO.test(variable) || !/^(?:String|Arn|Ip)?Not|^NotIpAddress/i.test(test)) return false;
  return values.length > 0 && isTelling(condition, LEAST_OF_A_NAME);
}

/** Fewer letters before a wildcard are those with which every such name begins: `o-`, `vpce-`, `https://`. */
const LEAST_OF_A_NAME = 9;

/** Whether the values leave anything out, and begin with so many letters where they are patterns. */
function isTelling({ test, values }: Condition, least: number): boolean {
  if (/IpAddress/i.test(test)) return !opensInternet(values);
  const isPattern = /Like|Arn/i.test(test);
  return values.every((value) => value !== "*" && !(isPattern && isAnybody(value, least)));
}

/** A pattern that leaves open whose it is: of an ARN the account, or where it has none, the name. */
function isAnybody(value: string, least: number): boolean {
  if (!/[*?]/.test(value) || /@[\w.-]+$/.test(value)) return false;
  const [arn, , , , account = "", ...name] = value.split(":");
  if (arn !== "arn") return value.search(/[*?]/) < least;
  return account === "" ? /^(?:[*?]|$)/.test(name.join(":")) : /[*?]/.test(account);
}
