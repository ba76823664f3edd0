import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Estate } from "../../estate/estate";
import { tryParseIamArn } from "../../iam/arn";
import { inputError } from "../../source/input-error";
import { readDocument, YAML_ENDINGS } from "../../source/parse-source";
import { sortProblems, type Problem } from "../../source/problem";
import { showValue } from "../../source/show-value";
import type { DataPath, SourceDocument } from "../../source/source-document";
import { zodProblems } from "../../source/zod-problems";
import { checkAction } from "../ask/check-action";
import type { Target } from "../ask/decide-on";
import type { NameBook } from "../names/name-book";
import type { Principal } from "../names/principal";
import type { Named } from "../names/word-index";
import type { AccessTest, TestRequest } from "./access-test";
import { requestContext } from "./request-context";
import { accessTestsFileSchema, testSchema, type AccessTestInput } from "./schema";

/** The file of access tests beside a main file; `access-tests.json` where there is none. */
export function findAccessTests(mainFile: string): string {
  const name = join(dirname(mainFile), "access-tests");
  const candidates = [".json", ...YAML_ENDINGS].map((ending) => name + ending);
  return candidates.find((file) => existsSync(file)) ?? candidates[0];
}

/** The tests of a file, as far as they could be read, and every problem. */
export interface ReadAccessTests {
  readonly tests: readonly AccessTest[];
  readonly problems: readonly Problem[];
}

/** Reads a file of access tests, and finds what it names in an estate. */
export async function readAccessTests(
  file: string,
  estate: Estate,
  book: NameBook,
): Promise<ReadAccessTests> {
  const { document, problems } = readDocument(file);
  if (document === undefined) return { tests: [], problems };
  const parsed = accessTestsFileSchema.safeParse(document.value);
  if (!parsed.success) {
    const found = zodProblems(document, [], parsed.error.issues);
    return { tests: [], problems: sortProblems([...problems, ...found]) };
  }
  const [written, base] = Array.isArray(parsed.data)
    ? [parsed.data, []]
    : [parsed.data.tests, ["tests"]];
  const reader = new Reader(document, estate, book);
  const tests: AccessTest[] = [];
  for (const [index, one] of written.entries()) {
    const test = await reader.test(one, [...base, index]);
    if (test !== undefined) tests.push(test);
  }
  return { tests, problems: sortProblems([...problems, ...reader.problems]) };
}

class Reader {
  readonly problems: Problem[] = [];
  /** Where each name stands first. */
  private readonly names = new Map<string, number>();

  constructor(
    private readonly document: SourceDocument,
    private readonly estate: Estate,
    private readonly book: NameBook,
  ) {}

  /** Undefined where the test is not written as it must be. */
  async test(written: unknown, path: DataPath): Promise<AccessTest | undefined> {
    const parsed = testSchema.safeParse(written);
    if (!parsed.success) {
      this.problems.push(...zodProblems(this.document, path, parsed.error.issues));
      return undefined;
    }
    const input = parsed.data;
    this.checkName(input, [...path, "name"]);
    const principals = this.named(
      this.book.principals(input.principal),
      [...path, "principal"],
      "a role, user, account, service or issuer of the estate",
      input.principal,
    );
    const targets = await this.targets(input, path);
    const requests = targets.flatMap((target) =>
      callersOf(principals, target).map((principal) => this.request(input, principal, target)),
    );
    const { name, expect } = input;
    return { name, expect, requests, location: this.document.locate(path) };
  }

  private checkName({ name }: AccessTestInput, path: DataPath): void {
    const { line } = this.document.locate(path);
    const before = this.names.get(name);
    this.names.set(name, before ?? line);
    if (before === undefined) return;
    this.problem(path, {
      expected: "each name once",
      found: `${showValue(name)}, which line ${before} has too`,
      remedy: "rename one of the two",
    });
  }

  private async targets(input: AccessTestInput, path: DataPath): Promise<readonly Target[]> {
    const { role, resource, action } = input;
    if (role !== undefined) {
      const named = this.book.roles(role);
      return this.named(named, [...path, "role"], "a role of the estate", role).map((found) => ({
        kind: "role",
        role: found,
      }));
    }
    if (resource === undefined || action === undefined) return [];
    const named = this.book.resources(resource);
    const targets = this.named(
      named,
      [...path, "resource"],
      "a resource of the estate",
      resource,
    ).map((target) => ({ kind: "resource", ...target }) as const);
    const [first] = targets;
    const wrong = first === undefined ? undefined : await checkAction(action, first);
    if (wrong !== undefined) this.problem([...path, "action"], wrong);
    return targets;
  }

  private request(input: AccessTestInput, principal: Principal, target: Target): TestRequest {
    const carried = input.with ?? {};
    const identity = this.estate.identities.get(principal.arn);
    return {
      principal,
      inquiry: {
        caller: { ...principal.caller, sessionName: carried.callerSession },
        identity,
        action: input.action ?? "sts:AssumeRole",
        target,
        context: requestContext(carried, principal.organizationId),
        controlPolicies: this.estate.controlPolicies,
      },
    };
  }

  private named<T>(named: Named<T>, path: DataPath, expected: string, word: string): readonly T[] {
    if (named.found !== undefined) return named.found;
    const remedy =
      named.closest === undefined
        ? "write a key of accounts.json, account/name or an ARN"
        : `write ${JSON.stringify(named.closest)} if that is meant`;
    this.problem(path, { expected, found: showValue(word), remedy });
    return [];
  }

  private problem(path: DataPath, text: Parameters<typeof inputError>[2]): void {
    this.problems.push(inputError(this.document.locate(path), path, text));
  }
}

/** Of an issuer the provider in the target's own account: whoever signs in there calls as that one. */
function callersOf(principals: readonly Principal[], target: Target): readonly Principal[] {
  const { accountId } = target.kind === "role" ? target.role : target.resource;
  const inAccount = principals.filter(
    ({ arn, caller }) =>
      caller.kind === "federated" && tryParseIamArn(arn)?.accountId === accountId,
  );
  return principals.length > 1 && inAccount.length > 0 ? inAccount : principals;
}
