import type { Hazard } from "../../production/hazards/hazard.ts";
import { quote } from "./visible.ts";

/** The sentence of a hazard, with the change's own words in our quotation marks. */
export function hazardSentence({ why }: Hazard): string {
  return why.replaceAll(/`([^`]*)`/g, (_, value: string) => quote(value));
}

/** “infra/main.tf:12”; for a removed line, its place before the change. */
export function hazardPlace({ file, line }: Hazard): string {
  return quote(`${file}:${line}`);
}
