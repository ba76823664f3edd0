import type { Answers } from "../review/ask/answers";
import { estateWith, type Principal } from "../review/names/principal";
import { answered, namedBy, noteUnread, readAsked, type AskOptions } from "./ask";
import { EXIT, type ExitCode } from "./exit-code";
import { groupWays, printWays, type Shown } from "./print-ways";
import { indent, type Terminal } from "./terminal";
import { wayJson } from "./ways-json";

/** `crosstrust can`: every role and resource that somebody reaches, and how. */
export async function can(
  terminal: Terminal,
  word: string,
  options: AskOptions,
): Promise<ExitCode> {
  const { estate, book } = await readAsked(terminal, options);
  const principals = namedBy(
    book.principals(word),
    "a role, user, account, service or issuer",
    word,
  );
  const shown: Shown = (arn) => book.shown(arn);
  const answers = principals.map((principal) =>
    answered(terminal, estateWith(estate, principal), (asked) => reachOf(asked, principal)),
  );
  if (options.json === true) {
    const json = answers.map(({ principal, roles, resources }) => ({
      arn: principal.arn,
      name: shown(principal.arn),
      roles: roles.map((way) => wayJson(way, shown)),
      resources: resources.map((way) => wayJson(way, shown)),
    }));
    terminal.print(JSON.stringify(json, undefined, 2));
  } else {
    answers.forEach((answer, index) => {
      if (index > 0) terminal.print("");
      printAnswer(terminal, answer, shown);
    });
  }
  noteUnread(terminal, estate);
  return EXIT.ok;
}

interface Answer {
  readonly principal: Principal;
  readonly roles: ReturnType<Answers["rolesOf"]>;
  readonly resources: ReturnType<Answers["resourcesOf"]>;
}

function reachOf(answers: Answers, principal: Principal): Answer {
  const { arn } = principal;
  return { principal, roles: answers.rolesOf(arn), resources: answers.resourcesOf(arn) };
}

function printAnswer(
  terminal: Terminal,
  { principal: { arn }, roles, resources }: Answer,
  shown: Shown,
): void {
  const name = shown(arn);
  terminal.print(terminal.colors.bold(name === arn ? name : `${name} (${arn})`));
  if (roles.length === 0 && resources.length === 0) {
    terminal.print(indent("reaches no role and no resource of the estate"));
    return;
  }
  if (roles.length > 0) {
    terminal.print("can assume");
    printWays(
      terminal,
      roles.map((way) => ({ way })),
      shown,
    );
  }
  if (resources.length > 0) {
    terminal.print("can use");
    printWays(terminal, groupWays(resources), shown);
  }
}
