import { z } from "zod";
import type { Installation, OwnApp } from "../../doctor/facts.ts";
import { type Known, known, mapKnown, unknown } from "../../doctor/known.ts";
import type { Detector } from "../../provenance/detector.ts";
import { type Asker, askList } from "./ask.ts";
import { organizationOwner } from "./rights.ts";

const installation = z.object({
  app_id: z.int(),
  app_slug: z.string(),
  html_url: z.string(),
  repository_selection: z.string(),
  suspended_at: z.string().nullish(),
  permissions: z.record(z.string(), z.string()),
  events: z.array(z.string()),
});

/** Our own limit: a thousand Apps. */
const PAGES = 10;

interface InstallationsRequest {
  readonly ownedBy: "user" | "organization";
  readonly asApp: true | undefined;
  readonly detector: Detector;
}

/**
 * GitHub lists the Apps of an organization for its owners, and those of a user for nobody's token. Our App does not ask
 * for the right to see them.
 */
export async function readInstallations(
  asker: Asker,
  { ownedBy, asApp, detector }: InstallationsRequest,
): Promise<Known<readonly Installation[]>> {
  if (ownedBy === "user") return unknown("no token, only the page of the settings");
  if (asApp) return unknown(organizationOwner(asker));
  return askList(
    asker,
    {
      route: "GET /orgs/{org}/installations",
      parameters: { org: asker.owner },
      answer: z
        .object({ installations: z.array(installation) })
        .transform(({ installations }) => installations.map((answer) => installationOf(answer, detector))),
      right: organizationOwner(asker),
    },
    PAGES,
  );
}

function installationOf(answer: z.infer<typeof installation>, detector: Detector): Installation {
  // The list names no account, and no user can take a login with this end.
  const account = { id: 0, login: `${answer.app_slug}[bot]`, type: "Bot" } as const;
  return {
    appId: answer.app_id,
    slug: answer.app_slug,
    page: answer.html_url,
    repositories: answer.repository_selection === "all" ? "all" : "selected",
    suspended: answer.suspended_at != null,
    permissions: answer.permissions,
    events: answer.events,
    isAgent: detector.machine(account)?.kind === "agent",
  };
}

/** Countersign's own App: the one that is named, or the only one installed whose name says so. */
export function ownApp(
  given: number | undefined,
  installations: Known<readonly Installation[]>,
): Known<OwnApp> {
  if (given !== undefined) return known({ id: given, named: true });
  const found = mapKnown(installations, (all) =>
    all.filter(({ slug }) => slug === "countersign" || slug.startsWith("countersign-")),
  );
  const [only, ...others] = "known" in found ? found.known : [];
  return only !== undefined && others.length === 0 ? known({ id: only.appId, named: false }) : unknown(NAMED);
}

const NAMED = "the option --app-id with the number of your App";
