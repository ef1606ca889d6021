// biome-ignore-all format: a row a line
import { atLeast, NOTHING, noneOf, OFF, ON, PRESENT, without } from "./check.ts";
import type { Table } from "./row.ts";

const WEBHOOKS = "ValidatingWebhookConfiguration MutatingWebhookConfiguration";

/** Of Kubernetes and what is often installed in it. */
export const KUBERNETES_SETTINGS = {
  of: ["kubernetes", "helm-values"],
  rows: {
    "kubernetes/guard-weakened": [
      ["*", "securityContext.runAsNonRoot", ON, "weaker", "it may run as root"],
      ["*", "securityContext.readOnlyRootFilesystem", ON, "weaker", "what breaks in can change its files"],
      ["*", "securityContext.seccompProfile.type", noneOf("Unconfined"), "weaker", "it may call everything the machine's kernel has"],
      [WEBHOOKS, "webhooks?.failurePolicy", noneOf("Ignore"), "safe", "where it does not answer, everything is let in"],
      [WEBHOOKS, "webhooks?.rules", PRESENT, "weaker"],
      ["PeerAuthentication", "spec.mtls.mode", noneOf("DISABLE", "PERMISSIVE"), "safe", "connections without a certificate are taken"],
      ["PeerAuthentication", "spec.portLevelMtls", NOTHING, "safe", "connections without a certificate are taken"],
      ["DestinationRule", "spec.trafficPolicy.tls.mode", noneOf("DISABLE"), "weaker", "what is sent can be read on the way"],
      ["ClusterPolicy Policy", "spec.validationFailureAction spec.rules.validate.failureAction", noneOf("Audit"), "safe", "what it forbids is only recorded"],
      ["ValidatingPolicy ImageValidatingPolicy", "spec.validationActions", without("Audit"), "weaker", "what it forbids is only recorded"],
      ["ValidatingAdmissionPolicy", "spec.failurePolicy", noneOf("Ignore"), "safe", "where it fails, everything is let in"],
      ["ValidatingAdmissionPolicyBinding", "spec.validationActions", without("Warn", "Audit"), "weaker", "what it forbids is only recorded"],
      ["AuthorizationPolicy", "spec.rules", PRESENT, "weaker"],
      ["AuthorizationPolicy", "spec.rules?.from", PRESENT, "weaker", "anybody is let in"],
      ["AuthorizationPolicy", "spec.rules?.when", PRESENT, "weaker", "more requests are let in"],
      ["Ingress", "spec.tls", PRESENT, "weaker", "what is sent can be read on the way"],
      ["Service", "spec.loadBalancerSourceRanges", PRESENT, "weaker", "every address is let in"],
      ["Service", "spec.externalTrafficPolicy", noneOf("Cluster"), "weaker", "the sender's address is lost, and rules about it with it"],
      ["AppProject", "spec.clusterResourceBlacklist", PRESENT, "weaker", "its applications may make whatever the cluster has"],
      ["AppProject", "spec.signatureKeys", PRESENT, "weaker", "commits that nobody signed are deployed"],
      ["AppProject", "spec.sourceRepos", without("*"), "safe", "any repository may be deployed"],
      ["AppProject", "spec.sourceNamespaces", without("*"), "safe", "applications of any namespace count"],
      ["AppProject", "spec.destinations.namespace", noneOf("*"), "safe", "it may deploy to any namespace"],
      ["AppProject", "spec.destinations.server", noneOf("*"), "safe", "it may deploy to any cluster"],
      ["AppProject", "spec.destinations.name", noneOf("*"), "safe", "it may deploy to any cluster"],
      ["AppProject", "spec.clusterResourceWhitelist?.kind", noneOf("*"), "safe", "its applications may make whatever the cluster has"],
      ["GitRepository OCIRepository", "spec.verify", PRESENT, "weaker", "what nobody signed is deployed"],
      ["HelmRepository GitRepository Bucket", "spec.insecure", OFF, "safe", "what is sent can be changed on the way"],
      ["Certificate", "spec.privateKey.rotationPolicy", noneOf("Never"), "safe", "a key that leaked is kept"],
      ["Middleware", "spec.ipWhiteList.sourceRange spec.ipAllowList.sourceRange", PRESENT, "weaker", "every address is let in"],
      ["ServersTransport", "spec.insecureSkipVerify", OFF, "safe", "the other side's certificate is not checked"],
      ["APIService", "spec.insecureSkipTLSVerify", OFF, "safe", "the other side's certificate is not checked"],
      ["KubeletConfiguration", "authentication.anonymous.enabled", OFF, "safe", "anyone may ask the kubelet"],
      ["KubeletConfiguration", "authorization.mode", noneOf("AlwaysAllow"), "safe", "anyone may ask the kubelet"],
      ["PodSecurityPolicy SecurityContextConstraints", "spec.privileged allowPrivilegedContainer", OFF, "safe", "containers may do what the machine may"],
      ["Config", "clusters.cluster.insecure-skip-tls-verify", OFF, "safe", "the other side's certificate is not checked"],
      ["*", "securityContext.capabilities.drop", PRESENT, "weaker", "it keeps rights of the kernel that it did without"],
      ["*", "spec.enforcementAction", noneOf("dryrun", "warn"), "safe", "what it forbids is only recorded"],
      ["Target", "requireApproval", ON, "weaker", "nobody is asked before it goes out"],
      ["ServerAuthorization", "spec.client.unauthenticated", OFF, "safe", "connections without a certificate are taken"],
      ["Gateway", "spec.servers.tls.mode", noneOf("PASSTHROUGH", "OPTIONAL_MUTUAL"), "weaker", "connections without a certificate are taken"],
      ["SecurityPolicy", "spec.jwt spec.basicAuth spec.oidc spec.extAuth", PRESENT, "weaker", "anyone can call it without signing in"],
      ["IngressRoute IngressRouteTCP", "spec.routes?.middlewares", PRESENT, "weaker", "what they asked for is asked no more"],
      ["*", "service.type", noneOf("LoadBalancer", "NodePort"), "safe", "it can be reached from outside the cluster"],
    ],
    "backups/switched-off": [
      ["Schedule", "spec.paused", OFF, "safe"],
      ["ScheduledBackup", "spec.suspend", OFF, "safe"],
      ["ReplicationSource", "spec.paused", OFF, "safe"],
      ["Cluster", "spec.backup", PRESENT, "weaker"],
      ["PerconaXtraDBCluster PerconaServerMongoDB PerconaPGCluster", "spec.backup.enabled", ON, "safe"],
      ["*", "backup.enabled backups.enabled", ON, "weaker"],
    ],
    "kubernetes/suspended": [
      ["CronJob", "spec.suspend", OFF, "safe"],
      ["HelmRelease Kustomization", "spec.suspend", OFF, "safe", "it is no longer kept as written"],
      ["postgresql Cluster", "spec.numberOfInstances spec.instances", atLeast(1), "safe", "its database stops"],
    ],
    "watch/switched-off": [
      ["AlertmanagerConfig", "spec.route.receiver", noneOf("null", "blackhole", "devnull"), "safe", "alerts go nowhere"],
    ],
    "terraform/force-destroy": [
      ["Kafka KafkaNodePool", "spec.kafka.storage.deleteClaim spec.zookeeper.storage.deleteClaim spec.storage.deleteClaim", OFF, "safe", "its volumes go with it"],
      ["Elasticsearch", "spec.volumeClaimDeletePolicy", noneOf("DeleteOnScaledownAndClusterDeletion"), "weaker", "its volumes go with it"],
      ["Cluster", "spec.terminationPolicy", noneOf("Delete", "WipeOut"), "weaker", "its volumes go with it"],
    ],
  },
} as const satisfies Table;
