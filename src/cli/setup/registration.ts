import { z } from "zod";
import { readAppManifest } from "../../github/client/app-manifest.ts";
import { parsed, rest } from "../../github/client/client.ts";
import type { Environment } from "../github/host.ts";
import { openOctokit } from "../github/octokit.ts";

/** GitHub takes no longer one; seen, not documented. */
const LONGEST_NAME = 34;

const WEBHOOK_PATH = "/api/github/webhooks";

/** Where deliveries go that are read from GitHub: nobody can have a name that ends so (RFC 2606). */
const NOWHERE = "https://countersign.invalid/";

export interface Wanted {
  /** Who will own the App, for its name. */
  readonly owner: string;
  /** `null`: GitHub cannot reach the App. */
  readonly url: string | null;
  /** Where GitHub sends the person back to. */
  readonly redirectUrl: string;
}

/** The manifest of one's own App. The webhook is active in any case: without it GitHub makes no deliveries to be read. */
export function manifestOf({ owner, url, redirectUrl }: Wanted): object {
  const { description, url: page, ...asked } = readAppManifest();
  return {
    ...{ name: `countersign-${owner}`.slice(0, LONGEST_NAME), description, url: page },
    hook_attributes: { url: url === null ? NOWHERE : new URL(WEBHOOK_PATH, url).href, active: true },
    redirect_url: redirectUrl,
    ...asked,
  };
}

const conversion = z.object({
  id: z.int(),
  // Each stands on a line of its own in a file.
  name: z.string().regex(/^[^\r\n]+$/),
  html_url: z.url(),
  pem: z.string().startsWith("-----BEGIN"),
  webhook_secret: z
    .string()
    .regex(/^[\w.~+/=-]+$/)
    .nullable(),
});

export type Registered = z.infer<typeof conversion>;

/**
 * Exchanges the code that GitHub gave for the new App's id and secrets. It can be done once.
 * @throws {GitHubUnavailable | GitHubProblem | NotFound}
 */
export async function exchange(environment: Environment, code: string): Promise<Registered> {
  // Nobody's token belongs here.
  const { GITHUB_TOKEN: _, GH_TOKEN: __, ...open } = environment;
  const { data } = await rest(openOctokit(open), {
    route: "POST /app-manifests/{code}/conversions",
    parameters: { code },
    need: "a code that GitHub has just given",
    absent: "not-there",
  });
  return parsed(conversion, data, "the new App");
}
