// biome-ignore-all format: a row a line
/** A line that lets in, or one that kept out and goes, with one that says it and one that is near and harmless. */
export interface ServiceRow {
  readonly file: RegExp;
  readonly pattern: RegExp;
  readonly why: string;
  readonly says: readonly [path: string, line: string];
  readonly near: string;
}

type Row = readonly [file: RegExp, pattern: RegExp, why: string, says: readonly [string, string], near: string];

const ANYONE = "whoever reaches it is let in";
const CLEAR = "what is sent can be read on the way";
const CHECKS = "what it kept out gets in";

const HAPROXY = /haproxy[^/]*\.cfg(?:\.\w+)?$/;
const UNIT = /\.(?:service|socket)(?:\.\w+)?$|\.service\.d\/[^/]+\.conf$/;
const CADDY = /(?:^|\/)Caddyfile[^/]*$|\.caddy$/;
const KAFKA = /(?:^|\/)(?:server|kafka|broker)[^/]*\.properties(?:\.\w+)?$/;
const HASHICORP = /(?:^|\/)(?:vault|consul|nomad)[^/]*(?:\/[^/]+)?\.(?:hcl|json)$/;
const PAM = /(?:^|\/)pam\.d\//;
const RULES = /(?:^|\/)(?:rules\.v[46]|iptables[^/]*|ip6tables[^/]*|nftables[^/]*|[^/]*\.nft)(?:\.\w+)?$/;
export const SQUID = /(?:^|\/)squid[^/]*\.conf(?:\.\w+)?$/;
const PHP = /(?:^|\/)php[^/]*\.ini$|(?:^|\/)php\/[^/]+\.ini$/;
const APPLICATION = /(?:^|\/)(?:application|bootstrap)[^/]*\.(?:properties|ya?ml)$/;
const ENVOY = /envoy[^/]*(?:\/[^/]+)?\.ya?ml$/;

const OPENING_ROWS: readonly Row[] = [
  [/mosquitto[^/]*\.conf$/, /^\s*allow_anonymous\s+true/, ANYONE, ["files/mosquitto.conf", "allow_anonymous true"], "allow_anonymous false"],
  [/jupyter[^/]*config\.py$/, /^\s*c\.\w+\.(?:token|password)\s*=\s*(?:""|'')|^\s*c\.\w+\.(?:allow_origin\s*=\s*["']\*|disable_check_xsrf\s*=\s*True|ip\s*=\s*["'](?:0\.0\.0\.0|\*))/, ANYONE, ["files/jupyter_notebook_config.py", 'c.ServerApp.token = ""'], "c.ServerApp.open_browser = False"],
  [/(?:^|\/)sysctl(?:\.d\/[^/]+|[^/]*\.conf)$/, /^\s*(?:kernel\.(?:randomize_va_space|yama\.ptrace_scope|kptr_restrict|dmesg_restrict|unprivileged_bpf_disabled)|net\.ipv4\.(?:conf\.\w+\.rp_filter|tcp_syncookies))\s*=\s*0|^\s*net\.ipv[46]\.conf\.\w+\.accept_(?:redirects|source_route)\s*=\s*1/, "what breaks in gets further", ["files/sysctl.d/99.conf", "kernel.randomize_va_space = 0"], "kernel.randomize_va_space = 2"],
  [/couchdb[^/]*\/[^/]+\.ini$/, /^\s*require_valid_user\s*=\s*false/, ANYONE, ["files/couchdb/local.ini", "require_valid_user = false"], "require_valid_user = true"],
  [/\.ya?ml$/, /\bNOPASSWD\s*:\s*ALL\b/, "it runs everything as root without a password", ["roles/a/tasks/main.yml", '    line: "deploy ALL=(ALL) NOPASSWD: ALL"'], '    line: "deploy ALL=(root) NOPASSWD: /bin/true"'],
  [/\.ya?ml$/, /^\s*(?:line|replace|value|content):\s*["']?(?:PermitRootLogin|PasswordAuthentication|PermitEmptyPasswords)\s+yes\b|^\s*["']?(?:PermitRootLogin|PasswordAuthentication|PermitEmptyPasswords)["']?:\s*["']?(?:yes|true)\b|^\s*(?:-\s+)?(?:sshd?_)?(?:permit_root_login|password_authentication|permit_empty_passwords):\s*["']?(?:yes|true)\b/i, "a password, or root, opens the machine", ["roles/ssh/tasks/main.yml", "    line: PermitRootLogin yes"], "    line: PermitRootLogin no"],
  [/\.ya?ml$/, /^\s*SecRuleEngine\s+(?:Off|DetectionOnly)\b/i, "requests that the web firewall stopped get through", ["k8s/ingress.yaml", "      SecRuleEngine Off"], "      SecRuleEngine On"],
  [/\.(?:ya?ml|cfg|tf)$/, /^\s*(?:ssh_pwauth:\s*["']?(?:true|yes|1)|disable_root:\s*["']?(?:false|no|0)|lock_passwd:\s*["']?(?:false|no|0))\b/i, "a password, or root, opens the machine", ["infra/cloud-init.yaml", "ssh_pwauth: true"], "ssh_pwauth: false"],
  [HAPROXY, /\bverify\s+none\b|^\s*stats\s+admin\s+if\s+TRUE\b/i, ANYONE, ["haproxy/haproxy.cfg", "  stats admin if TRUE"], "  stats enable"],
  [UNIT, /^\s*User\s*=\s*(?:root|0)\s*$|^\s*(?:NoNewPrivileges|ProtectSystem|ProtectHome|PrivateTmp|PrivateDevices)\s*=\s*(?:no|false|off|0)\s*$|^\s*AmbientCapabilities\s*=.*CAP_SYS_ADMIN/i, "it may do what the machine may", ["files/shop.service", "User=root"], "User=shop"],
  [CADDY, /^\s*tls_insecure_skip_verify\b/, CLEAR, ["caddy/Caddyfile", "tls_insecure_skip_verify"], "tls internal"],
  [/traefik[^/]*(?:\/[^/]+)?\.(?:ya?ml|toml)$/, /^\s*(?:insecure|insecureSkipVerify)\s*[:=]\s*true\b/, ANYONE, ["traefik/traefik.yml", "  insecure: true"], "  insecure: false"],
  [/(?:^|\/)(?:vsftpd|proftpd|pure-ftpd)[^/]*\.conf$/i, /^\s*(?:anonymous_enable|anon_upload_enable|anon_mkdir_write_enable|anon_other_write_enable)\s*=\s*YES|^\s*ssl_enable\s*=\s*NO|^\s*<Anonymous\b/i, ANYONE, ["files/vsftpd.conf", "anonymous_enable=YES"], "anonymous_enable=NO"],
  [/rabbitmq[^/]*\.conf$/, /^\s*loopback_users(?:\.guest)?\s*=\s*(?:none|false)/, "the guest account signs in from everywhere", ["files/rabbitmq.conf", "loopback_users = none"], "loopback_users.guest = true"],
  [KAFKA, /^\s*(?:allow\.everyone\.if\.no\.acl\.found\s*=\s*true|security\.inter\.broker\.protocol\s*=\s*(?:SASL_)?PLAINTEXT|ssl\.client\.auth\s*=\s*none|(?:advertised\.)?listeners\s*=.*\bPLAINTEXT:\/\/(?!localhost|127\.))/, ANYONE, ["kafka/server.properties", "allow.everyone.if.no.acl.found=true"], "ssl.client.auth=required"],
  [/cassandra[^/]*\.ya?ml$/, /^\s*(?:authenticator|authorizer)\s*:\s*AllowAll/, ANYONE, ["files/cassandra.yaml", "authenticator: AllowAllAuthenticator"], "authenticator: PasswordAuthenticator"],
  [/clickhouse[^/]*(?:\/[^/]+)*\.xml$|(?:^|\/)users\.d\/[^/]+\.xml$/, /<password><\/password>|<password\s*\/>|<access_management>1|<ip>(?:::\/0|0\.0\.0\.0\/0)<\/ip>/, ANYONE, ["clickhouse/users.xml", "<ip>::/0</ip>"], "<ip>10.0.0.1</ip>"],
  [/etcd[^/]*\.(?:conf|ya?ml)$/, /client-cert-auth\s*[:=]\s*["']?false/, ANYONE, ["files/etcd.conf.yml", "  client-cert-auth: false"], "  client-cert-auth: true"],
  [/kube-?(?:apiserver|controller|scheduler|let)[^/]*\.(?:ya?ml|conf|service)$|kubelet[^/]*$/, /--anonymous-auth=true|--authorization-mode=\S*AlwaysAllow|--insecure-(?:port=[1-9]|bind-address)|--read-only-port=[1-9]|--profiling=true|--token-auth-file=/, ANYONE, ["manifests/kube-apiserver.yaml", "    - --anonymous-auth=true"], "    - --anonymous-auth=false"],
  [HASHICORP, /^\s*"?(?:tls_disable"?\s*[=:]\s*"?(?:true|1)|default_policy"?\s*[=:]\s*"allow"|verify_(?:incoming|outgoing|server_hostname)"?\s*[=:]\s*false|disable_mlock"?\s*[=:]\s*true)/, ANYONE, ["vault/vault.hcl", "  tls_disable = true"], "  tls_disable = false"],
  [/grafana[^/]*(?:\/[^/]+)?\.ini$/, /^\s*(?:org_role\s*=\s*(?:Admin|Editor)|cookie_secure\s*=\s*false|allow_sign_up\s*=\s*true)/, ANYONE, ["grafana/grafana.ini", "org_role = Admin"], "org_role = Viewer"],
  [/\.(?:ya?ml|env|sh|service|conf)$|(?:^|\/)\.env[^/]*$/, /\bGF_AUTH_ANONYMOUS_ENABLED["']?\s*[:=]\s*["']?true/, ANYONE, ["docker-compose.yml", "  GF_AUTH_ANONYMOUS_ENABLED: true"], "  GF_AUTH_ANONYMOUS_ENABLED: false"],
  [/(?:jenkins|casc)[^/]*\.ya?ml$/i, /^\s*(?:authorizationStrategy:\s*["']?unsecured|allowAnonymousRead:\s*true|allowsSignup:\s*true)/, ANYONE, ["jenkins.yaml", "  authorizationStrategy: unsecured"], "  allowAnonymousRead: false"],
  [PAM, /\bpam_permit\.so\b|\bnullok\b/, "it lets in without asking", ["files/pam.d/sshd", "auth sufficient pam_permit.so"], "auth required pam_unix.so"],
  [/(?:^|\/)selinux\/config$/, /^\s*SELINUX\s*=\s*(?:disabled|permissive)/, "nothing confines what breaks in", ["files/selinux/config", "SELINUX=permissive"], "SELINUX=enforcing"],
  [RULES, /^\s*:INPUT\s+ACCEPT|^\s*-P\s+INPUT\s+ACCEPT|\bhook\s+input\b.*\bpolicy\s+accept/, "every address is let in", ["files/rules.v4", ":INPUT ACCEPT [0:0]"], ":INPUT DROP [0:0]"],
  [/(?:^|\/)default\/ufw$/, /^\s*DEFAULT_INPUT_POLICY\s*=\s*"?ACCEPT/, "every address is let in", ["files/default/ufw", 'DEFAULT_INPUT_POLICY="ACCEPT"'], 'DEFAULT_INPUT_POLICY="DROP"'],
  [/(?:^|\/)(?:postfix\/)?main\.cf$/, /^\s*(?:mynetworks\s*=.*\b0\.0\.0\.0\/0|smtpd_(?:tls_security_level\s*=\s*none|relay_restrictions\s*=\s*permit\s*$))/, "anyone may send by it", ["postfix/main.cf", "mynetworks = 0.0.0.0/0"], "mynetworks = 127.0.0.0/8"],
  [/(?:^|\/)named[^/]*\.conf[^/]*$|(?:^|\/)bind\/[^/]+$/, /\ballow-(?:transfer|recursion|update)\s*\{\s*any\s*;/, "anyone may take or change its zones", ["bind/named.conf", "allow-transfer { any; };"], "allow-transfer { none; };"],
  [SQUID, /^\s*http_access\s+allow\s+all\b/, ANYONE, ["squid/squid.conf", "http_access allow all"], "http_access allow localnet"],
  [/(?:^|\/)exports(?:\.d\/[^/]+)?$/, /\bno_root_squash\b|\s\*\(rw/, "whoever mounts it is root there", ["files/exports", "/srv 10.0.0.0/8(rw,no_root_squash)"], "/srv 10.0.0.0/8(ro)"],
  [PHP, /^\s*(?:allow_url_include|display_errors|enable_dl)\s*=\s*(?:On|1)\b|^\s*disable_functions\s*=\s*$/i, "pages run or show more", ["php/php.ini", "allow_url_include = On"], "allow_url_include = Off"],
  [APPLICATION, /^\s*(?:management\.endpoints\.web\.exposure\.)?include\s*[:=]\s*["']?\*|^\s*management\.security\.enabled\s*=\s*false|^\s*(?:spring\.)?h2\.console\.settings\.web-allow-others\s*=\s*true/, "whoever reaches it can look into the running program", ["src/main/resources/application.properties", "management.endpoints.web.exposure.include=*"], "management.endpoints.web.exposure.include=health"],
  [/(?:^|\/)[Ww]eb(?:\.\w+)?\.config$/, /<customErrors\s+mode="Off"|requireSSL="false"|<allow\s+users="\*"|validateRequest="false"/, ANYONE, ["src/Web.config", '<allow users="*" />'], '<deny users="?" />'],
  [ENVOY, /\btrust_chain_verification:\s*ACCEPT_UNTRUSTED|\brequire_client_certificate:\s*false/, ANYONE, ["envoy/envoy.yaml", "  trust_chain_verification: ACCEPT_UNTRUSTED"], "  require_client_certificate: true"],
  [/postgresql[^/]*\.conf(?:\.\w+)?$/, /^\s*(?:log_(?:connections|disconnections)\s*=\s*(?:off|false|no|0)|log_statement\s*=\s*'?none|logging_collector\s*=\s*(?:off|false|no|0))/i, "what is done there is no longer recorded", ["postgres/postgresql.conf", "log_statement = 'none'"], "log_statement = 'ddl'"],
  [/postgresql[^/]*\.conf(?:\.\w+)?$/, /^\s*ssl\s*=\s*(?:off|false|no|0)/i, CLEAR, ["postgres/postgresql.conf", "ssl = off"], "ssl = on"],
  [/(?:^|\/)auditd[^/]*\.conf$/, /^\s*(?:local_events|write_logs)\s*=\s*no\b/i, "what is done there is no longer recorded", ["audit/auditd.conf", "local_events = no"], "local_events = yes"],
  [/(?:^|\/)(?:vault|policies?)\/(?:[^/]+\/)*[^/]+\.hcl$/, /^\s*path\s+"(?:[\w-]+\/)?(?:data\/)?\*"|^\s*capabilities\s*=\s*\[[^\]]{0,200}"sudo"/, "whoever has the policy reaches more", ["vault/policies/app.hcl", 'path "secret/*" {'], 'path "secret/data/app/*" {'],
  [/\.ya?ml$/, /^\s*from_ip\s*:\s*["']?any["']?\s*$/, "every address is let in", ["roles/fw/tasks/main.yml", "    from_ip: any"], "    from_ip: 10.0.0.0/8"],
  [/(?:^|\/)jail(?:\.(?:local|conf)|\.d\/[^/]+)$/, /^\s*enabled\s*=\s*false/, "nobody is shut out for guessing passwords", ["fail2ban/jail.local", "enabled = false"], "enabled = true"],
];

const KEEPING_ROWS: readonly Row[] = [
  [HAPROXY, /^\s*(?:http-request\s+(?:deny|reject|auth|tarpit)|tcp-request\s+\w+\s+reject|stats\s+auth)\b|\bverify\s+required\b/, CHECKS, ["haproxy/haproxy.cfg", "  stats auth admin:x"], "  stats enable"],
  [UNIT, /^\s*(?:User|DynamicUser|NoNewPrivileges|ProtectSystem|ProtectHome|PrivateTmp|PrivateDevices|PrivateNetwork|CapabilityBoundingSet|RestrictAddressFamilies|RestrictNamespaces|SystemCallFilter|InaccessiblePaths|IPAddressDeny|MemoryDenyWriteExecute|ProtectKernel\w+)\s*=/, "it may do more on the machine", ["files/shop.service", "NoNewPrivileges=true"], "Restart=always"],
  [CADDY, /^\s*(?:basic_?auth|forward_auth|client_auth|@\w{1,30}\s{1,9}remote_ip|remote_ip)\b/, CHECKS, ["caddy/Caddyfile", "  basic_auth {"], "  encode gzip"],
  [/mongod?[^/]*\.(?:conf|ya?ml)$/, /^\s*(?:authorization\s*:\s*["']?enabled|auth\s*=\s*true|mode\s*:\s*["']?requireTLS)/, ANYONE, ["files/mongod.conf", "  authorization: enabled"], "  port: 27017"],
  [KAFKA, /^\s*(?:authorizer\.class\.name|ssl\.client\.auth\s*=\s*required)/, ANYONE, ["kafka/server.properties", "authorizer.class.name=a.B"], "num.partitions=3"],
  [PAM, /\bpam_(?:faillock|tally2|pwquality|google_authenticator|duo|u2f|wheel|access)\.so\b/, CHECKS, ["files/pam.d/su", "auth required pam_wheel.so"], "session optional pam_mail.so"],
  [RULES, /^\s*-A\s+INPUT\b.*-j\s+(?:DROP|REJECT)\b|\b(?:drop|reject)[\s;]*$/, CHECKS, ["files/rules.v4", "-A INPUT -j DROP"], "-A INPUT -i lo -j ACCEPT"],
  [SQUID, /^\s*http_access\s+deny\b/, CHECKS, ["squid/squid.conf", "http_access deny all"], "http_port 3128"],
  [PHP, /^\s*(?:disable_functions|open_basedir)\s*=\s*\S/, "pages run or show more", ["php/php.ini", "open_basedir = /srv"], "memory_limit = 128M"],
  [ENVOY, /^\s*(?:-\s{1,9})?(?:authenticated|source_ip|direct_remote_ip|remote_ip|require_client_certificate\s*:\s*true)\b/, CHECKS, ["envoy/envoy.yaml", "  - authenticated: {principal_name: {exact: a}}"], "  - name: a"],
  [/redis[^/]*\.conf$|valkey[^/]*\.conf$/, /^\s*(?:requirepass|aclfile|tls-auth-clients\s+yes|rename-command)\b/, ANYONE, ["redis/redis.conf", "requirepass x"], "port 6379"],
  [/(?:^|\/)audit\/(?:rules\.d\/)?[^/]+\.rules$/, /^\s*-[wa]\s/, "what is done there is no longer recorded", ["audit/rules.d/a.rules", "-w /etc/passwd -p wa"], "-b 8192"],
];

const row = ([file, pattern, why, says, near]: Row): ServiceRow => ({ file, pattern, why, says, near });

export const SERVICES_OPENING: readonly ServiceRow[] = OPENING_ROWS.map(row);
export const SERVICES_KEEPING: readonly ServiceRow[] = KEEPING_ROWS.map(row);
