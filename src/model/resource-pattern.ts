import { hasWildcard } from "../iam/evaluation/wildcard-pattern";

/**
 * Whether a statement's resource may match an ARN that begins with this text, judged by what stands
 * before its first wildcard: rather too often than too seldom.
 */
export function mayMatchBeginning(resource: string, beginning: string): boolean {
  const literal = resource.replace(/[*?].*$/s, "");
  return literal.startsWith(beginning) || (hasWildcard(resource) && beginning.startsWith(literal));
}
