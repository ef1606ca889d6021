import type { RuleSet } from "../rule.ts";
import { ALERTS_NOWHERE } from "./servers/alerts-nowhere.ts";
import { SERVER_OPENED } from "./servers/opened.ts";
import { KEEPING, OPENING, servedPath } from "./servers/settings.ts";
import { hasLimits, LIMIT_WEAKENED } from "./servers/values.ts";

export const SERVERS: RuleSet = {
  name: "servers",
  title: "Settings of servers",
  reads: ({ path, isLive }) =>
    isLive &&
    (hasLimits(path) ||
      [...OPENING, ...KEEPING].some(({ file }) => file.test(servedPath(path))) ||
      /(?:^|\/)alertmanager[^/]*\.ya?ml$|(?:^|\/)(?:alerting|contact-?points|notification-policies)[^/]*\.ya?ml$/.test(
        path,
      )),
  rules: [SERVER_OPENED, LIMIT_WEAKENED, ALERTS_NOWHERE],
};
