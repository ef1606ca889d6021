import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";

/** Levels of a permission, lowest first. */
export const LEVELS = ["read", "write", "admin"] as const;

const manifestFile = z.object({
  description: z.string(),
  url: z.string(),
  public: z.boolean(),
  default_permissions: z.record(z.string(), z.enum(LEVELS)),
  default_events: z.array(z.string()),
});

/** How the App is registered, as GitHub's manifests write it; the name and addresses are each registration's own. */
export type AppManifest = z.infer<typeof manifestFile>;

/** What `app.yml` says. */
export function readAppManifest(): AppManifest {
  return manifestFile.parse(parse(readFileSync(new URL("../../../app.yml", import.meta.url), "utf8")));
}
