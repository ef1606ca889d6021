export interface Repository {
  /** `OWNER/NAME`; its clone is in a folder `OWNER+NAME`. */
  readonly name: string;
  /** Whether the judgement of contents was tuned on it, or only measured. */
  readonly use: "tuned" | "unseen";
}

const TUNED = [
  "PrefectHQ/prefect",
  "bucketeer-io/bucketeer",
  "getsentry/sentry-javascript",
  "getsentry/sentry-mcp",
  "langchain-ai/langgraph",
  "langfuse/langfuse",
  "pnpm/pnpm",
  "steipete/CodexBar",
  "supabase/cli",
  "tursodatabase/turso",
  "vercel/ai",
  "withastro/astro",
];

/** Chosen before anything was measured there: of those at hand, the fifteen with the most commits by AI since 2026-01. */
const UNSEEN = [
  "cloudflare/agents",
  "cloudflare/workers-sdk",
  "electric-sql/electric",
  "ente-io/ente",
  "formbricks/formbricks",
  "getpaseo/paseo",
  "home-assistant/frontend",
  "inngest/inngest",
  "marimo-team/marimo",
  "microsoft/aspire",
  "openstatusHQ/openstatus",
  "pydantic/pydantic-ai",
  "risingwavelabs/risingwave",
  "simonw/datasette",
  "triggerdotdev/trigger.dev",
];

export const REPOSITORIES: readonly Repository[] = [
  ...TUNED.map((name) => ({ name, use: "tuned" as const })),
  ...UNSEEN.map((name) => ({ name, use: "unseen" as const })),
];
