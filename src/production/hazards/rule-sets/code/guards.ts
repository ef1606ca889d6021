import type { Finding } from "../../hazard.ts";
import type { FileChange } from "../../reading/change.ts";
import { added, changed, type Example, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { goesWithGuarded, isGuardedAround, namesComing } from "./guarded.ts";

/** By the names that frameworks and their manuals give them. */
const NAMED =
  /#\[(?:IsGranted|Security)\(|@(?:login_required|permission_required|PreAuthorize|Secured|RolesAllowed|UseGuards|requires_auth|jwt_required|token_required|auth_required|csrf_protect)\b|^\s*\[Authorize\b|\bbefore_action\s+:?(?:authenticate|authorize|require_(?:login|user|admin|logged)|ensure_)\w*!?|\b(?:requireAuth|requireLogin|requireAdmin|requireUser|ensureAuthenticated|isAuthenticated|authMiddleware|authenticateToken|authenticateUser|verifyToken|verifyJwt|checkAuth|authorizeRequest|requireRole|requirePermission|checkPermission\w*)\b(?=\s*[(),;]|\s*$)|\bpassport\.authenticate\(|\bpermission_classes\s*=|\bDepends\(\s*(?:get_current_\w+|require_\w+|verify_\w+)|->middleware\(\s*\[?['"]auth|\bprotect_from_forgery\b|\bapp\.use\(\s*(?:helmet|csrf|csurf|cors|rateLimit)\b|\buseGlobalGuards\(|["'](?:django\.middleware\.(?:csrf|security|clickjacking)\.\w+|django\.contrib\.auth\.middleware\.\w+)["']|\b(?:VerifyCsrfToken|ValidateCsrfToken|Authenticate|EnsureEmailIsVerified)::class|\bapp\.Use(?:Authentication|Authorization|Hsts|HttpsRedirection|Antiforgery)\(|\[ValidateAntiForgeryToken\]|\bcsrf\.Protect\(|\bnosurf\.New\(|\.RequireAuthorization\(|\.Use\(\s*\w{0,30}(?:[aA]uth|[jJ]wt)\w{0,30}|^\s*plug\s+:(?:authenticate|require_|ensure_|protect_from_forgery|fetch_current_user)\w*|\bconfig\.force_ssl\s*=\s*true|\bSECURE_SSL_REDIRECT\s*=\s*True|\.(?:authenticated|hasRole|hasAuthority|hasAnyRole)\(/;
/** The same of wrappers and pipelines of Go, Phoenix, Laravel and Flask. */
const WRAPPED =
  /\b(?:(?:[rR]equire|[eE]nsure|[mM]ustBe)(?:Auth|Login|LoggedIn|SignedIn|Session|User|Admin|Role|Permission|Scope)\w{0,20}|\w{0,20}(?:Auth|Login|Admin|Role|Permission)Required|(?:JWT|Jwt|Auth|Admin)Middleware)\b(?=\s*[(),;]|\s*$)|\bpipe_through\b[^\n]{0,100}:(?:require_|ensure_|authenticate|auth\b|admin\b)\w{0,30}|(?:->|::)middleware\(\s*\[?\s*['"](?:auth|can|role|permission|verified|signed)|\b(?:Talisman|CSRFProtect|SeaSurf)\(/;
/** Of tRPC, Next.js, Pundit, CanCan, Laravel's gates, Actix and Axum. */
const OF_FRAMEWORKS =
  /\b(?:protected|admin|authed|private|authorized)Procedure\b|\bgetServerSession\(|\bauth\.protect\(|^\s*authorize!?\s+[@:\w]|^\s*(?:load_and_)?authorize_resource\b|\$this->authorize\(|\bGate::authorize\(|\.wrap\(\s*HttpAuthentication\b|\bRequireAuthorizationLayer\b|\bfrom_fn(?:_with_state)?\([^()]{0,60}\b(?:require_)?auth\w{0,20}/;
/** Among the parameters of what it guards. */
const ASKED_FOR = /\b(?:Depends|Security)\(/;

/** Where a check is made or fetched, and not used. */
const NOT_USED =
  /^\s*(?:#|\/\/|\*|import\b|from\b|const\s*\{|export\b|(?:async\s+)?function\b|def\b|fn\b)|require\(/;

function guardOf(text: string): string | undefined {
  return text.length > 1_000
    ? undefined
    : (NAMED.exec(text) ?? WRAPPED.exec(text) ?? OF_FRAMEWORKS.exec(text))?.[0].trim();
}

const isUsed = (text: string) => !NOT_USED.test(text) || ASKED_FOR.test(text);

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
  return isUsed(text) && !GUARDS_NOTHING.test(text) && guardOf(text) !== undefined;
}

/** The methods of a controller of Rails that a line names, behind a word. */
function methodsIn(text: string, word: "only" | "except"): ReadonlySet<string> | null {
  const listed = new RegExp(`\\b${word}:\\s*(\\[[^\\]]{0,300}\\]|:\\w{1,80}|%i\\[[^\\]]{0,300}\\])`).exec(
    text,
  )?.[1];
  return listed === undefined ? null : new Set(listed.replace(/^%i/, "").match(/\w+/g) ?? []);
}

/** Whether a guard of Rails stands before less than it did. */
function isNarrower(now: string, was: string): boolean {
  if (!/^\s*(?:before_action|protect_from_forgery)\b/.test(was)) return false;
  const [only, former] = [methodsIn(now, "only"), methodsIn(was, "only")];
  if (only !== null && (former === null || [...former].some((name) => !only.has(name)))) return true;
  const [except, left] = [methodsIn(now, "except"), methodsIn(was, "except")];
  if (except !== null && [...except].some((name) => left?.has(name) !== true)) return true;
  return /\b(?:if|unless):/.test(now) && !/\b(?:if|unless):/.test(was);
}

/** The guards that a file which stays has lost, but for those of which another one takes the place. */
function guardsGone(file: FileChange) {
  const { path, status, lines } = file;
  if (status === "removed") return [];
  const gone = lines.before.flatMap(({ text, line }) => {
    const name = isUsed(text) && !GUARDS_NOTHING.test(text) ? guardOf(text) : undefined;
    return name === undefined ? [] : [{ name, path, text, line }];
  });
  if (gone.length === 0) return [];
  const guards = lines.after.filter(({ text }) => isGuardLine(text));
  const came = [...guards];
  return gone.filter(({ line, text }) => {
    const other = came.findIndex(
      (each) =>
        Math.abs(each.line - line) <= NEAR &&
        rankOf(each.text) >= rankOf(text) &&
        !isNarrower(each.text, text),
    );
    if (other === -1 && isGuardedAround(file, { text, guards })) return false;
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
    ...(
      [
        ["src/r.go", 'r.Handle("/a", RequireAuth(a))\n', 'r.Handle("/a", a)\n', "RequireAuth"],
        [
          "src/r.ts",
          "  del: protectedProcedure.mutation(f),\n",
          "  del: publicProcedure.mutation(f),\n",
          "protectedProcedure",
        ],
        [
          "app/controllers/a_controller.rb",
          "def destroy\n  authorize @order\n  @order.destroy\nend\n",
          "def destroy\n  @order.destroy\nend\n",
          "authorize @",
        ],
        [
          "app/Http/A.php",
          "function destroy($o) {\n    $this->authorize('delete', $o);\n    $o->delete();\n}\n",
          "function destroy($o) {\n    $o->delete();\n}\n",
          "$this->authorize(",
        ],
        [
          "src/main.rs",
          'scope("/admin").wrap(HttpAuthentication::bearer(v))\n',
          'scope("/admin")\n',
          ".wrap(HttpAuthentication",
        ],
        ["src/r.go", 'g := r.Group("/a", AuthRequired())\n', 'g := r.Group("/a")\n', "AuthRequired"],
        [
          "lib/router.ex",
          "  pipe_through [:browser, :require_admin]\n",
          "  pipe_through [:browser]\n",
          "pipe_through [:browser, :require_admin",
        ],
        [
          "api/r.py",
          "def drop(id: int, user: User = Depends(get_current_user)):\n",
          "def drop(id: int):\n",
          "Depends(get_current_user",
        ],
        [
          "app/controllers/a_controller.rb",
          "  before_action :authenticate_user!\n",
          "  before_action :authenticate_user!, only: [:edit]\n",
          "before_action :authenticate_user!",
        ],
        [
          "routes/web.php",
          "Route::middleware('auth')->group(function () {\n    Route::get('/a', A);\n});\n",
          "Route::get('/a', A);\n",
          "::middleware('auth",
        ],
        [
          "src/app.ts",
          'app.get("/a", requireAuth, a);\napp.get("/b", requireAuth, b);\n',
          'app.get("/a", requireAuth, a);\napp.get("/b", b);\n',
          "requireAuth",
        ],
      ] as const
    ).map(
      ([path, before, after, name]): Example => [
        `removes \`${name}\`: who is asking may no longer be checked here`,
        changed(path, before, after),
      ],
    ),
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
    [
      "it stands before the whole router now",
      changed(
        "src/app.ts",
        'app.get("/a", requireAuth, a);\napp.get("/b", requireAuth, b);\n',
        'app.use(requireAuth);\napp.get("/a", a);\napp.get("/b", b);\n',
      ),
    ],
    [
      "the scope goes with its pipeline",
      changed(
        "lib/router.ex",
        ["old", "new"]
          .map(
            (name) =>
              `scope "/${name}", A do\n  pipe_through [:browser, :require_admin]\n  get "/", B, :index\nend\n`,
          )
          .join(""),
        'scope "/new", A do\n  pipe_through [:browser, :require_admin]\n  get "/", B, :index\nend\n',
      ),
    ],
    [
      "a procedure that goes",
      changed(
        "src/r.ts",
        "const r = router({\n  a: protectedProcedure.query(a),\n  b: protectedProcedure.mutation(b),\n});\n",
        "const r = router({\n  a: protectedProcedure.query(a),\n});\n",
      ),
    ],
    [
      "it stands around the group now",
      changed(
        "routes/web.php",
        "Route::get('/a', A)->middleware('auth');\nRoute::get('/b', B)->middleware('auth');\n",
        "Route::middleware('auth')->group(function () {\n    Route::get('/a', A);\n    Route::get('/b', B);\n});\n",
      ),
    ],
    [
      "it stands before every method now",
      changed(
        "app/controllers/a_controller.rb",
        "before_action :authenticate_user!, only: [:a]\n",
        "before_action :authenticate_user!\n",
      ),
    ],
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
