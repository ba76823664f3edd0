import type { AccessTestResult, JudgedRequest } from "../review/access-tests/run-access-tests";
import { count } from "./terminal";
import { placeText, type Shown } from "./print-ways";

/** So many requests of one test are explained: those of a key in many accounts are alike. */
const MOST_REQUESTS = 3;

/** Why a test failed, in lines: of each request that came out otherwise what decided and what is missing. */
export function explanationOf(
  { test, requests }: AccessTestResult,
  shown: Shown,
): readonly string[] {
  const wrong = requests.filter(({ decided }) => decided.result !== test.expect);
  const more = wrong.length - MOST_REQUESTS;
  return [
    ...wrong
      .slice(0, MOST_REQUESTS)
      .flatMap((request) => [
        `expected ${test.expect}, it is ${request.decided.result}: ${requestText(request, shown)}`,
        ...reasonsOf(request, shown).map((line) => `  ${line}`),
      ]),
    ...(more > 0 ? [`and ${count(more, "more request")} of ${requests.length}`] : []),
  ];
}

/** `build/ci assumes prod/deploy`, `prod/deploy does s3:GetObject with logs/acme-logs`. */
export function requestText({ principal, inquiry }: JudgedRequest, shown: Shown): string {
  const { target, action } = inquiry;
  const who = shown(principal.arn);
  return target.kind === "role"
    ? `${who} assumes ${shown(target.role.arn)}`
    : `${who} does ${action} with ${shown(target.arn)}`;
}

/** The reason, the statements that decide, and what the principal would need. */
function reasonsOf(request: JudgedRequest, shown: Shown): readonly string[] {
  const { decided, way } = request;
  const places = decided.places.map((place) => placeText(place, shown));
  if (decided.result === "allowed") return places;
  return [reasonText(decided.reason, shown), ...places, ...missingText(request, way, shown)];
}

/** A reason with names in place of ARNs. */
export function reasonText(reason: string, shown: Shown): string {
  return reason.replace(/\barn:aws[^\s,()]*[^\s,():.]/g, (arn) => shown(arn));
}

function missingText(
  { decided }: JudgedRequest,
  way: JudgedRequest["way"],
  shown: Shown,
): readonly string[] {
  if (way === undefined || way.result !== "allowed") return [];
  if (way.steps.length > 1) {
    const roles = way.steps.slice(0, -1).map(({ arn }) => shown(arn));
    return [`it gets there as ${roles.join(", then ")} alone: a test is about one request`];
  }
  const [{ needs, places }] = way.steps;
  const by = places.map((place) => `  ${placeText(place, shown)}`);
  if (needs.length > 0) {
    return [`a request gets in with ${needs.join(", ")}, which "with" can say, by`, ...by];
  }
  return decided.result === "denied" ? ["a request that carries less gets in, by", ...by] : [];
}
