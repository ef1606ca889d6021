import { quote } from "../../signoff/wording/visible.ts";
import { count, ownerNames } from "../../signoff/wording/words.ts";
import { type Line, line } from "../lines.ts";
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
    line(0, held === "" ? "In no production area." : `Production: ${held}.`),
    ...section("Areas", areaLines(areas, options)),
    ...section(
      "Owners",
      owners.flatMap((each) => ownerLines(each, options)),
    ),
    ...section(
      "When an AI took part",
      demandLines(scopedRequirements.ai, "Nothing has to be signed.", options),
    ),
    ...section(
      "When only people did",
      demandLines(scopedRequirements.people, "Nothing has to be signed.", options),
    ),
  ];
}

function ownerLines({ codeowners, ownership, paths }: OwnedPaths, options: ReportOptions): readonly Line[] {
  return [line(2, ownerSentence(codeowners, ownership)), ...pathLines(paths, options)];
}

function ownerSentence(codeowners: string | null, ownership: OwnedPaths["ownership"]): string {
  if (codeowners === null) return "nobody: there is no CODEOWNERS at HEAD";
  switch (ownership.kind) {
    case "owned":
      return `${ownerNames(ownership.owners)}, by ${codeowners}:${ownership.line} ${quote(ownership.pattern)}`;
    case "un-owned":
      return `nobody: ${codeowners}:${ownership.line} ${quote(ownership.pattern)} names no owner`;
    case "unmatched":
      return `nobody: no line of ${codeowners} matches`;
    case "invalid":
      return `cannot be told: ${codeowners}:${ownership.line}: ${ownership.message}`;
  }
}
