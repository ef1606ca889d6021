import { existsSync } from "node:fs";
import { join } from "node:path";
import { findHazards } from "../../src/production/hazards/find.ts";
import type { Hazard } from "../../src/production/hazards/hazard.ts";
import { printTable } from "../table.ts";
import type { Fixture } from "./fixture.ts";
import { isExcluded, PEERS } from "./peers.ts";
import { FAMILIES } from "./scope.ts";

/** How many of the scanners' fixtures raise a hazard of a family that fits. Nothing of theirs is kept. */
export function benchRecall(folder: string, { misses }: { readonly misses: boolean }): void {
  const missing = Object.keys(PEERS).filter((peer) => !existsSync(join(folder, peer)));
  if (missing.length > 0) throw new Error(`${folder} lacks checkouts of ${missing.join(", ")}`);
  const all = Object.entries(PEERS).flatMap(([peer, read]) => read(join(folder, peer)));
  const judged = all
    .filter((fixture) => !isExcluded(fixture))
    .map((fixture) => ({ fixture, isCaught: isCaught(fixture) }));
  const groups = Map.groupBy(judged, ({ fixture }) => fixture.family);
  const row = (name: string, own: typeof judged) => {
    const caught = own.filter((each) => each.isCaught).length;
    return [name, String(own.length), String(caught), `${Math.round((100 * caught) / own.length)} %`];
  };
  printTable(
    ["family", "fixtures", "caught", "share"],
    [...[...groups].map(([family, own]) => row(family, own)).toSorted(), row("in all", judged)],
  );
  printTable(
    ["peer", "fixtures", "caught", "share"],
    [...Map.groupBy(judged, ({ fixture }) => fixture.peer)].map(([peer, own]) => row(peer, own)),
  );
  console.log(`${all.length - judged.length} fixtures are left out: values that manuals print as examples.`);
  if (!misses) return;
  const lost = Map.groupBy(
    judged.filter((each) => !each.isCaught),
    ({ fixture: { family, peer, rule } }) => `${family}: ${peer} ${rule}`,
  );
  for (const [rule, own] of [...lost].toSorted()) console.log(`${own.length} ${rule}`);
}

function isCaught(fixture: Fixture): boolean {
  const { path, text, good } = fixture;
  const found = findHazards([{ path, status: "added", before: null, after: text }]);
  if (found.some((hazard) => fits(hazard, fixture))) return true;
  if (good === undefined) return false;
  const renamed = good.replaceAll(/good_?example/gi, (name) =>
    name.replace(/good/, "bad").replace(/Good/, "Bad"),
  );
  return findHazards([{ path, status: "modified", before: renamed, after: text }]).some((hazard) =>
    fits(hazard, fixture),
  );
}

function fits({ id, what, why, line }: Hazard, { family, resource, lines }: Fixture): boolean {
  if (FAMILIES[family]?.test(id) !== true) return false;
  if (resource !== undefined && !`${what} ${why}`.includes(resource)) return false;
  return lines === undefined || (line >= lines[0] && line <= lines[1]);
}
