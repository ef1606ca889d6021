import type { Writable } from "node:stream";
import { Failure } from "../../failure.ts";
import { decodeBytes } from "../objects/bytes.ts";
import { type GitCall, type GitProcess, startGit } from "./start.ts";

/** Git, asked about the objects of one repository: commits, trees and contents by their ids. */
export interface Git {
  /** All of standard output. Throws a `Failure` with git's first line of complaint. */
  text(args: readonly string[]): Promise<string>;
  /** Like `text`, without the final newline; `null` when git fails without a complaint: "no such thing". */
  find(args: readonly string[]): Promise<string | null>;
  /** The NUL-terminated fields of standard output, as they come. */
  fields(args: readonly string[]): AsyncGenerator<string>;
  /** Standard output as it comes, for who reads it faster than field by field. */
  chunks(args: readonly string[], feed?: Feed): AsyncGenerator<Buffer>;
}

/** Writes what git reads, and ends it. */
type Feed = (input: Writable) => void;

/** Git with everything but its arguments settled. */
export function bindGit(call: Omit<GitCall, "args">): Git {
  const start = (args: readonly string[], feed: Feed = (input) => input.end()): GitProcess => {
    const process = startGit({ ...call, args });
    feed(process.input);
    return process;
  };
  const readAll = async (output: AsyncIterable<Buffer>): Promise<string> => {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of output) {
      size += chunk.length;
      if (size > call.limits.output)
        throw new Failure(`git answered with more than ${call.limits.output} bytes`);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString("utf8");
  };
  return {
    async text(args) {
      const process = start(args);
      const output = await readAll(process.output);
      await process.succeeded();
      return output;
    },
    async find(args) {
      const process = start(args);
      const output = await readAll(process.output);
      const { code, complaint } = await process.end;
      if (code !== 0 && code !== null && complaint === "") return null;
      await process.succeeded();
      return output.replace(/\n$/, "");
    },
    async *fields(args) {
      const process = start(args);
      yield* splitFields(process.output, call.limits.output);
      await process.succeeded();
    },
    async *chunks(args, feed) {
      const process = start(args, feed);
      yield* process.output;
      await process.succeeded();
    },
  };
}

async function* splitFields(output: AsyncIterable<Buffer>, longest: number): AsyncGenerator<string> {
  let pieces: Buffer[] = [];
  let held = 0;
  for await (const chunk of output) {
    let from = 0;
    for (let nul = chunk.indexOf(0); nul !== -1; nul = chunk.indexOf(0, from)) {
      yield decodeBytes(Buffer.concat([...pieces, chunk.subarray(from, nul)]));
      [pieces, held, from] = [[], 0, nul + 1];
    }
    pieces.push(chunk.subarray(from));
    held += chunk.length - from;
    if (held > longest) throw new Failure(`git answered with a field of more than ${longest} bytes`);
  }
  if (held > 0) throw new Failure("git ended in the middle of a field; run it again");
}
