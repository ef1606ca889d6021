import { changed, type Example, type Rule, removed } from "../../../rule.ts";
import { deployment, OF } from "../samples.ts";
import { objectGone } from "./gone.ts";
import { removedKind, WORKLOADS } from "./losses.ts";

const route = (name: string, host: string, more = "") =>
  `apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: ${name}\nspec:\n  hostnames: [${host}]\n  rules: [{backendRefs: [{name: web}]${more}}]\n`;

const rule = (host: string, service: string) =>
  `{host: ${host}, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: ${service}}}}]}}`;

const ingress = (name: string, rules: string) =>
  `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: ${name}\nspec:\n  rules: [${rules}]\n`;

export const OBJECT_REMOVED: Rule = {
  id: "kubernetes/object-removed",
  kind: "destructive",
  asks: "block",
  when: "a workload, a route, a secret or a release goes",
  parts: { of: OF, find: (part, all) => objectGone(part, all, WORKLOADS[part.type]) },
  lines: [removedKind(Object.keys(WORKLOADS).join("|"))],
  reports: [
    ...[
      route("new", "other.example"),
      route("new", "shop.example").replace("web", "other"),
      route("new", "shop.example", ", matches: [{path: {value: /pay}}]"),
      route("new", "shop.example", ", matches: [{headers: [{name: a, value: b}]}]"),
      route("new", "shop.example", "}, {backendRefs: [{name: pay}], matches: [{path: {value: /pay}}]"),
      route("new", "shop.example", ", filters: [{type: RequestRedirect, requestRedirect: {hostname: a}}]"),
      route("new", "shop.example").replace("name: web", "name: web, weight: 0"),
      route("new", "shop.example", ", matches: [{path: {type: Exact, value: /}}]"),
      route("new", "shop.example").replace("spec:\n", "spec:\n  parentRefs: [{name: internal}]\n"),
      "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: new\ndata:\n  host: shop.example\n",
    ].map(
      (after): Example => [
        "removes `HTTPRoute old`: its hosts can no longer be reached",
        changed("a/r.yaml", route("old", "shop.example"), after),
      ],
    ),
    ...[
      ", filters: [{type: ExtensionRef, extensionRef: {name: login}}]",
      ", matches: [{path: {value: /pay}}]",
    ].map(
      (more): Example => [
        "removes `HTTPRoute old`: its hosts can no longer be reached",
        changed("a/r.yaml", route("old", "shop.example", more), route("new", "shop.example")),
      ],
    ),
    ...[
      ingress("new", `${rule("shop.example", "shop")}, ${rule("shop.example", "stock")}`),
      ingress("new", `${rule("shop.example", "stock")}, ${rule("stock.example", "shop")}`),
      ingress("new", rule("shop.example", "shop")).replace("spec:", "spec:\n  ingressClassName: internal"),
      ingress("new", rule("shop.example", "shop")).replace("spec:", "  annotations: {a/redirect: b}\nspec:"),
    ].map(
      (after): Example => [
        "removes `Ingress old`: its hosts can no longer be reached",
        changed("a/r.yaml", ingress("old", rule("shop.example", "shop")), after),
      ],
    ),
    [
      "removes `Ingress old`: its hosts can no longer be reached",
      changed(
        "a/r.yaml",
        ingress("old", rule("'*.example'", "shop")),
        ingress("new", `${rule("'*.example'", "shop")}, ${rule("pay.example", "pay")}`),
      ),
    ],
    [
      "removes `HTTPRoute old`: its hosts can no longer be reached",
      changed("a/r.yaml", route("old", "a").replace("  hostnames: [a]\n", ""), route("new", "a")),
    ],
    ["removes `Deployment web`: what it runs stops", removed("k8s/web.yaml", deployment("  replicas: 2\n"))],
    [
      "removes `HelmRelease shop`: the release is uninstalled",
      removed(
        "c/overlay/shop/release.yaml",
        "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: shop\nspec:\n  chart:\n    spec:\n      version: 1.2.3\n",
      ),
      changed(
        "c/kustomization.yaml",
        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [overlay/shop/release.yaml]\npatches: [{path: ./overlay/web/release.yaml}]\n",
        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: []\n",
      ),
    ],
    [
      "removes `HelmRelease shop`: the release is uninstalled",
      removed(
        "apps/shop.yaml",
        "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: shop\n",
      ),
    ],
  ],
  ignores: [
    [
      "another route serves its hosts",
      changed("a/r.yaml", route("old", "shop.example"), route("new", "shop.example")),
    ],
    [
      "another route serves its hosts and more",
      changed("a/r.yaml", route("old", "shop.example"), route("new", "'shop.example', 'stock.example'")),
    ],
    [
      "its rules go to another one",
      changed(
        "a/r.yaml",
        ingress("old", rule("shop.example", "shop")),
        ingress("new", `${rule("shop.example", "shop")}, ${rule("stock.example", "stock")}`),
      ),
    ],
    ["its image changes", changed("web.yaml", deployment("  image: a\n"), deployment("  image: b\n"))],
    [
      "only what one stage changes of it goes",
      removed(
        "apps/shop/stage.yaml",
        "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: shop\nspec:\n  values:\n    host: shop.example\n",
      ),
    ],
    [
      "it only patched one",
      removed(
        "c/overlay/shop/release.yaml",
        "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: shop\nspec:\n  chart:\n    spec:\n      version: 1.2.3\n",
      ),
      changed(
        "c/kustomization.yaml",
        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [../shop]\npatches: [{path: ./overlay/shop/release.yaml}]\n",
        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [../shop]\n",
      ),
    ],
    [
      "it goes to another namespace",
      changed(
        "web.yaml",
        "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  namespace: a\n",
        "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  namespace: b\n",
      ),
    ],
  ],
};
