import { anyOf } from "../reading/any-of.ts";
import type { RuleSet } from "../rule.ts";
import { ALERTS_NOWHERE } from "./servers/alerts-nowhere.ts";
import { SERVER_OPENED } from "./servers/opened.ts";
import { KEEPING, OPENING, servedPath } from "./servers/settings.ts";
import { hasLimits, LIMIT_WEAKENED } from "./servers/values.ts";

const ALERTING =
  /(?:^|\/)alertmanager[^/]*\.ya?ml$|(?:^|\/)(?:alerting|contact-?points|notification-policies)[^/]*\.ya?ml$/;
const isSet = anyOf([...OPENING, ...KEEPING].map(({ file }) => file));

function isOneOf(path: string): boolean {
  const served = servedPath(path);
  return ALERTING.test(path) || hasLimits(served) || isSet(served);
}

export const SERVERS: RuleSet = {
  name: "servers",
  title: "Settings of servers",
  reads: ({ path, isLive }) => isLive && isOneOf(path),
  rules: [SERVER_OPENED, LIMIT_WEAKENED, ALERTS_NOWHERE],
};
