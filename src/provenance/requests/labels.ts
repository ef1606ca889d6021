import { CATALOGUE } from "../catalogue/catalogue.ts";

const TOOLS: ReadonlyMap<string, string> = new Map(
  CATALOGUE.flatMap(({ tool, requests }) => (requests?.labels ?? []).map((label) => [label, tool] as const)),
);

/** The tool that somebody starts by putting this label on an issue or a pull request; `null` for none. */
export function toolStartedBy(label: string): string | null {
  return TOOLS.get(label.toLowerCase()) ?? null;
}
