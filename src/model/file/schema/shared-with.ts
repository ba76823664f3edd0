import { z } from "zod";
import { expecting } from "../../../source/zod-problems";
import { accountSelector, principalName, tighten } from "./trusts";
import { closed, notes, path, selector } from "./text";

/** Options of a trust in a role that the policies of shared resources do not have. */
const noLimit = z
  .never({
    error: expecting(
      "no limit: the policies of shared resources name whole accounts or principals",
      "share with a role, and write the limit into the trusts of that role",
    ),
  })
  .optional();

const principal = closed({
  account: accountSelector,
  role: principalName("role").optional().describe("A key of roles; in an external account, a name"),
  user: principalName("user").optional(),
  group: z
    .never({
      error: expecting(
        "a role or a user: no resource policy can name a group",
        "name a role that the group's members may assume",
      ),
    })
    .optional(),
  path: path.optional().describe("Of a role or user in an external account"),
  sourceIdentity: noLimit,
  sessionTags: noLimit,
  sessionName: noLimit,
  sourceIp: noLimit,
  sourceVpce: noLimit,
  expires: noLimit,
  conditions: noLimit,
  guard: z.boolean().optional().describe("false: no aws:PrincipalArn guard at stage account"),
  tighten,
  notes,
}).refine(({ role, user }) => (role === undefined) !== (user === undefined), {
  error: expecting(
    "a role or a user, one of them",
    "write one of them, or the selector alone to share with whole accounts",
  ),
});

/** Whom a resource is shared with: whole accounts by a selector, or one principal in each. */
export const sharedWith = z.union([selector, principal], {
  error: expecting(
    'a selector such as "ou:workloads", or { "account": "dev", "role": "runner" }',
    "write one of the two",
  ),
});

export type SharedWithInput = z.infer<typeof sharedWith>;
