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
});
