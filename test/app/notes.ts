import type { Log, LogFields } from "../../src/app/operation/log.ts";

export interface Notes extends Log {
  readonly lines: { readonly level: string; readonly fields: LogFields; readonly message: string }[];
}

/** A log that a test can read. */
export function notes(): Notes {
  const lines: Notes["lines"] = [];
  const at = (level: string) => (fields: LogFields, message: string) =>
    void lines.push({ level, fields, message });
  return { lines, debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}
