import type { Finding } from "../hazard.ts";
import { gained } from "../reading/compare.ts";
import { sidesOf } from "../reading/sides.ts";
import { at, entriesOf, fingerprint, placesIn, scalarsIn, type Tree, textOf } from "../reading/tree.ts";
import { added, changed, type Rule, type RuleSet, removed } from "../rule.ts";
import { shown } from "../words.ts";

const SETTINGS =
  /^(?!(?:.*\/)?\.vscode\/(?:launch|extensions|c_cpp_properties)\.json$).*(?:^|\/)\.(?:claude|cursor|kiro|amazonq|codex|gemini|cline|roo|windsurf|continue|augment|factory|junie|opencode|qwen|trae|amp|kilocode|crush|zencoder|goose|openhands|copilot|vscode)\/.*\.(?:jsonc?|toml|ya?ml)$|(?:^|\/)(?:\.?mcp|opencode|\.?crush|\.aider\.conf)\.(?:jsonc?|ya?ml|yml)$|(?:^|\/)\.github\/copilot\/.*\.(?:json|ya?ml)$/;

const ALLOWING =
  /^(?:allow|allowedTools|allowed_tools|alwaysAllow|autoApprove|trustedTools|trustedCommands|autoAllow|allowedCommands|allowed-tools|coreTools|core|allowlist|toolAllowlist|additionalDirectories)$/i;

const FORBIDDING =
  /^(?:deny|ask|disallowedTools|disallowed_tools|excludeTools|exclude|denylist|deniedCommands|blockedCommands)$/i;

interface Item {
  readonly key: string;
  readonly text: string;
  readonly line: number;
}

function itemsUnder(tree: Tree | undefined, keys: RegExp): readonly Item[] {
  if (tree === undefined) return [];
  return [...placesIn(tree)]
    .filter(({ key }) => keys.test(key))
    .flatMap(({ path, value }) =>
      [...scalarsIn(value)].map((scalar) => ({
        // What is allowed or forbidden elsewhere is not the same.
        key: `${path.join(".")} ${textOf(scalar)}`,
        text: textOf(scalar),
        line: scalar.line,
      })),
    );
}

/** What is allowed by a word beside its name: `"bash": "allow"`, `"rm": true`. */
function allowedByWord(tree: Tree | undefined): readonly Item[] {
  if (tree === undefined) return [];
  return [...placesIn(tree)].flatMap(({ path, key, value, line }) => {
    const above = path.slice(0, -1).join(".");
    const isAllowed = /(?:^|\.)permissions?(?:\.|$)/i.test(above)
      ? /^(?:allow|always)$/i.test(textOf(value))
      : /auto_?approve$|(?:^|\.)allow(?:ed)?(?:Tools|Commands)?$/i.test(above) && textOf(value) === "true";
    return isAllowed ? [{ key: `${path.join(".")} ${textOf(value)}`, text: key, line }] : [];
  });
}

const allowedIn = (tree: Tree | undefined) => [...itemsUnder(tree, ALLOWING), ...allowedByWord(tree)];

const claude = (permissions: object, rest: object = {}) => JSON.stringify({ permissions, ...rest }, null, 2);

const ALLOWED: Rule = {
  id: "agents/permission-allowed",
  kind: "widening",
  asks: "block",
  when: "an AI agent may run or reach more without asking",
  *file(file): Generator<Finding> {
    const { before, after } = sidesOf(file);
    const isPlain = (text: string) => text !== "" && text !== "false" && text !== "true";
    for (const { text, line } of gained(allowedIn(before), allowedIn(after)).filter((item) =>
      isPlain(item.text),
    ))
      yield {
        what: shown(text),
        file: file.path,
        line,
        side: "after",
        why: `lets an AI agent use ${shown(text)} without asking`,
      };
  },
  reports: [
    [
      "lets an AI agent use `Bash(terraform apply:*)` without asking",
      changed(
        ".claude/settings.json",
        claude({ allow: ["Read"] }),
        claude({ allow: ["Read", "Bash(terraform apply:*)"] }),
      ),
    ],
    [
      "lets an AI agent use `bash` without asking",
      changed("opencode.json", '{"permission": {"bash": "ask"}}', '{"permission": {"bash": "allow"}}'),
    ],
    [
      "lets an AI agent use `rm` without asking",
      changed(
        ".vscode/settings.json",
        '{\n  // "a\n  "a": 1, // b\n}\n',
        '{\n  "a": 1, // b\n  /* " */ "chat.tools.terminal.autoApprove": {"rm": true}\n}\n',
      ),
    ],
    [
      "lets an AI agent use `deploy` without asking",
      added(".cursor/mcp.json", '{"mcpServers": {"ops": {"command": "ops", "alwaysAllow": ["deploy"]}}}'),
    ],
  ],
  ignores: [
    [
      "it has to ask",
      changed("opencode.json", '{"permission": {"bash": "allow"}}', '{"permission": {"bash": "ask"}}'),
    ],
    [
      "it may do less",
      changed(".claude/settings.json", claude({ allow: ["Read", "Bash"] }), claude({ allow: ["Read"] })),
    ],
    ["settings of something else", added("config/settings.json", claude({ allow: ["Bash"] }))],
  ],
};

const DENIAL_DROPPED: Rule = {
  id: "agents/denial-dropped",
  kind: "widening",
  asks: "block",
  when: "what an AI agent was forbidden or had to ask for is no longer listed, or its settings are deleted",
  *file(file): Generator<Finding> {
    const { before, after } = sidesOf(file);
    for (const { text, line } of gained(itemsUnder(after, FORBIDDING), itemsUnder(before, FORBIDDING)))
      yield {
        what: shown(text),
        file: file.path,
        line,
        side: "before",
        why: `no longer forbids an AI agent ${shown(text)}`,
      };
  },
  reports: [
    [
      "no longer forbids an AI agent `Read(.env)`",
      changed(
        ".claude/settings.json",
        claude({ deny: ["Read(.env)", "Bash(rm:*)"] }),
        claude({ deny: ["Bash(rm:*)"] }),
      ),
    ],
    [
      "no longer forbids an AI agent `Bash`",
      changed(
        ".claude/settings.json",
        claude({ deny: ["Bash"] }),
        claude({ deny: [] }, { a: { deny: ["Bash"] } }),
      ),
    ],
    ["no longer forbids an AI agent `Bash`", removed(".claude/settings.json", claude({ deny: ["Bash"] }))],
  ],
  ignores: [
    ["more is forbidden", changed(".claude/settings.json", claude({ deny: [] }), claude({ deny: ["Bash"] }))],
  ],
};

const UNATTENDED: Rule = {
  id: "agents/unattended",
  kind: "widening",
  asks: "block",
  when: "an AI agent's settings let it act without asking at all",
  lines: [
    {
      side: "after",
      pattern:
        /"?\b(defaultMode|approval_policy|sandbox_mode|approvalMode|autoApproveAll|yolo|dangerouslySkipPermissions|skipPermissions|enableAllProjectMcpServers|autoRun|chat\.tools\.(?:global\.)?autoApprove|chat\.agent\.autoApprove|chat\.tools\.terminal\.(?:autoApprove|enableAutoApprove)|chat\.tools\.edits\.autoApprove|github\.copilot\.chat\.agent\.autoFix|cursor\.\w*[yY]olo\w*|auto_approve|autoApprovalEnabled|alwaysAllow(?:Write|Execute|Browser|Mcp|ReadOnly)\w*|trust-all-tools|yes-always|trustAllTools|network_access)\b"?\s*[:=]\s*"?(bypassPermissions|dontAsk|never|danger-full-access|yolo|true)\b/,
      what: ([, name = ""]) => shown(name),
      why: ([, name = "", value = ""]) =>
        `lets an AI agent act without asking anybody (${shown(`${name}: ${value}`)})`,
    },
  ],
  reports: [
    [
      "lets an AI agent act without asking anybody (`defaultMode: bypassPermissions`)",
      changed(
        ".claude/settings.json",
        claude({ defaultMode: "default" }),
        claude({ defaultMode: "bypassPermissions" }),
      ),
    ],
    [
      "lets an AI agent act without asking anybody (`approval_policy: never`)",
      added(".codex/config.toml", 'approval_policy = "never"\n'),
    ],
  ],
  ignores: [["it asks", added(".codex/config.toml", 'approval_policy = "on-request"\n')]],
};

/** Settings whose value is a command that the tool runs by itself. */
const RUNS =
  /^(?:apiKeyHelper|awsAuthRefresh|awsCredentialExport|otelHeadersHelper|statusLine|fileSuggestion|preCommand|postCommand|onStart|setup|initCommand|notify|shell|command_prefix|postCreateCommand|beforeAgent|afterAgent|test-cmd|lint-cmd|tasks)$/i;
/** Variables that turn an agent to another model, host or proxy, or loosen it. */
const TURNS =
  /^(?:\w*_BASE_URL|\w*_API_(?:URL|BASE|HOST)|HTTPS?_PROXY|ALL_PROXY|NODE_TLS_REJECT_UNAUTHORIZED|NODE_OPTIONS|LD_PRELOAD|PATH|BASH_ENV|GIT_SSH_COMMAND|CLAUDE_CODE_\w+|\w*_AUTH_TOKEN|DISABLE_\w+|base_?url|openai_api_base|proxy)$/i;
/** Guards that agents' settings can take down. */
const SANDBOX =
  /^(?:enabled|sandbox|autoAllowBashIfSandboxed|allowUnsandboxedCommands|failIfUnavailable|network|allowLocalBinding|excludedCommands|allowUnixSockets|disableBypassPermissionsMode|trustedFolders|workspaceTrust|folderTrust|checkpointing|security\.workspace\.trust\.enabled|confirm\w*|requireApproval|readOnly)$/;

function entriesNamed(tree: Tree | undefined, name: RegExp) {
  return tree === undefined
    ? []
    : [...placesIn(tree)].filter(({ key, value }) => name.test(key) && value.kind === "scalar");
}

const LOOSENED: Rule = {
  id: "agents/loosened",
  kind: "widening",
  asks: "block",
  when: "an AI agent's settings run a command, turn it to another address, or take its sandbox or its trust in folders down",
  *file(file): Generator<Finding> {
    const { before, after } = sidesOf(file);
    const values = (tree: Tree | undefined, name: RegExp) =>
      entriesNamed(tree, name).map(({ key, path, value, line }) => ({
        key: `${path.join(".")} ${textOf(value)}`,
        name: key,
        path: path.join("."),
        value: textOf(value),
        line,
      }));
    const come = (name: RegExp) => gained(values(before, name), values(after, name));
    const common = { file: file.path, side: "after" as const };
    for (const { name, value, line } of come(RUNS).filter((each) => each.value !== ""))
      yield {
        ...common,
        what: shown(name),
        line,
        why: `runs ${shown(value)} on its own (${shown(name)}) when an AI agent works here`,
      };
    for (const { name, value, line } of come(TURNS))
      yield {
        ...common,
        what: shown(name),
        line,
        why: `sets ${shown(name)} of AI agents to ${shown(value)}`,
      };
    for (const { name, path, value, line } of come(SANDBOX)) {
      const isSandbox = /sandbox|trust/i.test(path) || !/^(?:enabled|network)$/.test(name);
      const isOff =
        /^(?:false|none|off|disabled|danger-full-access)$/i.test(value) !==
        /^(?:allow|auto|exclude)/i.test(name);
      const isLoose = isOff || (/^(?:allow|auto)/i.test(name) && value === "true");
      if (isSandbox && isLoose)
        yield {
          ...common,
          what: shown(path),
          line,
          why: `sets ${shown(path)} of AI agents to ${shown(value)}: what held them back does so no longer`,
        };
    }
  },
  // TOML is read line by line.
  lines: [
    {
      side: "after",
      pattern:
        /^\s*(notify|allowed_tools|base_url|openai_base_url|chatgpt_base_url|\w*_BASE_URL|shell|command|args|trust_level|writable_roots|inherit)\s*=\s*(\S.*)$/,
      where: (_, { path }) => path.endsWith(".toml"),
      what: ([, name = ""]) => shown(name),
      why: ([, name = "", value = ""]) => `sets ${shown(name)} of AI agents to ${shown(value)}`,
    },
  ],
  reports: [
    [
      'sets `notify` of AI agents to `["./x.sh"]`',
      added(".codex/config.toml", 'model = "a"\nnotify = ["./x.sh"]\n'),
    ],
    [
      "runs `./x.sh` on its own (`apiKeyHelper`) when an AI agent works here",
      changed(".claude/settings.json", "{}", '{"apiKeyHelper": "./x.sh"}'),
    ],
    [
      "sets `ANTHROPIC_BASE_URL` of AI agents to `https://other.example`",
      changed(".claude/settings.json", "{}", '{"env": {"ANTHROPIC_BASE_URL": "https://other.example"}}'),
    ],
    [
      "sets `sandbox.enabled` of AI agents to `false`: what held them back does so no longer",
      changed(".claude/settings.json", '{"sandbox": {"enabled": true}}', '{"sandbox": {"enabled": false}}'),
    ],
  ],
  ignores: [
    [
      "the sandbox is switched on",
      changed(".claude/settings.json", '{"sandbox": {"enabled": false}}', '{"sandbox": {"enabled": true}}'),
    ],
  ],
};

const SERVER_ADDED: Rule = {
  id: "agents/mcp-server-added",
  kind: "widening",
  asks: "block",
  when: "an AI agent gets another MCP server, or one of them runs something else",
  *file(file): Generator<Finding> {
    const { before, after } = sidesOf(file);
    const servers = (tree: Tree | undefined) =>
      tree === undefined
        ? []
        : [...placesIn(tree)]
            .filter(({ key }) => /^(?:mcpServers|mcp_servers|servers|mcp)$/.test(key))
            .flatMap(({ value }) => entriesOf(value));
    const was = new Map(servers(before).map(({ key, value }) => [key, fingerprint(value)]));
    for (const { key, value, line } of servers(after)) {
      if (value.kind !== "map" || was.get(key) === fingerprint(value)) continue;
      const why = was.has(key)
        ? `changes the MCP server ${shown(key)} of AI agents`
        : `gives AI agents the MCP server ${shown(key)}`;
      yield { what: shown(key), file: file.path, line, side: "after", why };
    }
  },
  lines: [
    {
      side: "after",
      pattern: /^\s*\[mcp_servers\.([\w-]+)\]/,
      what: ([, name = ""]) => shown(name),
      why: ([, name = ""]) => `gives AI agents the MCP server ${shown(name)}`,
    },
  ],
  reports: [
    [
      "gives AI agents the MCP server `database`",
      added(".mcp.json", '{"mcpServers": {"database": {"command": "npx", "args": ["db-mcp"]}}}'),
    ],
    [
      "gives AI agents the MCP server `ops`",
      added(".codex/config.toml", '[mcp_servers.ops]\ncommand = "ops"\n'),
    ],
  ],
  ignores: [
    ["a server goes", changed(".mcp.json", '{"mcpServers": {"a": {"command": "a"}}}', '{"mcpServers": {}}')],
  ],
};

/** A task of an editor that runs as soon as the folder is opened. */
const runsWhenOpened = (task: Tree) => textOf(at(task, "runOptions", "runOn")) === "folderOpen";

const task = (command: string, options: object = {}) =>
  JSON.stringify({ tasks: [{ label: "a", command, ...options }] });

const HOOK_ADDED: Rule = {
  id: "agents/hook-added",
  kind: "widening",
  asks: "block",
  when: "an AI agent's settings run a command of their own accord",
  *file(file): Generator<Finding> {
    const { before, after } = sidesOf(file);
    const commands = (tree: Tree | undefined) =>
      tree === undefined
        ? []
        : [...placesIn(tree)]
            .filter(
              ({ key, path, within }) =>
                key === "command" && (path.includes("hooks") || runsWhenOpened(within)),
            )
            .map(({ value, line }) => ({ key: textOf(value), line }));
    for (const { key, line } of gained(commands(before), commands(after)))
      yield {
        what: shown(key),
        file: file.path,
        line,
        side: "after",
        why: `runs ${shown(key)} on its own whenever an AI agent works here`,
      };
  },
  reports: [
    [
      "runs `./a.sh` on its own whenever an AI agent works here",
      changed(".vscode/tasks.json", task("./a.sh"), task("./a.sh", { runOptions: { runOn: "folderOpen" } })),
    ],
    [
      "runs `./setup.sh` on its own whenever an AI agent works here",
      added(
        ".claude/settings.json",
        claude({}, { hooks: { SessionStart: [{ hooks: [{ type: "command", command: "./setup.sh" }] }] } }),
      ),
    ],
  ],
  ignores: [
    ["a task that somebody starts", changed(".vscode/tasks.json", task("./a.sh"), task("./b.sh"))],
    ["no hook", added(".claude/settings.json", claude({ deny: ["Bash"] }))],
  ],
};

export const AGENT_SETTINGS: RuleSet = {
  name: "agents",
  title: "Permissions of AI agents",
  reads: ({ path }) => SETTINGS.test(path),
  rules: [ALLOWED, DENIAL_DROPPED, UNATTENDED, LOOSENED, SERVER_ADDED, HOOK_ADDED],
};
