import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { addNote, CODEX_TRACE, CURSOR_NOTE } from "../attesting-notes.ts";
import { expectGolden } from "../golden.ts";
import { run, runProcess } from "../run-cli.ts";
import {
  ADA,
  BEN,
  createRepository,
  isolatedEnvironment,
  KIRO,
  removeTemporaryDirectories,
  type Step,
  temporaryDirectory,
} from "../temporary-repository.ts";

afterAll(removeTemporaryDirectories);

const START: Step = {
  branch: "main",
  message: "Start",
  files: { ".github/CODEOWNERS": "/infra/ @mona\n", "infra/main.tf": "one\n", "src/shop.ts": "1\n" },
};

function commitOf(step: Partial<Step>) {
  return createRepository(START, { branch: "main", ...step });
}

async function explained(step: Partial<Step>, ...options: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await run(commitOf(step).directory, "explain", "HEAD", ...options);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout;
}

const flat = (text: string) => text.replaceAll(/\n {2,}/g, " ");

describe("a commit of each tool of the story", () => {
  test.each([
    {
      tool: "Kiro",
      step: { author: KIRO },
      found:
        "Kiro, certain: author “kiro-agent[bot]” Only the tool uses this account or address. Known from aws/amazon-q-developer-cli",
    },
    {
      tool: "Amazon Q Developer",
      step: { message: "Mend\n\n🤖 Assisted by [Amazon Q Developer](https://aws.amazon.com/q/developer)\n" },
      found: "Amazon Q Developer, strong: message “🤖 Assisted by [Amazon Q Developer]",
    },
    {
      tool: "Claude Code",
      step: { message: "Mend\n\nCo-Authored-By: Claude Opus 4.6 <noreply@anthropic.com>\n" },
      found: "Claude Code, certain: co-author “Co-Authored-By: Claude Opus 4.6 <noreply@anthropic.com>”",
    },
    {
      tool: "Cursor",
      step: { author: { name: "Cursor Agent", email: "cursoragent@cursor.com" } },
      found: "Cursor, certain: author “cursoragent@cursor.com”",
    },
    {
      tool: "Cody",
      step: {
        author: {
          name: "sourcegraph-cody[bot]",
          email: "201248094+sourcegraph-cody[bot]@users.noreply.github.com",
        },
      },
      found: "Cody, strong: author “sourcegraph-cody[bot]” People do not write this by hand.",
    },
    {
      tool: "Amp",
      step: { message: "Mend\n\nAmp-Thread-ID: https://ampcode.com/threads/T-1\n" },
      found: "Amp, strong: message “Amp-Thread-ID: https://ampcode.com/threads/T-1”",
    },
  ])("$tool: what was found where, how sure, and where it is known from", async ({ tool, step, found }) => {
    const text = flat(await explained(step));

    expect(text).toMatch(/^AI {9}[0-9a-f]{7} “/);
    expect(text).toContain(`It carries the mark of ${tool}, so it counts as written by an AI.`);
    expect(text).toContain(found);
    expect(text).toMatch(/What was found.*Known from .*\n\nChecked, nothing found/s);
  });
});

test("an agent's change to production: everything there is to say", async () => {
  const { stdout } = await runProcess(
    commitOf({
      author: KIRO,
      committer: { name: "GitHub", email: "noreply@github.com" },
      message: "Rebuild the environment\n\nIt was slow.\n\nCo-authored-by: Ben <ben@example.com>\n",
      removed: ["infra/main.tf"],
      files: { "src/shop.ts": "2\n", "AGENTS.md": "Obey.\n" },
    }).directory,
    ["explain", "HEAD"],
  );

  expectGolden(new URL("./agent.golden.txt", import.meta.url), stdout);
});

test("the same as JSON", async () => {
  const repository = commitOf({ author: KIRO, removed: ["infra/main.tf"] });
  repository.git("config", "remote.origin.url", "git@github.com:acme/shop.git");

  const { stdout } = await run(repository.directory, "explain", "HEAD", "--json");

  expectGolden(new URL("./agent.golden.json", import.meta.url), stdout);
});

test("a person's commit: what was looked at, and that silence proves nothing", async () => {
  const stdout = await explained({
    author: BEN,
    committer: ADA,
    message: "Grow\n\n> quoted\n\nBecause.\n",
    files: { "infra/main.tf": "two\n" },
  });

  expectGolden(new URL("./person.golden.txt", import.meta.url), stdout);
});

describe("what else may decide", () => {
  test("automation is not AI", async () => {
    const dependabot = {
      name: "dependabot[bot]",
      email: "49699333+dependabot[bot]@users.noreply.github.com",
    };

    const text = flat(await explained({ author: dependabot }));

    expect(text).toMatch(/^automation [0-9a-f]{7} /);
    expect(text).toContain("Its author is automation, not AI");
    expect(text).toContain(
      "author, committer, automation".replace("author, committer", "author and committer"),
    );
  });

  test("an author without name and address", async () => {
    const nobody = { name: "", email: "" };

    const text = await explained({ author: nobody, committer: nobody });

    expect(text).toMatch(/^unknown {4}[0-9a-f]{7} /);
    expect(flat(text)).toContain("Its writer is unknown");
  });

  test("a weak mark is shown and decides nothing", async () => {
    const text = flat(
      await explained({
        message: "Mend\n\n      Co-authored-by: Claude <noreply@anthropic.com>\n",
      }),
    );

    expect(text).toMatch(/^human/);
    expect(text).toContain(
      "Claude Code, weak: co-author “Co-authored-by: Claude <noreply@anthropic.com>” A hint that is not enough on its own.",
    );
  });

  test("the policy's own tools and agents, with the line that tells of them", async () => {
    const config =
      "detect:\n  agents: [ben-bot]\n  signals:\n    - { tool: In-house, trailer: X-Model }\n  undeclared: ai\n";
    const repository = createRepository(
      { ...START, files: { ...START.files, ".github/countersign.yml": config } },
      { branch: "main", message: "One\n\nX-Model: 7\n" },
      { branch: "main", author: { name: "ben-bot", email: "7+ben-bot@users.noreply.github.com" } },
      { branch: "main", message: "Three", files: { "infra/main.tf": "3\n" } },
    );
    const explain = async (commit: string) =>
      flat((await run(repository.directory, "explain", commit)).stdout);

    expect(await explain("HEAD~2")).toContain("Known from .github/countersign.yml:4.");
    expect(await explain("HEAD~1")).toContain("ben-bot, certain: author “ben-bot”");
    const silent = await explain("HEAD");
    expect(silent).toMatch(/^AI /);
    expect(silent).toContain("Nothing shows who wrote it, and “detect.undeclared: ai” counts that as an AI.");
    expect(silent).toContain("infrastructure: 1 countersignature from @mona (.github/CODEOWNERS:1)");
  });

  test("a person's word against silence, and never against a mark", async () => {
    const config = { ".github/countersign.yml": "detect:\n  undeclared: ai\n" };
    const message = "Mend\n\nAI-assisted: no\n";

    const text = flat(await explained({ files: config, message }));

    expect(text).toMatch(/^human/);
    expect(text).toContain(
      "Its author declares that no AI took part, and nothing contradicts that: “AI-assisted: no”.",
    );
    expect(await explained({ files: config, author: KIRO, message })).toMatch(/^AI /);
  });

  test("what git-ai attests beside it", async () => {
    const repository = commitOf({ files: { "src/shop.ts": "2" } });
    addNote(repository, "main", CURSOR_NOTE);

    const text = flat((await run(repository.directory, "explain", "main")).stdout);

    expect(text).toMatch(/^AI /);
    expect(text).toContain(
      "Cursor, strong: attestation “git-ai: 3 lines by Cursor (gpt-5.4)” A line-by-line record kept by a tool",
    );
    addNote(repository, "main", "---\nno json");
    expect(flat((await run(repository.directory, "explain", "main")).stdout)).toContain(
      "records of tools: The git-ai note cannot be read: its second section is no JSON.",
    );
  });

  test("what Agent Trace attests, in a note beside it and in the file that it adds to", async () => {
    const traces = { ".agent-trace/traces.jsonl": `${CODEX_TRACE}\n` };
    const repository = commitOf({ files: { "src/shop.ts": "2", ...traces } });
    addNote(repository, "main", CURSOR_NOTE);
    addNote(repository, "main", CODEX_TRACE, "agent-trace");

    const text = flat((await run(repository.directory, "explain", "main")).stdout);

    expect(text).toContain("attestation “git-ai: 3 lines by Cursor (gpt-5.4)”");
    expect(text.match(/attestation “Agent Trace: 4 lines by OpenAI Codex”/g)).toHaveLength(2);
  });

  test("whom the tool's own words name is said to have asked", async () => {
    const message = "Mend\n\nThis pull request was created by @kiro-agent on behalf of @mona\n";

    expect(await explained({ author: KIRO, message })).toContain(
      "@mona: asked Kiro for it, according to the message",
    );
  });
});

test("a merge is not asked about what it brings", async () => {
  const repository = createRepository(
    START,
    { branch: "topic", from: "main", author: KIRO, removed: ["infra/main.tf"] },
    { branch: "main", merged: ["topic"], removed: ["infra/main.tf"] },
  );

  const { stdout } = await run(repository.directory, "explain", "main");

  expect(flat(stdout)).toContain("a merge, which only joins commits and is not judged by what they change");
  expect(stdout).toContain("Nothing, as far as is known here.");
  expect(stdout).not.toContain("infrastructure");
});

test("where a shallow clone is cut, nobody can tell what a commit changed", async () => {
  const whole = commitOf({ author: BEN, files: { "src/shop.ts": "2\n" } });
  const parent = temporaryDirectory();
  execFileSync(
    "git",
    ["clone", "--quiet", "--bare", "--depth=1", `file://${whole.directory}`, join(parent, "cut")],
    {
      env: isolatedEnvironment(parent),
    },
  );

  const { code, stdout } = await run(parent, "explain", "HEAD", "--repo", "cut");

  expect(code).toBe(0);
  expect(flat(stdout)).toContain(
    "the history of this shallow clone ends here, so what it changes is unknown",
  );
  expect(stdout).not.toContain("infrastructure");
});

test("hostile names and texts are shown escaped (E08)", async () => {
  const stdout = await explained({
    author: { name: "\u001b[2JEve\u202e", email: "eve”@example.com" },
    message: "\u001b]0;x\u0007 Title\n\nCo-authored-by: \u200bMal <mal@example.com>\n",
    files: { '"infra/\\033[2J\\nx.tf"': "1" },
  });

  expect(stdout.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(stdout).toContain("\\u{1b}[2JEve\\u{202e} <eve\\u{201d}@example.com>");
});
