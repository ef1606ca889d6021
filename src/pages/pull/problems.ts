import type { Markup } from "../../markup/markup.ts";
import { markup } from "../../markup/markup.ts";
import type { Problem } from "../../policy/problem.ts";
import type { Links } from "../../signoff/report/links.ts";
import { anchorOf } from "../../signoff/report/site.ts";
import { quote } from "../../signoff/wording/visible.ts";
import { placeOf } from "../../signoff/wording/words.ts";
import { linked, list, sentence } from "../words.ts";

/** Problems of one severity, each with what to do and its entry in the documentation. */
export function problemList(
  problems: readonly Problem[],
  { severity, links }: { readonly severity: Problem["severity"]; readonly links: Links },
): readonly Markup[] {
  const own = problems.filter((problem) => problem.severity === severity);
  return list(
    own.map((problem) => {
      const place = placeOf(problem);
      const says = `${place === "" ? "" : `${quote(place)} `}${problem.message} ${problem.remedy}`;
      const page = links.doc(`problems.md#${anchorOf(problem.code.replace("proposed/", ""))}`);
      return markup`${sentence(says, links.of)} ${linked("What this means", page)}`;
    }),
  );
}
