import { identityName } from "../people/identity";
import { switchLinks } from "../people/links";
import { linksJson } from "../people/links-json";
import { linksMarkdown } from "../people/links-markdown";
import { linksPage } from "../people/links-page";
import { EXIT, type ExitCode } from "./exit-code";
import { namedIdentity } from "./named-identity";
import { printProblems } from "./print-problems";
import { loadProject } from "./project";
import type { Terminal } from "./terminal";

/** Options of `crosstrust links`. */
export interface LinksOptions {
  readonly user?: string;
  readonly group?: string;
  readonly permissionSet?: string;
  readonly html?: boolean;
  readonly json?: boolean;
}

/** `crosstrust links`: where people switch to roles in the console. */
export function links(terminal: Terminal, options: LinksOptions): ExitCode {
  const { model, warnings } = loadProject();
  printProblems(terminal, warnings);
  const identity = namedIdentity(model, options);
  const found = switchLinks(model, identity);
  const title = identity === undefined ? "Switch roles" : `Switch roles: ${identityName(identity)}`;
  terminal.print(
    options.json === true
      ? linksJson(found)
      : options.html === true
        ? linksPage(found, title)
        : linksMarkdown(found, title),
  );
  return EXIT.ok;
}
