import { clean } from "./clean.ts";
import type { Happening } from "./happening.ts";
import { pageOf } from "./page.ts";
import { sentenceOf } from "./sentence.ts";

interface TextObject {
  readonly type: "plain_text" | "mrkdwn";
  readonly text: string;
  readonly emoji?: false;
  readonly verbatim?: true;
}

/** What an incoming webhook of Slack takes (docs.slack.dev, "Sending messages using incoming webhooks"). */
export interface SlackMessage {
  /** What notifications show. */
  readonly text: string;
  readonly mrkdwn: false;
  readonly unfurl_links: false;
  readonly unfurl_media: false;
  readonly blocks: readonly { readonly type: "section"; readonly text: TextObject }[];
}

/** Slack's limit for the text of a section is 3,000 characters. */
const LONGEST = 3_000;

/**
 * Whatever somebody else can have written stands in plain text, which Slack does not format. The one text with markup
 * is our own link.
 */
export function slackMessage(happening: Happening, github: string): SlackMessage {
  const { pull, reason } = happening;
  const lines = [
    sentenceOf(happening),
    ...(pull?.title == null ? [] : [`Title: ${clean(pull.title)}`]),
    ...(reason === undefined ? [] : [`Reason: ${clean(reason)}`]),
  ];
  const link: TextObject = {
    type: "mrkdwn",
    text: `<${pageOf(happening, github)}|Open on GitHub>`,
    verbatim: true,
  };
  return {
    text: cut(slackText(sentenceOf(happening))),
    ...{ mrkdwn: false, unfurl_links: false, unfurl_media: false },
    blocks: [plain(lines.join("\n")), { type: "section", text: link }],
  };
}

function plain(text: string): SlackMessage["blocks"][number] {
  return { type: "section", text: { type: "plain_text", text: cut(slackText(text)), emoji: false } };
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** Keeps a name from being read as a mention, and is not seen. */
const JOINER = "\u2060";

/**
 * The three characters that Slack wants escaped (docs.slack.dev, "Formatting message text"), no name behind an at sign, and
 * no address to follow.
 */
export function slackText(text: string): string {
  return text
    .replace(/[&<>]/g, (character) => ENTITIES[character] ?? "")
    .replaceAll("@", `@${JOINER}`)
    .replaceAll("://", `:/${JOINER}/`);
}

/** Not within an entity. */
function cut(text: string): string {
  if (text.length <= LONGEST) return text;
  return `${text
    .slice(0, LONGEST - 1)
    .toWellFormed()
    .replace(/&[a-z]{0,3}$/, "")}…`;
}
