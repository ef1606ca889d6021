import { failureDocument } from "../check/document.ts";
import { Failure } from "../failure.ts";
import type { Terminal } from "../terminal.ts";
import { printJson } from "./print.ts";

/** Does the work; where it fails and JSON is asked for, a document says so too. */
export async function orFailureDocument<Result>(
  json: boolean,
  terminal: Terminal,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (json && error instanceof Failure) printJson(terminal, failureDocument(error.message));
    throw error;
  }
}
