import type { ChangedPart } from "../../reading/part.ts";
import type { Parts } from "../../reading/parts.ts";
import {
  at,
  entriesOf,
  fingerprint,
  oneOrMore,
  type Place,
  placesIn,
  type Tree,
  textOf,
} from "../../reading/tree.ts";

const ROUTES = new Set(["Ingress", "IngressRoute", "HTTPRoute"]);

interface Route {
  /** Through what it is reached. */
  readonly entrances: string;
  readonly hosts: readonly string[];
  /** Each with how much of it is meant. */
  readonly paths: readonly string[];
  /** The services that answer. */
  readonly services: readonly string[];
  /** What is asked before they do. */
  readonly guards: readonly string[];
  /** It answers only some of what comes to its hosts and paths. */
  readonly isLimited: boolean;
}

function routeOf(tree: Tree): Route {
  const places = [...placesIn(tree)];
  const under = (keys: RegExp) => places.filter(({ key }) => keys.test(key));
  const textsUnder = (keys: RegExp) => under(keys).flatMap(textsOf);
  const guards = [...under(/^(?:filters|middlewares)$/), ...entriesOf(at(tree, "metadata", "annotations"))];
  return {
    hosts: textsUnder(/^(?:hosts?|hostnames?)$/),
    entrances: ENTRANCES.map((key) => fingerprint(at(tree, "spec", key))).join(" "),
    paths: under(/^(?:path|value)$/).flatMap(pathsOf),
    services: places
      .filter(({ key, path }) => key === "name" && /^(?:services?|backendRefs)$/.test(path.at(-2) ?? ""))
      .flatMap(textsOf),
    guards: guards.map(({ key, value }) => `${key} ${fingerprint(value)}`),
    isLimited: under(/^(?:headers|queryParams|method|match)$/).length > 0,
  };
}

const ENTRANCES = ["parentRefs", "ingressClassName", "entryPoints"];

function pathsOf({ value, within }: Place): readonly string[] {
  const path = textOf(value);
  const kind = textOf(at(within, "pathType") ?? at(within, "type")) || "PathPrefix";
  // Of all paths it need not be said.
  const isAll = path === "/" && /Prefix$/.test(kind);
  return path.startsWith("/") && !isAll ? [`${kind} ${path}`] : [];
}

function textsOf({ value }: Pick<Place, "value">): readonly string[] {
  return value.kind === "map" ? [] : oneOrMore(value).map(textOf).filter(Boolean);
}

const areAllIn = (some: readonly string[], others: readonly string[]) =>
  some.every((each) => others.includes(each));

/** Whether one that comes leads all that one led to the same services, behind the same guards. */
function servesAllOf(gone: Route, come: Route): boolean {
  return (
    !come.isLimited &&
    gone.entrances === come.entrances &&
    areAllIn(gone.hosts, come.hosts) &&
    areAllIn(gone.services, come.services) &&
    areAllIn(gone.guards, come.guards) &&
    areAllIn(gone.paths, come.paths) &&
    areAllIn(come.paths, gone.paths)
  );
}

/** Whether a route that comes in the same folder takes the place of one that goes. */
export function isServedStill({ type, before, scope, file }: ChangedPart, { changed }: Parts): boolean {
  if (before === undefined || !ROUTES.has(type)) return false;
  const gone = routeOf(before);
  if (gone.hosts.length === 0 || gone.services.length === 0) return false;
  return changed.some(
    (other) =>
      other.before === undefined &&
      other.after !== undefined &&
      ROUTES.has(other.type) &&
      other.scope === scope &&
      folderOf(other.file) === folderOf(file) &&
      servesAllOf(gone, routeOf(other.after)),
  );
}

const folderOf = (file: string) => file.slice(0, file.lastIndexOf("/") + 1);
