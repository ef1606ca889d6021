import * as z from "zod";

/**
 * What an incoming webhook of Slack's takes, of what we send: docs.slack.dev, "Sending messages using incoming webhooks"
 * (`text`, `blocks`), "Text object" (1 to 3,000 characters; `emoji` with plain_text only, `verbatim` with mrkdwn only),
 * "Section block", and "Blocks" (50 in a message); read 2026-11.
 */
const text = z.string().min(1).max(3_000);

const section = z.strictObject({
  type: z.literal("section"),
  text: z.discriminatedUnion("type", [
    z.strictObject({ type: z.literal("plain_text"), text, emoji: z.boolean().optional() }),
    z.strictObject({ type: z.literal("mrkdwn"), text, verbatim: z.boolean().optional() }),
  ]),
});

export const slackWebhook = z.strictObject({
  text: z.string().min(1).max(40_000),
  mrkdwn: z.boolean().optional(),
  unfurl_links: z.boolean().optional(),
  unfurl_media: z.boolean().optional(),
  blocks: z.array(section).max(50),
});
