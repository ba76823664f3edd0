import { randomUUID } from "node:crypto";

/**
 * A new external ID: 122 random bits that nobody can guess, in characters that AWS, shells and
 * configuration files take as they are. It is no secret; it must be another one for each party.
 */
export function newExternalId(): string {
  return randomUUID();
}
