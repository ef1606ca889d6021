import { entriesOf, fingerprint, type Tree, textOf } from "../../hazards/reading/tree.ts";
import { likeness, valuesOf } from "./alike.ts";

/** Whether the second list has all of the first, and more. */
export function holdsAll(was: Tree | undefined, is: Tree | undefined): boolean {
  if (was?.kind !== "list" || is?.kind !== "list") return fingerprint(was) === fingerprint(is);
  const left = [...is.items];
  return was.items.every((item) => {
    const index = left.findIndex((each) => isNoLess(item, each));
    return index !== -1 && left.splice(index, 1).length === 1;
  });
}

/** Whether one item is another but for versions, or has more paths. */
export function isNoLess(was: Tree, is: Tree): boolean {
  return likeness(is, "") === likeness(was, "") || isLonger(was, is);
}

/** What is listed under such names is left out. */
const LEAVES_OUT = /ignor|exclu|skip|deselect|omit|except|without/i;

/** The same names, however deep, with texts that hold more paths. */
function isLonger(was: Tree, is: Tree): boolean {
  const [before, after] = [valuesOf(was), valuesOf(is)];
  return (
    before.size > 0 &&
    before.size === after.size &&
    [...before].every(([key, value]) => {
      const now = after.get(key);
      if (likeness(value, key) === likeness(now, key)) return true;
      if (LEAVES_OUT.test(key)) return false;
      if (value.kind === "map") return now !== undefined && isLonger(value, now);
      const [old, words] = [wordsOf(value), wordsOf(now)];
      return [...old, ...words].every(isPath) && old[0] === words[0] && startsAlike(old, words);
    })
  );
}

function wordsOf(tree: Tree | undefined): readonly string[] {
  return tree?.kind === "scalar" ? textOf(tree).split(/\s+/) : [];
}

/** More paths are more to be checked. More words can be anything, and what begins with a dash is an option. */
function isPath(word: string): boolean {
  return /^(?!-)[\w.-]*[\w]\/[\w./-]+$/.test(word);
}

/** All words stay, in their order. */
function startsAlike(was: readonly string[], is: readonly string[]): boolean {
  let next = 0;
  for (const word of is) if (word === was[next]) next += 1;
  return was.length > 0 && next === was.length;
}

/** Variables that change how programs run, what they look at or whether they fail. */
const STEERS =
  /ENV$|OPT|FLAGS|ARGS|PATH|PRELOAD|SKIP|IGNORE|EXCLUDE|INCLUDE|ONLY|FILTER|DISABLE|^NO_|_NO_|ALLOW|FAIL|STRICT|^CI$|RC$|CONFIG|SHELL|PROXY|REGISTRY|INDEX|MIRROR|HOME|^GIT_|^GITHUB_|^RUNNER_|^ACTIONS_|^LD_|^DYLD_|IFS|PS4|STARTUP|HOOK|PLUGIN|WRAPPER|COMMAND|EDITOR|PAGER|EXEC|REQUIRE|IMPORT|TOKEN/i;

/** Whether nothing is taken or changed, and nothing comes that steers programs. */
export function onlyGainsPlain(was: Tree | undefined, is: Tree | undefined): boolean {
  const before = valuesOf(was);
  const after = valuesOf(is);
  const stays = [...before].every(([key, value]) => likeness(value, key) === likeness(after.get(key), key));
  return (
    stays &&
    entriesOf(is).every(({ key, value }) => before.has(key) || (value.kind === "scalar" && !STEERS.test(key)))
  );
}
