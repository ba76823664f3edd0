import type { RequestContext } from "../../../src/iam/evaluation/request";
import type { PolicyPrincipal } from "../../../src/iam/policy-document";
import type { Random } from "./random";
import { OIDC, OTHER, SAML, sessionArnOf, TRUSTED, type Who } from "./random-caller";

/** A caller, as the policy on a resource may name it. */
export interface TrustSubject {
  readonly who: Who;
  readonly context: RequestContext;
  /** Whether the caller may be named only in ways that session policies limit. */
  readonly limitedOnly: boolean;
}

/** A `Principal` element that names the caller with the probability `aimed`. */
export function principal(random: Random, subject: TrustSubject, aimed: number): PolicyPrincipal {
  const { who, limitedOnly } = subject;
  if (!limitedOnly && random.chance(0.06)) return random.pick(["*", { AWS: "*" }]);
  const hit = random.chance(aimed);
  const others = [OTHER, `arn:aws:iam::${OTHER}:root`, `arn:aws:iam::${TRUSTED}:role/other`];
  if (who.kind === "service") {
    return {
      Service: hit ? random.pick([who.arn, ["ec2.amazonaws.com", who.arn]]) : "ec2.amazonaws.com",
    };
  }
  if (who.kind === "federated")
    return { Federated: hit ? who.arn : who.arn === OIDC ? SAML : OIDC };
  if (!hit) return { AWS: random.some(others, 1, 2) };
  const names = [
    `arn:aws:iam::${who.accountId}:root`,
    who.accountId ?? "",
    who.arn,
    ...(who.kind === "role" && !limitedOnly ? [sessionArnOf(who)] : []),
  ];
  return {
    AWS: random.chance(0.7)
      ? random.pick(names)
      : [...random.some(names, 1, 2), ...random.some(others, 0, 1)],
  };
}

/** A `NotPrincipal` element that exempts the caller certainly or not at all. */
export function notPrincipal(random: Random, who: Who): PolicyPrincipal {
  const others = [OTHER, `arn:aws:iam::${OTHER}:role/other`];
  if (random.chance(0.5)) return { AWS: others };
  if (who.kind === "service") return { Service: who.arn };
  if (who.kind === "federated") return { Federated: who.arn };
  return { AWS: [who.arn, `arn:aws:iam::${who.accountId}:root`] };
}
