import type { Construct } from "constructs";
import { OidcProvider } from "../constructs/oidc-provider";
import { groupBy } from "../model/group-by";
import type { Role } from "../model/model";

/** Defines the OpenID Connect providers that roles trust, in their account's stack, by issuer: IAM takes one each. */
export function addOidcProviders(
  stack: Construct,
  roles: readonly Role[],
): ReadonlyMap<string, OidcProvider> {
  const trusts = roles.flatMap((role) => role.trusts.filter((trust) => trust.kind === "oidc"));
  const byIssuer = groupBy(trusts, (trust) => trust.issuer);
  return new Map(
    [...byIssuer].map(([issuer, sameIssuer]) => [
      issuer,
      new OidcProvider(stack, `oidc-provider-${issuer.replace(/^https:\/\//, "")}`, {
        issuer,
        audiences: sameIssuer.map((trust) => trust.audience),
      }),
    ]),
  );
}
