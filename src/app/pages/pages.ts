import type { Otherwise } from "../intake/server.ts";
import type { Webhook } from "../intake/webhook.ts";
import { Access, type AccessPorts } from "./access.ts";
import { pageAnswers } from "./answering.ts";
import { keyedWith } from "./keyed.ts";
import { identify } from "./oauth.ts";
import type { PagePorts } from "./ports.ts";
import { pageRoutes } from "./routes.ts";
import { Sessions } from "./sessions.ts";

export interface Pages {
  /** Answers whatever no other route is for. */
  readonly answer: Otherwise;
  /** Told of each delivery, before it is answered: it may end what people may see. */
  readonly heard: (webhook: Webhook) => Promise<void>;
}

type Ports = Omit<PagePorts, "access" | "identify"> &
  Pick<AccessPorts, "github"> & {
    /** GitHub's REST API. */
    readonly api: string;
  };

export function openPages(ports: Ports): Pages {
  const { settings, store, clock, site, api } = ports;
  const access = new Access(ports);
  const sessions = new Sessions({ store, clock, keyed: keyedWith(settings.sessionSecret) });
  const oauth = { settings, github: site.github, api };
  const routes = pageRoutes({ ...ports, access, identify: (grant) => identify(oauth, grant) });
  return {
    answer: pageAnswers({ routes, url: settings.url, clock }),
    heard: async ({ delivery: { event }, payload }) => {
      access.heard(event);
      const account = event === "github_app_authorization" ? senderOf(payload) : null;
      if (account !== null) await sessions.revoked(account);
    },
  };
}

/** Such a delivery has one action: its sender revoked what they had granted. */
function senderOf(payload: unknown): number | null {
  if (typeof payload !== "object" || payload === null || !("sender" in payload)) return null;
  const { sender } = payload;
  if (typeof sender !== "object" || sender === null || !("id" in sender)) return null;
  return typeof sender.id === "number" ? sender.id : null;
}
