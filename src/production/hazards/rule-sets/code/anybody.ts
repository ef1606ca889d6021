import type { FileChange } from "../../reading/change.ts";
import { added, changed, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";

/** What is read of a token that nobody has verified. */
const UNVERIFIED = /verify|jwt|alg/i;
const plain = (text: string) => text.replaceAll(/['"\s]/g, "");

/** Whether as many lines went that read a token so, in other quotes or with other names around it. */
function isUnverifiedAsBefore([found]: RegExpExecArray, { lines }: FileChange): boolean {
  if (!UNVERIFIED.test(found)) return false;
  const count = (side: "before" | "after") =>
    lines[side].filter(({ text }) => plain(text).includes(plain(found))).length;
  return count("before") >= count("after");
}

/** In a program, `anonymous` says of somebody that no name is known; in settings, that none is asked for. */
function isOfPerson([found]: RegExpExecArray, { path }: FileChange): boolean {
  return (
    /^anonymous['"]?\s*[:=]/.test(found) && /\.(?:[cm]?[jt]sx?|py|rb|go|java|kt|cs|php|swift)$/.test(path)
  );
}

export const GUARD_SKIPPED: Rule = {
  id: "code/auth-skipped",
  kind: "widening",
  asks: "block",
  when: "code says that anybody may ask (`skip_before_action`, `@AllowAnonymous`, `permitAll`, …)",
  lines: [
    {
      side: "after",
      pattern:
        /\bskip_before_action\s+:(?:authenticate|authorize|require_|verify_auth)\w*!?|\bskip_forgery_protection\b|\[AllowAnonymous\]|\.permitAll\(\)|@PermitAll\b|@(?:[\w.]+\.)?csrf_exempt\b|\bpermission_classes\s*=\s*[[(]\s*(?:permissions\.)?AllowAny\b|["']rest_framework\.permissions\.AllowAny["']|\bcsrf\s*\(\s*\)\s*\.disable\(\)|\bcsrf\(\s*AbstractHttpConfigurer::disable|@Public\(\)|\bauth(?:entication)?(?:_required|Required|Enabled|_enabled)["']?\s*[:=]\s*(?:false|False)\b/,
      why: ([what = ""]) => `lets anybody ask here (${shown(what)})`,
    },
    {
      side: "after",
      pattern: new RegExp(
        [
          "\\bverify_signature['\"]?\\s*[:=]\\s*(?:False|false)|\\bjwt\\.decode\\([^)]{0,200}\\bverify\\s*=\\s*False|\\bJWK\\.None\\b|\\bJWT\\.decode\\(\\s*\\w+\\s*\\)|\\bJWT\\.decode\\s+\\w+,\\s*\\w+,\\s*false|\\bJWT\\.encode\\s+\\w+,\\s*nil,\\s*['\"]none|\\balgorithms['\"]?\\s*[:=]\\s*\\[[^\\]]{0,80}['\"]none['\"]",
          "\\balgorithms?['\"]?\\s*[:=]\\s*\\[?\\s*['\"]none['\"]|\\bAlgorithm\\.none\\(\\)|\\bSigningMethodNone\\b|\\bUnsafeAllowNoneSignatureType\\b|\\balg['\"]?\\s*:\\s*['\"]none['\"]",
          "\\bParseUnverified\\(|\\bJWT\\.decode\\([^,)]{1,80},\\s*nil,\\s*false|\\bsetSkip(?:All|Default)\\w*Validat\\w+\\(\\)|\\bsetSkipSignatureVerification\\(\\)|\\bparseClaimsJwt\\(|\\bjwt(?:_simple|Simple)?\\.decode\\([^,)]{1,80},\\s*[^,)]{1,80},\\s*true",
          '\\b(?:WTF_CSRF_ENABLED|CSRF_ENABLED|WTF_CSRF_CHECK_DEFAULT|SESSION_COOKIE_SECURE|CSRF_COOKIE_SECURE|SESSION_COOKIE_HTTPONLY|SECURE_SSL_REDIRECT)[\'"]?\\]?\\s*=\\s*False|\\bcsrf\\s*[:=]\\s*false|\\bcsrf\\.exempt\\b|\\bskip_before_filter\\s+:verify_authenticity_token|\\bprotect_from_forgery\\s+(?:except|unless)|\\bvalidateRequest\\s*=\\s*"?false|\\bIgnoreAntiforgeryToken\\b|\\b@?csrf\\s*\\(\\s*\\w+\\s*->\\s*\\w+\\.disable\\(\\)',
          "\\bValidate(?:Issuer|Audience|Lifetime|IssuerSigningKey)\\s*=\\s*false|\\bRequireSignedTokens\\s*=\\s*false",
          "\\bignoreExpiration['\"]?\\s*:\\s*true|\\bpermit_all\\b|\\bauthenticate_by_default\\s*=\\s*false|\\bconfig\\.force_ssl\\s*=\\s*false|\\.setHttpOnly\\(false\\)|\\bhttpOnly['\"]?\\s*:\\s*false|\\banonymous(?:Auth|_auth|Enabled)?['\"]?\\s*[:=]\\s*true|\\ballow_all['\"]?\\s*[:=]\\s*(?:true|True)\\b",
        ].join("|"),
      ),
      where: (found, file) => !(isUnverifiedAsBefore(found, file) || isOfPerson(found, file)),
      why: ([what = ""]) => `lets anybody ask here (${shown(what)})`,
    },
    {
      side: "after",
      pattern: /^\s*["']\*["'],?\s*$|\bexcept\s*(?:=|:)\s*\[\s*["']\*["']/,
      where: (_, { path }) =>
        /(?:VerifyCsrfToken|ValidateCsrfToken)\.php$|(?:^|\/)bootstrap\/app\.php$/.test(path),
      why: ([what = ""]) => `lets anybody ask here (${shown(what)})`,
    },
    {
      side: "after",
      pattern: /^\s*ALLOWED_HOSTS\s*=\s*\[\s*["']\*["']/,
      where: (_, { path }) => !/(?:dev|local|test|ci)\w{0,40}\.py$/.test(path),
      why: ([what = ""]) => `lets anybody ask here, by whatever name (${shown(what)})`,
    },
  ],
  reports: [
    [
      "lets anybody ask here (`ValidateIssuer = false`)",
      added("src/A.cs", "p = new() { ValidateIssuer = false };\n"),
    ],
    [
      "lets anybody ask here (`verify_signature': False`)",
      changed(
        "app/utils.py",
        "auth = jwt.decode(token, options={'verify_signature': False})\n",
        "auth = jwt.decode(token, options={'verify_signature': False})\nmore = jwt.decode(b, options={'verify_signature': False})\n",
      ),
    ],
    [
      "lets anybody ask here (`'*',`)",
      changed(
        "app/Http/Middleware/VerifyCsrfToken.php",
        "    protected $except = [\n    ];\n",
        "    protected $except = [\n        '*',\n    ];\n",
      ),
    ],
    [
      'lets anybody ask here, by whatever name (`ALLOWED_HOSTS = ["*"`)',
      changed("shop/settings/production.py", 'ALLOWED_HOSTS = ["a.b"]\n', 'ALLOWED_HOSTS = ["*"]\n'),
    ],
    [
      "lets anybody ask here (`allow_all: true`)",
      added("hub.values.yaml", "a:\n  hosted_domain: []\n  allow_all: true\n"),
    ],
    [
      "lets anybody ask here (`skip_before_action :authenticate_user!`)",
      added("app/controllers/a_controller.rb", "skip_before_action :authenticate_user!\n"),
    ],
    [
      'lets anybody ask here (`verify_signature": False`)',
      added("src/auth.py", 'claims = jwt.decode(token, options={"verify_signature": False})\n'),
    ],
    [
      "lets anybody ask here (`@csrf_exempt`)",
      added("app/views.py", "@csrf_exempt\ndef hook(request): pass\n"),
    ],
  ],
  ignores: [
    ["of a person", added("src/flags.ts", "const who = { key: id, anonymous: true };\n")],
    [
      "a token that was read so before, in other quotes",
      changed(
        "app/utils.py",
        'auth = jwt.decode(token, options={"verify_signature": False})\n',
        "auth = jwt.decode(other, options={'verify_signature': False})\n",
      ),
    ],
    ["another callback", added("app/controllers/a_controller.rb", "skip_before_action :set_locale\n")],
  ],
};
