import type { Json } from "../shapes/links.ts";
import type { Delivery } from "./deliveries.ts";

/** Since February 2026 GitHub's ids of deliveries are larger than a number of JavaScript can hold. */
const FIRST_ID = 3_804_004_623_172_000_000n;

/** The id of a delivery as the API has it. */
export function publicId({ id }: Delivery): string {
  return String(FIRST_ID + BigInt(id));
}

/** JSON with the id as it is, which the body can only hold as the nearest number. */
export function writtenOut(delivery: Delivery, { id: _, ...rest }: Json): string {
  return `{"id":${publicId(delivery)},${JSON.stringify(rest).slice(1)}`;
}

/** REST's `hook-delivery-item`. */
export function deliveryItem(delivery: Delivery): Json {
  const { guid, redelivery, event, action } = delivery;
  return {
    id: Number(publicId(delivery)),
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
