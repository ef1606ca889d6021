// biome-ignore-all format: a row a line
import { noneOf, OFF, ON } from "./check.ts";
import type { Table } from "./row.ts";

/** Of `.github/settings.yml`, as apps apply it to the repository. */
export const REPOSITORY_SETTINGS_TABLE = {
  of: ["settings"],
  rows: {
    "repository/public": [
      ["file", "repository.private", ON, "safe"],
      ["file", "repository.visibility", noneOf("public"), "safe"],
      ["file", "repository.allow_forking", OFF, "safe", "others can take a copy along"],
    ],
    "guards/weakened": [
      ["file", "repository.enable_vulnerability_alerts", ON, "weaker", "nobody hears of known holes"],
      ["file", "repository.enable_automated_security_fixes", ON, "weaker", "nobody hears of known holes"],
      ["file", "repository.security_and_analysis.secret_scanning.status", noneOf("disabled"), "weaker", "committed secrets are not noticed"],
      ["file", "repository.security_and_analysis.secret_scanning_push_protection.status", noneOf("disabled"), "weaker", "secrets can be pushed"],
      ["file", "collaborators?.permission", noneOf("admin", "maintain"), "safe", "they can change the rules of the repository"],
      ["file", "teams?.permission", noneOf("admin", "maintain"), "safe", "they can change the rules of the repository"],
    ],
  },
} as const satisfies Table;
