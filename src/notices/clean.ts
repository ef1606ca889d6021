/** GitHub's own limit for the title of a pull request. */
const LONGEST = 256;

const CUT = "…";
const ADDRESS = "[address]";

/** What a terminal obeys, what breaks a line, and what reorders or hides text. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]+/gu;

/** A text of somebody else as one line of bounded length, without anything unseen and without addresses. */
export function clean(text: string): string {
  // A cut at twice the length leaves enough for what goes away.
  const line = text
    .slice(0, 2 * LONGEST)
    .toWellFormed()
    .replace(UNSEEN, " ");
  const words = line.split(" ").filter((word) => word !== "");
  const shown = words.map((word) => (isAddress(word) ? ADDRESS : word)).join(" ");
  const characters = [...shown];
  const isCut = characters.length > LONGEST || text.length > 2 * LONGEST;
  return isCut ? `${characters.slice(0, LONGEST - CUT.length).join("")}${CUT}` : shown;
}

/** An e-mail address, or something with one in it. */
function isAddress(word: string): boolean {
  const at = word.indexOf("@", 1);
  return at > 0 && word.includes(".", at);
}
