import type { Hazard } from "../../production/hazards/hazard.ts";
import { quote } from "./visible.ts";

/** What a hazard says, as our sentences hold it: what it quotes from the change stands between our quotation marks. */
export function hazardSentence({ why }: Hazard): string {
  return why.replaceAll(/`([^`]*)`/g, (_, value: string) => quote(value));
}

/** “infra/main.tf:12”; of a line that is gone the place where it stood. */
export function hazardPlace({ file, line }: Hazard): string {
  return quote(`${file}:${line}`);
}
