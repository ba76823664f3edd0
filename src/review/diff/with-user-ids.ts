import { filled } from "../filled-pattern";
import type { NamedPrincipals } from "./named-principals";
import type { Suspect } from "./suspect";

/** A principal whose unique ID nobody knows has any of those that are asked for, or another one. */
export function withUserIds(suspect: Suspect, { userIds }: NamedPrincipals): readonly Suspect[] {
  const prefix = suspect.kind === "user" ? "AIDA" : "AROA";
  const asked = [...userIds]
    .filter((value) => value.startsWith(prefix))
    .map((value) => filled(value).split(":"));
  if (asked.length === 0) return [suspect];
  return [
    { ...suspect, uniqueId: `${prefix}${OTHER_ID}` },
    ...asked.map(([uniqueId, sessionName]): Suspect => ({
      ...suspect,
      who: { ...suspect.who, label: `${suspect.who.label} (${uniqueId})` },
      uniqueId,
      ...(suspect.kind === "role" && sessionName !== "x" && { sessionName }),
    })),
  ];
}

/** Ends a unique ID that no policy names. */
export const OTHER_ID = "OTHER";
