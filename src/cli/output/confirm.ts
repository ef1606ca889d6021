import { once } from "node:events";
import { createInterface } from "node:readline/promises";
import type { Readable, Writable } from "node:stream";
import { neutralLine } from "./neutral.ts";

/** Asks a person for a yes. Whatever else comes, or nothing any more, is a no. */
export async function confirm(input: Readable, output: Writable, question: string): Promise<boolean> {
  const lines = createInterface({ input, output });
  const ended = once(lines, "close").then(() => "");
  try {
    const answer = await Promise.race([lines.question(`${neutralLine(question)} [y/N] `), ended]);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    lines.close();
  }
}
