import type { Finding } from "../../hazard.ts";
import type { FileChange } from "../../reading/change.ts";
import { added, changed, type Example, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { goesWithGuarded, namesComing } from "./guarded.ts";

const GUARD =
  /#\[(?:IsGranted|Security)\(|@(?:login_required|permission_required|PreAuthorize|Secured|RolesAllowed|UseGuards|requires_auth|jwt_required|token_required|auth_required|csrf_protect)\b|^\s*\[Authorize\b|\bbefore_action\s+:?(?:authenticate|authorize|require_(?:login|user|admin|logged)|ensure_)\w*!?|\b(?:requireAuth|requireLogin|requireAdmin|requireUser|ensureAuthenticated|isAuthenticated|authMiddleware|authenticateToken|authenticateUser|verifyToken|verifyJwt|checkAuth|authorizeRequest|requireRole|requirePermission|checkPermission\w*)\b(?=\s*[(),;]|\s*$)|\bpassport\.authenticate\(|\bpermission_classes\s*=|\bDepends\(\s*(?:get_current_\w+|require_\w+|verify_\w+)|->middleware\(\s*\[?['"]auth|\bprotect_from_forgery\b|\bapp\.use\(\s*(?:helmet|csrf|csurf|cors|rateLimit)\b|\buseGlobalGuards\(|["'](?:django\.middleware\.(?:csrf|security|clickjacking)\.\w+|django\.contrib\.auth\.middleware\.\w+)["']|\b(?:VerifyCsrfToken|ValidateCsrfToken|Authenticate|EnsureEmailIsVerified)::class|\bapp\.Use(?:Authentication|Authorization|Hsts|HttpsRedirection|Antiforgery)\(|\[ValidateAntiForgeryToken\]|\bcsrf\.Protect\(|\bnosurf\.New\(|\.RequireAuthorization\(|\.Use\(\s*\w{0,30}(?:[aA]uth|[jJ]wt)\w{0,30}|^\s*plug\s+:(?:authenticate|require_|ensure_|protect_from_forgery|fetch_current_user)\w*|\bconfig\.force_ssl\s*=\s*true|\bSECURE_SSL_REDIRECT\s*=\s*True|\.(?:authenticated|hasRole|hasAuthority|hasAnyRole)\(/;

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
  /\bapp\.use\(|csrf|forgery|clickjacking|middleware\.security|hsts|force_ssl|https|SSL_REDIRECT/i,
  /(?:)/,
  /admin|role|permission(?!_classes\s*=.*IsAuthenticated\b)|authoriz|PreAuthorize(?!\("isAuthenticated)|Secured|^\s*\[Authorize\(/i,
];

function rankOf(text: string): number {
  const found = RANKS.findLastIndex((rank) => rank.test(text));
  return found === 1 && RANKS[0]?.test(text) ? 0 : found;
}

/** Farther away, another guard stands before something else. */
const NEAR = 30;

function isGuardLine(text: string): boolean {
  return !NOT_USED.test(text) && !GUARDS_NOTHING.test(text) && guardOf(text) !== undefined;
}

/** The guards that a file which stays has lost, but for those of which another one takes the place. */
function guardsGone({ path, status, lines }: FileChange) {
  if (status === "removed") return [];
  const gone = lines.before.flatMap(({ text, line }) => {
    const name = NOT_USED.test(text) || GUARDS_NOTHING.test(text) ? undefined : guardOf(text);
    return name === undefined ? [] : [{ name, path, text, line }];
  });
  if (gone.length === 0) return [];
  const came = lines.after.filter(({ text }) => isGuardLine(text));
  return gone.filter(({ line, text }) => {
    const other = came.findIndex(
      (each) => Math.abs(each.line - line) <= NEAR && rankOf(each.text) >= rankOf(text),
    );
    return other === -1 || came.splice(other, 1).length === 0;
  });
}

function guardsIn({ path, lines }: FileChange) {
  return lines.after.filter(({ text }) => isGuardLine(text)).map(({ text }) => ({ path, text: text.trim() }));
}

/** The line itself, or the guard of a whole program or router. */
function isSameGuard(came: string, gone: string): boolean {
  const isWhole = /\.use\(/.test(came) && /\.use\(/.test(gone);
  return came === gone.trim() || (isWhole && guardOf(came) === guardOf(gone));
}

const view = (name: string) => `@login_required\ndef ${name}(request): pass\n`;

export const GUARD_REMOVED: Rule = {
  id: "code/auth-removed",
  kind: "widening",
  asks: "block",
  when: "a check of who is asking goes from code that stays",
  *files(files): Generator<Finding> {
    const lost = files
      .map((file) => ({ file, gone: guardsGone(file) }))
      .filter(({ gone }) => gone.length > 0);
    if (lost.length === 0) return;
    const gone = lost.flatMap(({ file, gone: own }) => {
      const others = new Set(files.flatMap((other) => (other === file ? [] : namesComing(other))));
      const isExcused = goesWithGuarded(file, isGuardLine, others);
      return own.filter(({ text }) => !isExcused(text));
    });
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
      'removes `"django.middleware.csrf.CsrfViewMiddleware"`: who is asking may no longer be checked here',
      changed(
        "shop/settings.py",
        'MIDDLEWARE = [\n    "django.middleware.csrf.CsrfViewMiddleware",\n    "a.B",\n]\n',
        'MIDDLEWARE = [\n    "a.B",\n]\n',
      ),
    ],
    [
      "removes `app.UseAuthorization(`: who is asking may no longer be checked here",
      changed("src/Program.cs", "app.UseAuthorization();\napp.Run();\n", "app.Run();\n"),
    ],
    [
      "removes `@login_required`: who is asking may no longer be checked here",
      changed("app/views.py", `${view("old")}${view("new")}`, `${view("old")}def new(request): pass\n`),
    ],
    [
      "removes `@login_required`: who is asking may no longer be checked here",
      changed("app/views.py", view("old"), "def renamed(request): pass\n"),
    ],
    [
      "removes `@login_required`: who is asking may no longer be checked here",
      changed("app/views.py", `${view("old")}${view("new")}`, view("new")),
      added("app/more.py", "def old(request): pass\n"),
    ],
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
    ["what it guarded goes with it", changed("app/views.py", `${view("old")}${view("new")}`, view("new"))],
    [
      "what it guarded goes with it",
      changed(
        "src/routes.js",
        'r.get("/debug", requireAdmin, debug);\nr.get("/a", requireAuth, a);\n',
        'r.get("/a", requireAuth, a);\n',
      ),
    ],
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
