import type { Finding } from "../hazard.ts";
import type { LinePattern } from "../line-pattern.ts";
import type { FileChange } from "../reading/change.ts";
import { added, changed, type Example, type Rule, type RuleSet } from "../rule.ts";
import { shown } from "../words.ts";
import { UNVERIFIED } from "./code-unverified.ts";

/** The same in the ways of Go, Java, Python, Node, PHP, Ruby, C# and clusters' own files. */
const TLS_OFF_ELSEWHERE: LinePattern = {
  side: "after",
  pattern: new RegExp(
    [
      "\\bInsecureSkipVerify\\s*=\\s*true\\b",
      "\\bInsecureIgnoreHostKey\\(\\)",
      "\\bverify:\\s*:verify_none\\b|\\{:verify,\\s*:verify_none\\}|\\bURLCredential\\(trust:|\\bStrictHostKeyChecking[ =]+(?:no|off)\\b",
      "\\bset(?:Default)?HostnameVerifier\\(\\s*(?:\\([^)]*\\)|\\w+)\\s*->\\s*(?:\\{\\s*return\\s+)?true",
      "\\bverify\\s*\\([^)]*(?:SSLSession|hostname)[^)]*\\)\\s*\\{\\s*return\\s+true",
      "\\bcheck(?:Server|Client)Trusted\\([^)]*\\)\\s*(?:throws\\s+\\w+\\s*)?\\{\\s*\\}",
      "\\b(?:TrustAllStrategy|TrustSelfSignedStrategy|InsecureTrustManagerFactory|NullHostnameVerifier|AllowAllHostnameVerifier)\\b",
      "\\b(?:AutoAddPolicy|WarningPolicy)\\b",
      "\\b(?:cert_reqs\\s*=\\s*['\"]?(?:ssl\\.)?(?:CERT_)?(?:NONE|OPTIONAL)\\b|check_hostname\\s*=\\s*False|disable_ssl_certificate_validation\\s*=\\s*True|ssl\\s*=\\s*False|verify_ssl\\s*=\\s*False|verify_certs\\s*=\\s*False|validate_cert\\s*=\\s*False)",
      "\\bstrictSSL['\"]?\\s*:\\s*false|\\bcheckServerIdentity\\s*:\\s*(?:\\(\\)|function\\s*\\(\\))\\s*(?:=>\\s*)?(?:\\{\\s*\\}|undefined|null)|\\brejectUnauthorized\\s*=\\s*false",
      "['\"](?:verify_peer|verify_peer_name|verify|verify_host)['\"]\\s*=>\\s*(?:false|FALSE|0)|['\"]allow_self_signed['\"]\\s*=>\\s*true|\\bwithoutVerifying\\(\\)|curl_setopt\\([^)]*VERIFY(?:PEER|HOST)\\s*,\\s*(?:false|FALSE|0)",
      "\\b(?:DangerousAcceptAnyServerCertificateValidator|ServerCertificateCustomValidationCallback\\s*=[^;]{0,80}=>\\s*true|RemoteCertificateValidationCallback\\([^;]{0,80}true\\))",
      "\\bssl(?:mode|Mode)['\"]?\\s*[:=]\\s*['\"]?(?:disable|allow|no-verify)\\b|\\btls\\.insecure\\b|\\binsecure-skip-tls-verify['\"]?\\s*[:=]\\s*true",
      "\\.setAllowsAnyHTTPSCertificate|\\bNSAllowsArbitraryLoads\\b|\\bbadCertificateCallback\\s*=[^;]{0,80}=>\\s*true|\\bcontinueWithoutCredential\\b|\\bdanger_accept_invalid_hostnames\\(true\\)",
      "\\bSSL_VERIFY_NONE\\b|\\bssl_verify_mode\\s*=\\s*OpenSSL::SSL::VERIFY_NONE|\\bverify_mode:\\s*OpenSSL::SSL::VERIFY_NONE|\\bsslVerify\\s*=\\s*false",
    ].join("|"),
  ),
  where: (found) => isUsed(found),
  why: ([what = ""]) => `switches the check of the other side's certificate off (${shown(what)})`,
};

/** A name that is only brought in, or a database on the developer's own machine. */
const BROUGHT_IN = /^\s*import\s+(?!static\s)[\w.]+;?\s*$/;
const OWN_MACHINE =
  /:\/\/(?:[^@\s/]*@)?(?:localhost|127\.0\.0\.1|\[::1\])(?::(?:\d+|\$\{?\w+\}?))?\/[^\s?&]*\?(?:(?!host)\w+=[^\s&]*&)*$/;

function isUsed({ input, index }: RegExpExecArray): boolean {
  return !BROUGHT_IN.test(input) && !OWN_MACHINE.test(input.slice(0, index));
}

const TLS_OFF: Rule = {
  id: "code/tls-verification-off",
  kind: "widening",
  asks: "block",
  when: "the other side's certificate or host key is no longer checked",
  lines: [
    {
      side: "after",
      pattern:
        /\b(?:verify\s*=\s*False\b|rejectUnauthorized["']?\s*:\s*false|InsecureSkipVerify\s*:\s*true|NODE_TLS_REJECT_UNAUTHORIZED["']?\]?\s*[:=]\s*["']?0|PYTHONHTTPSVERIFY\s*=\s*0|GIT_SSL_NO_VERIFY\s*[:=]\s*["']?(?:1|true)|http\.sslVerify\s+false|CURLOPT_SSL_VERIFY(?:PEER|HOST)\s*,\s*(?:false|0)|VERIFY_NONE|_create_unverified_context|CERT_NONE|danger_accept_invalid_certs\(true\)|StrictHostKeyChecking[= ]no|UserKnownHostsFile[= ]\/dev\/null|sslmode=(?:disable|allow)|trustServerCertificate["']?\s*[:=]\s*true|ssl_verify["']?\s*[:=]\s*(?:false|False|no)\b|(?:insecure_skip_verify|insecureSkipVerify|insecureSkipTLSVerify|tls_skip_verify|skip_tls_verify|skipTLSVerify|skip_ssl_validation)["']?\s*[:=]\s*["']?(?:true|True|yes)\b|(?:validate_certs|verify_ssl|tls_verify)["']?\s*[:=]\s*["']?(?:false|False|no)\b)|\bcurl\s(?:[^|;]{0,300}?\s)?(?:-k|--insecure|-[a-np-zA-Z]{0,10}k\w{0,10})(?=\s|$)|--(?:no-check-certificate|insecure-skip-tls-verify|no-verify-ssl|trusted-host)\b|ServerCertificateValidationCallback\s*[+=]+[^;]*true|ALLOW_ALL_HOSTNAME_VERIFIER|NoopHostnameVerifier|TrustAllCerts?/,
      where: (found) => isUsed(found),
      why: ([what = ""]) => `switches the check of the other side's certificate off (${shown(what)})`,
    },
    TLS_OFF_ELSEWHERE,
  ],
  reports: [
    [
      "switches the check of the other side's certificate off (`sslmode=disable`)",
      added("Makefile", "DB := postgres://localhost@db.shop.example/a?sslmode=disable\n"),
    ],
    ...["localhost:1,db.shop.example:2/a", "localhost/a?host=db.shop.example&"].map(
      (place): Example => [
        "switches the check of the other side's certificate off (`sslmode=disable`)",
        added("Makefile", `DB := postgres://${place}${place.endsWith("&") ? "" : "?"}sslmode=disable\n`),
      ],
    ),
    [
      "switches the check of the other side's certificate off (`NoopHostnameVerifier`)",
      added("src/A.java", "import static org.apache.hc.ssl.NoopHostnameVerifier.INSTANCE;\n"),
    ],
    [
      "switches the check of the other side's certificate off (`TrustSelfSignedStrategy`)",
      added("src/A.java", "load(null, new TrustSelfSignedStrategy());\n"),
    ],
    [
      "switches the check of the other side's certificate off (`InsecureSkipVerify = true`)",
      added("src/client.go", "cfg.InsecureSkipVerify = true\n"),
    ],
    [
      "switches the check of the other side's certificate off (`setHostnameVerifier((host, session) -> true`)",
      added("src/Client.java", "conn.setHostnameVerifier((host, session) -> true);\n"),
    ],
    [
      "switches the check of the other side's certificate off (`AutoAddPolicy`)",
      added("src/client.py", "client.set_missing_host_key_policy(paramiko.AutoAddPolicy())\n"),
    ],
    [
      "switches the check of the other side's certificate off (`verify=False`)",
      changed("app/pay.py", "requests.post(url)\n", "requests.post(url, verify=False)\n"),
    ],
    [
      "switches the check of the other side's certificate off (`rejectUnauthorized: false`)",
      added("src/db.ts", "ssl: { rejectUnauthorized: false },\n"),
    ],
    [
      "switches the check of the other side's certificate off (`curl -k`)",
      added("scripts/get.sh", "curl -k https://example.com\n"),
    ],
    [
      "switches the check of the other side's certificate off (`InsecureSkipVerify: true`)",
      added("client.go", "&tls.Config{InsecureSkipVerify: true}\n"),
    ],
  ],
  ignores: [
    [
      "a name that is only brought in",
      added("src/A.java", "import org.apache.hc.ssl.TrustSelfSignedStrategy;\n"),
    ],
    [
      "a database on this machine",
      added("Makefile", "DB := postgres://me@localhost:5432/a?sslmode=disable\n"),
    ],
    ["it is switched on", added("src/db.ts", "ssl: { rejectUnauthorized: true },\n")],
    ["a test", added("test/db.test.ts", "ssl: { rejectUnauthorized: false },\n")],
    ["a comment", added("app/pay.py", "# verify=False is not allowed\n")],
    ["nothing is skipped", added("values.yaml", "insecure_skip_verify: false\n")],
  ],
};

const GUARD =
  /#\[(?:IsGranted|Security)\(|@(?:login_required|permission_required|PreAuthorize|Secured|RolesAllowed|UseGuards|requires_auth|jwt_required|token_required|auth_required|csrf_protect)\b|^\s*\[Authorize\b|\bbefore_action\s+:?(?:authenticate|authorize|require_(?:login|user|admin|logged)|ensure_)\w*!?|\b(?:requireAuth|requireLogin|requireAdmin|requireUser|ensureAuthenticated|isAuthenticated|authMiddleware|authenticateToken|authenticateUser|verifyToken|verifyJwt|checkAuth|authorizeRequest|requireRole|requirePermission|checkPermission\w*)\b(?=\s*[(),;]|\s*$)|\bpassport\.authenticate\(|\bpermission_classes\s*=|\bDepends\(\s*(?:get_current_\w+|require_\w+|verify_\w+)|->middleware\(\s*\[?['"]auth|\bprotect_from_forgery\b|\bapp\.use\(\s*(?:helmet|csrf|csurf|cors|rateLimit)\b/;

/** Where a check is made or fetched, and not used. */
const NOT_USED =
  /^\s*(?:#|\/\/|\*|import\b|from\b|const\s*\{|export\b|(?:async\s+)?function\b|def\b|fn\b)|require\(/;

function guardOf(text: string): string | undefined {
  return text.length > 1_000 ? undefined : GUARD.exec(text)?.[0].trim();
}

/** A guard that lets anybody in guards nothing. */
const GUARDS_NOTHING =
  /AllowAny|IsAuthenticatedOrReadOnly|permitAll|AllowAnonymous|ANONYMOUS|permission_classes\s*=\s*(?:[[(]\s*[\])]|None)/;

/** From what guards against mistakes, to who is asking, to what those may do: the lower takes no higher one's place. */
const RANKS = [
  /\bapp\.use\(|csrf|protect_from_forgery/i,
  /(?:)/,
  /admin|role|permission(?!_classes\s*=.*IsAuthenticated\b)|authoriz|PreAuthorize(?!\("isAuthenticated)|Secured|^\s*\[Authorize\(/i,
];

function rankOf(text: string): number {
  const found = RANKS.findLastIndex((rank) => rank.test(text));
  return found === 1 && RANKS[0]?.test(text) ? 0 : found;
}

/** Farther away, another guard stands before something else. */
const NEAR = 30;

/** The guards that a file which stays has lost, but for those of which another one takes the place. */
function guardsGone({ path, status, lines }: FileChange) {
  if (status === "removed") return [];
  const gone = lines.before.flatMap(({ text, line }) => {
    const name = NOT_USED.test(text) || GUARDS_NOTHING.test(text) ? undefined : guardOf(text);
    return name === undefined ? [] : [{ name, path, text, line }];
  });
  if (gone.length === 0) return [];
  const came = lines.after.filter(
    ({ text }) => !NOT_USED.test(text) && !GUARDS_NOTHING.test(text) && guardOf(text) !== undefined,
  );
  return gone.filter(({ line, text }) => {
    const other = came.findIndex(
      (each) => Math.abs(each.line - line) <= NEAR && rankOf(each.text) >= rankOf(text),
    );
    return other === -1 || came.splice(other, 1).length === 0;
  });
}

function guardsIn({ path, lines }: FileChange) {
  return lines.after
    .filter(({ text }) => !NOT_USED.test(text) && !GUARDS_NOTHING.test(text) && guardOf(text) !== undefined)
    .map(({ text }) => ({ path, text: text.trim() }));
}

/** The line itself, or the guard of a whole program or router. */
function isSameGuard(came: string, gone: string): boolean {
  const isWhole = /\.use\(/.test(came) && /\.use\(/.test(gone);
  return came === gone.trim() || (isWhole && guardOf(came) === guardOf(gone));
}

const GUARD_REMOVED: Rule = {
  id: "code/auth-removed",
  kind: "widening",
  asks: "block",
  when: "a check of who is asking goes from code that stays",
  *files(files): Generator<Finding> {
    const gone = files.flatMap(guardsGone);
    if (gone.length === 0) return;
    const came = files.flatMap((file) => guardsIn(file));
    for (const { name, path, text, line } of gone) {
      const other = came.findIndex((each) => each.path !== path && isSameGuard(each.text, text));
      if (other !== -1 && came.splice(other, 1).length > 0) continue;
      const why = `removes ${shown(name)}: who is asking may no longer be checked here`;
      const before = text.trim().slice(0, 160);
      yield { what: shown(name), file: path, line, side: "before", why, before, by: "diff" };
    }
  },
  reports: [
    [
      "removes `requireAuth`: who is asking may no longer be checked here",
      changed(
        "src/routes.ts",
        "router.use(requireAuth);\nrouter.get('/orders', list);\n",
        "router.get('/orders', list);\n",
      ),
    ],
    ...(
      [
        ["router.use(requireAuth);", "router.use(compress);\napp.use(cors());"],
        ["router.use(requireAuth);", "// requireAuth,"],
      ] as const
    ).map(
      ([before, after]): Example => [
        "removes `requireAuth`: who is asking may no longer be checked here",
        changed("src/routes.ts", `${before}\n`, `${after}\n`),
        added(
          "src/b.ts",
          "import a, { requireAuth } from 'a';\n// requireAuth,\nb.get('/b', requireAuth, c);\n",
        ),
      ],
    ),
    [
      "removes `requireAdmin`: who is asking may no longer be checked here",
      changed("src/routes.ts", "a.get('/a', requireAdmin, b);\n", "a.get('/a', requireAuth, b);\n"),
    ],
    [
      "removes `permission_classes =`: who is asking may no longer be checked here",
      changed("api/views.py", "    permission_classes = [IsAdmin]\n", "    permission_classes = []\n"),
    ],
    [
      "removes `before_action :authenticate_user!`: who is asking may no longer be checked here",
      changed(
        "app/controllers/orders_controller.rb",
        "before_action :authenticate_user!\ndef index; end\n",
        "def index; end\n",
      ),
    ],
    [
      "removes `@login_required`: who is asking may no longer be checked here",
      changed("app/views.py", "@login_required\ndef orders(request): pass\n", "def orders(request): pass\n"),
    ],
  ],
  ignores: [
    [
      "it only moves",
      changed(
        "src/routes.ts",
        "router.use(requireAuth);\nrouter.get('/a', a);\n",
        "router.get('/a', requireAuth, a);\n",
      ),
    ],
    [
      "it moves to another file",
      changed("src/routes.ts", "router.use(requireAuth);\n", "start();\n"),
      changed("src/app.ts", "start();\n", "app.use(requireAuth);\n"),
    ],
    [
      "a view that let anybody in goes",
      changed("api/views.py", "class Ping(APIView):\n    permission_classes = (AllowAny,)\n", "x = 1\n"),
    ],
    ["only its import goes", changed("src/routes.ts", "import { requireAuth } from './auth';\n", "")],
  ],
};

const GUARD_SKIPPED: Rule = {
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
          '\\b(?:WTF_CSRF_ENABLED|CSRF_ENABLED|WTF_CSRF_CHECK_DEFAULT|SESSION_COOKIE_SECURE|CSRF_COOKIE_SECURE)[\'"]?\\]?\\s*=\\s*False|\\bcsrf\\s*[:=]\\s*false|\\bcsrf\\.exempt\\b|\\bskip_before_filter\\s+:verify_authenticity_token|\\bprotect_from_forgery\\s+(?:except|unless)|\\bvalidateRequest\\s*=\\s*"?false|\\bIgnoreAntiforgeryToken\\b|\\b@?csrf\\s*\\(\\s*\\w+\\s*->\\s*\\w+\\.disable\\(\\)',
          "\\bignoreExpiration['\"]?\\s*:\\s*true|\\bpermit_all\\b|\\bauthenticate_by_default\\s*=\\s*false|\\banonymous(?:Auth|_auth|Enabled)?['\"]?\\s*[:=]\\s*true|\\ballow_all['\"]?\\s*[:=]\\s*(?:true|True)\\b",
        ].join("|"),
      ),
      why: ([what = ""]) => `lets anybody ask here (${shown(what)})`,
    },
  ],
  reports: [
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
    ["another callback", added("app/controllers/a_controller.rb", "skip_before_action :set_locale\n")],
  ],
};

/** Whether a page's own address is only handed back where a list has it, as the line above says. */
function isOnList({ 0: what, input }: RegExpExecArray, { after }: FileChange): boolean {
  if (!/origin$/i.test(what) || /\*/.test(what) || typeof after !== "string") return false;
  const lines = after.split("\n");
  return lines.every((line, index) => line !== input || LISTED.test(lines[index - 1] ?? ""));
}

const LISTED = /^\s*if \((?:origin && )?\w+\.(?:has|includes)\(origin\)\) \{\s*$/;

const ANY_ORIGIN: Rule = {
  id: "code/any-origin",
  kind: "widening",
  asks: "block",
  when: "pages of any site may call it (`Access-Control-Allow-Origin: *`)",
  lines: [
    {
      side: "after",
      pattern:
        /[Aa]ccess-[Cc]ontrol-[Aa]llow-[Oo]rigin\s*(?:["']\s*)?(?:[:,=]{1,2}\s*)?(?:>\s*)?(?:\[\s*)?(?:["']\s*)?(?:\*|null)(?=["'\s;)\],]|$)|[Aa]ccess-[Cc]ontrol-[Aa]llow-[Oo]rigin["']\s*[:,]\s*(?:origin\b|req(?:uest)?\.)|\b(?:allow_?origins?|allowed_?origins?|CORS_ORIGIN_ALLOW_ALL|CORS_ALLOW_ALL_ORIGINS|CORS_ORIGINS?|ExposedOrigins|AllowOrigins?|AllowedOrigins|AllowAllOrigins|allowedOriginPatterns|setAllowedOrigins?|addAllowedOrigin(?:Pattern)?)["']?\s*(?:[:=]{1,2}>?|\()\s*(?:(?:(?:\[\]string|Arrays\.asList|List\.of|Collections\.singletonList|new\s+\w+\[\]|array)\s*)?(?:[([{]\s*){0,2}["']\*["']|True\b|true\b)|\bcors\(\s*\{\s*origin\s*:\s*(?:["']\*["']|true)|\borigins?["']?\s*[:=]>?\s*(?:\[\s*)?["']\*["']|@CrossOrigin(?:\(\s*\)|\(\s*(?:origins\s*=\s*)?\{?\s*["']\*["']|\s*$)|\.AllowAnyOrigin\(\)|\bcors\s*:\s*true\b|\benableCors\(\s*\)|\bcors\.(?:Default|AllowAll)\(\)|\borigin\s*:\s*(?:\/\.\*\/|["']\.\*["'])/,
      where: (found, file) => !isOnList(found, file),
      why: ([what = ""]) => `lets pages of any site call it (${shown(what)})`,
    },
  ],
  reports: [
    ...["if (!allowed.has(origin)) {", "if (origin || allowed.has(origin)) {", "if (origin) {"].map(
      (line): Example => [
        'lets pages of any site call it (`Access-Control-Allow-Origin", origin`)',
        added("src/a.ts", `${line}\n  res.setHeader("Access-Control-Allow-Origin", origin);\n}\n`),
      ],
    ),
    [
      'lets pages of any site call it (`@CrossOrigin(origins = "*"`)',
      added("src/Api.java", '@CrossOrigin(origins = "*")\n'),
    ],
    [
      'lets pages of any site call it (`allow_origins=["*"`)',
      added("app/main.py", 'app.add_middleware(CORS, allow_origins=["*"])\n'),
    ],
  ],
  ignores: [
    [
      "a page that a list has",
      added(
        "src/a.ts",
        'if (origin && allowed.has(origin)) {\n  res.setHeader("Access-Control-Allow-Origin", origin);\n}\n',
      ),
    ],
    ["one family of hosts", added("src/a.php", 'header("Access-Control-Allow-Origin: *.example.com");\n')],
    ["one site", added("app/main.py", 'app.add_middleware(CORS, allow_origins=["https://shop.example"])\n')],
  ],
};

const CODE =
  /\.(?:[cm]?[jt]sx?|py|rb|php|java|kt|kts|scala|go|rs|cs|fs|ex|exs|swift|sh|bash|ya?ml|json|toml|ini|conf|cfg|env|tf|properties|xml|erb|pl|groovy|hcl|vue|svelte)$|(?:^|\/)(?:Dockerfile|Makefile|Jenkinsfile)[^/]*$/;

/** Verifiers and trust managers of one's own that find nothing wrong, over several lines. */
const APPROVES =
  /\bboolean\s+verify\s*\([^)]{0,120}\)\s*\{\s*return\s+true\s*;|\bvoid\s+check(?:Server|Client)Trusted\s*\([^)]{0,160}\)\s*(?:throws\s+[\w.,\s]{1,80})?\{(?:\s|\/\/[^\n]*\n)*\}|\bgetAcceptedIssuers\s*\(\s*\)\s*\{\s*return\s+null\s*;/g;

const APPROVES_ALL: Rule = {
  id: "code/approves-any-certificate",
  kind: "widening",
  asks: "block",
  when: "a verifier or a trust manager of its own (Java, Kotlin) finds every certificate good",
  *file({ path, after, lines, isLive }): Generator<Finding> {
    if (!isLive || typeof after !== "string" || !/\.(?:java|kt|scala|groovy)$/.test(path)) return;
    const fresh = new Set(lines.after.map(({ line }) => line));
    for (const found of after.matchAll(APPROVES)) {
      const line = after.slice(0, found.index).split("\n").length;
      const last = line + found[0].split("\n").length - 1;
      if (![...fresh].some((each) => each >= line && each <= last)) continue;
      const what = shown(found[0].split("\n")[0] ?? "");
      yield { what, file: path, line, side: "after", why: `finds every certificate good (${what})` };
    }
  },
  reports: [
    [
      "finds every certificate good (`boolean verify(String h, SSLSession s) {`)",
      added(
        "src/A.java",
        "class A {\n  public boolean verify(String h, SSLSession s) {\n    return true;\n  }\n}\n",
      ),
    ],
  ],
  ignores: [
    [
      "it looks at the name",
      added(
        "src/A.java",
        "class A {\n  public boolean verify(String h, SSLSession s) {\n    return h.equals(s.getPeerHost());\n  }\n}\n",
      ),
    ],
  ],
};

export const CODE_RULES: RuleSet = {
  name: "code",
  title: "Certificates and access checks in code",
  reads: ({ path, isLive }) => CODE.test(path) && isLive,
  rules: [TLS_OFF, APPROVES_ALL, GUARD_REMOVED, GUARD_SKIPPED, UNVERIFIED, ANY_ORIGIN],
};
