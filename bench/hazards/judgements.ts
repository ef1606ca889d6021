import { readFileSync } from "node:fs";

/** What somebody who read a finding beside its change thinks of it; without a mistake it is right. */
export interface Judgement {
  readonly mistake?: string;
}

const LINE = /^([0-9a-f]{12} \S+) (?:right|wrong: (.+))$/;

/** By commit and rule, from lines such as `0123456789ab sql/drop-table right` and `… wrong: KIND`. */
export function readJudgements(file: string): ReadonlyMap<string, Judgement> {
  const lines = readFileSync(file, "utf8").split("\n");
  return new Map(lines.filter((line) => line.trim() !== "").map(judgementIn));
}

function judgementIn(line: string): readonly [key: string, judgement: Judgement] {
  const [, key, mistake] = LINE.exec(line) ?? [];
  if (key === undefined) throw new Error(`neither right nor wrong: ${line}`);
  return [key, mistake === undefined ? {} : { mistake }];
}
