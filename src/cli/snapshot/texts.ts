import { requestersNamedIn } from "../../provenance/requests/named-requesters.ts";
import type { PullRequestProvenance } from "../../signoff/verdict.ts";

/** The lines of a text that signals stand in stay; words of all others become `x`. */
export type KeepSignals = (text: string) => string;

/** Punctuation, blank lines and quotation marks stay everywhere, because signals are read by them. */
export function masked(text: string): string {
  return text.replace(/[\p{L}\p{N}]+/gu, "x");
}

export function keepSignals({ evidence, commits, declarations }: PullRequestProvenance): KeepSignals {
  const found = [...evidence, ...commits.flatMap(({ provenance }) => provenance.evidence), ...declarations];
  const signals = new Set(found.flatMap(({ text }) => text.split("\n")).filter((line) => line.trim() !== ""));
  return (text) => {
    const kept = [...signals, ...requestersNamedIn(text).map(({ login }) => `@${login}`)];
    return text
      .split("\n")
      .map((line) => (kept.some((signal) => line.includes(signal)) ? line : masked(line)))
      .join("\n");
  };
}

/** A review's claims of false alarms stay, without their reasons. */
export function maskedReview(body: string): string {
  return body
    .split("\n")
    .map((line) => {
      const [, claim = "", reason = line] = /^(\s*false alarm:[^:]*:)(.*)$/i.exec(line) ?? [];
      return claim + masked(reason);
    })
    .join("\n");
}

/** Comments are texts; what stands behind a value is kept, because it may be one. */
export function withoutComments(text: string): string {
  return text.replace(/^(\s*#).*$/gm, "$1");
}
