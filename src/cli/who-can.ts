import type { Identity } from "../estate/estate";
import { closestTo } from "../source/closest";
import { serviceOf, usualActions } from "../review/ask/actions-of";
import { checkAction } from "../review/ask/check-action";
import type { Answers } from "../review/ask/answers";
import type { NameBook, ResourceTarget } from "../review/names/name-book";
import { answered, namedBy, noteUnread, readAsked, type AskOptions } from "./ask";
import { EXIT, UsageError, type ExitCode } from "./exit-code";
import { groupWays, printWays, type PrintedWay, type Shown } from "./print-ways";
import { indent, type Terminal } from "./terminal";
import { wayJson } from "./ways-json";

/** `crosstrust who-can`: everyone who can be a role, or do something with a resource, and how. */
export async function whoCan(
  terminal: Terminal,
  word: string,
  action: string | undefined,
  options: AskOptions,
): Promise<ExitCode> {
  const { estate, book } = await readAsked(terminal, options);
  const targets = await targetsOf(book, word, action);
  const shown: Shown = (arn) => book.shown(arn);
  const answers = answered(terminal, estate, (asked) =>
    targets.map((target) => ({ target, ways: waysTo(asked, target) })),
  );
  if (options.json === true) {
    const json = answers.map(({ target, ways }) => ({
      arn: target.arn,
      name: shown(target.arn),
      ways: ways.map((way) => wayJson(way, shown)),
    }));
    terminal.print(JSON.stringify(json, undefined, 2));
  } else {
    answers.forEach(({ target, ways }, index) => {
      if (index > 0) terminal.print("");
      printAnswer(terminal, target, ways, shown);
    });
  }
  noteUnread(terminal, estate);
  return EXIT.ok;
}

/** A role, or actions on a resource. */
type WhoCanTarget =
  | { readonly arn: string; readonly role: Identity }
  | { readonly arn: string; readonly target: ResourceTarget; readonly actions: readonly string[] };

type AnyWay = ReturnType<Answers["whoCanBe"]>[number] & { readonly action?: string };

function waysTo(answers: Answers, target: WhoCanTarget): readonly AnyWay[] {
  return "role" in target
    ? answers.whoCanBe(target.role)
    : answers.whoCanDo(target.target, target.actions);
}

async function targetsOf(
  book: NameBook,
  word: string,
  action: string | undefined,
): Promise<readonly WhoCanTarget[]> {
  const roles = book.roles(word);
  const resources = book.resources(word);
  const isAssuming = action?.toLowerCase() === "sts:assumerole";
  const asRole = roles.found !== undefined && (action === undefined || isAssuming);
  if (roles.found !== undefined && resources.found !== undefined && action === undefined) {
    const [{ arn }] = resources.found;
    throw new UsageError(
      `expected ${word} to name a role or a resource, found both; add sts:AssumeRole for the role, or write ${arn}`,
    );
  }
  if (asRole) return roles.found.map((role) => ({ arn: role.arn, role }));
  if (roles.found !== undefined && resources.found === undefined) {
    throw new UsageError(
      `expected sts:AssumeRole, the one action on a role that is judged, found ${action}; leave it out`,
    );
  }
  const closest = closestTo(word, [roles, resources].flatMap(closestOf));
  const named = resources.found === undefined ? { closest } : resources;
  const targets = namedBy(named, "a role or a resource of the estate", word);
  const actions = await actionsOn(targets[0], action);
  return targets.map((target) => ({ arn: target.arn, target, actions }));
}

function closestOf(named: {
  readonly found?: unknown;
  readonly closest?: string;
}): readonly string[] {
  return named.closest === undefined ? [] : [named.closest];
}

async function actionsOn(
  target: ResourceTarget,
  action: string | undefined,
): Promise<readonly string[]> {
  if (action === undefined) {
    const usual = usualActions(target);
    if (usual.length > 0) return usual;
    throw new UsageError(
      `expected an action on ${target.arn}, found none; add one of ${serviceOf(target)}`,
    );
  }
  const wrong = await checkAction(action, target);
  if (wrong === undefined) return [action];
  throw new UsageError(`expected ${wrong.expected}, found ${wrong.found}; ${wrong.remedy}`);
}

function printAnswer(
  terminal: Terminal,
  target: WhoCanTarget,
  ways: readonly AnyWay[],
  shown: Shown,
): void {
  const { colors } = terminal;
  const name = shown(target.arn);
  const title = name === target.arn ? name : `${name} (${target.arn})`;
  terminal.print(colors.bold(title));
  const does = "role" in target ? "can be assumed by" : "can be used by";
  if (ways.length === 0) {
    terminal.print(indent("role" in target ? "nobody can assume it" : "nobody can do that"));
    return;
  }
  terminal.print(does);
  printWays(terminal, printedWays(ways), shown);
}

function printedWays(ways: readonly AnyWay[]): readonly PrintedWay[] {
  const onResource = ways.flatMap((way) =>
    way.action === undefined ? [] : [{ ...way, action: way.action }],
  );
  return onResource.length > 0 ? groupWays(onResource) : ways.map((way) => ({ way }));
}
