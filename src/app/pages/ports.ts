import type { Site } from "../../signoff/report/site.ts";
import type { PageSession } from "../../store/pages.ts";
import type { Store } from "../../store/store.ts";
import type { Clock } from "../operation/clock.ts";
import type { Log } from "../operation/log.ts";
import type { PageSettings } from "../operation/page-settings.ts";
import type { Access } from "./access.ts";
import type { Grant } from "./oauth.ts";

/** What the pages are made from. */
export interface PagePorts {
  readonly settings: PageSettings;
  readonly store: Store;
  readonly access: Pick<Access, "to" | "toNamed">;
  readonly site: Site;
  /** Who came back from GitHub. Throws where GitHub does not say. */
  readonly identify: (grant: Grant) => Promise<PageSession>;
  readonly clock: Clock;
  readonly log: Log;
}
