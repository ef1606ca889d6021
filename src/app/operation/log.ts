import { types } from "node:util";
import { redact } from "../../github/client/errors.ts";

/** Facts beside a message. An `error` is logged as its name and message. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Messages are fixed texts, so that they can be searched for; what varies goes into the fields. */
export interface Log {
  readonly debug: (fields: LogFields, message: string) => void;
  readonly info: (fields: LogFields, message: string) => void;
  readonly warn: (fields: LogFields, message: string) => void;
  readonly error: (fields: LogFields, message: string) => void;
}

/** Writes to `sink` nothing that looks like a token or a key. */
export function redacting(sink: Log): Log {
  return {
    debug: (fields, message) => sink.debug(shown(fields), message),
    info: (fields, message) => sink.info(shown(fields), message),
    warn: (fields, message) => sink.warn(shown(fields), message),
    error: (fields, message) => sink.error(shown(fields), message),
  };
}

function shown(fields: LogFields): LogFields {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, shownValue(value)]));
}

function shownValue(value: unknown): unknown {
  if (typeof value === "number" || typeof value === "boolean" || value === null) return value;
  return redact(describeError(value));
}

/** An error in one line, with what caused it. */
export function describeError(error: unknown): string {
  if (!types.isNativeError(error)) return String(error);
  const cause = error.cause === undefined ? "" : ` (because: ${describeError(error.cause)})`;
  return `${error.name}: ${error.message}${cause}`;
}
