/** What goes when a resource of a type goes, as a clause; the first that fits. */
const LOSSES: readonly (readonly [RegExp, string])[] = [
  [
    /^aws_iam_|_iam_(?:member|binding|policy|role|custom_role|audit)|role_(?:binding|assignment)|^aws_(?:s3_bucket|sqs_queue|sns_topic|kms_key|secretsmanager_secret|ecr_repository|lambda_permission)_?policy/,
    "it is destroyed on apply, and who works by it loses access",
  ],
  [
    /^(?:aws_s3_(?:bucket_)?object(?:_copy)?|google_storage_bucket_object|azurerm_storage_blob)$/,
    "the file that it keeps in the storage is destroyed on apply",
  ],
  // What belongs to something else takes nothing with it.
  [
    /_(?:subscription|redrive_(?:allow_)?policy|policy|association|attachment|capacity_providers?|access_entry|assessment|subnet_group|parameter_group|option_group|firewall_rule|virtual_network_rule|rotation|alias|addon)$/,
    "it is destroyed on apply",
  ],
  [
    /^aws_(?:db_instance|rds_|docdb_|neptune_|redshift_cluster|redshiftserverless)|^google_(?:sql_database|spanner_|alloydb_|bigtable_)|^azurerm_(?:(?:postgresql|mysql|mssql|mariadb|sql)_|cosmosdb_)|^digitalocean_database|^mongodbatlas_/,
    "the database and its data are destroyed on apply",
  ],
  [
    /^aws_dynamodb_table|^google_bigquery_|^google_firestore/,
    "the table and its data are destroyed on apply",
  ],
  [
    /^aws_s3_bucket$|^google_storage_bucket$|^azurerm_storage_(?:account|container|share)$|^aws_s3_object$|^google_storage_bucket_object$/,
    "the storage and what is in it are destroyed on apply",
  ],
  [
    /^aws_(?:ebs_volume|efs_file_system|fsx_)|^google_(?:compute_disk|filestore_)|^azurerm_managed_disk|^kubernetes_persistent_volume/,
    "the volume and its data are destroyed on apply",
  ],
  [
    /^aws_elasticache_|^google_redis_|^azurerm_redis_|^aws_memorydb_/,
    "the cache and what it holds are destroyed on apply",
  ],
  [/^aws_(?:opensearch|elasticsearch)_domain$/, "the search cluster and its indexes are destroyed on apply"],
  [
    /^aws_(?:sqs_queue|sns_topic|kinesis_|msk_|mq_)|^google_pubsub_|^azurerm_(?:servicebus|eventhub)_/,
    "it is destroyed on apply, with the messages it still holds",
  ],
  [/^azurerm_key_vault_secret$/, "the secret is destroyed on apply, and what reads it fails"],
  [
    /^aws_kms_key$|^google_kms_|^azurerm_key_vault/,
    "the key is destroyed on apply, and what it encrypts can no longer be read",
  ],
  [/^aws_ssm_parameter$/, "the value that it keeps is destroyed on apply, and what reads it fails"],
  [
    /^aws_secretsmanager_secret|^google_secret_manager_/,
    "the secret is destroyed on apply, and what reads it fails",
  ],
  [
    /^aws_route53_(?!resolver_firewall)|^google_dns_|^azurerm_dns_|^cloudflare_record|^cloudflare_dns/,
    "it is destroyed on apply, and the name stops resolving",
  ],
  [
    /^aws_eks_|^google_container_|^azurerm_kubernetes_|^aws_ecs_cluster/,
    "it is destroyed on apply, with what runs on it",
  ],
  [/^kubernetes_namespace/, "the namespace and everything in it are destroyed on apply"],
  [
    /^aws_ecr_repository$|^google_artifact_registry_repository$/,
    "the repository and its images are destroyed on apply",
  ],
  [/^aws_cloudwatch_log_group$|^google_logging_project_sink/, "its logs are destroyed on apply"],
  [
    /_(?:vpc|subnet|subnetwork|network|lb|alb|elb|load_balancer|nat_gateway|vpn_gateway)$/,
    "it is destroyed on apply, and what is reached through it is cut off",
  ],
];

/** Resources that only live in the state, or that nothing is lost with. */
const NOTHING_LOST =
  /^(?:null_resource|terraform_data|aws_kms_ciphertext$|time_|local_|random_|external|template_|archive_|tls_(?!private_key)|ephemeral)/;

/** Settings that cannot be changed in place: the resource is destroyed and made anew. */
export const MADE_ANEW: Readonly<Record<string, readonly string[]>> = {
  aws_db_instance: [
    "engine",
    "db_name",
    "username",
    "storage_encrypted",
    "kms_key_id",
    "availability_zone",
    "snapshot_identifier",
    "character_set_name",
  ],
  aws_rds_cluster: [
    "cluster_identifier",
    "database_name",
    "engine",
    "master_username",
    "storage_encrypted",
    "kms_key_id",
    "snapshot_identifier",
  ],
  aws_dynamodb_table: ["name", "hash_key", "range_key"],
  aws_s3_bucket: ["bucket", "bucket_prefix"],
  aws_ebs_volume: ["availability_zone", "encrypted", "kms_key_id", "snapshot_id"],
  aws_efs_file_system: ["creation_token", "encrypted", "kms_key_id", "performance_mode"],
  aws_elasticache_cluster: ["cluster_id", "engine", "subnet_group_name"],
  aws_sqs_queue: ["name", "fifo_queue"],
  aws_ecr_repository: ["name"],
  aws_vpc: ["cidr_block"],
  aws_subnet: ["cidr_block", "availability_zone", "vpc_id"],
  aws_eks_cluster: ["name", "role_arn"],
  aws_opensearch_domain: ["domain_name"],
  google_sql_database_instance: ["name", "region"],
  google_storage_bucket: ["name", "location"],
  google_compute_disk: ["name", "type", "zone", "image"],
  google_container_cluster: ["name", "location", "network", "subnetwork"],
  google_bigquery_dataset: ["dataset_id", "location"],
  azurerm_storage_account: ["name", "location", "resource_group_name"],
  azurerm_postgresql_flexible_server: ["name", "location", "resource_group_name", "administrator_login"],
  azurerm_resource_group: ["name", "location"],
  kubernetes_namespace: ["name"],
};

export function lossOf(type: string): string | null {
  if (NOTHING_LOST.test(type)) return null;
  return LOSSES.find(([pattern]) => pattern.test(type))?.[1] ?? "it is destroyed on apply";
}

const ALARM =
  /^(?:aws_cloudwatch_(?:metric_alarm|composite_alarm)|google_monitoring_(?:alert_policy|uptime)|azurerm_monitor_(?:metric_alert|activity_log_alert|scheduled)|datadog_monitor|newrelic_(?:nrql_)?alert|pagerduty_(?:service|escalation)|opsgenie_|grafana_rule|statuscake_|pingdom_|sentry_issue_alert|aws_route53_health_check)/;
const BACKUP =
  /^(?:aws_backup_|aws_dlm_|aws_db_(?:snapshot|instance_automated_backups)|google_(?:gke_backup|compute_resource_policy)|azurerm_(?:backup_|data_protection_backup|recovery_services)|aws_s3_bucket_(?:versioning|replication))/;

export function isAlarm(type: string): boolean {
  return ALARM.test(type);
}

export function isBackup(type: string): boolean {
  return BACKUP.test(type);
}
