import type { Strength } from "../../evidence.ts";
import { address, defineTool, signals } from "../../tool/define.ts";
import type { Found } from "../../tool/examples.ts";
import type { CataloguedTool, Tool } from "../../tool/tool.ts";

const LISTS = "lists of other detectors only";

/** Tools that are known by the address they sign with and nothing else, with one row for each strength. */
export const addresses: readonly CataloguedTool[] = [
  signer({ tool: "Gitar", vendor: "Gitar" }, [
    "certain",
    "git-ai-project/git-ai (2 commits)",
    "noreply@gitar.ai",
  ]),
  signer({ tool: "BLACKBOX", vendor: "BLACKBOX AI", names: ["blackbox ai"] }, [
    "certain",
    "vercel/ai (4 commits)",
    "code@blackbox.ai",
  ]),
  signer({ tool: "SageOx", vendor: "SageOx" }, [
    "certain",
    "steveyegge/beads 26bed8335 (18 commits)",
    "ox@sageox.ai",
  ]),
  signer(
    { tool: "Cosine Genie", vendor: "Cosine" },
    ["certain", "Aider-AI/aider a35bd1889d67", "agent@cosine.sh"],
    ["weak", "not seen", "genie@cosine.sh"],
  ),
  signer(
    { tool: "Qwen Code", vendor: "Alibaba", names: ["qwen", "qwen-code", "qwen coder", "qwen-coder"] },
    ["certain", "RooCodeInc/Roo-Code 557ab70a02cc", "qwen-coder@alibabacloud.com"],
    ["strong", "public commits, 0c9d13816ca8", "qwenlm-intl@service.alibaba.com"],
  ),
  signer({ tool: "Ona", vendor: "Gitpod", names: ["gitpod"] }, [
    "strong",
    "renovatebot/renovate 9817530f56, vercel/ai 5333499c50",
    "no-reply@ona.com",
  ]),
  signer({ tool: "Happy", vendor: "Happy Engineering" }, [
    "strong",
    "steveyegge/beads f454245a5",
    "yesreply@happy.engineering",
  ]),
  signer({ tool: "Sketch", vendor: "Sketch" }, [
    "strong",
    "Sketch's source: its commit hook",
    "hello@sketch.dev",
  ]),
  signer({ tool: "Kimchi", vendor: "Kimchi" }, ["strong", "getkimchi/kimchi#104", "noreply@kimchi.dev"]),
  signer({ tool: "ForgeCode", vendor: "Tailcall", names: ["forge code"] }, [
    "strong",
    "tailcallhq/forgecode#2213",
    "noreply@forgecode.dev",
  ]),
  signer({ tool: "Bobbit", vendor: "G-Research" }, ["strong", "G-Research/bobbit#87", "noreply@bobbit.dev"]),
  signer({ tool: "kdeps", vendor: "kdeps" }, ["strong", "kdeps/kdeps#626", "noreply@kdeps.com"]),
  signer({ tool: "Ivy Tendril", vendor: "Ivy" }, ["strong", "Ivy-Tendril-V2#229", "tendril@ivy.app"]),
  signer({ tool: "ZCode", vendor: "Z.ai", names: ["z.ai", "glm"] }, [
    "strong",
    "commit scripts of public repositories, 2026",
    "noreply@z.ai",
  ]),
  signer({ tool: "Qoder", vendor: "Alibaba" }, [
    "strong",
    "instructions of public repositories, 2026",
    "noreply@qoder.com",
  ]),
  signer({ tool: "Zed", vendor: "Zed Industries" }, ["weak", LISTS, "assistant@zed.dev"]),
  signer({ tool: "Tabnine", vendor: "Tabnine" }, ["weak", "user-made", "noreply@tabnine.com"]),
  signer({ tool: "Kimi Code", vendor: "Moonshot AI", names: ["kimi", "kimi cli", "kimi-cli", "kimi-code"] }, [
    "weak",
    LISTS,
    "noreply@moonshot.cn",
    "noreply@moonshot.ai",
  ]),
  signer({ tool: "Grok", vendor: "xAI" }, ["weak", LISTS, "noreply@x.ai"]),
  signer({ tool: "Abacus", vendor: "Abacus.AI" }, ["weak", LISTS, "agent@abacus.ai"]),
  signer({ tool: "Refact", vendor: "Refact" }, ["weak", "not verified", "agent@refact.ai"]),
  signer({ tool: "Aether", vendor: "Aether" }, ["weak", LISTS, "github@tryaether.ai"]),
  signer({ tool: "CodeBuddy", vendor: "Tencent", names: ["codebuddy code"] }, [
    "weak",
    LISTS,
    "noreply@codebuddy.ai",
  ]),
  signer({ tool: "Verdent", vendor: "Verdent" }, ["weak", LISTS, "verdent@verdent.ai"]),
  signer({ tool: "MiMo Code", vendor: "Xiaomi" }, ["weak", LISTS, "noreply@mimo.xiaomi.com"]),
  signer({ tool: "MiniMax Code", vendor: "MiniMax" }, ["weak", LISTS, "noreply@minimax.io"]),
  signer({ tool: "Brokk", vendor: "Brokk" }, ["weak", LISTS, "noreply-brokk-bot@brokk.ai"]),
  signer({ tool: "ECA", vendor: "ECA" }, ["weak", LISTS, "git@eca.dev"]),
  signer({ tool: "Corteza", vendor: "Cornball" }, ["weak", LISTS, "noreply@cornball.ai"]),
  signer({ tool: "Microsoft Amplifier", vendor: "Microsoft" }, [
    "weak",
    LISTS,
    "240397093+microsoft-amplifier@users.noreply.github.com",
  ]),
  signer({ tool: "Antigravity", vendor: "Google", names: ["google antigravity", "antigravity cli"] }, [
    "weak",
    "google-antigravity/antigravity-cli#230: invented, and one is a stranger's",
    "antigravity@google.com",
    "antigravity@antigravity.ai",
    "antigravity@antigravity.dev",
  ]),
  signer({ tool: "ruflo", vendor: "ruvnet", names: ["claude-flow", "claude flow"] }, [
    "weak",
    "ruflo#1670: its human author's own address, put on everybody's commits",
    "ruv@ruv.net",
  ]),
  signer({ tool: "Multica", vendor: "Multica" }, [
    "certain",
    "multica-ai/multica (6,495 commits): its hook, on by default",
    "github@multica.ai",
  ]),
  signer({ tool: "Paperclip", vendor: "Paperclip" }, [
    "certain",
    "its own skill asks for it; 20 commits in 4 repositories",
    "noreply@paperclip.ing",
  ]),
  signer({ tool: "Command Code", vendor: "Command Code" }, [
    "certain",
    "its default; ten public documents",
    "noreply@commandcode.ai",
  ]),
  signer({ tool: "siGit", vendor: "siGit" }, [
    "certain",
    "getsigit/sigit#36",
    "297239231+sigitc@users.noreply.github.com",
  ]),
];

type Row = readonly [Strength, source: string, first: string, ...others: string[]];

/** Found by its address under any name; not in a longer address, nor in another person's at that domain. */
function signer(tool: Omit<Tool, "signals">, first: Row, ...others: readonly Row[]): CataloguedTool {
  const example = ([is, , email]: Row): Found => ({ author: `${tool.tool} <${email}>`, is });
  const [, , email] = first;
  return defineTool({
    ...tool,
    signals: [first, ...others].flatMap(([strength, source, ...emails]) =>
      signals(
        strength,
        source,
        emails.map((each) => address(each)),
      ),
    ),
    examples: {
      matches: [example(first), ...others.map(example)],
      ignores: [
        { author: `Somebody <x${email}>` },
        { author: `Somebody <somebody${email.slice(email.indexOf("@"))}>` },
      ],
    },
  });
}
