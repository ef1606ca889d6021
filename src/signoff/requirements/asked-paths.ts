import { CONTROL_FILES } from "../../production/control-files.ts";
import { createContentJudge } from "../../production/judged/judge.ts";
import type { ChangedFile } from "../snapshot.ts";
import type { JudgedHazard } from "../verdict.ts";
import { quote } from "../wording/visible.ts";
import { type AreaPaths, asksAlways, type ChangedTree, type PathsByArea } from "./paths-by-area.ts";

/** The paths of an area, by what the area makes of them. */
export interface AskedPaths {
  /** They need a countersignature. */
  readonly asked: readonly string[];
  /** Their owners are asked to look, and nothing waits for that. */
  readonly shown: readonly string[];
  /** Why they are asked for where not everything is: nothing, or sentences after a space. */
  readonly why: string;
}

export interface FoundChange extends ChangedTree {
  readonly ground: PathsByArea;
  readonly raised: readonly JudgedHazard[];
}

/** Enough to see what it is about. */
const MOST = 3;

export function askedPaths({ rule, paths }: AreaPaths, change: FoundChange): AskedPaths {
  const blocking = new Set(change.raised.filter(isBlocking).map(({ file }) => file));
  if (rule.when === "always") {
    const asked = paths.filter((path) => asksAlways(rule, path) || blocking.has(path));
    return { asked, shown: [], why: "" };
  }
  const isControl = rule.name === CONTROL_FILES;
  const judgeContent = createContentJudge(change.files.flatMap(endsOf));
  const links = new Set(change.links?.map(({ path }) => path));
  const byPath = Map.groupBy(
    change.files.flatMap((file) => endsOf(file).map((end) => ({ end, file }))),
    ({ end }) => end,
  );
  const judge = (path: string) => {
    const [first, ...others] = byPath.get(path) ?? [];
    const file = first?.file;
    const isPlain = others.length === 0 && !links.has(path) && change.ground.index.readAs(path) === null;
    if (file === undefined || !isPlain || blocking.has(path))
      return { path, kind: "asks" as const, why: null };
    return { path, ...judgeContent(file, isControl, change.ground.index.isLinked(path)) };
  };
  const judged = paths.map(judge);
  const sentences = judged.flatMap((each) =>
    each.kind === "asks" && each.why !== null ? [` ${quote(each.path)} ${each.why}.`] : [],
  );
  const of = (kind: "asks" | "shown") => judged.filter((each) => each.kind === kind).map(({ path }) => path);
  return { asked: of("asks"), shown: of("shown"), why: sentences.slice(0, MOST).join("") };
}

/** What would block if an AI had made the change: an area for everyone's changes asks for it of everybody. */
function isBlocking({ status }: JudgedHazard): boolean {
  return status.kind === "asks" || status.kind === "exempt";
}

function endsOf({ path, previousPath }: ChangedFile): readonly string[] {
  return previousPath === undefined ? [path] : [previousPath, path];
}
