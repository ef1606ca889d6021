import { address, defineTool, signals, trailer } from "../../tool/define.ts";

/** On by default. The author `Deployment` is no AI. */
export const replit = defineTool({
  tool: "Replit Agent",
  vendor: "Replit",
  names: ["replit"],
  signals: [
    ...signals("strong", "public commits; chaoss/disclosure", [
      trailer("replit-commit-author", "^(?:agent|assistant)\\b"),
    ]),
    ...signals("strong", "public commits", [trailer("replit-commit-session-id")]),
    ...signals("certain", "public reports of commits, 2026-07", [address("agent@replit.com")]),
    ...signals("weak", "not verified", [
      trailer("replit-commit-checkpoint-type"),
      trailer("replit-commit-event-id"),
      trailer("replit-commit-screenshot-url"),
      address("no-reply@replit.com"),
      address("noreply@replit.com"),
    ]),
  ],
  examples: {
    matches: [
      { message: "Replit-Commit-Author: Agent", is: "strong" },
      { message: "Replit-Commit-Session-Id: 3f1c2b4a", is: "strong" },
      { message: "Replit-Commit-Checkpoint-Type: full_checkpoint", is: "weak" },
      { message: "Replit-Commit-Event-Id: 3f1c2b4a", is: "weak" },
      { message: "Replit-Commit-Screenshot-Url: https://storage.googleapis.com/a.png", is: "weak" },
      { author: "Replit Agent <agent@replit.com>", is: "certain" },
      { author: "Replit <no-reply@replit.com>", is: "weak" },
    ],
    ignores: [
      { message: "Replit-Commit-Author: Deployment" },
      { author: "An Employee <someone@replit.com>" },
    ],
  },
});
