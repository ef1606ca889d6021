import type { RuleSet } from "../rule.ts";
import { ALERTS_NOWHERE } from "./servers/alerts-nowhere.ts";
import { SERVER_OPENED } from "./servers/opened.ts";
import { KEEPING, OPENING } from "./servers/settings.ts";

const ALERTING =
  /(?:^|\/)alertmanager[^/]*\.ya?ml$|(?:^|\/)(?:alerting|contact-?points|notification-policies)[^/]*\.ya?ml$/;
const FILES = [
  ...new Map([...OPENING, ...KEEPING].map(({ file }) => [String(file), file])).values(),
  ALERTING,
];

export const SERVERS: RuleSet = {
  name: "servers",
  title: "Settings of servers",
  reads: ({ path, isLive }) => isLive && FILES.some((file) => file.test(path)),
  rules: [SERVER_OPENED, ALERTS_NOWHERE],
};
