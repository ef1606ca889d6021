import { describe, expect, test } from "@jest/globals";
import { AUTOMATION } from "../../src/provenance/automation.ts";
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
    { why: "in a deeply indented block", message: `Explain the mark\n\n        ${CLAUDE}\n` },
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
