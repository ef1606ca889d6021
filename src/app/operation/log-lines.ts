import { type Log, type LogFields, redacting } from "./log.ts";

export const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal"] as const;
export const LOG_FORMATS = ["json", "pretty"] as const;

type LogLevel = (typeof LOG_LEVELS)[number];

export interface LogOptions {
  /** The least urgent that is written. */
  readonly level: LogLevel;
  readonly format: (typeof LOG_FORMATS)[number];
  readonly now: () => Date;
  readonly write: (line: string) => void;
}

interface Line {
  readonly level: LogLevel;
  readonly time: Date;
  readonly fields: LogFields;
  readonly message: string;
}

const PRINTERS = { json, pretty } as const;

/** A log that writes a line for each message. */
export function lineLog({ level: least, format, now, write }: LogOptions): Log {
  const at = (level: LogLevel) => (fields: LogFields, message: string) =>
    write(`${PRINTERS[format]({ level, time: now(), fields, message })}\n`);
  const log = redacting({ debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") });
  // What is not written need not be redacted either, which would take longer than all the rest.
  const written = (level: keyof Log) =>
    LOG_LEVELS.indexOf(level) < LOG_LEVELS.indexOf(least) ? () => {} : log[level];
  return {
    debug: written("debug"),
    info: written("info"),
    warn: written("warn"),
    error: written("error"),
  };
}

/** As Pino numbers them, which log collectors know. */
const NUMBERS: Readonly<Record<LogLevel, number>> = {
  trace: 10,
  debug: 20,
  info: 30,
  warn: 40,
  error: 50,
  fatal: 60,
};

function json({ level, time, fields, message }: Line): string {
  const { level: _level, time: _time, name: _name, msg: _msg, ...facts } = fields;
  const line = {
    level: NUMBERS[level],
    time: time.toISOString(),
    name: "countersign",
    ...facts,
    msg: message,
  };
  return visible(JSON.stringify(line));
}

/** `2026-11-29 18:20:05.123Z INFO  verdict published repository=acme/shop title="Countersigned by @olga"` */
function pretty({ level, time, fields, message }: Line): string {
  const when = time.toISOString().replace("T", " ");
  const told = Object.entries(fields).filter(([, value]) => value !== "");
  const facts = told.map(([name, value]) => `${name}=${plainValue(value)}`);
  return [when, level.toUpperCase().padEnd(5), visible(message), ...facts].join(" ");
}

function plainValue(value: unknown): string {
  const text = String(value);
  return /^[\w./:@+-]+$/.test(text) ? text : visible(JSON.stringify(text));
}

/** Nothing that a terminal obeys, breaks a line or reorders it: such characters are written as JSON writes them. */
function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) =>
    character
      .split("")
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .join(""),
  );
}
