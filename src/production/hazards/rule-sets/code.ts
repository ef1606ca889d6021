import type { Finding } from "../hazard.ts";
import type { FileChange } from "../reading/change.ts";
import { added, changed, type Rule, type RuleSet } from "../rule.ts";
import { shown } from "../words.ts";

const TLS_OFF: Rule = {
  id: "code/tls-verification-off",
  kind: "widening",
  asks: "block",
  when: "the other side's certificate or host key is no longer checked",
  lines: [
    {
      side: "after",
      pattern:
        /\b(?:verify\s*=\s*False\b|rejectUnauthorized["']?\s*:\s*false|InsecureSkipVerify\s*:\s*true|NODE_TLS_REJECT_UNAUTHORIZED["']?\s*[:=]\s*["']?0|PYTHONHTTPSVERIFY\s*=\s*0|GIT_SSL_NO_VERIFY\s*[:=]\s*["']?(?:1|true)|http\.sslVerify\s+false|CURLOPT_SSL_VERIFY(?:PEER|HOST)\s*,\s*(?:false|0)|VERIFY_NONE|_create_unverified_context|CERT_NONE|danger_accept_invalid_certs\(true\)|StrictHostKeyChecking[= ]no|UserKnownHostsFile[= ]\/dev\/null|sslmode=(?:disable|allow)|trustServerCertificate["']?\s*[:=]\s*true|ssl_verify["']?\s*[:=]\s*(?:false|False|no)\b|(?:insecure_skip_verify|insecureSkipVerify|insecureSkipTLSVerify|tls_skip_verify|skip_tls_verify|skipTLSVerify|skip_ssl_validation|validate_certs|verify_ssl|tls_verify)["']?\s*[:=]\s*(?:true|True|yes|false|False|no)\b)|\bcurl\s(?:[^|;]{0,300}?\s)?(?:-k|--insecure|-\w{0,10}k\w{0,10})(?=\s|$)|--(?:no-check-certificate|insecure-skip-tls-verify|no-verify-ssl|trusted-host)\b|ServerCertificateValidationCallback\s*[+=]+[^;]*true|ALLOW_ALL_HOSTNAME_VERIFIER|NoopHostnameVerifier|TrustAllCerts?/,
      unless:
        /VERIFY_PEER|(?:skip\w*|insecure\w*)["']?\s*[:=]\s*(?:false|False|no)\b|(?:validate_certs|verify_ssl|tls_verify)["']?\s*[:=]\s*(?:true|True|yes)\b|curl\s+(?:-\w+\s+)*-\w*o\w*k/i,
      why: ([what = ""]) => `switches the check of the other side's certificate off (${shown(what)})`,
    },
  ],
  reports: [
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
    ["it is switched on", added("src/db.ts", "ssl: { rejectUnauthorized: true },\n")],
    ["a test", added("test/db.test.ts", "ssl: { rejectUnauthorized: false },\n")],
    ["a comment", added("app/pay.py", "# verify=False is not allowed\n")],
    ["nothing is skipped", added("values.yaml", "insecure_skip_verify: false\n")],
  ],
};

const GUARD =
  /@(?:login_required|permission_required|PreAuthorize|Secured|RolesAllowed|UseGuards|requires_auth|jwt_required|token_required|auth_required|csrf_protect)\b|^\s*\[Authorize\b|\bbefore_action\s+:?(?:authenticate|authorize|require_(?:login|user|admin|logged)|ensure_)\w*!?|\b(?:requireAuth|requireLogin|requireAdmin|requireUser|ensureAuthenticated|isAuthenticated|authMiddleware|authenticateToken|authenticateUser|verifyToken|verifyJwt|checkAuth|authorizeRequest|requireRole|requirePermission|checkPermission\w*)\b(?=\s*[(),;]|\s*$)|\bpassport\.authenticate\(|\bpermission_classes\s*=|\bDepends\(\s*(?:get_current_\w+|require_\w+|verify_\w+)|->middleware\(\s*\[?['"]auth|\bprotect_from_forgery\b|\bapp\.use\(\s*(?:helmet|csrf|csurf|cors|rateLimit)\b/;

/** Where a check is made or fetched, and not used. */
const NOT_USED =
  /^\s*(?:#|\/\/|\*|import\b|from\b|const\s*\{|export\b|(?:async\s+)?function\b|def\b|fn\b)|require\(/;

function guardOf(text: string): string | undefined {
  return text.length > 1_000 ? undefined : GUARD.exec(text)?.[0].trim();
}

/** The guards that a file which stays has lost, unless it is guarded in another way now. */
function guardsGone({ path, status, lines }: FileChange) {
  if (status === "removed") return [];
  const gone = lines.before.flatMap(({ text, line }) => {
    const name = NOT_USED.test(text) ? undefined : guardOf(text);
    return name === undefined ? [] : [{ name, path, text, line }];
  });
  return gone.length > 0 && lines.after.some(({ text }) => guardOf(text) !== undefined) ? [] : gone;
}

const GUARD_REMOVED: Rule = {
  id: "code/auth-removed",
  kind: "widening",
  asks: "block",
  when: "a check of who is asking goes from code that stays",
  *files(files): Generator<Finding> {
    const gone = files.flatMap(guardsGone);
    if (gone.length === 0) return;
    const came = new Set(files.flatMap(({ lines }) => lines.after.map(({ text }) => guardOf(text))));
    for (const { name, path, text, line } of gone) {
      if (came.has(name)) continue;
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
        /\bskip_before_action\s+:(?:authenticate|authorize|require_|verify_auth)\w*!?|\bskip_forgery_protection\b|\[AllowAnonymous\]|\.permitAll\(\)|@PermitAll\b|@csrf_exempt\b|\bpermission_classes\s*=\s*[[(]\s*(?:permissions\.)?AllowAny\b|\bcsrf\s*\(\s*\)\s*\.disable\(\)|\bcsrf\(\s*AbstractHttpConfigurer::disable|@Public\(\)|\bauth(?:entication)?(?:_required|Required|Enabled|_enabled)["']?\s*[:=]\s*(?:false|False)\b/,
      why: ([what = ""]) => `lets anybody ask here (${shown(what)})`,
    },
  ],
  reports: [
    [
      "lets anybody ask here (`skip_before_action :authenticate_user!`)",
      added("app/controllers/a_controller.rb", "skip_before_action :authenticate_user!\n"),
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

const ANY_ORIGIN: Rule = {
  id: "code/any-origin",
  kind: "widening",
  asks: "block",
  when: "pages of any site may call it (`Access-Control-Allow-Origin: *`)",
  lines: [
    {
      side: "after",
      pattern:
        /Access-Control-Allow-Origin["']?\s*[:,=]?\s*["']?\*|\b(?:allow_origins|allowed_origins|CORS_ORIGIN_ALLOW_ALL|CORS_ALLOW_ALL_ORIGINS)\s*=\s*(?:\[\s*["']\*["']|True)|\bcors\(\s*\{\s*origin\s*:\s*(?:["']\*["']|true)/,
      why: ([what = ""]) => `lets pages of any site call it (${shown(what)})`,
    },
  ],
  reports: [
    [
      'lets pages of any site call it (`allow_origins=["*"`)',
      added("app/main.py", 'app.add_middleware(CORS, allow_origins=["*"])\n'),
    ],
  ],
  ignores: [
    ["one site", added("app/main.py", 'app.add_middleware(CORS, allow_origins=["https://shop.example"])\n')],
  ],
};

const CODE =
  /\.(?:[cm]?[jt]sx?|py|rb|php|java|kt|kts|scala|go|rs|cs|fs|ex|exs|swift|sh|bash|ya?ml|json|toml|ini|conf|cfg|env|tf|properties|xml|erb|pl|groovy|hcl|vue|svelte)$|(?:^|\/)(?:Dockerfile|Makefile|Jenkinsfile)[^/]*$/;

export const CODE_RULES: RuleSet = {
  name: "code",
  title: "Certificates and access checks in code",
  reads: ({ path, isLive }) => CODE.test(path) && isLive,
  rules: [TLS_OFF, GUARD_REMOVED, GUARD_SKIPPED, ANY_ORIGIN],
};
