import { withoutIndex } from "./parts.ts";
import { at, oneOrMore, type Tree, textOf } from "./tree.ts";

/** What a resource is a piece of, by the argument that names it: providers let it stand within that thing too. */
const BELONGS_BY: Readonly<Record<string, string>> = {
  aws_iam_role_policy: "role",
  aws_iam_role_policy_attachment: "role",
  aws_iam_user_policy: "user",
  aws_iam_user_policy_attachment: "user",
  aws_iam_group_policy: "group",
  aws_iam_group_policy_attachment: "group",
  aws_s3_bucket_policy: "bucket",
  aws_s3_bucket_acl: "bucket",
  aws_sqs_queue_policy: "queue_url",
  aws_sns_topic_policy: "arn",
  aws_kms_key_policy: "key_id",
  aws_ecr_repository_policy: "repository",
  aws_secretsmanager_secret_policy: "secret_arn",
  aws_efs_file_system_policy: "file_system_id",
  aws_elasticsearch_domain_policy: "domain_name",
  aws_opensearch_domain_policy: "domain_name",
  aws_security_group_rule: "security_group_id",
  aws_vpc_security_group_ingress_rule: "security_group_id",
  aws_network_acl_rule: "network_acl_id",
  azurerm_network_security_rule: "network_security_group_name",
  google_storage_bucket_acl: "bucket",
  google_storage_bucket_iam_binding: "bucket",
  google_storage_bucket_iam_member: "bucket",
  "AWS::IAM::Policy": "Roles Users Groups",
  "AWS::IAM::ManagedPolicy": "Roles Users Groups",
  "AWS::IAM::RolePolicy": "RoleName",
  "AWS::S3::BucketPolicy": "Bucket",
  "AWS::SQS::QueuePolicy": "Queues",
  "AWS::SNS::TopicPolicy": "Topics",
  "AWS::EC2::SecurityGroupIngress": "GroupId",
  "AWS::EC2::NetworkAclEntry": "NetworkAclId",
};

/** What names a thing, as others write it. */
const ITS_NAME = /\.(?:id|name|arn|bucket|url|key_id|GroupId)$/;

/** The things that a resource is a piece of, by address or name; itself where it stands alone. */
export function ownersOf(tree: Tree, { type, name }: { type: string; name: string }): readonly string[] {
  const keys = BELONGS_BY[type]?.split(" ") ?? [];
  const owners = keys
    .flatMap((key) => oneOrMore(at(tree, key) ?? at(tree, "Properties", key)))
    .map((owner) => withoutIndex(textOf(owner)).replace(ITS_NAME, ""))
    .filter((owner) => owner !== "");
  return owners.length === 0 ? [name] : owners;
}
