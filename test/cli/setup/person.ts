import type { GithubDouble } from "../../github-double/double.ts";
import type { SubmittedForm } from "../../github-double/manifest-flow.ts";
import type { Account } from "../../github-double/world/model.ts";

const ENTITIES: Readonly<Record<string, string>> = {
  "&quot;": '"',
  "&#39;": "'",
  "&lt;": "<",
  "&gt;": ">",
  "&#58;": ":",
  "&#35;": "#",
  "&amp;": "&",
};

/** The form on the page that setup shows, as a browser reads it. */
export function formIn(html: string): SubmittedForm {
  const attribute = (pattern: RegExp) =>
    (pattern.exec(html)?.[1] ?? "").replace(/&[#\w]+;/g, (entity) => ENTITIES[entity] ?? entity);
  return {
    action: attribute(/<form action="([^"]*)"/),
    manifest: attribute(/name="manifest" value="([^"]*)"/),
  };
}

/** Opens the link, and presses "Create GitHub App"; tells where the browser ends up. */
export async function registers(double: GithubDouble, link: string, by: Account): Promise<string> {
  const shown = await fetch(link);
  const back = double.registerApp(formIn(await shown.text()), by);
  const answered = await fetch(back, { redirect: "manual" });
  return answered.headers.get("location") ?? `${answered.status} ${await answered.text()}`;
}
