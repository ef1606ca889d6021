import type { Strength } from "../../evidence.ts";
import { address, defineTool, signals } from "../../tool/define.ts";
import type { Tool } from "../../tool/tool.ts";

const LISTS = "lists of other detectors only";

/** Tools that are known by the address they sign with and nothing else, one row for each strength. */
const ROWS: readonly (readonly [
  tool: string,
  vendor: string,
  strength: Strength,
  source: string,
  ...addresses: string[],
])[] = [
  ["Gitar", "Gitar", "certain", "git-ai-project/git-ai (2 commits)", "noreply@gitar.ai"],
  ["BLACKBOX", "BLACKBOX AI", "certain", "vercel/ai (4 commits)", "code@blackbox.ai"],
  ["SageOx", "SageOx", "certain", "steveyegge/beads 26bed8335 (18 commits)", "ox@sageox.ai"],
  ["Cosine Genie", "Cosine", "certain", "Aider-AI/aider a35bd1889d67", "agent@cosine.sh"],
  ["Cosine Genie", "Cosine", "weak", "not seen", "genie@cosine.sh"],
  ["Qwen Code", "Alibaba", "certain", "RooCodeInc/Roo-Code 557ab70a02cc", "qwen-coder@alibabacloud.com"],
  ["Qwen Code", "Alibaba", "strong", "public commits, 0c9d13816ca8", "qwenlm-intl@service.alibaba.com"],
  ["Warp", "Warp", "certain", "Aider-AI/aider 164a8f3844d5", "oz-agent@warp.dev"],
  ["Warp", "Warp", "strong", "instructions and commit scripts of public repositories", "agent@warp.dev"],
  ["Ona", "Gitpod", "strong", "renovatebot/renovate 9817530f56, vercel/ai 5333499c50", "no-reply@ona.com"],
  ["Happy", "Happy Engineering", "strong", "steveyegge/beads f454245a5", "yesreply@happy.engineering"],
  ["Sketch", "Sketch", "strong", "Sketch's source: its commit hook", "hello@sketch.dev"],
  ["Kimchi", "Kimchi", "strong", "getkimchi/kimchi#104", "noreply@kimchi.dev"],
  ["ForgeCode", "Tailcall", "strong", "tailcallhq/forgecode#2213", "noreply@forgecode.dev"],
  ["Bobbit", "G-Research", "strong", "G-Research/bobbit#87", "noreply@bobbit.dev"],
  ["kdeps", "kdeps", "strong", "kdeps/kdeps#626", "noreply@kdeps.com"],
  ["Ivy Tendril", "Ivy", "strong", "Ivy-Tendril-V2#229", "tendril@ivy.app"],
  ["ZCode", "Z.ai", "strong", "commit scripts of public repositories, 2026", "noreply@z.ai"],
  ["Qoder", "Alibaba", "strong", "instructions of public repositories, 2026", "noreply@qoder.com"],
  ["Zed", "Zed Industries", "weak", LISTS, "assistant@zed.dev"],
  ["Tabnine", "Tabnine", "weak", "user-made", "noreply@tabnine.com"],
  ["Kimi Code", "Moonshot AI", "weak", LISTS, "noreply@moonshot.cn", "noreply@moonshot.ai"],
  ["Grok", "xAI", "weak", LISTS, "noreply@x.ai"],
  ["Abacus", "Abacus.AI", "weak", LISTS, "agent@abacus.ai"],
  ["Refact", "Refact", "weak", "not verified", "agent@refact.ai"],
  ["Aether", "Aether", "weak", LISTS, "github@tryaether.ai"],
  ["CodeBuddy", "Tencent", "weak", LISTS, "noreply@codebuddy.ai"],
  ["Verdent", "Verdent", "weak", LISTS, "verdent@verdent.ai"],
  ["MiMo Code", "Xiaomi", "weak", LISTS, "noreply@mimo.xiaomi.com"],
  ["MiniMax Code", "MiniMax", "weak", LISTS, "noreply@minimax.io"],
  ["Brokk", "Brokk", "weak", LISTS, "noreply-brokk-bot@brokk.ai"],
  ["ECA", "ECA", "weak", LISTS, "git@eca.dev"],
  ["Corteza", "Cornball", "weak", LISTS, "noreply@cornball.ai"],
  [
    "Microsoft Amplifier",
    "Microsoft",
    "weak",
    LISTS,
    "240397093+microsoft-amplifier@users.noreply.github.com",
  ],
  [
    "Antigravity",
    "Google",
    "weak",
    "google-antigravity/antigravity-cli#230: invented, and one is a stranger's",
    "antigravity@google.com",
    "antigravity@antigravity.ai",
    "antigravity@antigravity.dev",
  ],
  [
    "ruflo",
    "ruvnet",
    "weak",
    "ruflo#1670: its human author's own address, put on everybody's commits",
    "ruv@ruv.net",
  ],
];

/** What declarations and attestations call them, where that is not the tool's own name. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  "Qwen Code": ["qwen", "qwen-code", "qwen coder", "qwen-coder"],
  Warp: ["oz", "warp agent"],
  Ona: ["gitpod"],
  ZCode: ["z.ai", "glm"],
  "Kimi Code": ["kimi", "kimi cli", "kimi-cli", "kimi-code"],
  Antigravity: ["google antigravity", "antigravity cli"],
  ruflo: ["claude-flow", "claude flow"],
  BLACKBOX: ["blackbox ai"],
  ForgeCode: ["forge code"],
  CodeBuddy: ["codebuddy code"],
};

export const addressTools: readonly Tool[] = [...Map.groupBy(ROWS, ([tool]) => tool)].map(([tool, rows]) =>
  defineTool({
    tool,
    vendor: rows[0]?.[1] ?? "",
    names: NAMES[tool] ?? [],
    signals: rows.flatMap(([, , strength, source, ...addresses]) =>
      signals(
        strength,
        source,
        addresses.map((email) => address(email)),
      ),
    ),
  }),
);
