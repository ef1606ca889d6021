import type { Site } from "../../signoff/report/site.ts";
import type { Snapshot } from "../../signoff/snapshot.ts";
import type { Verdict } from "../../signoff/verdict.ts";
import type { PageSession } from "../../store/pages.ts";
import type { Store } from "../../store/store.ts";
import type { Clock } from "../operation/clock.ts";
import type { Log } from "../operation/log.ts";
import type { PageSettings } from "../operation/page-settings.ts";
import type { SigningPorts } from "../passkeys/ports.ts";
import type { Access } from "./access.ts";
import type { JudgementPorts } from "./judgements.ts";
import type { Grant } from "./oauth.ts";

/** What the pages on which people do something need beside. */
export interface Signing extends Pick<JudgementPorts, "judgeNow"> {
  /** Judges a snapshot as nobody has it, after everything else; `null` where it cannot be judged. Nothing is published. */
  readonly judgeAgain: (snapshot: Snapshot) => Promise<Verdict | null>;
  readonly ports: SigningPorts;
  /** What was signed is to be judged. */
  readonly wake: () => void;
}

/** What the pages are made from. */
export interface PagePorts extends Pick<JudgementPorts, "budgets"> {
  readonly settings: PageSettings;
  readonly store: Store;
  readonly access: Pick<Access, "to" | "toNamed">;
  readonly site: Site;
  /** Who came back from GitHub. Throws where GitHub does not say. */
  readonly identify: (grant: Grant) => Promise<PageSession>;
  readonly signing: Signing;
  readonly clock: Clock;
  readonly log: Log;
}
