import { z } from "zod";

/**
 * The parts of Kubernetes' and Compose's schemas that our files use, closed: a field that is not listed, or of another
 * type, is refused. From Kubernetes' API reference (apps/v1, v1, networking.k8s.io/v1, policy/v1) and the Compose
 * specification.
 */

const name = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/);
const labels = z.record(z.string(), z.string().max(63));
const quantity = z.string().regex(/^\d+(?:m|Ki|Mi|Gi)?$/);
const port = z.int().min(1).max(65_535);
const portOrName = z.union([port, name]);

const metadata = z.strictObject({ name, labels: labels.optional(), annotations: labels.optional() });
const labelSelector = z.strictObject({ matchLabels: labels });

const secretKeyRef = z.strictObject({ name, key: z.string(), optional: z.boolean().optional() });
const variable = z.union([
  z.strictObject({ name: z.string(), value: z.string() }),
  z.strictObject({ name: z.string(), valueFrom: z.strictObject({ secretKeyRef }) }),
]);

const probe = z.strictObject({
  httpGet: z.strictObject({ path: z.string().startsWith("/"), port: portOrName }),
  initialDelaySeconds: z.int().optional(),
  periodSeconds: z.int().optional(),
  timeoutSeconds: z.int().optional(),
  failureThreshold: z.int().optional(),
});

const container = z.strictObject({
  name,
  image: z.string(),
  ports: z.array(z.strictObject({ name: name.max(15), containerPort: port })),
  env: z.array(variable),
  volumeMounts: z.array(
    z.strictObject({ name, mountPath: z.string().startsWith("/"), readOnly: z.boolean() }),
  ),
  readinessProbe: probe,
  livenessProbe: probe,
  resources: z.strictObject({
    requests: z.record(z.string(), quantity),
    limits: z.record(z.string(), quantity),
  }),
  securityContext: z.strictObject({
    allowPrivilegeEscalation: z.boolean(),
    readOnlyRootFilesystem: z.boolean(),
    capabilities: z.strictObject({ drop: z.array(z.string()) }),
  }),
});

const volume = z.strictObject({
  name,
  secret: z.strictObject({
    secretName: name,
    defaultMode: z.int().min(0).max(0o777),
    items: z.array(z.strictObject({ key: z.string(), path: z.string() })),
  }),
});

const podSpec = z.strictObject({
  automountServiceAccountToken: z.boolean(),
  terminationGracePeriodSeconds: z.int(),
  securityContext: z.strictObject({
    runAsNonRoot: z.boolean(),
    runAsUser: z.int(),
    fsGroup: z.int(),
    seccompProfile: z.strictObject({ type: z.enum(["RuntimeDefault", "Unconfined", "Localhost"]) }),
  }),
  containers: z.array(container).min(1),
  volumes: z.array(volume),
});

export const deployment = z.strictObject({
  apiVersion: z.literal("apps/v1"),
  kind: z.literal("Deployment"),
  metadata,
  spec: z.strictObject({
    replicas: z.int().min(1),
    selector: labelSelector,
    strategy: z.strictObject({
      rollingUpdate: z.strictObject({ maxUnavailable: z.int(), maxSurge: z.int() }),
    }),
    template: z.strictObject({
      metadata: z.strictObject({ labels, annotations: labels.optional() }),
      spec: podSpec,
    }),
  }),
});

export const service = z.strictObject({
  apiVersion: z.literal("v1"),
  kind: z.literal("Service"),
  metadata,
  spec: z.strictObject({
    selector: labels,
    ports: z.array(z.strictObject({ name, port, targetPort: portOrName })),
  }),
});

export const ingress = z.strictObject({
  apiVersion: z.literal("networking.k8s.io/v1"),
  kind: z.literal("Ingress"),
  metadata,
  spec: z.strictObject({
    ingressClassName: name,
    tls: z.array(z.strictObject({ hosts: z.array(z.string()), secretName: name })),
    rules: z.array(
      z.strictObject({
        host: z.string(),
        http: z.strictObject({
          paths: z.array(
            z.strictObject({
              path: z.string().startsWith("/"),
              pathType: z.enum(["Exact", "Prefix", "ImplementationSpecific"]),
              backend: z.strictObject({
                service: z.strictObject({ name, port: z.strictObject({ name }) }),
              }),
            }),
          ),
        }),
      }),
    ),
  }),
});

const peers = z.array(z.strictObject({ namespaceSelector: labelSelector }));
const ports = z.array(z.strictObject({ protocol: z.enum(["TCP", "UDP"]), port: portOrName }));

export const networkPolicy = z.strictObject({
  apiVersion: z.literal("networking.k8s.io/v1"),
  kind: z.literal("NetworkPolicy"),
  metadata,
  spec: z.strictObject({
    podSelector: labelSelector,
    policyTypes: z.array(z.enum(["Ingress", "Egress"])),
    ingress: z.array(z.strictObject({ from: peers, ports })),
    egress: z.array(z.strictObject({ to: peers.optional(), ports })),
  }),
});

export const disruptionBudget = z.strictObject({
  apiVersion: z.literal("policy/v1"),
  kind: z.literal("PodDisruptionBudget"),
  metadata,
  spec: z.strictObject({ maxUnavailable: z.int(), selector: labelSelector }),
});

const composeService = z.strictObject({
  build: z.string().optional(),
  image: z.string().optional(),
  restart: z.enum(["no", "always", "on-failure", "unless-stopped"]),
  depends_on: z.record(z.string(), z.strictObject({ condition: z.literal("service_healthy") })).optional(),
  environment: z.record(z.string(), z.string()),
  secrets: z.array(z.string()),
  networks: z.array(z.string()),
  ports: z.array(z.string().regex(/^127\.0\.0\.1:\d+:\d+$/)).optional(),
  volumes: z.array(z.string()).optional(),
  read_only: z.boolean().optional(),
  cap_drop: z.array(z.string()).optional(),
  security_opt: z.array(z.string()),
  mem_limit: z.string().regex(/^\d+[mg]$/),
  pids_limit: z.int(),
  stop_grace_period: z
    .string()
    .regex(/^\d+s$/)
    .optional(),
  healthcheck: z.strictObject({ test: z.array(z.string()), interval: z.string() }).optional(),
});

/** Adds a service to those of the other file. */
export const proxy = z.strictObject({
  services: z.strictObject({
    caddy: z.strictObject({
      ...composeService.pick({
        restart: true,
        networks: true,
        volumes: true,
        read_only: true,
        cap_drop: true,
      }).shape,
      ...composeService.pick({ security_opt: true, mem_limit: true, pids_limit: true }).shape,
      image: z.string(),
      depends_on: z.array(z.string()),
      command: z.array(z.string()),
      ports: z.array(z.string().regex(/^\d+:\d+$/)),
      tmpfs: z.array(z.string().startsWith("/")),
      cap_add: z.array(z.string()),
    }),
  }),
  volumes: z.record(z.string(), z.null()),
});

export const compose = z.strictObject({
  services: z.record(z.string(), composeService),
  networks: z.record(z.string(), z.strictObject({ internal: z.boolean().optional() }).nullable()),
  secrets: z.record(z.string(), z.strictObject({ file: z.string() })),
  volumes: z.record(z.string(), z.null()),
});
