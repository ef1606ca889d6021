import type { Json } from "../shapes/links.ts";
import type { Delivery } from "./deliveries.ts";

/** REST's `hook-delivery-item`. */
export function deliveryItem(delivery: Delivery): Json {
  const { id, guid, redelivery, event, action } = delivery;
  return {
    id,
    guid,
    delivered_at: delivery.deliveredAt,
    redelivery,
    duration: Math.round(delivery.durationMs) / 1000,
    status: statusText(delivery.status),
    status_code: delivery.status,
    event,
    action,
    installation_id: delivery.installationId,
    repository_id: delivery.repositoryId,
    throttled_at: null,
  };
}

/** REST's `hook-delivery`. */
export function deliveryWhole(delivery: Delivery): Json {
  return {
    ...deliveryItem(delivery),
    request: {
      headers: { "X-GitHub-Event": delivery.event, "X-GitHub-Delivery": delivery.guid },
      payload: delivery.payload,
    },
    response: { headers: {}, payload: "" },
  };
}

function statusText(status: number): string {
  if (status === 0) return "failed to connect to host";
  return status < 300 ? "OK" : `Invalid HTTP Response: ${status}`;
}
