import type { NamedPolicy } from "../iam/evaluation/request";
import { attachedToAccount, type ControlPolicyKind } from "../iam/full-access-policies";
import type { DeclaredControlPolicy } from "./declarations";
import type { AccountControlPolicies, Estate } from "./estate";

/** The estate with the control policies of its organization: each identity and resource with those of its account. */
export function withControlPolicies(
  estate: Estate,
  declared: readonly DeclaredControlPolicy[],
): Estate {
  if (declared.length === 0) return estate;
  const controlPolicies = new Map(
    [...new Set(declared.map(({ accountId }) => accountId))].map((accountId) => [
      accountId,
      ofAccount(declared.filter((one) => one.accountId === accountId)),
    ]),
  );
  return controlled({ ...estate, controlPolicies }, (accountId) => controlPolicies.get(accountId));
}

/** The same estate as if its organization had no control policies: what its own policies let in. */
export function withoutControlPolicies({ controlPolicies, ...estate }: Estate): Estate {
  return controlPolicies === undefined ? estate : controlled(estate, () => undefined);
}

function controlled(
  estate: Estate,
  policiesOf: (accountId: string) => AccountControlPolicies | undefined,
): Estate {
  return {
    ...estate,
    identities: new Map(
      [...estate.identities].map(([arn, identity]) => {
        const { service, resource } = policiesOf(identity.accountId) ?? {};
        const resourceControlPolicies = identity.kind === "role" ? resource : undefined;
        return [arn, { ...identity, serviceControlPolicies: service, resourceControlPolicies }];
      }),
    ),
    resources: new Map(
      [...estate.resources].map(([arn, resource]) => {
        const resourceControlPolicies = policiesOf(resource.accountId)?.resource;
        return [arn, { ...resource, resourceControlPolicies }];
      }),
    ),
  };
}

function ofAccount(declared: readonly DeclaredControlPolicy[]): AccountControlPolicies {
  const of = (kind: ControlPolicyKind): readonly NamedPolicy[] =>
    declared.filter((one) => one.kind === kind).map(({ policy }) => policy);
  const [service, resource] = [of("service"), of("resource")];
  return {
    attachments: declared.map(({ kind, policy: { name }, origin }) => ({ kind, name, origin })),
    ...(service.length > 0 && { service: attachedToAccount("service", service) }),
    ...(resource.length > 0 && { resource: attachedToAccount("resource", resource) }),
  };
}
