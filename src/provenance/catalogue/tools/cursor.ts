import {
  account,
  address,
  bot,
  botAddresses,
  branch,
  defineTool,
  line,
  link,
  signals,
  trailer,
} from "../../tool/define.ts";

/** Signs its work since about 2026-01, unless switched off; older agents and completion leave nothing. */
export const cursor = defineTool({
  tool: "Cursor",
  vendor: "Anysphere",
  names: ["cursor agent", "cursor-agent", "cursor cli"],
  signals: [
    ...signals("certain", "MetaMask/core 41bb2d8f0091, 2db395e9caa5; cline/cline", [
      address("cursoragent@cursor.com"),
    ]),
    ...signals("certain", "MetaMask/core", botAddresses(206951365, "cursor[bot]")),
    ...signals("certain", "GitHub's users API, 2026-07", bot(201670782, "cursoragent[bot]")),
    ...signals("strong", "MetaMask/core; the same account writes Bugbot's reviews", [
      account(206951365, "cursor[bot]"),
    ]),
    ...signals("strong", "314 public commits, e.g. 06e392f84d96; 01fa606a9b24", [
      trailer("made-with", "^cursor$"),
      line("^made with \\[?cursor\\]?(?:\\(https://(?:www\\.)?cursor\\.com/?\\))?$"),
    ]),
    // The body's own link is an image, also in a paragraph or a division; Bugbot's summary has a comment of its own.
    ...signals("strong", "public pull request bodies, 2026", [
      line("^cursor_agent_pr_body_begin$", ["body"]),
      line('^a href="https://(?:www\\.)?cursor\\.com/(?:agents|background-agent)[/?]', ["body"]),
    ]),
    ...signals("weak", "iurysza/module-graph#82; a bare link may be a reference", [
      link("cursor.com", "^/(?:agents/bc-|background-agent\\?bcid=bc-)"),
    ]),
    ...signals("strong", "30 of 35 public heads carry another mark as well", [
      branch("^cursor/.{1,200}-[\\da-f]{4}$"),
    ]),
    ...signals("weak", "without the four hexadecimal digits a person may have chosen it", [
      branch("^cursor/"),
    ]),
    ...signals("weak", "lists of other detectors only", [
      address("agent@cursor.com"),
      address("composer@anysphere.co"),
      address("sos@cursor.sh"),
      address("cursor@cursor.sh"),
      address("cursor@agent"),
      address("cursor@local"),
    ]),
  ],
  requests: { commands: ["@cursor", "@cursoragent"] },
  examples: {
    matches: [
      { author: "Cursor Agent <cursoragent@cursor.com>", is: "certain" },
      { author: "cursor[bot] <206951365+cursor[bot]@users.noreply.github.com>", is: "certain" },
      { message: "Co-authored-by: Cursor <cursoragent@cursor.com>", is: "certain" },
      { message: "Made-with: Cursor", is: "strong" },
      { message: "Made with [Cursor](https://cursor.com)", is: "strong" },
      { body: "<!-- CURSOR_AGENT_PR_BODY_BEGIN -->", is: "strong" },
      { body: '<p><a href="https://cursor.com/background-agent?bcId=bc-5c09"><img></a></p>', is: "strong" },
      { body: '<div><a href="https://cursor.com/agents/bc-5c09"><img></a></div>', is: "strong" },
      { body: '<a href="https://cursor.com/agents/bc-5c09"><img></a>', is: "strong" },
      { body: "See https://cursor.com/agents/bc-5c0949b4 for the plan", is: "weak" },
      { branch: "cursor/fix-the-login-1a2b", is: "strong" },
      { branch: "cursor/blink", is: "weak" },
    ],
    ignores: [
      { author: "Pre Cursor <hello@precursor.io>" },
      { message: "Update IME cursor on keyup" },
      { message: "Made with Cursor keys in mind" },
      { message: "Made-with: love" },
      { body: "<!-- CURSOR_SUMMARY -->" },
      { branch: "cursor-pagination" },
      { branch: "cursor-invert-fg-bg" },
      { label: "cursor" },
    ],
  },
});
