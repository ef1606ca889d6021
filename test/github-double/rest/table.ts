import type { Route } from "./route.ts";
import { activityRoutes } from "./routes/activity.ts";
import { appRoutes } from "./routes/app.ts";
import { checkRoutes } from "./routes/checks.ts";
import { commentRoutes } from "./routes/comments.ts";
import { compareRoutes } from "./routes/compare.ts";
import { gitRoutes } from "./routes/git.ts";
import { issueRoutes } from "./routes/issues.ts";
import { pullRoutes } from "./routes/pulls.ts";
import { repositoryRoutes } from "./routes/repositories.ts";
import { reviewRoutes } from "./routes/reviews.ts";
import { ruleRoutes } from "./routes/rules.ts";
import { teamRoutes } from "./routes/teams.ts";

export const ROUTES: readonly Route[] = [
  ...activityRoutes,
  ...appRoutes,
  ...checkRoutes,
  ...commentRoutes,
  ...compareRoutes,
  ...gitRoutes,
  ...issueRoutes,
  ...pullRoutes,
  ...repositoryRoutes,
  ...reviewRoutes,
  ...ruleRoutes,
  ...teamRoutes,
];

/** Parameters that may hold slashes. */
const GREEDY = new Set(["path", "branch", "ref"]);

interface Entry {
  readonly route: Route;
  readonly method: string;
  readonly pattern: RegExp;
}

/** The most literal template first, so that `/commits/{ref}/check-runs` is tried before `/commits/{ref}`. */
const entries: readonly Entry[] = ROUTES.map((route) => {
  const [method = "", path = ""] = route.operation.split(" ");
  const pattern = path.replace(
    /\{(\w+)\}/g,
    (_, name: string) => `(?<${name}>${GREEDY.has(name) ? ".+" : "[^/]+"})`,
  );
  return { route, method, pattern: new RegExp(`^${pattern}$`) };
}).sort((a, b) => segments(b.route) - segments(a.route));

function segments({ operation }: Route): number {
  return operation.split("/").length;
}

export interface Match {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

export function findRoute(method: string, path: string): Match | null {
  for (const entry of entries) {
    if (entry.method !== method) continue;
    const found = entry.pattern.exec(path);
    if (!found) continue;
    const params = Object.entries(found.groups ?? {}).map(([name, value]) => [
      name,
      decodeURIComponent(value),
    ]);
    return { route: entry.route, params: Object.fromEntries(params) as Record<string, string> };
  }
  return null;
}
