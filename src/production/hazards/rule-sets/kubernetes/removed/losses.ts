import type { LinePattern } from "../../../line-pattern.ts";
import { shown } from "../../../words.ts";

export const DATA: Readonly<Record<string, string>> = {
  Namespace: "the namespace and everything in it are deleted",
  CustomResourceDefinition: "every object of its kind is deleted with it",
  PersistentVolumeClaim: "the volume and its data are deleted where the claim's class reclaims them",
  PersistentVolume: "the volume is released, and its data may be deleted",
  StatefulSet: "what it runs stops, and its volumes are left without an owner",
  StorageClass: "volumes can no longer be made or grown by it",
};

export const WORKLOADS: Readonly<Record<string, string>> = {
  Deployment: "what it runs stops",
  DaemonSet: "what it runs stops on every node",
  ReplicaSet: "what it runs stops",
  CronJob: "it runs no more",
  Service: "what reached its pods by this name no longer does",
  Ingress: "its hosts can no longer be reached",
  IngressRoute: "its hosts can no longer be reached",
  HTTPRoute: "its hosts can no longer be reached",
  Gateway: "what comes in by it can no longer be reached",
  VirtualService: "its hosts can no longer be reached",
  HelmRelease: "the release is uninstalled",
  HelmChart: "the release is uninstalled",
  Application: "what it deployed is deleted or no longer kept as written",
  ApplicationSet: "the applications it makes are deleted",
  Secret: "what reads it fails",
  SealedSecret: "the secret and what reads it go",
  ExternalSecret: "the secret and what reads it go",
  Certificate: "the certificate is no longer renewed",
  ClusterIssuer: "certificates are no longer issued by it",
  PodDisruptionBudget: "all its pods may be taken away at once",
  HorizontalPodAutoscaler: "it no longer scales with its load",
};

export function removedKind(kinds: string): LinePattern {
  return {
    side: "before",
    pattern: new RegExp(`^\\s*kind:\\s*(${kinds})\\s*$`),
    what: ([, kind]) => shown(String(kind)),
    why: ([, kind = ""]) => `removes a ${shown(kind)}: ${DATA[kind] ?? WORKLOADS[kind] ?? "it is deleted"}`,
  };
}
