import { OutOfSteps, Steps } from "../../../notation/steps.ts";
import { HAZARD_LIMITS } from "../limits.ts";
import { HclCursor, HclSyntax } from "./hcl-cursor.ts";
import { readValue } from "./hcl-value.ts";
import type { Entry } from "./tree.ts";

export interface Block {
  readonly type: string;
  readonly labels: readonly string[];
  /** Of the head, from 1. */
  readonly line: number;
  readonly attributes: readonly Entry[];
  readonly blocks: readonly Block[];
}

/**
 * Reads HCL native syntax into blocks. Expressions are read as far as they are plain data; of others the text is
 * kept. `null` when the text is not HCL. It is a reader of its own, because a grammar in WebAssembly must be loaded from
 * a file first, which would make the rules wait on I/O.
 * @throws {OutOfSteps} when it is too long or too deep
 */
export function parseHcl(text: string, steps: Steps = new Steps(HAZARD_LIMITS.steps)): Block | null {
  if (text.length > HAZARD_LIMITS.parsedLength) throw new OutOfSteps();
  steps.take(text.length);
  try {
    return readBody(new HclCursor(text, steps), { type: "", labels: [], line: 1 });
  } catch (error) {
    if (error instanceof HclSyntax) return null;
    throw error;
  }
}

type Head = Pick<Block, "type" | "labels" | "line">;

function readBody(cursor: HclCursor, head: Head): Block {
  const attributes: Entry[] = [];
  const blocks: Block[] = [];
  for (;;) {
    cursor.skipBlank();
    const { line } = cursor;
    const isRoot = cursor.depth === 0;
    if (cursor.atEnd || cursor.looksAt("}")) {
      if (cursor.atEnd !== isRoot) throw new HclSyntax();
      return { ...head, attributes, blocks };
    }
    const name = cursor.looksAt('"') ? cursor.takeString().value : cursor.takeName();
    cursor.skipSpaces();
    if (cursor.looksAt("=") && !cursor.looksAt("==")) {
      cursor.take("=");
      attributes.push({ key: name, line, value: readValue(cursor) });
    } else blocks.push(readBlock(cursor, { type: name, line }));
  }
}

function readBlock(cursor: HclCursor, head: Pick<Block, "type" | "line">): Block {
  const labels: string[] = [];
  while (!cursor.looksAt("{")) {
    labels.push(cursor.looksAt('"') ? cursor.takeString().value : cursor.takeName());
    cursor.skipSpaces();
  }
  cursor.open("{");
  const block = readBody(cursor, { ...head, labels });
  cursor.close("}");
  return block;
}
