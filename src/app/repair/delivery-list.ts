import { z } from "zod";
import { type GitHubClient, parsed, rest } from "../../github/client/client.ts";
import { headersOf } from "../../github/client/errors.ts";
import { LIMITS } from "../../github/client/limits.ts";

const answer = z.array(
  z.object({
    // Larger than a number holds since February 2026, and then read as a bigint, which no address can be made with.
    id: z.union([z.int(), z.bigint()]).transform(String),
    guid: z.string(),
    delivered_at: z.iso.datetime({ offset: true }),
    status_code: z.int(),
    event: z.string(),
    action: z.string().nullish(),
    installation_id: z.int().nullish(),
    repository_id: z.int().nullish(),
  }),
);

/** One attempt at a delivery. */
export type Attempt = z.infer<typeof answer>[number];

export interface DeliveryPage {
  /** Newest first. */
  readonly items: readonly Attempt[];
  /** The cursor of the page behind this one. */
  readonly next: string | null;
}

/** What the App's own requests need; an installation's token may not ask. */
export const APP_KEY = "a private key that belongs to APP_ID";

export interface PageWanted {
  readonly cursor: string | null;
  /** Absent: failed ones and others. */
  readonly status?: "failure";
}

/** @throws {GitHubUnavailable | GitHubProblem} */
export async function listDeliveries(
  client: GitHubClient,
  { cursor, ...wanted }: PageWanted,
): Promise<DeliveryPage> {
  const { data, headers } = await rest(client, {
    route: "GET /app/hook/deliveries",
    parameters: { per_page: LIMITS.pageSize, ...wanted, ...(cursor !== null && { cursor }) },
    need: APP_KEY,
  });
  const links = (headersOf({ headers }).link ?? "").split("<");
  const next = /[?&]cursor=([^&>]+)/.exec(links.find((link) => />;\s*rel="?next"?/.test(link)) ?? "");
  return {
    items: parsed(answer, data, "the deliveries"),
    next: next?.[1] === undefined ? null : decodeURIComponent(next[1]),
  };
}
