/** Between double quotes: variables, but no commands and no expressions, which would run. */
const DOUBLE = String.raw`"(?:[^"\x60$\\{]|#\{\w*\}|\\.|\$\{[^}()"\x60]*\}|\$(?![({]))*"`;
const SINGLE = "'[^'{]*'";
/** Outside quotes: nothing that begins another command, a pipe or a file. */
const BARE = String.raw`[^"'\x60&;|()<>$#\\{}]|\\.|\$\{[^}()"\x60]*\}|\$(?![({])|(?<=\S)#|>&[12]`;
const WORDS = `(?:${DOUBLE}|${SINGLE}|${BARE})*`;
const TO_SUMMARY = String.raw`(?:>>\s*"?\$\{?GITHUB_STEP_SUMMARY\}?"?\s*)?`;

const SPOKEN = new RegExp(
  String.raw`^\s*(?:-\s+)?(?:run:\s*)?@?(?:echo|printf|log\w*|print|puts|die|warn|error|fatal|usage|e?grep)\b(?:${WORDS}${TO_SUMMARY}|(?:\.\w+)?\(${WORDS}\);?\s*)(?:(?<=\s)#.*)?$`,
);

/** Whether a line only says something, or looks for it, and hands it to nobody. */
export function isSpoken(line: string): boolean {
  return SPOKEN.test(line);
}
