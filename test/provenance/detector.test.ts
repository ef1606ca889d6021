import { describe, expect, test } from "@jest/globals";
import { AUTOMATION } from "../../src/provenance/catalogue/automation.ts";
import { createDetector } from "../../src/provenance/detector.ts";
import type { Evidence } from "../../src/provenance/evidence.ts";
import { account, commit, detector, mona, person, pullRequest } from "./texts.ts";

const CLAUDE = "Co-authored-by: Claude <noreply@anthropic.com>";

describe("D01 a human who is called like a tool", () => {
  test.each([
    "Claude Paroz <claude@2xlibre.net>",
    "Devin Wong <devin.wong@example.com>",
    "Jules Mons <jules@example.org>",
    "Cody Oss <codyoss@google.com>",
    "Pre Cursor <hello@precursor.io>",
  ])("%s is not flagged", (text) => {
    const author = person(text);
    const message = `Use cursor pagination on the copilot page\n\nCo-authored-by: ${text}`;
    expect(detector.commit(commit({ author, message }))).toEqual({
      writer: "human",
      tools: [],
      evidence: [],
    });
  });
});

describe("D03 an AI commit among human ones", () => {
  test("is named by its own SHA, and the others stay human", () => {
    const commits = Array.from({ length: 41 }, (_, at) =>
      commit({ sha: String(at).padStart(40, "0"), message: at === 17 ? `Fix it\n\n${CLAUDE}` : "Fix it" }),
    );

    const judged = commits.map((each) => detector.commit(each));

    expect(judged.flatMap(({ writer }, at) => (writer === "ai" ? [at] : []))).toEqual([17]);
    expect(judged[17]?.evidence[0]?.where).toMatchObject({ on: "commit", sha: "17".padStart(40, "0") });
  });
});

describe("D04 a trailer that is quoted", () => {
  test.each([
    {
      why: "indented in a hand-made revert",
      message: `Revert "Add it"\n\nThis reverts commit abc1234.\n\n  Add it\n\n  ${CLAUDE}\n`,
    },
    { why: "in a deeply indented block", message: `Explain the trailer\n\n        ${CLAUDE}\n` },
    { why: "at the start of a sentence", message: `Explain\n\n${CLAUDE} lines are stripped by the hook.` },
  ])("$why is weak evidence and decides nothing", ({ message }) => {
    const found = detector.commit(commit({ message }));
    expect(found.evidence.map(({ strength }) => strength)).toEqual(["weak"]);
    expect(found.writer).toBe("human");
  });

  test("stays weak when GitHub lists the person as a co-author", () => {
    const message = `Revert "Add it"\n\nThis reverts commit abc1234.\n\n  ${CLAUDE}\n`;
    const coAuthors = [person("Claude <noreply@anthropic.com>")];
    expect(detector.commit(commit({ message, coAuthors })).writer).toBe("human");
  });

  test.each([
    { why: "in a sentence", message: `Strip "${CLAUDE}" from messages` },
    { why: "quoted with >", message: `Revert it\n\n> Add it\n>\n> ${CLAUDE}` },
    { why: "in a fence", message: `Document it\n\n\`\`\`\n${CLAUDE}\n\`\`\`` },
  ])("$why is nothing at all", ({ message }) => {
    expect(detector.commit(commit({ message })).evidence).toEqual([]);
  });

  test("does not hide the revert's own trailer", () => {
    const message = `Revert "Add it"\n\nThis reverts commit abc1234.\n\n  ${CLAUDE}\n\n${CLAUDE}`;
    expect(detector.commit(commit({ message })).writer).toBe("ai");
  });
});

describe("D05 dependency and release bots", () => {
  test.each(AUTOMATION)("$login is automation", ({ id, login, type, emails = [] }) => {
    const addresses = type === "Bot" ? [`${id ?? 1}+${login}@users.noreply.github.com`, ...emails] : emails;
    for (const address of addresses) {
      expect(detector.commit(commit({ author: person(`${login} <${address}>`) })).writer).toBe("automation");
    }
    const found = detector.pullRequest(pullRequest({ author: account(id ?? 1, login, type) }));
    expect(detector.judge(found, "automation").writer).toBe("automation");
  });

  test("an agent that pushes into a bot's pull request is found", () => {
    const author = person("dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>");
    const found = detector.commit(commit({ author, message: `Bump it\n\n${CLAUDE}` }));
    expect(found).toMatchObject({ writer: "ai", tools: ["Claude Code"] });
  });

  test("is AI when the policy lists it", () => {
    const configured = createDetector({ tools: [], agents: ["renovate[bot]"], notAi: [] });
    const found = configured.pullRequest(pullRequest({ author: account(29139614, "renovate", "Bot") }));
    expect(found).toEqual([
      expect.objectContaining({ tool: "renovate", kind: "configured", strength: "certain" }),
    ]);
  });
});

describe("a commit", () => {
  test("is human when nothing is found, and unknown only when nothing is readable", () => {
    expect(detector.commit(commit({})).writer).toBe("human");
    const nobody = { name: "", email: "", account: null };
    expect(detector.commit(commit({ author: nobody })).writer).toBe("unknown");
  });

  test("is not GitHub's because it was made on the web", () => {
    const committer = { ...person("GitHub <noreply@github.com>"), account: account(19864447, "web-flow") };
    expect(detector.commit(commit({ committer }))).toMatchObject({ writer: "human", evidence: [] });
  });

  test("counts an agent that committed a person's work", () => {
    const committer = person("Cursor Agent <cursoragent@cursor.com>");
    expect(detector.commit(commit({ committer })).evidence).toEqual([
      expect.objectContaining({ tool: "Cursor", kind: "committer-email" }),
    ]);
  });

  describe("counts an agent that only committed, unless it did so later", () => {
    const committer = person("Cursor Agent <cursoragent@cursor.com>");
    test.each([
      {
        why: "at the same second",
        authoredAt: "2026-03-14T10:00:00Z",
        committedAt: "2026-03-14T10:00:00Z",
        writer: "ai",
      },
      {
        why: "5 seconds later",
        authoredAt: "2026-03-14T10:00:00Z",
        committedAt: "2026-03-14T10:00:05Z",
        writer: "ai",
      },
      {
        why: "6 seconds later",
        authoredAt: "2026-03-14T10:00:00Z",
        committedAt: "2026-03-14T10:00:06Z",
        writer: "human",
      },
      {
        why: "months later",
        authoredAt: "2026-01-14T10:00:00Z",
        committedAt: "2026-03-14T10:00:00Z",
        writer: "human",
      },
      {
        why: "earlier, so a clock is wrong",
        authoredAt: "2026-03-14T10:00:00Z",
        committedAt: "2026-03-14T09:00:00Z",
        writer: "ai",
      },
      {
        why: "in another zone",
        authoredAt: "2026-03-14T10:00:00+02:00",
        committedAt: "2026-03-14T08:00:01Z",
        writer: "ai",
      },
      {
        why: "where its author wrote no time",
        authoredAt: "1970-01-01T00:00:00Z",
        committedAt: "2026-03-14T10:00:00Z",
        writer: "ai",
      },
      { why: "at a time that is not known", committedAt: "2026-03-14T10:00:00Z", writer: "ai" },
    ])("$why: $writer", ({ why: _, writer, ...times }) => {
      const found = detector.commit(commit({ committer, ...times }));

      expect(found.writer).toBe(writer);
      expect(found.evidence).toEqual([
        expect.objectContaining({ tool: "Cursor", strength: writer === "ai" ? "certain" : "weak" }),
      ]);
    });

    test("and not where it wrote the commit as well", () => {
      const times = { authoredAt: "2026-01-14T10:00:00Z", committedAt: "2026-03-14T10:00:00Z" };
      expect(detector.commit(commit({ author: committer, committer, ...times })).writer).toBe("ai");
    });
  });

  test("reads co-authors that only the message names, and those that only GitHub names", () => {
    const listed = detector.commit(commit({ coAuthors: [person("Amp <amp@ampcode.com>")] }));
    const written = detector.commit(commit({ message: "Fix\n\nCo-authored-by: Amp <amp@ampcode.com>" }));
    expect([listed.writer, written.writer]).toEqual(["ai", "ai"]);
  });

  test("names a co-author once, whoever names it", () => {
    const coAuthors = [person("Claude <noreply@anthropic.com>")];
    expect(detector.commit(commit({ message: `Fix\n\n${CLAUDE}`, coAuthors })).evidence).toHaveLength(1);
  });

  test("finds a trailer outside git's last block", () => {
    const message = `Fix (#12)\n\n* First step\n\n${CLAUDE}\n\n* Second step\n\nprose to the end`;
    expect(detector.commit(commit({ message })).tools).toEqual(["Claude Code"]);
  });

  test.each([
    { why: "homoglyphs", line: "Со-аuthоrеd-bу: Claude <noreply@anthropic.com>" },
    { why: "a Cyrillic letter in the address", line: "Co-authored-by: Claude <nоreply@anthropic.com>" },
    { why: "zero-width characters", line: "Co-\u200bauthored-by: Claude <nore\u200bply@anthropic.com>" },
    { why: "a no-break space", line: "Co-authored-by:\u00a0Claude\u00a0<noreply@anthropic.com>" },
    { why: "a full-width colon", line: "Co-authored-by： Claude <noreply@anthropic.com>" },
    { why: "a lone CR", line: `Reviewed by nobody\r${CLAUDE}` },
    { why: "Co-author", line: "Co-author: Claude <noreply@anthropic.com>" },
    { why: "Coauthored-by", line: "Coauthored-by: Claude <noreply@anthropic.com>" },
    { why: "indentation", line: `   ${CLAUDE}` },
    { why: "no angle brackets", line: "Co-authored-by: Claude noreply@anthropic.com" },
    { why: "an unclosed fence before it", line: `\`\`\`\n${CLAUDE}` },
  ])("is found in spite of $why", ({ line }) => {
    expect(detector.commit(commit({ message: `Fix it\n\n${line}` })).tools).toEqual(["Claude Code"]);
  });

  test("keeps the strongest evidence of a tool in a field", () => {
    const author = {
      ...person("cursor[bot] <206951365+cursor[bot]@users.noreply.github.com>"),
      account: account(206951365, "cursor", "Bot"),
    };
    expect(detector.commit(commit({ author })).evidence).toEqual([
      expect.objectContaining({ kind: "author-email", strength: "certain" }),
    ]);
  });

  test("does not take github-actions' number for Claude's", () => {
    const author = person("github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>");
    expect(detector.commit(commit({ author })).writer).toBe("automation");
  });
});

describe("judge", () => {
  const evidence = (tool: string, strength: Evidence["strength"]): Evidence => ({
    tool,
    strength,
    kind: "branch",
    where: { on: "pull-request", field: "branch" },
    text: "x",
  });

  test("one strong piece decides", () => {
    const found = [evidence("B", "strong"), evidence("A", "certain"), evidence("B", "strong")];
    expect(detector.judge(found, "human")).toEqual({ writer: "ai", tools: ["B", "A"], evidence: found });
  });

  test("weak pieces never decide, however many", () => {
    const found = Array.from({ length: 50 }, (_, at) => evidence(`T${at}`, "weak"));
    expect(detector.judge(found, "automation")).toEqual({ writer: "automation", tools: [], evidence: found });
  });

  test("nothing found is what the caller says", () => {
    expect(detector.judge([], "unknown").writer).toBe("unknown");
  });
});

describe("judge, where two weak pieces decide", () => {
  const paired = createDetector({ tools: [], agents: [], notAi: [], weakPairDecides: true });
  const weak = (tool: string, kind: Evidence["kind"]): Evidence => ({
    tool,
    kind,
    strength: "weak",
    where: { on: "pull-request", field: "branch" },
    text: "x",
  });

  test("one never does", () => {
    expect(paired.judge([weak("A", "branch")], "human").writer).toBe("human");
  });

  test("two of one kind do not, because they may have one cause", () => {
    expect(paired.judge([weak("A", "branch"), weak("B", "branch")], "human").writer).toBe("human");
  });

  test("two of different kinds do, and name their tools", () => {
    const found = [weak("A", "branch"), weak("B", "label")];
    expect(paired.judge(found, "human")).toEqual({ writer: "ai", tools: ["A", "B"], evidence: found });
    expect(detector.judge(found, "human").writer).toBe("human");
  });

  test.each([
    ["author-email", "committer-email", "human", "one setting of git gives both"],
    ["account", "author-name", "human", "the account and the name are one person's"],
    ["author-email", "body-line", "ai", "a setting and a line are two causes"],
  ] as const)("%s and %s: %s, because %s", (one, another, writer, _why) => {
    const at = (kind: Evidence["kind"]): Evidence => ({
      ...weak("A", kind),
      where: { on: "commit", sha: "", field: "author" },
    });
    expect(paired.judge([at(one), at(another)], "human").writer).toBe(writer);
  });

  test("who is named as author and as co-author are two kinds: a setting and a line", () => {
    const named = (field: "author" | "co-author", kind: Evidence["kind"]): Evidence => ({
      ...weak("A", kind),
      where: { on: "commit", sha: "", field },
    });
    const found = [named("author", "author-email"), named("co-author", "coauthor-email")];
    expect(paired.judge(found, "human").writer).toBe("ai");
  });

  test("strong evidence still decides alone, and names its tool only", () => {
    const found = [
      weak("A", "branch"),
      weak("B", "label"),
      { ...weak("C", "account"), strength: "strong" } as const,
    ];
    expect(paired.judge(found, "human").tools).toEqual(["C"]);
  });

  test("a quotation is one hint, however many signals it holds", () => {
    const message = `Revert "Add it"\n\nThis reverts commit abc1234.\n\n  Add it\n\n  Made-with: Cursor\n  ${CLAUDE}\n`;
    const found = paired.commit(commit({ message }));
    expect(found.evidence).toHaveLength(2);
    expect(found.writer).toBe("human");
  });

  test("on a pull request, a label and a branch are two kinds", () => {
    const found = paired.pullRequest(pullRequest({ headRef: "kiro/fix", labels: ["kiro"] }));
    expect(paired.judge(found, "human")).toMatchObject({ writer: "ai", tools: ["Kiro"] });
  });
});

describe("a signal that was also written without the tool", () => {
  const message = "Fix it\n\nCo-authored-by: Copilot <copilot@github.com>";

  test.each([
    { at: "2026-04-21T23:59:59Z", writer: "ai" },
    { at: "2026-04-22T00:00:00Z", writer: "human" },
    { at: "2026-05-04T12:00:00+02:00", writer: "human" },
    { at: "2026-05-06T23:59:59Z", writer: "human" },
    { at: "2026-05-07T00:00:00Z", writer: "ai" },
    { at: "2026-05-07T01:00:00+02:00", writer: "human" },
    { at: "no time", writer: "ai" },
  ])("at $at leaves $writer", ({ at, writer }) => {
    expect(detector.commit(commit({ message, authoredAt: at })).writer).toBe(writer);
    expect(detector.commit(commit({ message, committedAt: at })).writer).toBe(writer);
  });

  test("is unreliable by the time of writing, not of a later rebase", () => {
    const times = { authoredAt: "2026-05-01T00:00:00Z", committedAt: "2026-06-01T00:00:00Z" };
    expect(detector.commit(commit({ message, ...times })).evidence).toEqual([
      expect.objectContaining({ strength: "weak" }),
    ]);
  });

  test("is unreliable by the committer's time where the author wrote none", () => {
    const times = { authoredAt: "1970-01-01T00:00:00Z", committedAt: "2026-05-01T00:00:00Z" };
    expect(detector.commit(commit({ message, ...times })).writer).toBe("human");
  });

  test("is trusted where no time is known", () => {
    expect(detector.commit(commit({ message })).writer).toBe("ai");
  });

  test("does not weaken the tool's other signals", () => {
    const other = "Fix it\n\nCo-authored-by: Copilot <223556219+Copilot@users.noreply.github.com>";
    expect(detector.commit(commit({ message: other, authoredAt: "2026-05-01T00:00:00Z" })).writer).toBe("ai");
  });
});

describe("a pull request that was opened through an app", () => {
  test.each([
    { slug: "copilot-swe-agent", tool: "GitHub Copilot", strength: "strong" },
    { slug: "devin-ai-integration", tool: "Devin", strength: "strong" },
    { slug: "chatgpt-codex-connector", tool: "OpenAI Codex", strength: "strong" },
    { slug: "Claude", tool: "Claude Code", strength: "strong" },
    { slug: "graphite-app", tool: "Graphite agent", strength: "weak" },
  ])("$slug is $tool's, $strength", ({ slug, tool, strength }) => {
    const found = detector.pullRequest(pullRequest({ performedVia: { slug, id: 1 } }));
    expect(found).toEqual([
      { tool, kind: "app", strength, where: { on: "pull-request", field: "app" }, text: slug },
    ]);
  });

  test.each([{ slug: "github-actions" }, { slug: "acme-sync" }, { slug: "claude-81847" }])(
    "$slug says nothing",
    ({ slug }) => {
      expect(detector.pullRequest(pullRequest({ performedVia: { slug, id: 1 } }))).toEqual([]);
    },
  );

  test("by none says nothing", () => {
    expect(detector.pullRequest(pullRequest({ performedVia: null }))).toEqual([]);
  });
});

describe("the timeline of a pull request", () => {
  test("says weakly that Copilot started, because it may have started a review", () => {
    const found = detector.pullRequest(pullRequest({ events: ["labeled", "copilot_work_started"] }));
    expect(found).toEqual([
      {
        tool: "GitHub Copilot",
        kind: "event",
        strength: "weak",
        where: { on: "pull-request", field: "timeline" },
        text: "copilot_work_started",
      },
    ]);
  });
});

describe("D02 an agent that hides its trailers", () => {
  test.each([
    { why: "the pull request's author", found: { author: account(245459735, "kiro-agent", "Bot") } },
    { why: "the head branch", found: { headRef: "codex/fix-login" } },
    { why: "the body", found: { body: "🤖 Generated with [Claude Code](https://claude.com/claude-code)" } },
    { why: "the app it was opened through", found: { performedVia: { slug: "cursor", id: 1 } } },
    { why: "a declaration", found: { body: "- [x] This change was written with AI assistance" } },
  ])("is given away by $why", ({ found }) => {
    const evidence = detector.pullRequest(pullRequest(found));
    expect(detector.judge(evidence, "human").writer).toBe("ai");
  });
});

describe("D06 evidence that was seen and removed", () => {
  test("still decides when the evidence is kept", () => {
    const seen = detector.pullRequest(
      pullRequest({ body: `Link to Devin run: https://app.devin.ai/sessions/${"a1".repeat(16)}` }),
    );
    const now = detector.pullRequest(pullRequest({ body: "" }));
    expect(detector.judge([...now, ...seen], "human")).toMatchObject({ writer: "ai", tools: ["Devin"] });
  });
});

describe("D07 an agent's commit on a person's pull request", () => {
  test("is an AI's, and the commits before stay a person's", () => {
    const human = commit({ sha: "1".repeat(40) });
    const agent = commit({ sha: "2".repeat(40), author: person("Cursor Agent <cursoragent@cursor.com>") });
    const judged = [human, agent].map((each) => detector.commit(each).writer);
    expect(judged).toEqual(["human", "ai"]);
  });
});

describe("people whom a trailer of another kind names", () => {
  test.each([
    "Signed-off-by: Claude <noreply@anthropic.com>",
    "Co-developed-by: Codex <codex@openai.com>",
    "Assisted-by: Kimi K2.5 via Crush <crush@charm.land>",
    "Generated-by: Claude Opus 5 <noreply@anthropic.com>",
  ])("%s is an AI", (trailer) => {
    expect(detector.commit(commit({ message: `Fix it\n\n${trailer}` })).evidence[0]).toMatchObject({
      strength: "certain",
    });
  });

  test.each([
    "Reviewed-by: Claude <noreply@anthropic.com>",
    "Acked-by: Cursor <cursoragent@cursor.com>",
    "Reported-by: Devin AI <158243242+devin-ai-integration[bot]@users.noreply.github.com>",
    "Tested-by: Copilot <198982749+Copilot@users.noreply.github.com>",
  ])("%s took no part in writing", (trailer) => {
    expect(detector.commit(commit({ message: `Fix it\n\n${trailer}` })).evidence).toEqual([]);
  });
});

describe("a squash", () => {
  test("that lists a revert among other commits keeps what the others say", () => {
    const message = `Mend the build (#12)\n\n* First\n\n    ${CLAUDE}\n\n* Revert "Second"\n\n    This reverts commit abc.\n`;
    expect(detector.commit(commit({ message })).tools).toEqual(["Claude Code"]);
  });
});

describe("a configured tool", () => {
  const inHouse = createDetector({
    tools: [
      {
        tool: "In-house",
        vendor: "acme",
        signals: [
          { kind: "trailer", key: "x-model", strength: "strong", source: "policy" },
          { kind: "trailer", key: "x-step", value: "^plan$", strength: "strong", source: "policy" },
          { kind: "branch", pattern: "^bot/", strength: "strong", source: "policy" },
          { kind: "label", label: "robot", strength: "strong", source: "policy" },
          {
            kind: "email",
            email: "noreply@github.com",
            fields: ["author", "committer"],
            strength: "strong",
            source: "policy",
          },
          {
            kind: "account",
            id: 4242,
            login: "acme-ai",
            type: "User",
            strength: "certain",
            source: "policy",
          },
        ],
      },
    ],
    agents: ["acme-build"],
    notAi: [],
  });
  const tools = (message: string) => inHouse.commit(commit({ message })).tools;

  test("is found by its trailer, whatever the value", () => {
    expect(tools("Fix\n\nX-Model: 7b")).toEqual(["In-house"]);
    expect(tools("Fix\n\nX-Modelling: 7b")).toEqual([]);
  });

  test("is found by a trailer of one value only", () => {
    expect([tools("Fix\n\nX-Step: plan"), tools("Fix\n\nX-Step: planned")]).toEqual([["In-house"], []]);
  });

  test("is found by branch, label and account", () => {
    const found = inHouse.pullRequest(
      pullRequest({ headRef: "bot/fix", labels: ["Robot"], author: account(4242, "renamed") }),
    );
    expect(found.map(({ kind }) => kind)).toEqual(["account", "branch", "label"]);
  });

  test("cannot claim GitHub's own committer, or every change made on the web would be its", () => {
    expect(inHouse.commit(commit({})).evidence).toEqual([]);
  });

  test("stands beside the catalogue", () => {
    expect(tools(`Fix\n\n${CLAUDE}`)).toEqual(["Claude Code"]);
  });

  test("a configured agent is found by account, and by its address where no account is known", () => {
    const byAccount = { ...mona, account: account(9, "Acme-Build") };
    const byAddress = person("Acme <9+acme-build@users.noreply.github.com>");
    for (const author of [byAccount, byAddress]) {
      expect(inHouse.commit(commit({ author })).evidence).toEqual([
        expect.objectContaining({ kind: "configured", strength: "certain" }),
      ]);
    }
  });
});
