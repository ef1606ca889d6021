import { describe, expect, test } from "@jest/globals";
import { clean } from "../../src/notices/clean.ts";
import { documentOf, textOf } from "../../src/notices/document.ts";
import { HAPPENING_KINDS } from "../../src/notices/happening.ts";
import { sentenceOf } from "../../src/notices/sentence.ts";
import { slackMessage, slackText } from "../../src/notices/slack.ts";
import { fc } from "../fast-check.ts";
import { anyHappening, TOLD } from "./happenings.ts";
import { slackWebhook } from "./slack-shape.ts";

const GITHUB = "https://github.com";
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u;

describe("one sentence for each kind", () => {
  test("none is missing", () => {
    expect(TOLD.map(({ happening }) => happening.kind)).toEqual(HAPPENING_KINDS);
  });

  test.each(TOLD)("$says", ({ happening, says }) => {
    expect(sentenceOf(happening)).toBe(says);
  });

  test("where nobody is known who did it, and where many are asked", () => {
    const [{ happening } = { happening: null }] = TOLD;
    if (happening === null) throw new Error("there is none");
    expect(sentenceOf({ ...happening, kind: "bypassed", branch: "main" })).toMatch(/^Somebody changed main /);
    const asked = Array.from({ length: 20 }, (_, index) => `u${index}`);
    expect(sentenceOf({ ...happening, asked })).toMatch(/u14 and 5 more are asked/);
  });
});

describe("the words of somebody else", () => {
  test.each([
    ["a line break and a tab", "one\r\n\ttwo", "one two"],
    ["what reorders text", "a\u202Egnp.exe", "a gnp.exe"],
    ["what is not seen", "a\u200Bb\u2060c", "a b c"],
    ["half a character", "a\uD800b", "a\uFFFDb"],
    ["an address", "Ask olga@acme.example, please", "Ask [address] please"],
    ["an address in a list", "a,b@c.d;e", "[address]"],
    ["a team is no address", "@acme/sre", "@acme/sre"],
    ["a long title", "x".repeat(300), `${"x".repeat(255)}…`],
    ["nothing", "\u0000", ""],
  ])("%s", (_, text, shown) => {
    expect(clean(text)).toBe(shown);
  });

  test("are one line of at most 256 characters, and clean once cleaned", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 1000 }), (text) => {
        const shown = clean(text);
        expect([...shown].length).toBeLessThanOrEqual(256);
        expect(shown).not.toMatch(UNSEEN);
        expect(clean(shown)).toBe(shown);
      }),
    );
  });
});

describe("a message for Slack", () => {
  test.each([
    ["a mention of a channel", "<!channel>", "&lt;!channel&gt;"],
    ["one of a person", "<@U012>", "&lt;@\u2060U012&gt;"],
    ["a mention by name", "@here", "@\u2060here"],
    ["what is escaped already", "&lt;!here&gt;", "&amp;lt;!here&amp;gt;"],
    ["a link", "<https://a.b|c>", "&lt;https:/\u2060/a.b|c&gt;"],
  ])("escapes %s", (_, text, escaped) => {
    expect(slackText(text)).toBe(escaped);
  });

  test("says what happened, with the title and the reason, and leads to GitHub", () => {
    const told = TOLD.find(({ happening }) => happening.kind === "override-asked");
    if (!told) throw new Error("there is none");
    const title = "Fix <!channel>";
    const message = slackMessage({ ...told.happening, pull: { number: 7, title } }, GITHUB);
    expect(message).toEqual({
      text: told.says,
      ...{ mrkdwn: false, unfurl_links: false, unfurl_media: false },
      blocks: [
        {
          type: "section",
          text: {
            type: "plain_text",
            text: `${told.says}\nTitle: Fix &lt;!channel&gt;\nReason: The shop is down`,
            emoji: false,
          },
        },
        {
          type: "section",
          text: {
            type: "mrkdwn",
            text: "<https://github.com/acme/shop/pull/7|Open on GitHub>",
            verbatim: true,
          },
        },
      ],
    });
  });

  test("whatever an author wrote: no mention, no markup, no link but ours, within Slack's limits", () => {
    fc.assert(
      fc.property(anyHappening, (happening) => {
        const message = slackWebhook.parse(slackMessage(happening, GITHUB));
        const [plain, link] = message.blocks;
        for (const text of [message.text, plain?.text.text ?? "<"]) {
          expect(text).not.toMatch(/[<>]/);
          expect(text).not.toMatch(/&(?!(?:amp|lt|gt);)/);
          expect(text).not.toMatch(/@(?!\u2060)/);
          expect(text).not.toContain("://");
          expect(text.replaceAll(/[\n\u2060]/g, "")).not.toMatch(UNSEEN);
        }
        expect(plain?.text.type).toBe("plain_text");
        expect(message.mrkdwn).toBe(false);
        expect(link?.text.text).toMatch(/^<https:\/\/github\.com\/[^<>|\s]*\|Open on GitHub>$/);
        expect(message.blocks).toHaveLength(2);
      }),
    );
  });
});

describe("our own document", () => {
  test.each(TOLD)("$happening.kind", ({ happening, says }) => {
    const document = documentOf(happening, { id: "d1", github: GITHUB });
    expect(document).toMatchObject({ version: 1, id: "d1", kind: happening.kind, text: says });
    expect(Object.keys(document)).toEqual([
      ...["version", "id", "kind", "at", "repository", "url", "pull", "commit", "branch", "areas", "by"],
      ...["asked", "how", "reason", "until", "text"],
    ]);
  });

  test("leads to the pull request, the commit, or the repository", () => {
    const urlOf = (place: object) =>
      documentOf(
        { kind: "frozen", key: "", at: "", repository: "acme/shop", ...place },
        { id: "", github: GITHUB },
      ).url;
    expect(urlOf({ pull: { number: 7, title: null }, commit: "c1" })).toBe(
      "https://github.com/acme/shop/pull/7",
    );
    expect(urlOf({ commit: "c1" })).toBe("https://github.com/acme/shop/commit/c1");
    expect(urlOf({})).toBe("https://github.com/acme/shop");
  });

  test("whatever an author wrote: JSON that holds no markup, no address and nothing unseen", () => {
    fc.assert(
      fc.property(anyHappening, (happening) => {
        const document = documentOf(happening, { id: "d1", github: GITHUB });
        const text = textOf(document);
        expect(text).not.toMatch(/[<>&]/);
        expect(JSON.parse(text)).toEqual(document);
        expect(text).not.toMatch(UNSEEN);
        expect(text).not.toContain("olga@acme.example");
        expect(text.length).toBeLessThan(1_000_000);
      }),
    );
  });
});
