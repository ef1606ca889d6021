import { quote } from "../../signoff/wording/visible.ts";
import { count, ownerNames } from "../../signoff/wording/words.ts";
import { type Line, line } from "../report/lines.ts";
import type { OwnedPaths, PathExplanation } from "./path.ts";
import { areaLines, demandLines, pathLines, type ReportOptions, section } from "./report-rules.ts";

export function explainedPathLines(
  { path, files, areas, owners, scopedRequirements }: PathExplanation,
  verbose: boolean,
): readonly Line[] {
  const options: ReportOptions = { verbose, onePath: files === 1 };
  const whole = path === "" ? "the whole repository" : path;
  const held = areas.map(({ area }) => quote(area)).join(", ");
  return [
    line(0, { text: whole, style: "bold" }, files === 1 ? "" : `, ${count(files, "file")}`),
    line(0, held === "" ? "Not in a production area." : `Production: ${held}.`),
    ...section("Areas", areaLines(areas, options)),
    ...section(
      "Owners",
      owners.flatMap((each) => ownerLines(each, options)),
    ),
    ...section(
      "When an AI took part",
      demandLines(scopedRequirements.ai, "No countersignature is required.", options),
    ),
    ...section(
      "When only people took part",
      demandLines(scopedRequirements.people, "No countersignature is required.", options),
    ),
  ];
}

function ownerLines({ codeowners, ownership, paths }: OwnedPaths, options: ReportOptions): readonly Line[] {
  return [line(2, ownerSentence(codeowners, ownership)), ...pathLines(paths, options)];
}

function ownerSentence(codeowners: string | null, ownership: OwnedPaths["ownership"]): string {
  if (codeowners === null) return "no owner: there is no CODEOWNERS at HEAD";
  switch (ownership.kind) {
    case "owned":
      return `${ownerNames(ownership.owners)}, by ${codeowners}:${ownership.line} ${quote(ownership.pattern)}`;
    case "un-owned":
      return `no owner: ${codeowners}:${ownership.line} ${quote(ownership.pattern)} names none`;
    case "unmatched":
      return `no owner: no line of ${codeowners} matches`;
    case "invalid":
      return `unknown: ${codeowners}:${ownership.line}: ${ownership.message}`;
  }
}
