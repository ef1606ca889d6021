import type { Happening } from "./happening.ts";

/** The page of GitHub that shows it; nothing in its address means anything to Slack's markup. */
export function pageOf({ repository, pull, commit }: Happening, github: string): string {
  const home = `${github}/${repository.split("/").map(encode).join("/")}`;
  if (pull !== undefined) return `${home}/pull/${pull.number}`;
  return commit === undefined ? home : `${home}/commit/${encode(commit)}`;
}

function encode(part: string): string {
  return encodeURIComponent(part.toWellFormed());
}
