import type { Hono } from "hono";
import { configPage } from "../../pages/config.ts";
import { loadPolicyFile } from "../../policy/file/load.ts";
import { LIMITS } from "../../policy/limits.ts";
import { CONFIG_PATH } from "../../policy/source.ts";
import type { Doors } from "./doors.ts";
import { seenRepositories } from "./facts.ts";
import type { PagePorts } from "./ports.ts";
import { Rate } from "./rate.ts";
import type { Say } from "./said.ts";
import type { LiveSession } from "./sessions.ts";

/** Of all visitors together: reading a config holds up the webhooks. */
const CONFIGS = { burst: 10, perSecond: 2 } as const;

interface ConfigPorts extends PagePorts {
  readonly say: Say;
  readonly doors: Doors;
}

/** A config that is typed in and checked, for who may write to some repository. */
export function addConfig(app: Hono, ports: ConfigPorts): void {
  const { site, clock, say, doors } = ports;
  const { docs } = site;
  const configs = new Rate({ ...CONFIGS, now: clock.now });
  const mayCheck = async (session: LiveSession) =>
    (await seenRepositories(ports, session)).some(({ right }) => right !== "read");

  app.get(
    "/config",
    doors.loggedIn(async (context, visitor) => {
      if (!(await mayCheck(visitor))) return say(context, "nothing", visitor);
      return context.html(configPage({ docs, visitor, text: "" }));
    }),
  );
  app.post(
    "/config",
    doors.sent(async (context, visitor, { config }) => {
      if (!(await mayCheck(visitor))) return say(context, "nothing", visitor);
      if (!configs.take("")) return say(context, "too-often", visitor);
      // One character more than a config may have, so that it is told of being too long.
      const text = typeof config === "string" ? config.slice(0, LIMITS.fileLength + 1) : "";
      const { config: read, problems, remarks } = loadPolicyFile(text, CONFIG_PATH);
      const checked = { valid: read !== null, problems: [...problems, ...remarks] };
      return context.html(configPage({ docs, visitor, text, checked }));
    }),
  );
}
