import { createOwnership, type Ownership, type PathOwnership } from "../../ownership/ownership.ts";
import { parseCodeowners } from "../../ownership/parse.ts";
import type { ScopedRequirements } from "../../signoff/requirements/requirements.ts";
import { areasOf, hazardRequirementsOf, type Rules, type TouchedArea } from "./rules.ts";

export interface PathExplanation {
  readonly kind: "path";
  /** From the root of the repository; empty for all of it. */
  readonly path: string;
  readonly files: number;
  readonly areas: readonly TouchedArea[];
  readonly owners: readonly OwnedPaths[];
  /** What a change asks for in which an AI took part, and what one by people alone. */
  readonly scopedRequirements: { readonly ai: ScopedRequirements; readonly people: ScopedRequirements };
}

/** Paths that one line of CODEOWNERS decides, or none. */
export interface OwnedPaths {
  readonly codeowners: string | null;
  readonly ownership: PathOwnership;
  readonly paths: readonly string[];
}

export function explainPath(
  { path, files }: { readonly path: string; readonly files: readonly string[] },
  rules: Rules,
): PathExplanation {
  return {
    kind: "path",
    path,
    files: files.length,
    areas: areasOf(rules, files),
    owners: ownersOf(rules, files),
    scopedRequirements: {
      ai: hazardRequirementsOf(rules, files, { ai: true, tools: ["An AI"] }),
      people: hazardRequirementsOf(rules, files, { ai: false, tools: [] }),
    },
  };
}

const TOO_LARGE: Ownership = {
  of: () => ({
    kind: "invalid",
    line: 1,
    message: "The file is 3 MB or larger, and GitHub does not load it.",
  }),
};

function ownersOf({ codeowners }: Rules, files: readonly string[]): readonly OwnedPaths[] {
  const parsed = parseCodeowners(codeowners?.text ?? "");
  const { of } = parsed.oversize ? TOO_LARGE : createOwnership(parsed);
  const owned = files.map((file) => ({ file, ownership: of(file) }));
  const groups = Map.groupBy(owned, ({ ownership: { kind, ...rest } }) =>
    "line" in rest ? `${kind} ${rest.line}` : kind,
  );
  return [...groups.values()].map((own) => ({
    codeowners: codeowners?.path ?? null,
    ownership: own[0].ownership,
    paths: own.map(({ file }) => file),
  }));
}
