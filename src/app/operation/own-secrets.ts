import { isNoticeSecret, secretsInAddress, secretsInNotices } from "./notice-settings.ts";
import type { Environment, Settings } from "./settings.ts";

/** Names of variables that hold a secret themselves, not the path of one. */
const SECRET_NAME = /SECRET|PASSWORD|PASSWD|TOKEN|CREDENTIAL|KEY/i;
const PATH_NAME = /_(?:PATH|FILE)$/i;

/** What the environment holds that no text may show: secrets by their names, and those in addresses. */
export function secretsInEnvironment(environment: Environment): readonly string[] {
  return Object.entries(environment).flatMap(([name, value = ""]) => [
    ...(SECRET_NAME.test(name) && !PATH_NAME.test(name) ? [value] : []),
    ...(isNoticeSecret(name) || isAuditAddress(name, value) ? secretsInAddress(value) : []),
    ...passwordsIn(value),
  ]);
}

/** The same for settings, which may come from elsewhere than the environment. */
export function secretsInSettings(settings: Settings): readonly string[] {
  const { deliveries, privateKey, signingKey, databaseUrl = "", databasePassword } = settings;
  const { notices, audit, pages } = settings;
  const signing = deliveries.by === "webhook" ? [deliveries.secret, deliveries.previousSecret] : [];
  const ofPages = [pages?.clientSecret, pages?.sessionSecret];
  const named = [...signing, privateKey, signingKey, databasePassword, ...ofPages];
  return [
    ...named.filter((secret) => secret !== undefined),
    ...passwordsIn(databaseUrl),
    ...(notices === undefined ? [] : secretsInNotices(notices)),
    ...(audit?.to === "https" ? secretsInAddress(audit.address) : []),
  ];
}

function isAuditAddress(name: string, value: string): boolean {
  return name === "COUNTERSIGN_AUDIT" && value.includes("://");
}

/** In an address: after the user's name, or as a parameter. */
function passwordsIn(address: string): readonly string[] {
  const found = [/:\/\/[^:@/\s]*:(.+)@/.exec(address)?.[1], /[?&]password=([^&\s]+)/.exec(address)?.[1]];
  return found
    .filter((password) => password !== undefined)
    .flatMap((password) => [password, decoded(password)]);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
