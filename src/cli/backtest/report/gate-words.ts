import type { Finding } from "../../../doctor/finding.ts";
import { count } from "../../../signoff/wording/words.ts";
import type { Backtest } from "../tested.ts";

/** With the sentence above them, five lines. */
const MOST = 4;

interface GateWords {
  readonly sentence: string;
  /** The worst findings, each with its mark. */
  readonly worst: readonly { readonly mark: Finding["holds"]; readonly says: string }[];
}

/** Whether the gate is real in the repository today, and where that is told in full. */
export function gateWords({ gate, repository: { owner, name } }: Backtest): GateWords {
  const command = `countersign doctor ${owner}/${name}`;
  if (gate === null) return { sentence: `That was not read: ${command} tells.`, worst: [] };
  const having = (holds: Finding["holds"]) => gate.filter((finding) => finding.holds === holds);
  const [wrong, open, fine] = [having("no"), having("unknown"), having("yes")];
  const parts = [
    ...(wrong.length === 0 ? [] : [`${count(wrong.length, "finding")} to fix`]),
    ...(open.length === 0 ? [] : [`${open.length} unknown`]),
    ...(fine.length === 0 ? [] : [`${fine.length} fine`]),
  ];
  return {
    sentence: `${parts.join(", ")}. In full, with what to do: ${command}`,
    worst: [...wrong, ...open].slice(0, MOST).map(({ holds, says }) => ({ mark: holds, says })),
  };
}
