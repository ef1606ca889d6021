import type { Problem } from "../../policy/problem.ts";
import { type Line, line } from "./lines.ts";

/** What is wrong as `file:line:column`, so that editors and terminals can jump there; below it, what to do. */
export function problemLines({
  severity,
  file,
  line: row,
  column,
  message,
  remedy,
}: Problem): readonly Line[] {
  const place = [file, row, column].filter((part) => part !== undefined).join(":");
  const style = severity === "error" ? "red" : "yellow";
  return [
    line(2, { text: `${severity}: `, style }, place === "" ? "" : `${place}: `, message),
    line(4, { text: remedy, style: "dim" }),
  ];
}
