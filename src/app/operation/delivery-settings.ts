import { z } from "zod";
import { integer } from "./integer.ts";
import { weakness } from "./secret.ts";

/** GitHub brings deliveries, signed with a secret. */
export interface ByWebhook {
  readonly by: "webhook";
  readonly secret: string;
  /** Accepted too, while the secret is being changed. */
  readonly previousSecret?: string;
}

/** They are read from GitHub, which need not reach the app. */
interface ByPolling {
  readonly by: "polling";
  readonly everyMs: number;
}

export type Deliveries = ByWebhook | ByPolling;

const MAKE_SECRET = "`openssl rand -hex 32` makes a good one, to be set in the App's webhook settings too";

export const deliveryVariables = {
  WEBHOOK_SECRET: z.string().superRefine(strong).optional(),
  WEBHOOK_SECRET_PREVIOUS: z.string().superRefine(strong).optional(),
  COUNTERSIGN_POLL: integer("must be a number of seconds from 2 to 60", 2, 60).optional(),
};

const variables = z.object(deliveryVariables);

type Variables = Readonly<Record<string, string | undefined>>;

/** What is wrong where nothing says how deliveries come. */
export function secretProblem({
  WEBHOOK_SECRET: secret,
  COUNTERSIGN_POLL: poll,
}: Variables): string | undefined {
  return secret === undefined && poll === undefined ? `WEBHOOK_SECRET is missing: ${MAKE_SECRET}` : undefined;
}

/** `undefined` where nothing says how. */
export function deliveriesOf({
  WEBHOOK_SECRET: secret,
  WEBHOOK_SECRET_PREVIOUS: previousSecret,
  COUNTERSIGN_POLL: seconds,
}: z.infer<typeof variables>): Deliveries | undefined {
  if (seconds !== undefined) return { by: "polling", everyMs: seconds * 1000 };
  return secret === undefined
    ? undefined
    : { by: "webhook", secret, ...(previousSecret !== undefined && { previousSecret }) };
}

function strong(secret: string, context: z.RefinementCtx): void {
  const reason = weakness(secret);
  if (reason)
    context.addIssue({ code: "custom", message: `is too easy to guess: ${reason}; ${MAKE_SECRET}` });
}
