import { LEVELS, readAppManifest } from "../../github/client/app-manifest.ts";

type Level = (typeof LEVELS)[number];

/** What the App may do and hears, as registered, or as one account accepted it. */
export interface Grant {
  readonly permissions: Readonly<Record<string, Level>>;
  readonly events: readonly string[];
}

/** What `app.yml` asks for. */
export function readManifest(): Grant {
  const manifest = readAppManifest();
  return { permissions: manifest.default_permissions, events: manifest.default_events };
}

/** An absent permission ranks below all. */
function rank(level: Level | undefined): number {
  return level === undefined ? -1 : LEVELS.indexOf(level);
}

/** What is wanted and not granted: "permission members: read", "event push". */
export function missing(wanted: Grant, granted: Grant): readonly string[] {
  const permissions = Object.entries(wanted.permissions)
    .filter(([name, level]) => rank(granted.permissions[name]) < rank(level))
    .map(([name, level]) => `permission ${name}: ${level}`);
  const events = wanted.events
    .filter((name) => !granted.events.includes(name))
    .map((name) => `event ${name}`);
  return [...permissions, ...events];
}
