import { createReadStream } from "node:fs";
import { Failure } from "../../failure.ts";

/** The longest line that is read, in characters: nothing of ours comes near it. */
const LONGEST = 16 << 20;

/** The lines of a file, one after the other, without what ends them. Throws a `Failure` for one without end. */
export async function* linesOf(path: string, name: string): AsyncGenerator<string, void, undefined> {
  let rest = "";
  for await (const piece of createReadStream(path, { encoding: "utf8" })) {
    const lines = (rest + String(piece)).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > LONGEST) throw new Failure(`${name} has a line that is too long to be read`);
    yield* lines;
  }
  if (rest !== "") yield rest;
}
