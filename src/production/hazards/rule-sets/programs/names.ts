// biome-ignore-all format: a row a line
import { atLeast, noneOf, OFF, ON } from "../../tables/check.ts";
import type { Table } from "../../tables/row.ts";

/** Names of Azure's own templates, in Bicep, ARM and the programs that are made from them. */
export const AZURE_TEMPLATES = {
  of: ["terraform"],
  rows: {
    "storage/encryption-off": [
      ["*", "encryptionAtHost supportsEncryption enableDiskEncryption", ON, "weaker"],
      ["*", "requireInfrastructureEncryption", ON, "weaker"],
    ],
    "network/transport-plain": [
      ["*", "supportsHttpsTrafficOnly httpsOnly", ON, "weaker"],
      ["*", "minimumTlsVersion minimalTlsVersion minTlsVersion", noneOf("TLS1_0", "TLS1_1", "1.0", "1.1", "Tls10", "Tls11", "TLSEnforcementDisabled"), "weaker"],
      ["*", "sslEnforcement requireSecureTransport", noneOf("Disabled", "OFF"), "weaker"],
      ["*", "enableNonSslPort nonSslPortEnabled", OFF, "safe"],
      ["*", "ftpsState", noneOf("AllAllowed"), "weaker"],
    ],
    "storage/public-database": [["*", "publicNetworkAccess", noneOf("Enabled"), "weaker"]],
    "storage/opened": [["*", "publicAccess", noneOf("Blob", "Container"), "safe"]],
    "storage/public-access-allowed": [
      ["*", "allowBlobPublicAccess", OFF, "weaker"],
      ["*", "defaultAction networkAclDefaultAction", noneOf("Allow"), "weaker", "every network is let in"],
    ],
    "network/control-plane-open": [["*", "enablePrivateCluster", ON, "weaker"]],
    "network/firewall-off": [
      ["*", "firewallMode wafMode policySettings.mode", noneOf("Detection"), "safe", "the firewall only watches"],
      ["*", "policySettings.state policySettings.enabledState", noneOf("Disabled"), "safe"],
    ],
    "access/anonymous": [
      ["*", "anonymousPullEnabled", OFF, "safe"],
      ["*", "authLevel", noneOf("anonymous"), "weaker"],
    ],
    "access/sign-in-weakened": [
      ["*", "disableLocalAuth disableLocalAccounts disablePasswordAuthentication", ON, "weaker"],
      ["*", "allowSharedKeyAccess adminUserEnabled", OFF, "weaker"],
      ["*", "enableRbacAuthorization enableRBAC", ON, "weaker"],
    ],
    "guards/weakened": [["*", "secureBootEnabled vTpmEnabled", ON, "weaker"]],
    "backups/switched-off": [
      ["*", "enablePurgeProtection enableSoftDelete isVersioningEnabled", ON, "weaker"],
      ["*", "softDeleteRetentionInDays", atLeast(7), "weaker"],
      ["*", "geoRedundantBackup", noneOf("Disabled"), "weaker"],
    ],
  },
} as const satisfies Table;

/** Names of the constructs of CDK and of Pulumi that no template has. */
export const CONSTRUCTS = {
  of: ["terraform"],
  rows: {
    "storage/encryption-off": [["*", "storageEncrypted encryptionEnabled volumeEncrypted", ON, "weaker"], ["*", "encryption", noneOf("UNENCRYPTED", "NONE"), "weaker"]],
    "network/transport-plain": [
      ["*", "enforceSSL enforceHttps requireSsl transitEncryption", ON, "weaker"],
      ["*", "viewerProtocolPolicy", noneOf("ALLOW_ALL", "allow-all"), "weaker"],
    ],
    "storage/public-access-allowed": [["*", "publicReadAccess", OFF, "safe", "everybody can read what is in it"]],
    "access/anonymous": [
      ["*", "authType authorizationType", noneOf("NONE"), "weaker"],
      ["*", "allowUnauthenticatedIdentities", OFF, "safe"],
      ["*", "allowUnauthenticated", OFF, "safe"],
    ],
    "network/public-address": [["*", "internetFacing", OFF, "safe"]],
    "network/control-plane-open": [["*", "endpointAccess", noneOf("PUBLIC"), "weaker"]],
    "repository/public": [["*", "visibility visibilityLevel", noneOf("public"), "weaker"]],
    "guards/weakened": [
      ["*", "privilegedMode allowAllOutbound allowPublicSubnet", OFF, "safe"],
      ["*", "requireImdsv2 enableKeyRotation", ON, "weaker"],
    ],
    "backups/switched-off": [
      ["*", "pointInTimeRecovery pointInTimeRecoveryEnabled versioned", ON, "weaker"],
      ["*", "backupRetentionPeriod snapshotRetentionLimit", atLeast(1), "weaker"],
    ],
    "terraform/deletion-protection-dropped": [
      ["*", "deletionProtectionEnabled deletionProtection terminationProtection", ON, "weaker"],
    ],
    "watch/switched-off": [
      ["*", "enableLogging sendToCloudWatchLogs isMultiRegionTrail enableFileValidation actionsEnabled", ON, "weaker"],
    ],
  },
} as const satisfies Table;
