import { z } from "zod";

/** From GitHub's process: it listens, and waits for a fresh app. Sent at the start and at every start over. */
export const githubReady = z.object({
  kind: z.literal("github-ready"),
  /** Host and port of the API. */
  api: z.string(),
  /** The address of the pages. */
  pages: z.string(),
});

/** To GitHub's process: the app answers. */
export const appReady = z.object({ kind: z.literal("app-ready") });

export type GithubReady = z.infer<typeof githubReady>;
export type AppReady = z.infer<typeof appReady>;
