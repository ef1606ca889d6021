import { readFileSync } from "node:fs";
import { parse } from "yaml";

interface Manifest {
  readonly default_permissions: Readonly<Record<string, "read" | "write">>;
  readonly default_events: readonly string[];
}

const manifest = parse(readFileSync(new URL("../../app.yml", import.meta.url), "utf8")) as Manifest;

/** The double grants what the manifest asks for, and no more. */
export const APP_PERMISSIONS = manifest.default_permissions;
/** Re-runs come to every app that may write checks, without being asked for. */
export const APP_EVENTS = [...manifest.default_events, "check_run", "check_suite"];
