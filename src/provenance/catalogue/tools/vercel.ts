import { address, bot, branch, defineTool, signals, user } from "../../tool/define.ts";
import type { Tool } from "../../tool/tool.ts";

export const vercelTools: readonly Tool[] = [
  defineTool({
    tool: "v0",
    vendor: "Vercel",
    names: ["v0.dev", "v0agent"],
    signals: [
      ...signals("certain", "vercel/ai ba76916fe2ef", bot(196351893, "v0[bot]")),
      ...signals("certain", "public commits of 2026", [address("it+v0agent@vercel.com")]),
      ...signals("strong", "public head branches", [branch("^v0/")]),
    ],
  }),
  defineTool({
    tool: "Vercel Agent",
    vendor: "Vercel",
    signals: signals(
      "strong",
      "vercel/ai 6e8727ff420a, 160492d24b1a (293 commits); the account also reports deployments",
      bot(35613825, "vercel[bot]"),
    ),
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
  }),
  // An agent of one organization: others are named by `detect.agents`.
  defineTool({
    tool: "ai-sdk-factory",
    vendor: "Vercel",
    signals: signals("weak", "vercel/ai 0a97d6478dd5 (1,232 commits)", [
      ...user(308175966, "ai-sdk-factory"),
      ...bot(305873210, "ai-sdk-factory[bot]"),
    ]),
  }),
];
