import type { RuleSet } from "../rule.ts";
import { ALERTS_NOWHERE } from "./servers/alerts-nowhere.ts";
import { SERVER_OPENED } from "./servers/opened.ts";
import { KEEPING, OPENING } from "./servers/settings.ts";

export const SERVERS: RuleSet = {
  name: "servers",
  title: "Settings of servers",
  reads: ({ path, isLive }) =>
    isLive &&
    ([...OPENING, ...KEEPING].some(({ file }) => file.test(path)) ||
      /(?:^|\/)alertmanager[^/]*\.ya?ml$|(?:^|\/)(?:alerting|contact-?points|notification-policies)[^/]*\.ya?ml$/.test(
        path,
      )),
  rules: [SERVER_OPENED, ALERTS_NOWHERE],
};
