import type { InFlightDeliveries } from "./intake/in-flight.ts";
import {
  keysRoutes,
  LIVENESS,
  operationRoutes,
  type Routes,
  validateRoutes,
  webhookRoutes,
} from "./intake/routes.ts";
import { createHttpServer, type Otherwise } from "./intake/server.ts";
import type { SecretName } from "./intake/signature.ts";
import { BOUNDS, Unverified } from "./intake/unverified.ts";
import type { Refusal, Webhook } from "./intake/webhook.ts";
import { closeServer, listen } from "./listening.ts";
import type { ByWebhook } from "./operation/delivery-settings.ts";
import type { Readiness } from "./operation/health.ts";
import type { Log } from "./operation/log.ts";
import type { Metrics } from "./operation/metrics.ts";
import type { Settings } from "./operation/settings.ts";
import type { Signatures } from "./operation/signatures.ts";

export interface Servers {
  readonly address: string;
  /** That of the webhooks where metrics and readiness have no port of their own. */
  readonly opsAddress: string;
  /** What strangers make the port of the webhooks hold. */
  readonly unverified: () => { readonly connections: number; readonly bytes: number };
  readonly close: () => Promise<void>;
}

export interface ServersPorts {
  readonly inFlight: InFlightDeliveries;
  readonly signatures: Signatures;
  readonly metrics: Metrics;
  readonly accept: (webhook: Webhook) => Promise<void>;
  /** The public keys as a JWK set. */
  readonly keys: () => Promise<object>;
  readonly readiness: () => Promise<Readiness>;
  readonly log: Log;
  /** Answers at the port of the webhooks what is for nobody else; absent: nothing is there. */
  readonly pages?: Otherwise;
}

/** A port for the webhooks, and one for those who run the app, if they want one. Throws `Unreachable`. */
export async function openServers(settings: Settings, ports: ServersPorts): Promise<Servers> {
  const { log, metrics } = ports;
  const { host, port, opsPort } = settings;
  const operation = operationRoutes({ readiness: ports.readiness, metrics: metrics.read });
  const open = (routes: Routes, dropped: () => void, otherwise?: Otherwise) => {
    const now = () => performance.now();
    const later = (work: () => void, ms: number) => void setTimeout(work, ms).unref();
    const unverified = new Unverified({ bounds: BOUNDS, now, later, dropped });
    return {
      unverified,
      server: createHttpServer({ routes, unverified, log, ...(otherwise && { otherwise }) }),
    };
  };
  const outside = open(
    { ...outsideRoutes(settings, ports), ...(opsPort === undefined && operation) },
    metrics.dropped,
    ports.pages,
  );
  const address = await listen(outside.server, { host, port, setting: "PORT" });
  const inside = open(operation, () => {});
  const closeAll = async () => {
    await Promise.all([closeServer(outside.server), closeServer(inside.server)]);
  };
  try {
    const opsAddress =
      opsPort === undefined
        ? address
        : await listen(inside.server, { host, port: opsPort, setting: "COUNTERSIGN_OPS_PORT" });
    return { address, opsAddress, unverified: () => outside.unverified, close: closeAll };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

function outsideRoutes(settings: Settings, ports: ServersPorts): Routes {
  const validate = settings.validateApi && validateRoutes(() => performance.now());
  const { deliveries } = settings;
  const keys = settings.url !== undefined && keysRoutes(ports.keys);
  return { ...(deliveries.by === "webhook" ? webhooks(deliveries, ports) : LIVENESS), ...validate, ...keys };
}

function webhooks({ secret: current, previousSecret: previous }: ByWebhook, ports: ServersPorts): Routes {
  const { inFlight, accept, signatures, metrics } = ports;
  const verified = (secret: SecretName): void => {
    signatures.right();
    if (secret === "previous") metrics.signedBefore();
  };
  const refused = (why: Refusal): void => {
    metrics.refused(why);
    if (why === "signature" || why === "unsigned") signatures.wrong();
  };
  const secrets = { current, ...(previous !== undefined && { previous }) };
  return webhookRoutes({ secrets, inFlight, accept, verified, refused });
}
