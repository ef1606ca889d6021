import type { Finding } from "../../hazard.ts";
import type { FileChange } from "../../reading/change.ts";
import { withoutComments } from "../../reading/comments.ts";
import { added, changed, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { definitionsIn } from "./guarded.ts";

/** Calls that find out whether a signature, a password or a token is right. */
const CHECKS =
  /\b(?:verify_?(?:(?:webhook_?)?signature|webhook|hmac|password|passwd|id_?token|jwt|totp|otp|recaptcha|captcha|csrf(?:_token)?)|validate_?(?:(?:webhook_?)?signature|payload|csrf_?token|request_?signature)|check_?(?:password|passwd|pw|signature|hmac)|constructEvent|construct_event|timingSafeEqual|compare_digest|secure_compare|ConstantTimeCompare|hash_equals|FixedTimeEquals|CompareHashAndPassword|password_verify|checkpw)\w{0,20}\s*\(|\b(?:bcrypt|argon2|scrypt|bcryptjs)\.(?:compare|compareSync|verify)\s*\(|\bhmac\.Equal\s*\(|\bMessageDigest\.isEqual\s*\(|\b(?:jwt|jsonwebtoken)\.verify\s*\(|\bpasswordEncoder\.matches\s*\(|\bwebhooks\.verify\s*\(/i;
/** Where it is made or fetched, and not used. */
const NOT_USED =
  /^\s*(?:import\b|from\b|export\s*[{*]|(?:export\s+)?(?:default\s+)?(?:async\s+)?function\b|def\b|fn\b|func\b|use\b|#include\b)|\brequire\(/;

const checkIn = (text: string) =>
  text.length > 1_000 || NOT_USED.test(text) ? undefined : CHECKS.exec(text)?.[0].slice(0, -1).trimEnd();

/** What a line stands in. */
function aroundOf(definitions: ReturnType<typeof definitionsIn>, line: number): string | undefined {
  return definitions.findLast((each) => each.line <= line && each.line + each.length >= line)?.name;
}

function* droppedIn(file: FileChange, comeElsewhere: (name: string) => boolean): Generator<Finding> {
  const { path, before, after } = file;
  if (typeof before !== "string" || typeof after !== "string") return;
  const gone = withoutComments(file, "before").filter(({ text }) => checkIn(text) !== undefined);
  if (gone.length === 0 || withoutComments(file, "after").some(({ text }) => checkIn(text) !== undefined))
    return;
  const [had, has] = [definitionsIn(before), definitionsIn(after)];
  const names = new Set(has.map(({ name }) => name));
  const checking = new Set(
    after
      .split("\n")
      .flatMap((text, index) => (checkIn(text) === undefined ? [] : (aroundOf(has, index + 1) ?? []))),
  );
  for (const { text, line } of gone) {
    const name = checkIn(text) ?? "";
    const around = aroundOf(had, line);
    const isThere = around === undefined || (names.has(around) && !checking.has(around));
    if (!isThere || comeElsewhere(name)) continue;
    const why = `no longer calls ${shown(name)}: what it refused may get through`;
    yield {
      what: shown(name),
      file: path,
      line,
      side: "before",
      why,
      before: text.trim().slice(0, 160),
      by: "diff",
    };
  }
}

/** The checks that each file gains. */
function comeIn(files: readonly FileChange[]) {
  return files.map((file) => ({
    file,
    names: new Set(withoutComments(file, "after").flatMap(({ text }) => checkIn(text) ?? [])),
  }));
}

const hook = (line: string) => `export function handle(req, res) {\n${line}  run(req.body);\n}\n`;

export const CHECK_DROPPED: Rule = {
  id: "code/check-dropped",
  kind: "widening",
  asks: "block",
  when: "a call that checks a signature, a password or a token goes from code that stays, and none comes",
  *files(files): Generator<Finding> {
    // Most changes take no check away, and then nobody asks where one came.
    let come: ReturnType<typeof comeIn> | undefined;
    for (const file of files)
      yield* droppedIn(file, (name) => {
        come ??= comeIn(files);
        return come.some((each) => each.file !== file && each.names.has(name));
      });
  },
  reports: [
    [
      "no longer calls `verifySignature`: what it refused may get through",
      changed("src/hook.ts", hook("  if (!verifySignature(req)) return res.status(401).end();\n"), hook("")),
    ],
    [
      "no longer calls `CompareHashAndPassword`: what it refused may get through",
      changed(
        "src/login.go",
        "func Login(u User, p string) bool {\n\treturn bcrypt.CompareHashAndPassword(u.Hash, []byte(p)) == nil\n}\n",
        "func Login(u User, p string) bool {\n\treturn true\n}\n",
      ),
    ],
  ],
  ignores: [
    [
      "another class has it too",
      changed(
        "src/forms.py",
        "class A:\n    def valid(self):\n        return check_password(self)\nclass B:\n    def valid(self):\n        return check_password(self)\n",
        "class A:\n    def valid(self):\n        return check_password(self)\nclass B(A):\n    pass\n",
      ),
    ],
    [
      "another check comes",
      changed(
        "src/hook.ts",
        hook("  if (!verifySignature(req)) return;\n"),
        hook("  if (!timingSafeEqual(a, b)) return;\n"),
      ),
    ],
    [
      "what it guarded goes with it",
      changed(
        "src/hook.ts",
        `${hook("  if (!verifySignature(req)) return;\n")}export function other() {\n  return 1;\n}\n`,
        "export function other() {\n  return 1;\n}\n",
      ),
    ],
    [
      "it moves to another file",
      changed("src/hook.ts", hook("  if (!verifySignature(req)) return;\n"), hook("  guard(req);\n")),
      added("src/guard.ts", "export const guard = (req) => verifySignature(req);\n"),
    ],
  ],
};
