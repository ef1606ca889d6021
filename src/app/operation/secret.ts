/**
 * A signed delivery that leaks lets anybody try secrets against it without asking GitHub. 32 characters are 128
 * bits even where they are hexadecimal, which no guessing reaches.
 */
const SHORTEST = 32;

/** A random hexadecimal text of 32 characters falls below this less than once in ten million times. */
const FEWEST_DIFFERENT = 8;

/** Words of examples and of Probot's own default. */
const PLACEHOLDERS = [
  "development",
  "changeme",
  "change-me",
  "placeholder",
  "password",
  "webhook",
  "example",
];

/** Why a webhook secret is too easy to guess, as a clause; `null` when it is not. */
export function weakness(secret: string): string | null {
  const placeholder = PLACEHOLDERS.find((word) => secret.toLowerCase().includes(word));
  if (placeholder) return `it contains the word "${placeholder}"`;
  if (secret.length < SHORTEST) return `it has ${secret.length} characters, ${SHORTEST} are needed`;
  if (new Set(secret).size < FEWEST_DIFFERENT) return "it has too few different characters";
  if (repeats(secret)) return "it repeats itself";
  if (new Set(steps(secret)).size < FEWEST_DIFFERENT) return "its characters follow a pattern";
  return null;
}

/** True when the text is a shorter one written several times, the last perhaps cut short. */
function repeats(text: string): boolean {
  for (let period = 1; period <= text.length / 2; period++) {
    if (text.startsWith(text.slice(period))) return true;
  }
  return false;
}

/** How far each character is from the one before: few different steps make "abcdef…" and the like. */
function steps(text: string): readonly number[] {
  return Array.from(text.slice(1), (_, at) => text.charCodeAt(at + 1) - text.charCodeAt(at));
}
