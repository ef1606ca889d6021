import { z } from "zod";

/** From the simulated GitHub: it is listening and waits for a new app. Sent at the start and at every restart. */
export const githubReady = z.object({
  kind: z.literal("github-ready"),
  /** Host and port of the API. */
  api: z.string(),
  /** The address of the pages. */
  pages: z.string(),
});

/** To the simulated GitHub: the app responds. */
export const appReady = z.object({ kind: z.literal("app-ready") });

export type GithubReady = z.infer<typeof githubReady>;
export type AppReady = z.infer<typeof appReady>;
