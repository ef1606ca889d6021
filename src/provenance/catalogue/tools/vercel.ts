import { address, bot, branch, defineTool, signals, user } from "../../tool/define.ts";
import type { CataloguedTool } from "../../tool/tool.ts";

export const vercel: readonly CataloguedTool[] = [
  defineTool({
    tool: "v0",
    vendor: "Vercel",
    names: ["v0.dev", "v0agent"],
    signals: [
      ...signals("certain", "vercel/ai ba76916fe2ef", bot(196351893, "v0[bot]")),
      ...signals("certain", "public commits of 2026", [address("it+v0agent@vercel.com")]),
      ...signals("strong", "public head branches", [branch("^v0/")]),
    ],
    examples: {
      matches: [
        { author: "v0[bot] <196351893+v0[bot]@users.noreply.github.com>", is: "certain" },
        { author: "v0 <it+v0agent@vercel.com>", is: "certain" },
        { branch: "v0/mona-fix-login", is: "strong" },
      ],
      ignores: [{ author: "An Employee <it@vercel.com>" }, { branch: "v0.9" }],
    },
  }),
  defineTool({
    tool: "Vercel Agent",
    vendor: "Vercel",
    signals: signals(
      "strong",
      "vercel/ai 6e8727ff420a, 160492d24b1a (293 commits); the account also reports deployments",
      bot(35613825, "vercel[bot]"),
    ),
    examples: {
      matches: [{ author: "vercel[bot] <35613825+vercel[bot]@users.noreply.github.com>", is: "strong" }],
      ignores: [{ account: { id: 7, login: "vercel", type: "User" } }],
    },
  }),
  // Renamed: one account, two logins.
  defineTool({
    tool: "open-agents",
    vendor: "Vercel",
    names: ["openharness"],
    signals: signals("strong", "vercel/ai 330ef84450, 8079d636e5", [
      ...bot(260704009, "open-agents-bot[bot]"),
      address("260704009+openharness[bot]@users.noreply.github.com"),
    ]),
    examples: {
      matches: [
        {
          author: "open-agents-bot[bot] <260704009+open-agents-bot[bot]@users.noreply.github.com>",
          is: "strong",
        },
      ],
      ignores: [{ account: { id: 7, login: "open-agents-bot", type: "User" } }],
    },
  }),
  // An agent of one organization: others are named by `detect.agents`.
  defineTool({
    tool: "ai-sdk-factory",
    vendor: "Vercel",
    signals: signals("weak", "vercel/ai 0a97d6478dd5 (1,232 commits)", [
      ...user(308175966, "ai-sdk-factory"),
      ...bot(305873210, "ai-sdk-factory[bot]"),
    ]),
    examples: {
      matches: [
        {
          author: "ai-sdk-factory[bot] <305873210+ai-sdk-factory[bot]@users.noreply.github.com>",
          is: "weak",
        },
      ],
      ignores: [{ account: { id: 7, login: "ai-sdk-factory", type: "User" } }],
    },
  }),
];
